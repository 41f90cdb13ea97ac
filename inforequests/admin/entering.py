"""The page on which an officer writes down a request that did not come by the web."""

import re
import secrets
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from cases import access_code, drafts
from cases.actions import Identity
from cases.models import IntakeDraft, PrivacyNotice
from cases.workflow import CaseError, Channel, Kind
from infocontent.models import Topic
from office.crypto import keyed_digest
from office.models import User
from office.staff import staff
from office.uploads import MAX_FILES

from .. import actions
from ..actions.paper import find_form
from ..forms import IDENTITY_FIELDS, PROXY, required_paper
from ..paper.forms import EntryForm
from .base import PaperDesk

_PAGE_KEY = re.compile(r"[\w-]{22,64}", re.ASCII)


class EntryViews(PaperDesk):
    """One page, sent as often as it takes: files that were taken stay, and it makes one case."""

    def enter_view(self, request: HttpRequest) -> HttpResponse:
        self.require(request)
        if request.method != "POST":
            return self._entry_page(request, EntryForm(initial=_known(request)), _new_key())
        key = request.POST.get("halaman", "")
        if not _PAGE_KEY.fullmatch(key):
            key = _new_key()
        draft = drafts.keyed(_token(staff(request), key), Kind.INFORMATION_REQUEST)
        for token in request.POST.getlist("hapus")[:MAX_FILES]:
            drafts.drop_file(draft, token)
        form = EntryForm(request.POST, request.FILES)
        form.is_valid()
        for refusal in drafts.keep_files(draft, form.cleaned_data.get("berkas", [])):
            form.add_error("berkas", refusal)
        _require_paper(form, draft)
        if form.errors or not self._entered(request, form, draft):
            return self._entry_page(request, form, key, draft)
        drafts.remember(request, Kind.INFORMATION_REQUEST, draft)
        return redirect("inforequests:receipt")

    def _entered(self, request: HttpRequest, form: EntryForm, draft: IntakeDraft) -> bool:
        """Make the case, or find that a second click comes too late; False when it is refused."""
        try:
            with transaction.atomic():
                locked = drafts.locked(draft.token, Kind.INFORMATION_REQUEST)
                if locked is None:
                    raise CaseError("Halaman ini sudah terlalu lama terbuka. Simpan sekali lagi.")
                if not locked.case_id:
                    _enter(form, locked, staff(request))
        except actions.PaperFormRefused as refusal:
            form.add_error("form_number", str(refusal))
        except actions.ReceiptRefused as refusal:
            form.add_error("received_at", str(refusal))
        except CaseError as refusal:
            form.add_error(None, str(refusal))
        return not form.errors

    def _entry_page(
        self, request: HttpRequest, form: EntryForm, key: str, draft: IntakeDraft | None = None
    ) -> HttpResponse:
        if draft and draft.expires_at <= timezone.now():
            key, draft = _new_key(), None
        context = {
            "title": "Catat permohonan lisan atau kertas",
            "form": form,
            "page_key": key,
            "files": list(draft.files.all()) if draft else [],
        }
        return self.page(request, "enter.html", context)


def _enter(form: EntryForm, draft: IntakeDraft, actor: User) -> None:
    given = dict(form.cleaned_data)
    identity = {name: given.pop(name) for name in IDENTITY_FIELDS}
    code = access_code.make_access_code()
    for name in ("berkas", "has_gaps"):
        given.pop(name)
    actions.enter_request(
        actor=actor,
        topic=Topic.objects.leaf("permohonan-informasi"),
        identity=Identity(kind=given.pop("applicant_kind"), **identity),
        by_proxy=given.pop("acting") == PROXY,
        code=code,
        notice=PrivacyNotice.objects.in_force(),
        files=list(draft.files.all()),
        beside=[lambda case: drafts.mark_as_sent(draft, case, code)],
        **given,
    )


def _require_paper(form: EntryForm, draft: IntakeDraft) -> None:
    if form.cleaned_data.get("has_gaps") or draft.files.exists():
        return
    if not form.errors.get("berkas") and (missing := required_paper(form.cleaned_data)):
        form.add_error("berkas", missing)


def _known(request: HttpRequest) -> dict[str, Any]:
    """What the QR code of a form says already."""
    number = request.GET.get("nomor", "")[:20].replace("\x00", "")
    if not number:
        return {}
    found = find_form(number)
    known = {"form_number": number, "channel": Channel.PAPER}
    return {**known, "language": found.language} if found else known


def _new_key() -> str:
    return secrets.token_urlsafe(24)


def _token(user: User, key: str) -> str:
    """Of this officer's page: nobody else's key opens the draft."""
    return keyed_digest("catat-permohonan", f"{user.pk}:{key}")[:43]
