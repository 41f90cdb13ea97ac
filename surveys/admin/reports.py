"""Results of the surveys at the desk, and one report from its draft to its publication."""

from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from infocontent.serving import send_document
from office import pdf
from office.desk.pages import Address, DeskPages, page_number, posted, tried
from office.documents.forms import CorrectionForm, SeenForm
from office.documents.pages import freeze_as_seen
from office.refusals import NotAllowed
from office.staff import staff

from ..models import SurveyReport
from ..period import Period
from ..reporting import actions
from ..reporting.chapters import label_of, missing
from ..reporting.figures import figures_of, public_part
from ..reporting.forms import (
    BeginForm,
    ReportForm,
    ResultForm,
    usual_choice,
)
from ..reporting.paper import content_of, on_paper
from ..reporting.shown import follow_ups_of, shown
from ..reporting.words import service_names
from ..reporting.workbook import write_results
from ..results import Scope, comments_of

PAGE = "admin:surveys_surveyreport_change"
COMMENTS_PER_PAGE = 15
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@admin.register(SurveyReport)
class SurveyReportAdmin(DeskPages):
    """Written by the verbs only; read with the duty."""

    duty = "view_report"

    def addresses(self) -> list[Address]:
        return [
            ("", self.changelist_view, "changelist"),
            ("hasil/", self.results_view, "results"),
            ("hasil/berkas.xlsx", self.workbook_view, "workbook"),
            ("<int:object_id>/change/", self.change_view, "change"),
            ("<int:object_id>/terbitkan/", self.publish_view, "publish"),
            ("<int:object_id>/betulkan/", self.correct_view, "correct"),
            ("<int:object_id>/laporan.pdf", self.file_view, "file"),
        ]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        self.require(request)
        form = BeginForm(posted(request), initial=usual_choice())
        if request.method == "POST":
            self.require(request, "write_survey_report")
            if form.is_valid():
                chosen = form.cleaned_data["instrumen"]
                if report := self._begun(request, form, chosen, form.period):
                    return redirect(PAGE, report.pk)
        reports = self.get_queryset(request)
        context = {
            "title": "Laporan survei",
            "reports": list(reports.defer("figures", "public_figures")[:200]),
            "form": form if staff(request).may("write_survey_report") else None,
        }
        return self.page(request, "list.html", context)

    def results_view(self, request: HttpRequest) -> HttpResponse:
        self.require(request)
        form = self._result_form(request)
        scope, figures, report = self._figures(form)
        switch = form.cleaned_data["ditandai"]
        comments = comments_of(scope, with_flagged=switch)
        number = page_number(request, "hal")
        start = (number - 1) * COMMENTS_PER_PAGE
        found = list(comments[start : start + COMMENTS_PER_PAGE + 1])
        told = shown(figures)
        query = _query(form)
        context = {
            **told,
            "title": f"Hasil {figures['instrument'].upper()} {form.period}",
            "form": form,
            "query": urlencode(query),
            "switched": urlencode({**query, "ditandai": "" if switch else "on"}),
            "remarks": found[:COMMENTS_PER_PAGE],
            "number": number,
            "previous": number - 1,
            "next": number + 1 if len(found) > COMMENTS_PER_PAGE else 0,
            "report": report,
            "may_write": staff(request).may("write_survey_report"),
            "may_export": staff(request).may("export_case"),
        }
        return self.page(request, "results.html", context)

    def workbook_view(self, request: HttpRequest) -> HttpResponseBase:
        self.require(request)
        form = self._result_form(request)
        scope, figures, _report = self._figures(form)
        try:
            actions.log_export(staff(request), **_query(form), count=figures["n"])
        except NotAllowed as refusal:
            raise PermissionDenied from refusal
        file = write_results(scope, figures, user=staff(request))
        parts = ["hasil", figures["instrument"], figures["period"], figures["service"]]
        name = "-".join(part for part in parts if part)
        return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX)

    def change_view(
        self, request: HttpRequest, object_id: Any, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        report, user = self.one(request, object_id), staff(request)
        figures = self._figures_of(report)
        told = shown(figures)
        form = None
        if user.may("write_survey_report") and not report.is_published:
            form = ReportForm(
                posted(request),
                report=report,
                elements=[(e["code"], f"{e['code']} {e['label']}") for e in told["elements"]],
                lowest=figures["lowest"]["codes"],
            )
        if request.method == "POST":
            if form is None:
                raise PermissionDenied
            verb = partial(actions.save_report, self.one(request, object_id))
            if form.is_valid() and tried(request, form, verb, **form.cleaned_data):
                messages.success(request, "Konsep disimpan.")
                return redirect(PAGE, object_id)
        context = {
            **told,
            "title": str(report),
            "report": report,
            "form": form,
            "follow_ups": follow_ups_of(report, told["elements"]),
            "may_publish": user.may("publish_survey_report") and not report.is_published,
            "may_correct": user.may("write_survey_report") and report.is_published,
            "is_over": report.period.is_over(),
            "blank": [label_of(name) for name in missing(report)],
            "events": report.events.select_related("actor").order_by("-pk"),
        }
        return self.page(request, "page.html", context)

    def publish_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        report = self.one(request, object_id)
        self.require(request, "publish_survey_report")
        if report.is_published:
            return redirect(PAGE, object_id)
        if request.method == "POST":
            verb = partial(actions.publish_report, report)
            freeze_as_seen(request, verb, "Hasil terbit dan tidak berubah lagi.")
            return redirect(PAGE, object_id)
        has_profile = actions.may_tell_profile(report)
        figures = public_part(self._figures_of(report), has_profile=has_profile)
        context = {
            **content_of(report, figures),
            "title": f"Terbitkan {report}?",
            "blank": [label_of(name) for name in missing(report)],
            "is_over": report.period.is_over(),
            "has_profile": has_profile,
            "seen_form": SeenForm(initial={"version": report.version}),
        }
        return self.page(request, "publish.html", context)

    def correct_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """The draft of the edition that corrects this one."""
        report = self.one(request, object_id)
        self.require(request, "write_survey_report")
        form = CorrectionForm(posted(request))
        if request.method == "POST" and form.is_valid():
            made = self._begun(request, form, report.instrument, report.period)
            if made:
                return redirect(PAGE, made.pk)
        context = {"title": f"Edisi pembetulan: {report}", "report": report, "form": form}
        return self.page(request, "correct.html", context)

    def file_view(self, request: HttpRequest, object_id: int) -> HttpResponseBase:
        """What was published; of a draft, what it would look like now."""
        report = self.one(request, object_id)
        if report.is_published:
            return send_document(request, report, max_age=0)
        has_profile = actions.may_tell_profile(report)
        figures = public_part(self._figures_of(report), has_profile=has_profile)
        return pdf.download(on_paper(report, figures), f"konsep-{report.file_name}")

    def get_queryset(self, request: HttpRequest) -> QuerySet[SurveyReport]:
        return super().get_queryset(request).select_related("author", "published_by")

    def _begun(self, request: HttpRequest, form: Any, instrument: str, period: Period) -> Any:
        verb = partial(actions.begin_report, instrument, period)
        return tried(request, form, verb, correction=form.cleaned_data["correction"])

    def _result_form(self, request: HttpRequest) -> ResultForm:
        """A valid form: what was asked for, or this month."""
        names, usual = service_names(), usual_choice()
        form = ResultForm({**usual, **request.GET.dict()}, names)
        if not form.is_valid():
            messages.warning(request, "Pilihan tidak dikenali, jadi yang tampil SKM bulan ini.")
            form = ResultForm(usual, names)
            form.full_clean()
        return form

    def _figures(self, form: ResultForm) -> tuple[Scope, dict[str, Any], SurveyReport | None]:
        chosen, period = form.cleaned_data, form.period
        code, service = chosen["instrumen"], chosen["layanan"]
        reports = SurveyReport.objects.of(code, period).defer("figures", "public_figures")
        report = reports.order_by("-edition").first()
        figures = figures_of(
            code,
            period,
            service=service,
            with_flagged=chosen["ditandai"],
            population=report.population if report and not service else None,
        )
        if figures is None:
            raise Http404
        return Scope.of(code, period, service), figures, report

    def _figures_of(self, report: SurveyReport) -> dict[str, Any]:
        """Frozen, or counted now."""
        figures = (
            report.figures
            if report.is_published
            else figures_of(report.instrument, report.period, population=report.population)
        )
        if figures is None:
            raise Http404
        return figures


def _query(form: ResultForm) -> dict[str, Any]:
    chosen = {**form.cleaned_data, "ditandai": "on" if form.cleaned_data["ditandai"] else ""}
    return {name: chosen[name] for name in ("instrumen", "tahun", "masa", "layanan", "ditandai")}
