"""Past reports for everybody: the list, each as a page, as a file, and its figures for programs."""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from infocontent.caching import library_page
from infocontent.serving import send_document

from .annual.files import csv_of, workbook_of
from .annual.paper import content_of
from .annual.tables import tables_of
from .models import Report

FILE_AGE = 24 * 60 * 60


def _newest_key() -> object:
    # A published report never changes, so the newest tells of all of them.
    keys = Report.objects.public().order_by("-published_at").values_list("pk", "version")
    return keys.first()


report_page = partial(library_page, also=_newest_key)


@report_page
def index(request: HttpRequest) -> HttpResponse:
    reports = Report.objects.public().defer("figures", "public_figures")
    years = _by_year(list(reports.order_by("-year", "-edition")))
    return render(request, "reports/index.html", {"years": years})


@require_safe
def newest(request: HttpRequest, year: int) -> HttpResponse:
    """The short address of a year leads to its latest edition."""
    found = Report.objects.public().filter(year=min(year, 9999)).order_by("-edition").first()
    if found is None:
        raise Http404
    return redirect(found)


@report_page
def report(request: HttpRequest, year: int, edition: int) -> HttpResponse:
    found = _one(year, edition)
    others = Report.objects.public().filter(year=found.year).exclude(pk=found.pk)
    context = {
        **content_of(found, found.public_figures),
        "later": others.filter(edition__gt=found.edition).order_by("-edition").first(),
        "earlier": others.filter(edition__lt=found.edition).order_by("-edition").first(),
    }
    return render(request, "reports/report.html", context)


@require_safe
def file(request: HttpRequest, year: int, edition: int) -> HttpResponseBase:
    return send_document(request, _one(year, edition), max_age=FILE_AGE)


@require_safe
def workbook(request: HttpRequest, year: int, edition: int) -> HttpResponseBase:
    found = _one(year, edition)
    tables = tables_of(found.public_figures, is_public=True)
    return _kept(workbook_of(tables, f"angka-layanan-informasi-{found.year}"))


@require_safe
def table(request: HttpRequest, year: int, edition: int) -> HttpResponseBase:
    found = _one(year, edition)
    tables = tables_of(found.public_figures, is_public=True)
    return _kept(csv_of(tables, f"angka-layanan-informasi-{found.year}"))


def _kept(response: HttpResponseBase) -> HttpResponseBase:
    # The words follow the reader's language, the numbers never change.
    response["Cache-Control"] = "private, max-age=3600"
    response["Vary"] = "Cookie"
    return response


def _one(year: int, edition: int) -> Report:
    # Neither database can be asked about any number that fits into an address.
    if year > 9999 or edition > 9999:
        raise Http404
    found = (
        Report.objects.public()
        .select_related("published_by")
        .filter(year=year, edition=edition)
        .first()
    )
    if found is None:
        raise Http404
    return found


def _by_year(reports: list[Report]) -> list[tuple[Report, list[Report]]]:
    """The latest edition of each year, and those that it corrects."""
    years: dict[int, list[Report]] = {}
    for one in reports:
        years.setdefault(one.year, []).append(one)
    return [(editions[0], editions[1:]) for editions in years.values()]
