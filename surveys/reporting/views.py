"""Published results for everybody: the list, each as a page, and its report as a file."""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from infocontent.caching import library_page
from infocontent.serving import send_document

from ..models import SurveyReport
from ..period import Period
from ..results import published
from .paper import content_of
from .shown import result_line

FILE_AGE = 24 * 60 * 60
# More editions of one period than anybody will ever publish.
MOST_EDITIONS = 999


def _newest_key() -> object:
    # A published report never changes, so the newest tells of all of them.
    keys = SurveyReport.objects.published().order_by("-published_at").values_list("pk", "version")
    return keys.first()


result_page = partial(library_page, also=_newest_key)


@result_page
def index(request: HttpRequest) -> HttpResponse:
    results = [result_line(report) for report in published()]
    return render(request, "surveys/results.html", {"results": results})


@result_page
def result(request: HttpRequest, instrument: str, code: str, edition: int) -> HttpResponse:
    report = _one(instrument, code, edition)
    others = SurveyReport.objects.published().of(instrument, report.period)
    context = {
        **content_of(report, report.public_figures),
        "later": others.filter(edition__gt=report.edition).order_by("-edition").first(),
        "earlier": others.filter(edition__lt=report.edition).order_by("-edition").first(),
    }
    return render(request, "surveys/result.html", context)


@require_safe
def file(request: HttpRequest, instrument: str, code: str, edition: int) -> HttpResponseBase:
    return send_document(request, _one(instrument, code, edition), max_age=FILE_AGE)


def _one(instrument: str, code: str, edition: int) -> SurveyReport:
    period = Period.parse(code)
    if period is None or edition > MOST_EDITIONS:
        raise Http404
    reports = SurveyReport.objects.published().of(instrument, period)
    report = reports.select_related("published_by").filter(edition=edition).first()
    if report is None:
        raise Http404
    return report
