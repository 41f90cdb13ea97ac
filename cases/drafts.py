"""What a visitor has typed so far, kept on the server for a day and bound to the visitor's
session.
"""

import secrets
from collections.abc import Iterable, Sized
from datetime import datetime, timedelta

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import connection, transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from office import throttle
from office.crypto import encrypt
from office.uploads import MAX_FILES, UploadRefused, accept

from .models import Case, DraftFile, IntakeDraft

LIFETIME = timedelta(hours=24)
# How long the receipt of a sent draft can be shown again to the same session.
RECEIPT_LIFETIME = timedelta(minutes=30)
SESSION_KEY = "drafts"


def current(
    request: HttpRequest, slot: str, kind: str, *, at: datetime | None = None
) -> IntakeDraft | None:
    """The session's live draft of a slot, sent or not; None when there is none or it has
    expired.
    """
    token = request.session.get(SESSION_KEY, {}).get(slot)
    if not token:
        return None
    return IntakeDraft.objects.filter(
        token=token, kind=kind, expires_at__gt=at or timezone.now()
    ).first()


def locked(token: str, kind: str, *, at: datetime | None = None) -> IntakeDraft | None:
    """The live draft of this token, nobody else's until the transaction ends; None as above."""
    try:
        draft = IntakeDraft.objects.select_for_update().get(pk=token)
    except IntakeDraft.DoesNotExist:
        return None
    return draft if draft.kind == kind and draft.expires_at > (at or timezone.now()) else None


def mark_as_sent(draft: IntakeDraft, case: Case, code: str, *, at: datetime | None = None) -> None:
    """Keep nothing but the case and the code, as long as the receipt may be shown again."""
    # Written by hand: it runs with every citizen's sending, and putting the same statement
    # together anew was a tenth of the time.
    until = connection.ops.adapt_datetimefield_value((at or timezone.now()) + RECEIPT_LIFETIME)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {IntakeDraft._meta.db_table} SET case_id = %s, access_code = %s, "  # noqa: S608 - our own table name
            "data = '', checked = '', expires_at = %s WHERE token = %s",
            [case.pk, encrypt(code), until, draft.token],
        )
    if draft.had_files:
        draft.files.all().delete()


def start(request: HttpRequest, slot: str, kind: str, *, at: datetime | None = None) -> IntakeDraft:
    """A new draft for the slot; whatever was there before is left to the hourly job."""
    at = at or timezone.now()
    draft = IntakeDraft.objects.create(
        token=secrets.token_urlsafe(32), kind=kind, started_at=at, expires_at=at + LIFETIME
    )
    remember(request, slot, draft)
    return draft


def keyed(token: str, kind: str, *, at: datetime | None = None) -> IntakeDraft:
    """The draft of one opened page, whose token the page brings along: sent twice, it is one."""
    at = at or timezone.now()
    draft, _is_new = IntakeDraft.objects.get_or_create(
        token=token, defaults={"kind": kind, "started_at": at, "expires_at": at + LIFETIME}
    )
    return draft


def remember(request: HttpRequest, slot: str, draft: IntakeDraft) -> None:
    """Let this session come back to the draft, and to its receipt once it is sent."""
    request.session[SESSION_KEY] = {**request.session.get(SESSION_KEY, {}), slot: draft.token}


def drop(request: HttpRequest, slot: str) -> None:
    """Forget the slot."""
    kept = {
        name: token for name, token in request.session.get(SESSION_KEY, {}).items() if name != slot
    }
    request.session[SESSION_KEY] = kept


def spend(request: HttpRequest, uploads: Sized) -> None:
    """Count an upload's files against the address; raises TooOften, and then nothing is stored."""
    for _file in range(len(uploads)):
        throttle.hit("unggah", throttle.client_address(request), limit=150, minutes=60)


def drop_file(draft: IntakeDraft, token: str) -> None:
    """Take a kept file out again, from the storage too."""
    file = draft.files.filter(token=token[:43].replace("\x00", "")).first()
    if file:
        with transaction.atomic():
            IntakeDraft.objects.filter(pk=draft.pk).update(checked={})
            file.delete()
            transaction.on_commit(lambda: default_storage.delete(file.file))


def keep_files(draft: IntakeDraft, uploads: Iterable[UploadedFile]) -> list[str]:
    """Store the good files of an upload with the draft; returns a sentence for each that was
    refused.
    """
    errors = []
    for upload in uploads:
        if draft.files.count() >= MAX_FILES:
            errors.append(_("Paling banyak 5 berkas. Berkas selebihnya tidak disimpan."))
            break
        try:
            stored = accept(upload)
        except UploadRefused as refusal:
            errors.append(str(refusal))
            continue
        with transaction.atomic():
            # A draft that was sent in the meantime takes nothing any more.
            unsent = IntakeDraft.objects.filter(pk=draft.pk, case=None)
            if unsent.update(had_files=True, checked={}):
                DraftFile.objects.create(
                    draft=draft,
                    token=stored.token,
                    file=stored.file,
                    name=stored.name,
                    content_type=stored.content_type,
                    size=stored.size,
                    sha256=stored.sha256,
                )
    return errors
