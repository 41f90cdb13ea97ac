"""The pages on which an officer writes down what did not come by the web."""

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
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
from office.desk.pages import DeskPages
from office.models import User
from office.staff import staff
from office.uploads import MAX_FILES

from .. import actions
from ..actions.paper import find_form
from ..forms import IDENTITY_FIELDS, PROXY, required_paper
from ..grounds import FiledTooLate
from ..paper.entry import EntryForm, ObjectionEntryForm, OnPaper, PeriodicEntryForm

_PAGE_KEY = re.compile(r"[\w-]{22,64}", re.ASCII)
Given = dict[str, Any]


@dataclass(frozen=True)
class Entry:
    """One kind of thing that is written down: its form, its verb, and where its receipt is."""

    name: str
    kind: Kind
    title: str
    form: type[OnPaper]
    enter: Callable[[Given, User], Any]
    slot: str
    receipt: str


class EntryViews(DeskPages):
    """One page, sent as often as it takes: files that were taken stay, and it makes one case."""

    duty = "enter_request"

    def enter_view(self, request: HttpRequest) -> HttpResponse:
        return self._entry(request, REQUEST, _known_form)

    def objection_view(self, request: HttpRequest) -> HttpResponse:
        return self._entry(request, OBJECTION, _known_request)

    def periodic_view(self, request: HttpRequest) -> HttpResponse:
        return self._entry(request, PERIODIC, lambda request: {})

    def _entry(
        self, request: HttpRequest, entry: Entry, known: Callable[[HttpRequest], Given]
    ) -> HttpResponse:
        self.require(request)
        if request.method != "POST":
            form = entry.form(initial=known(request))
            return self._entry_page(request, entry, form, _new_key())
        key = request.POST.get("halaman", "")
        if not _PAGE_KEY.fullmatch(key):
            key = _new_key()
        draft = drafts.keyed(_token(entry, staff(request), key), entry.kind)
        for token in request.POST.getlist("hapus")[:MAX_FILES]:
            drafts.drop_file(draft, token)
        form = entry.form(request.POST, request.FILES)
        form.is_valid()
        for refusal in drafts.keep_files(draft, form.cleaned_data.get("berkas", [])):
            form.add_error("berkas", refusal)
        _require_paper(form, draft)
        if form.errors or not _entered(entry, form, draft, staff(request)):
            return self._entry_page(request, entry, form, key, draft)
        drafts.remember(request, entry.slot, draft)
        return redirect(entry.receipt)

    def _entry_page(
        self,
        request: HttpRequest,
        entry: Entry,
        form: OnPaper,
        key: str,
        draft: IntakeDraft | None = None,
    ) -> HttpResponse:
        if draft and draft.expires_at <= timezone.now():
            key, draft = _new_key(), None
        context = {
            "title": entry.title,
            "entry": entry.name,
            "form": form,
            "page_key": key,
            "files": list(draft.files.all()) if draft else [],
        }
        return self.page(request, "enter.html", context)


def _entered(entry: Entry, form: OnPaper, draft: IntakeDraft, actor: User) -> bool:
    """Make the case, or find that a second click comes too late; False when it is refused."""
    try:
        with transaction.atomic():
            locked = drafts.locked(draft.token, entry.kind)
            if locked is None:
                raise CaseError("Halaman ini sudah terlalu lama terbuka. Simpan sekali lagi.")
            if not locked.case_id:
                entry.enter(_given(form, locked), actor)
    except actions.PaperFormRefused as refusal:
        form.add_error("form_number", str(refusal))
    except actions.RequestNotFound as refusal:
        form.add_error("reference", str(refusal))
    except FiledTooLate as refusal:
        form.add_error("found_on", str(refusal))
    except actions.ReceiptRefused as refusal:
        form.add_error("received_at", str(refusal))
    except CaseError as refusal:
        form.add_error(None, str(refusal))
    return not form.errors


def _given(form: OnPaper, draft: IntakeDraft) -> Given:
    """What was typed and kept, and what the receipt needs."""
    code = access_code.make_access_code()
    typed = {
        name: value
        for name, value in form.cleaned_data.items()
        if name not in ("berkas", "has_gaps")
    }
    return {
        **typed,
        "code": code,
        "notice": PrivacyNotice.objects.in_force(),
        "files": list(draft.files.all()),
        "beside": [lambda case: drafts.mark_as_sent(draft, case, code)],
    }


def _with_applicant(given: Given) -> Given:
    identity = {name: given.pop(name) for name in IDENTITY_FIELDS}
    return {
        "identity": Identity(kind=given.pop("applicant_kind"), **identity),
        "by_proxy": given.pop("acting") == PROXY,
        "topic": Topic.objects.leaf("permohonan-informasi"),
        **given,
    }


def _enter_request(given: Given, actor: User) -> None:
    actions.enter_request(actor=actor, **_with_applicant(given))


def _enter_objection(given: Given, actor: User) -> None:
    about = actions.find_request(given.pop("reference"), given.pop("proof"), actor=actor)
    actions.enter_objection(request=about, actor=actor, **given)


def _enter_periodic(given: Given, actor: User) -> None:
    actions.enter_objection(request=None, actor=actor, **_with_applicant(given))


REQUEST = Entry(
    "permohonan",
    Kind.INFORMATION_REQUEST,
    "Catat permohonan lisan atau kertas",
    EntryForm,
    _enter_request,
    Kind.INFORMATION_REQUEST,
    "inforequests:receipt",
)
OBJECTION = Entry(
    "keberatan",
    Kind.OBJECTION,
    "Catat keberatan lisan atau kertas",
    ObjectionEntryForm,
    _enter_objection,
    Kind.OBJECTION,
    "objections:receipt",
)
PERIODIC = Entry(
    "berkala",
    Kind.OBJECTION,
    "Catat keberatan: informasi berkala tidak tersedia",
    PeriodicEntryForm,
    _enter_periodic,
    "keberatan-berkala",
    "objections:periodic:receipt",
)


def _require_paper(form: OnPaper, draft: IntakeDraft) -> None:
    if form.cleaned_data.get("has_gaps") or draft.files.exists():
        return
    if not form.errors.get("berkas") and (missing := required_paper(form.cleaned_data)):
        form.add_error("berkas", missing)


def _known_form(request: HttpRequest) -> Given:
    """What the QR code of a form says already."""
    number = _number(request)
    if not number:
        return {}
    found = find_form(number)
    known = {"form_number": number, "channel": Channel.PAPER}
    return {**known, "language": found.language} if found else known


def _known_request(request: HttpRequest) -> Given:
    """The number that the page of a request brings along."""
    number = _number(request)
    return {"reference": number} if number else {}


def _number(request: HttpRequest) -> str:
    return request.GET.get("nomor", "")[:20].replace("\x00", "")


def _new_key() -> str:
    return secrets.token_urlsafe(24)


def _token(entry: Entry, user: User, key: str) -> str:
    """Of this officer's page: nobody else's key opens the draft."""
    return keyed_digest(f"catat-{entry.name}", f"{user.pk}:{key}")[:43]
