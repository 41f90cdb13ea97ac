"""The evaluation meeting at the desk: the list, one meeting from its draft to its signature, and
what each person has to do of what was agreed.
"""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path

from cases.models import Case
from infocontent.serving import send_file
from office import pdf
from office.calendar import today
from office.models import User
from office.reference_admin import ReadOnlyAdmin
from office.refusals import NotAllowed, Refusal
from office.staff import staff

from . import actions
from .figures import figures_of
from .forms import BeginForm, MeetingForms, NoteForm, ReportForm, SeenForm
from .models import Meeting, MeetingAction
from .paper import content_of, months_of, on_paper
from .shown import shown

PAGE = "admin:reports_meeting_change"
# The largest row number that both databases can be asked about.
LAST_PK = 2**63 - 1
# Three years of meetings; older ones are opened from the figures of their month.
LISTED = 36


@admin.register(Meeting)
class MeetingAdmin(ReadOnlyAdmin):
    """Written by the verbs only; read by whoever reads reports."""

    duty = "view_report"

    def get_model_perms(self, request: HttpRequest) -> dict[str, bool]:
        # The pages of the reports lead here; among the tables it would only stand a second time.
        return {}

    def get_urls(self) -> list[URLPattern]:
        pages: list[tuple[str, Any, str]] = [
            ("", self.changelist_view, "changelist"),
            ("tindak-lanjut/", self.own_actions_view, "own_actions"),
            ("<int:object_id>/change/", self.change_view, "change"),
            ("<int:object_id>/tandatangani/", self.sign_view, "sign"),
            ("<int:object_id>/catatan/", self.note_view, "note"),
            ("<int:object_id>/notula.pdf", self.file_view, "file"),
        ]
        return [
            path(address, self.admin_site.admin_view(view), name=f"reports_meeting_{name}")
            for address, view, name in pages
        ]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        self.require(request)
        last_month = _last_month()
        initial = {"tahun": last_month.year, "bulan": last_month.month}
        form = BeginForm(_posted(request), initial=initial)
        if request.method == "POST":
            self.require(request, "write_meeting")
            if form.is_valid():
                verb = partial(actions.begin_meeting, form.period)
                if meeting := self.tried(request, form, verb):
                    return redirect(PAGE, meeting.pk)
        context = {
            "title": "Rapat evaluasi",
            "meetings": list(Meeting.objects.select_related("author", "signed_by")[:LISTED]),
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
        forms = MeetingForms(_posted(request), meeting=meeting, carried=carried)
        if request.method == "POST":
            if not may_write:
                raise PermissionDenied
            verb = partial(actions.save_meeting, self.one(request, object_id))
            if forms.is_valid() and self.tried(request, forms.main, verb, **forms.cleaned()):
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
            form = SeenForm(request.POST)
            if not form.is_valid():
                messages.error(request, "Formulir ini tidak utuh. Muat ulang, lalu ulangi.")
                return redirect(PAGE, object_id)
            try:
                actions.sign_meeting(meeting, actor=staff(request), **form.cleaned_data)
            except Refusal as refusal:
                messages.error(request, str(refusal))
            else:
                messages.success(request, "Notula ditandatangani dan tidak berubah lagi.")
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
        form, verb = NoteForm(_posted(request)), partial(actions.add_note, meeting)
        is_sent = request.method == "POST" and form.is_valid()
        if is_sent and self.tried(request, form, verb, **form.cleaned_data):
            messages.success(request, "Catatan ditambahkan.")
            return redirect(PAGE, object_id)
        context = {"title": f"Catatan pada notula {meeting.period}", "meeting": meeting}
        return self.page(request, "note.html", {**context, "form": form})

    def own_actions_view(self, request: HttpRequest) -> HttpResponse:
        """What this person has to do, whatever the roles: an owner may be anybody of the staff."""
        user = staff(request)
        form = ReportForm(_posted(request))
        mine = MeetingAction.objects.open().filter(owner=user)
        if request.method == "POST" and form.is_valid():
            action = get_object_or_404(mine, pk=min(form.cleaned_data.pop("action"), LAST_PK))
            verb = partial(actions.report_action, action)
            if self.tried(request, form, verb, **form.cleaned_data):
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
        return send_file(
            request,
            meeting.file,
            name=meeting.file_name,
            content_type="application/pdf",
            size=meeting.size,
            etag=f'"{meeting.sha256[:32]}"',
            max_age=0,
            as_attachment=True,
        )

    def one(self, request: HttpRequest, pk: int) -> Meeting:
        self.require(request)
        meetings = Meeting.objects.select_related("author", "signed_by")
        meeting = meetings.filter(pk=pk).first() if pk <= LAST_PK else None
        if meeting is None:
            raise Http404
        return meeting

    def require(self, request: HttpRequest, duty: str = "view_report") -> None:
        if not staff(request).may("view_report") or not staff(request).may(duty):
            raise PermissionDenied

    def tried(
        self, request: HttpRequest, form: Any, verb: Callable[..., Any], **arguments: Any
    ) -> Any:
        """What the verb made, or True; False with the refusal in the form, where all that was
        typed stays.
        """
        try:
            return verb(actor=staff(request), **arguments) or True
        except NotAllowed as refusal:
            raise PermissionDenied from refusal
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return False

    def page(
        self, request: HttpRequest, template: str, context: dict[str, Any]
    ) -> TemplateResponse:
        # What the stock views tell the `url` tag: which admin site is being shown.
        request.current_app = self.admin_site.name
        context = {**self.admin_site.each_context(request), "opts": self.opts, **context}
        return TemplateResponse(request, f"admin/reports/meeting/{template}", context)

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


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None
