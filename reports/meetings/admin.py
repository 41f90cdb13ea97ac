"""The evaluation meeting at the desk: the list, one meeting from its draft to its signature, and
what each person has to do of what was agreed.
"""

from datetime import date
from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from cases.models import Case
from infocontent.serving import send_document
from office import pdf
from office.calendar import today
from office.desk.pages import Address, DeskPages, posted, row_or_404, tried
from office.documents.forms import SeenForm
from office.documents.pages import freeze_as_seen
from office.models import User
from office.staff import staff

from . import actions
from .figures import figures_of
from .forms import BeginForm, MeetingForms, NoteForm, ReportForm
from .models import Meeting, MeetingAction
from .paper import content_of, months_of, on_paper
from .shown import shown

PAGE = "admin:reports_meeting_change"
# Three years of meetings; older ones are opened from the figures of their month.
LISTED = 36


@admin.register(Meeting)
class MeetingAdmin(DeskPages):
    """Written by the verbs only; read by whoever reads reports."""

    duty = "view_report"

    def get_model_perms(self, request: HttpRequest) -> dict[str, bool]:
        # The pages of the reports lead here; among the tables it would only stand a second time.
        return {}

    def addresses(self) -> list[Address]:
        return [
            ("", self.changelist_view, "changelist"),
            ("tindak-lanjut/", self.own_actions_view, "own_actions"),
            ("<int:object_id>/change/", self.change_view, "change"),
            ("<int:object_id>/tandatangani/", self.sign_view, "sign"),
            ("<int:object_id>/catatan/", self.note_view, "note"),
            ("<int:object_id>/notula.pdf", self.file_view, "file"),
        ]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        self.require(request)
        last_month = _last_month()
        initial = {"tahun": last_month.year, "bulan": last_month.month}
        form = BeginForm(posted(request), initial=initial)
        if request.method == "POST":
            self.require(request, "write_meeting")
            if form.is_valid():
                verb = partial(actions.begin_meeting, form.period)
                if meeting := tried(request, form, verb):
                    return redirect(PAGE, meeting.pk)
        context = {
            "title": "Rapat evaluasi",
            "meetings": list(self.get_queryset(request)[:LISTED]),
            "form": form if staff(request).may("write_meeting") else None,
            "open_actions": list(_with_owner(MeetingAction.objects.open()).order_by("until", "pk")),
            "today": today(),
        }
        return self.page(request, "list.html", context)

    def change_view(
        self, request: HttpRequest, object_id: Any, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        meeting, user = self.one(request, object_id), staff(request)
        if meeting.is_signed:
            if request.method == "POST":
                messages.error(request, str(actions.MeetingSigned()))
                return redirect(PAGE, object_id)
            return self.page(request, "signed.html", self._signed(meeting, user))
        may_write = user.may("write_meeting")
        carried = _carried(meeting)
        forms = MeetingForms(posted(request), meeting=meeting, carried=carried)
        if request.method == "POST":
            if not may_write:
                raise PermissionDenied
            verb = partial(actions.save_meeting, self.one(request, object_id))
            if forms.is_valid() and tried(request, forms.main, verb, **forms.cleaned()):
                messages.success(request, "Konsep disimpan.")
                return redirect(PAGE, object_id)
        context = {
            **content_of(meeting),
            **self._figures(meeting, user, figures_of(meeting.period)),
            "forms": forms if may_write else None,
            "lacking": actions.lacks(meeting),
            "carried": carried,
            "may_sign": user.may("sign_meeting"),
            "is_over": meeting.period.is_over(),
        }
        return self.page(request, "draft.html", context)

    def sign_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        meeting = self.one(request, object_id)
        self.require(request, "sign_meeting")
        if meeting.is_signed:
            return redirect(PAGE, object_id)
        if request.method == "POST":
            verb = partial(actions.sign_meeting, meeting)
            freeze_as_seen(request, verb, "Notula ditandatangani dan tidak berubah lagi.")
            return redirect(PAGE, object_id)
        context = {
            **content_of(meeting),
            **self._figures(meeting, staff(request), figures_of(meeting.period)),
            "title": f"Tandatangani notula {meeting.period}?",
            "lacking": actions.lacks(meeting),
            "is_over": meeting.period.is_over(),
            "seen_form": SeenForm(initial={"version": meeting.version}),
        }
        return self.page(request, "sign.html", context)

    def note_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        meeting = self.one(request, object_id)
        self.require(request, "write_meeting")
        form, verb = NoteForm(posted(request)), partial(actions.add_note, meeting)
        is_sent = request.method == "POST" and form.is_valid()
        if is_sent and tried(request, form, verb, **form.cleaned_data):
            messages.success(request, "Catatan ditambahkan.")
            return redirect(PAGE, object_id)
        context = {"title": f"Catatan pada notula {meeting.period}", "meeting": meeting}
        return self.page(request, "note.html", {**context, "form": form})

    def own_actions_view(self, request: HttpRequest) -> HttpResponse:
        """What this person has to do, whatever the roles: an owner may be anybody of the staff."""
        user = staff(request)
        form = ReportForm(posted(request))
        mine = MeetingAction.objects.open().filter(owner=user)
        if request.method == "POST" and form.is_valid():
            action = row_or_404(mine, form.cleaned_data.pop("action"))
            verb = partial(actions.report_action, action)
            if tried(request, form, verb, **form.cleaned_data):
                messages.success(request, "Kabar Anda dibaca rapat berikutnya.")
                return redirect("admin:reports_meeting_own_actions")
        rows = list(
            mine.select_related("meeting").prefetch_related("reports").order_by("until", "pk")
        )
        asked = form.data.get("action", "")
        context = {
            "title": "Tindak lanjut Anda",
            "rows": [
                (
                    action,
                    form if asked == str(action.pk) else ReportForm(initial={"action": action.pk}),
                )
                for action in rows
            ],
            "form": form if request.method == "POST" else None,
            "today": today(),
        }
        return self.page(request, "own_actions.html", context)

    def file_view(self, request: HttpRequest, object_id: int) -> HttpResponseBase:
        """The minutes as they were signed; of a draft, what they would look like now."""
        meeting = self.one(request, object_id)
        if not meeting.is_signed:
            content = on_paper(meeting, figures_of(meeting.period))
            return pdf.download(content, f"konsep-{meeting.file_name}")
        return send_document(request, meeting, max_age=0)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Meeting]:
        return Meeting.objects.select_related("author", "signed_by")

    def _signed(self, meeting: Meeting, user: User) -> dict[str, Any]:
        return {
            **content_of(meeting),
            **self._figures(meeting, user, meeting.figures),
            "notes": list(meeting.notes.select_related("author")),
            "may_note": user.may("write_meeting"),
        }

    def _figures(self, meeting: Meeting, user: User, figures: dict[str, Any]) -> dict[str, Any]:
        """The figures with their words, and of the late cases those that this person may open."""
        late = figures["late"]
        visible = Case.objects.visible_to(user).filter(pk__in=late["cases"]).for_list()
        cases = list(visible.order_by("due_on", "pk"))
        period = meeting.period
        return {
            **shown(figures),
            "title": str(meeting),
            "names": months_of(meeting),
            "links": True,
            "received": f"received_from={period.first:%Y-%m-%d}&received_to={period.last:%Y-%m-%d}",
            "late_cases": cases,
            "late_hidden": late["n"] - len(cases),
            "may_see_items": user.may("view_item"),
            "may_see_ideas": user.may("view_all_cases") or user.may("approve_item"),
            "events": list(meeting.events.select_related("actor").order_by("-pk")[:50]),
        }


def _last_month() -> date:
    """The month that a meeting of today is about."""
    now = today()
    return now.replace(year=now.year - (now.month == 1), month=now.month - 1 or 12, day=1)


def _carried(meeting: Meeting) -> list[MeetingAction]:
    """What earlier meetings left open, oldest first, with what its owner told of it."""
    carried = _with_owner(MeetingAction.objects.open(before=meeting.month))
    return list(carried.prefetch_related("reports").order_by("meeting__month", "position"))


def _with_owner(rows: Any) -> Any:
    return rows.select_related("owner", "meeting")
