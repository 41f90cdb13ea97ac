"""The list of public information, and the list of what is kept from the public."""

from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from office.calendar import today

from ..caching import library_page
from ..dip import LAW, MEANING, Category, InformationFilter, categories, headings, write_workbook
from ..models import Exclusion, PublicInformation

# With a document and a link in each row, a first visit to more would weigh over 100 kB.
PER_PAGE = 15
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# The record of the consequence test stays in the office: it would tell what is kept.
WEIGHING = ("if_opened", "if_closed", "participants", "tested_at_place", "tested_on")


@library_page
def index(request: HttpRequest) -> HttpResponse:
    narrowed = _narrowed(request)
    context = {
        "filter": narrowed,
        "query": narrowed.query(),
        "page": Paginator(narrowed.qs, PER_PAGE).get_page(request.GET.get("hal")),
        "categories": categories(),
        "headings": headings(),
    }
    return render(request, "infocontent/dip_list.html", context)


@require_safe
def workbook(request: HttpRequest) -> HttpResponseBase:
    return FileResponse(
        write_workbook(_narrowed(request).qs.iterator()),
        as_attachment=True,
        filename=f"daftar-informasi-publik-{today():%Y-%m-%d}.xlsx",
        content_type=XLSX,
    )


@library_page
def row(request: HttpRequest, number: int) -> HttpResponse:
    information = get_object_or_404(_listed(), number=number)
    category = Category(information.category)
    context = {"row": information, "meaning": MEANING[category], "law": LAW[category]}
    return render(request, "infocontent/dip_row.html", context)


@library_page
def exclusions(request: HttpRequest) -> HttpResponse:
    kept = Exclusion.objects.in_force().defer(*WEIGHING)
    page = Paginator(kept, PER_PAGE).get_page(request.GET.get("hal"))
    return render(request, "infocontent/exclusions.html", {"page": page})


def _narrowed(request: HttpRequest) -> InformationFilter:
    return InformationFilter(request.GET, queryset=_listed(), request=request)


def _listed():
    return PublicInformation.objects.listed().select_related("document")
