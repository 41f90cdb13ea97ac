"""The log of single contacts: the list, a new line, one contact with its steps, and its case."""

import re
import secrets
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from cases import access_code, drafts
from cases.desk.paging import paged
from cases.intake.wizard import Intake, cleaned
from cases.kinds import INTAKES
from cases.models import PrivacyNotice
from cases.workflow import CaseError, NotAllowed
from office.calendar import today
from office.desk.pages import Address
from office.desk.verbs import Step
from office.staff import staff

from .. import actions, history, log
from ..filters import ContactFilter
from ..forms import ContactForm, CorrectForm, PlainForm
from ..models import Contact
from .base import WRITE, ContactVerbPages, posted_version

_PAGE_KEY = re.compile(r"[\w-]{22,43}", re.ASCII)
LATEST = 8


@admin.register(Contact)
class ContactAdmin(ContactVerbPages):
    def addresses(self) -> list[Address]:
        return [
            ("", self.changelist_view, "changelist"),
            ("add/", self.add_view, "add"),
            ("<int:object_id>/change/", self.change_view, "change"),
            ("<int:object_id>/lakukan/<slug:verb>/", self.act, "act"),
            ("<int:object_id>/kasus/<slug:kind>/", self.case_page, "case"),
        ]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        self.require(request)
        user = staff(request)
        contacts = Contact.objects.visible_to(user).select_related("topic", "author")
        narrowed = ContactFilter(request.GET, queryset=contacts, request=request)
        for problem in narrowed.problems:
            messages.warning(request, problem)
        context = paged(request, narrowed.qs.order_by("-at", "-pk"), narrowed.query())
        entries = log.entries(context["rows"], user)
        context |= {
            "title": "Kontak sesuai saringan" if context["query"] else "Kontak satu per satu",
            "filter": narrowed,
            "entries": [(entry, log.may_read(entry.row, user, entry.case)) for entry in entries],
        }
        return self.page(request, "list.html", context)

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """One line; "lalu" says which kind of case is opened next."""
        self.require(request, WRITE)
        form = ContactForm(request.POST or None, initial={"channel": request.GET.get("kanal")})
        key = request.POST.get("halaman", "")
        if not _PAGE_KEY.fullmatch(key):
            key = secrets.token_urlsafe(24)
        status = 200
        if request.method == "POST" and form.is_valid():
            try:
                contact = actions.log_contact(
                    actor=staff(request), page_key=key, **form.cleaned_data
                )
            except CaseError as refusal:
                form.add_error(None, str(refusal))
                status = 403 if isinstance(refusal, NotAllowed) else 200
            else:
                messages.success(request, f"Kontak {contact} dicatat.")
                return redirect(self._after(request, contact))
        mine = Contact.objects.filter(author=staff(request)).select_related("topic")
        context = {
            "title": "Catat kontak",
            "form": form,
            "page_key": key,
            "intakes": list(INTAKES.values()),
            "latest": mine.order_by("-logged_at", "-pk")[:LATEST],
        }
        return self.page(request, "add.html", context, status)

    def _after(self, request: HttpRequest, contact: Contact) -> str:
        kind = request.POST.get("lalu")
        if kind in INTAKES:
            return reverse("admin:channels_contact_case", args=[contact.pk, kind])
        again = urlencode({"kanal": contact.channel})
        return f"{reverse('admin:channels_contact_add')}?{again}"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Contact]:
        contacts = Contact.objects.visible_to(staff(request))
        return contacts.select_related("topic", "author", "case")

    def steps(self, row: Contact, request: HttpRequest) -> list[Step]:
        if not self.may_write(request) or row.case_id or row.voided_at:
            return []
        return [
            Step(
                "perbaiki", "Perbaiki catatan", "Simpan perbaikan",
                CorrectForm, actions.correct_contact, "Perbaikan disimpan.",
            ),
            Step(
                "batalkan", "Batalkan catatan", "Ya, batalkan",
                PlainForm, actions.void_contact, "Kontak dibatalkan dan tidak dihitung lagi.",
                "Untuk catatan yang dobel atau salah. Barisnya tetap terbaca, tetapi tidak "
                "dihitung lagi. Tidak dapat dikembalikan.",
                is_dangerous=True,
            ),
        ]  # fmt: skip

    def initial(self, step: Step, row: Contact) -> dict[str, Any]:
        return {
            "channel": row.channel,
            "topic": row.topic.code if row.topic else "",
            "summary": row.summary,
            "happened_at": timezone.localtime(row.at),
        }

    def context(self, row: Contact, request: HttpRequest) -> dict[str, Any]:
        user = staff(request)
        entry = log.entries([row], user)[0]
        may_open = self.may_write(request) and not row.case_id and not row.voided_at
        return {
            "case": entry.case,
            "may_read": log.may_read(row, user, entry.case),
            "intakes": list(INTAKES.values()) if may_open else [],
            "history": history.lines(row, may_see_case=entry.case is not None),
        }

    def case_page(self, request: HttpRequest, object_id: int, kind: str) -> HttpResponse:
        """The web form of a kind on one page, filled in from the contact; ends with its receipt."""
        self.require(request, WRITE)
        contact = self.one(request, object_id)
        if kind not in INTAKES:
            raise Http404
        if contact.case_id or contact.voided_at:
            messages.error(request, "Kontak ini sudah menjadi kasus atau sudah dibatalkan.")
            return redirect(contact)
        intake, is_sent = INTAKES[kind], request.method == "POST"
        forms = _forms(intake, contact, request.POST if is_sent else None)
        status = 200
        # Each is asked, so that every error is said at once.
        valid = [form.is_valid() for form in forms]
        if all(valid):
            try:
                return _lodge(request, intake, contact, forms)
            except CaseError as refusal:
                forms[0].add_error(None, str(refusal))
                status = 403 if isinstance(refusal, NotAllowed) else 409
        context = {
            "title": f"{intake.title}: {contact}",
            "intake": intake,
            "forms": forms,
            "contact": contact,
            "has_errors": is_sent,
        }
        return self.page(request, "case.html", context, status)


def _forms(intake: Intake, contact: Contact, typed: Any) -> list[Any]:
    """The kind's own forms, those for files apart; what the line says already is filled in."""
    known = {
        "topic": contact.topic.code if contact.topic else "",
        "subject": contact.summary[:120],
        "narrative": contact.summary,
        "happened_on": today(contact.at),
    }
    steps = [step for step in intake.steps if not step.takes_files]
    if typed is None:
        return [step.form(initial=known, answers={}) for step in steps]
    answers = {step.slug: typed.dict() for step in steps}
    return [step.form(typed, answers=answers) for step in steps]


@transaction.atomic
def _lodge(
    request: HttpRequest, intake: Intake, contact: Contact, forms: list[Any]
) -> HttpResponse:
    code = access_code.make_access_code()
    draft = drafts.start(request, intake.kind, intake.kind)
    actions.open_case(
        contact,
        intake.lodge,
        actor=staff(request),
        version=posted_version(request),
        code=code,
        notice=PrivacyNotice.objects.in_force(),
        beside=[lambda case: drafts.mark_as_sent(draft, case, code)],
        **cleaned(forms),
    )
    return redirect(f"{intake.namespace}:receipt")
