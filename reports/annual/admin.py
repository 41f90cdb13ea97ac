"""Reports at the desk: the list, the figures of any period with the cases behind them, and one
report from its draft to its publication.
"""

from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from cases.models import Case
from infocontent.serving import send_document
from office import pdf
from office.calendar import today
from office.desk.pages import Address, DeskPages, page_number, posted, tried
from office.documents.forms import CorrectionForm, SeenForm
from office.documents.pages import freeze_as_seen
from office.reference_admin import ReferenceAdmin
from office.staff import staff

from ..figures import Figures, figures_of
from ..models import Report, ReportRule
from ..period import Period
from ..suppression import published
from . import actions
from .chapters import chapters_of, label_of, missing
from .files import workbook_of
from .forms import BeginForm, PeriodForm, ReportForm
from .paper import content_of, on_paper
from .tables import tables_of, totals_of

PAGE = "admin:reports_report_change"
PER_PAGE = 50


@admin.register(ReportRule)
class ReportRuleAdmin(ReferenceAdmin):
    """A change of law is a new row with its own day."""

    list_display = ["__str__", "day", "month", "law", "valid_from"]


@admin.register(Report)
class ReportAdmin(DeskPages):
    """Written by the verbs only; read with the duty."""

    duty = "view_report"

    def get_model_perms(self, request: HttpRequest) -> dict[str, bool]:
        # The menu leads here; among the tables the list would only stand a second time.
        return {}

    def addresses(self) -> list[Address]:
        return [
            ("", self.changelist_view, "changelist"),
            ("angka/", self.figures_view, "figures"),
            ("angka/berkas.xlsx", self.workbook_view, "workbook"),
            ("kasus/", self.cases_view, "cases"),
            ("<int:object_id>/change/", self.change_view, "change"),
            ("<int:object_id>/terbitkan/", self.publish_view, "publish"),
            ("<int:object_id>/betulkan/", self.correct_view, "correct"),
            ("<int:object_id>/laporan.pdf", self.file_view, "file"),
        ]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        self.require(request)
        user = staff(request)
        may_write = user.may("write_report")
        form = BeginForm(posted(request), initial={"tahun": today().year - 1})
        if request.method == "POST":
            self.require(request, "write_report")
            if form.is_valid() and (report := self._begun(request, form, form.period)):
                return redirect(PAGE, report.pk)
        rule = ReportRule.objects.in_force()
        context = {
            "title": "Laporan layanan informasi",
            "reports": list(self.get_queryset(request)[:200]),
            "form": form if may_write else None,
            "rule": rule,
            "due_on": rule.due_on(today().year - 1) if rule else None,
            "now": Period(today().year, today().month),
        }
        return self.page(request, "list.html", context)

    def figures_view(self, request: HttpRequest) -> HttpResponse:
        self.require(request)
        form = self._period_form(request)
        figures = figures_of(form.period)
        context = {
            **_shown(figures),
            "title": f"Angka layanan informasi {form.period}",
            "form": form,
        }
        return self.page(request, "figures.html", context)

    def workbook_view(self, request: HttpRequest) -> HttpResponseBase:
        self.require(request)
        period = self._period_form(request).period
        figures = figures_of(period).as_json()
        return workbook_of(tables_of(figures, is_public=False), f"angka-{_slug(period)}")

    def cases_view(self, request: HttpRequest) -> HttpResponse:
        """The references behind one figure, as far as this person may see the cases."""
        self.require(request)
        period = self._period_form(request).period
        figures, where = figures_of(period), request.GET.get("angka", "")[:300]
        count = figures.find(where)
        if count is None:
            raise Http404
        number = page_number(request, "hal")
        chosen = count.cases[(number - 1) * PER_PAGE : number * PER_PAGE]
        visible = Case.objects.visible_to(staff(request)).filter(pk__in=chosen).for_list()
        cases = list(visible.order_by("received_at", "pk"))
        labels = {
            row.path: f"{table.caption}: {row.label}"
            for table in tables_of(figures.as_json(), is_public=False)
            for row in table.rows
        }
        context = {
            "title": "Kasus di balik angka",
            "period": period,
            "back": f"{reverse('admin:reports_report_figures')}?{_query(period)}",
            "label": labels.get(where, ""),
            "count": count,
            "cases": cases,
            "hidden": len(chosen) - len(cases),
            "number": number,
            "query": f"{_query(period)}&{urlencode({'angka': where})}",
            "previous": number - 1,
            "next": number + 1 if len(count.cases) > number * PER_PAGE else 0,
        }
        return self.page(request, "cases.html", context)

    def change_view(
        self, request: HttpRequest, object_id: Any, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        report, user = self.one(request, object_id), staff(request)
        may_write = user.may("write_report") and not report.is_published
        form = ReportForm(posted(request), report=report) if may_write else None
        if request.method == "POST":
            if form is None:
                raise PermissionDenied
            verb = partial(actions.save_report, self.one(request, object_id))
            if form.is_valid() and tried(request, form, verb, **form.cleaned_data):
                messages.success(request, "Konsep disimpan.")
                return redirect(PAGE, object_id)
        return self.page(request, "page.html", self._shown(report, form, user))

    def publish_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        report = self.one(request, object_id)
        self.require(request, "publish_report")
        if report.is_published:
            return redirect(PAGE, object_id)
        if request.method == "POST":
            verb = partial(actions.publish_report, report)
            freeze_as_seen(request, verb, "Laporan terbit dan tidak berubah lagi.")
            return redirect(PAGE, object_id)
        figures = published(figures_of(report.period).as_json())
        context = {
            **content_of(report, figures),
            "title": f"Terbitkan {report}?",
            "blank": [label_of(name) for name in missing(report)],
            "is_over": report.period.is_over(),
            "seen_form": SeenForm(initial={"version": report.version}),
        }
        return self.page(request, "publish.html", context)

    def correct_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """The draft of the edition that corrects this one."""
        report = self.one(request, object_id)
        self.require(request, "write_report")
        form = CorrectionForm(posted(request))
        if request.method == "POST" and form.is_valid():
            made = self._begun(request, form, report.period)
            if made:
                return redirect(PAGE, made.pk)
        context = {"title": f"Edisi pembetulan: {report}", "report": report, "form": form}
        return self.page(request, "correct.html", context)

    def file_view(self, request: HttpRequest, object_id: int) -> HttpResponseBase:
        """What was published; of a draft, what it would look like now."""
        report = self.one(request, object_id)
        if report.is_published:
            return send_document(request, report, max_age=0)
        figures = published(figures_of(report.period).as_json())
        return pdf.download(on_paper(report, figures), f"konsep-{report.file_name}")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Report]:
        return Report.objects.select_related("author", "published_by")

    def _begun(self, request: HttpRequest, form: Any, period: Period) -> Any:
        verb = partial(actions.begin_report, period)
        return tried(request, form, verb, correction=form.cleaned_data["correction"])

    def _period_form(self, request: HttpRequest) -> PeriodForm:
        """A valid form: what was asked for, or this year."""
        form = PeriodForm(request.GET if "tahun" in request.GET else {"tahun": today().year})
        if not form.is_valid():
            messages.warning(request, "Waktu itu tidak dikenali, jadi yang tampil tahun ini.")
            form = PeriodForm({"tahun": today().year})
            form.full_clean()
        return form

    def _shown(self, report: Report, form: ReportForm | None, user: Any) -> dict[str, Any]:
        if report.is_published:
            shown = _with_tables(report.figures, report.period)
        else:
            shown = _shown(figures_of(report.period))
        chapters = [
            {
                "number": chapter.number,
                "title": chapter.title,
                "fields": form.by_chapter(chapter.number) if form else [],
                "texts": chapter.texts,
                "tables": [t for t in shown["tables"] if t.chapter == chapter.number],
            }
            for chapter in chapters_of(report)
        ]
        return {
            **shown,
            "title": str(report),
            "report": report,
            "chapters": chapters,
            "form": form,
            "may_publish": user.may("publish_report") and not report.is_published,
            "may_correct": user.may("write_report") and report.is_published,
            "is_over": report.period.is_over(),
            "blank": [label_of(name) for name in missing(report)],
            "events": report.events.select_related("actor").order_by("-pk"),
        }


def _shown(figures: Figures) -> dict[str, Any]:
    return _with_tables(figures.as_json(), figures.period)


def _with_tables(figures: dict[str, Any], period: Period) -> dict[str, Any]:
    """Exact tables, each number leading to the cases behind it."""
    return {
        "tables": tables_of(figures, is_public=False),
        "totals": totals_of(figures),
        "period": period,
        "query": _query(period),
        "links": f"{reverse('admin:reports_report_cases')}?{_query(period)}",
    }


def _query(period: Period) -> str:
    return f"tahun={period.year}&bulan={period.month}"


def _slug(period: Period) -> str:
    return str(period.year) if period.is_year else f"{period.year}-{period.month:02d}"
