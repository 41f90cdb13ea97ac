"""A citizen's message from the tracking page: kept while it is written, sent once."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from office.uploads import MAX_FILES, StoredFile, UploadRefused, accept

from . import actions
from .models import Case, DraftFile, IntakeDraft
from .workflow import CaseError

VERBS: dict[str, Callable[..., None]] = {
    "tambah": actions.add_facts,
    "lengkapi": actions.complete,
    "tanggapi": actions.answer_back,
}
# Longer texts are shown back for correction but not kept: a draft is no store for megabytes.
MAX_KEPT = 40_000
# How many sent forms are remembered, to know a repeat by.
MAX_SENT = 20


@dataclass
class Reply:
    """What became of one submission: sent (now or before), or kept with the reasons why not."""

    is_sent: bool = False
    file_errors: list[str] = field(default_factory=list)
    refusal: str = ""


def keep(draft: IntakeDraft, *, text: str, uploads: Iterable[UploadedFile] = ()) -> list[str]:
    """Keep text and files without sending; returns a sentence for each file that was refused."""
    stored, errors = _store(uploads)
    with transaction.atomic():
        draft = IntakeDraft.objects.select_for_update().get(pk=draft.pk)
        return errors + _keep(draft, _together(draft, stored), text)


def send(
    draft: IntakeDraft,
    case: Case,
    verb: str,
    *,
    key: str,
    text: str,
    uploads: Iterable[UploadedFile],
) -> Reply:
    """Send the message, or keep text and files when it cannot be sent.

    `key` names the opened form: the same form sent again (double click, back and resend, retry) is
    not a second message.
    """
    stored, errors = _store(uploads)
    with transaction.atomic():
        draft = IntakeDraft.objects.select_for_update().get(pk=draft.pk)
        if key and key in draft.data.get("sent", []):
            # What this repeat has just stored is left to the hourly job.
            return Reply(is_sent=True)
        files = _together(draft, stored)
        refusal = ""
        if not errors and len(files) <= MAX_FILES:
            try:
                VERBS[verb](case, text=text, files=files)
            except CaseError as error:
                refusal = str(error)
            else:
                draft.data = {"sent": [*draft.data.get("sent", []), key][-MAX_SENT:]}
                draft.save(update_fields=["data"])
                draft.files.all().delete()
                return Reply(is_sent=True)
        return Reply(file_errors=errors + _keep(draft, files, text), refusal=refusal)


def _store(uploads: Iterable[UploadedFile]) -> tuple[list[StoredFile], list[str]]:
    """Store before any lock is held: pictures are drawn anew, which takes its time."""
    stored: list[StoredFile] = []
    errors: list[str] = []
    for number, upload in enumerate(uploads):
        if number == MAX_FILES:
            errors.append(_("Paling banyak 5 berkas. Berkas selebihnya tidak disimpan."))
            break
        try:
            stored.append(accept(upload))
        except UploadRefused as refusal:
            errors.append(str(refusal))
    return stored, errors


def _together(draft: IntakeDraft, new: list[StoredFile]) -> list[Any]:
    """Kept and new files, each content once: a form that is sent again brings its files again."""
    files: dict[str, Any] = {file.sha256: file for file in draft.files.all()}
    for file in new:
        files.setdefault(file.sha256, file)
    return list(files.values())


def _keep(draft: IntakeDraft, files: list[Any], text: str) -> list[str]:
    DraftFile.objects.bulk_create(
        DraftFile(
            draft=draft,
            token=file.token,
            file=file.file,
            name=file.name,
            content_type=file.content_type,
            size=file.size,
            sha256=file.sha256,
        )
        for file in files[:MAX_FILES]
        if isinstance(file, StoredFile)
    )
    if len(text) <= MAX_KEPT and draft.data.get("text", "") != text:
        draft.data = {**draft.data, "text": text}
        draft.save(update_fields=["data"])
    return (
        [_("Paling banyak 5 berkas. Berkas selebihnya tidak disimpan.")]
        if len(files) > MAX_FILES
        else []
    )
