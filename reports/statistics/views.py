"""The statistics for everybody: the last thirteen months, and one of them in detail."""

from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from infocontent.caching import library_page

from .models import PublicMonth
from .words import MonthWords, chart_of_contacts, chart_of_index

SHOWN = 13


def _newest_key() -> object:
    # An edition never changes, so the newest tells of all of them.
    return PublicMonth.objects.order_by("-pk").values_list("pk", flat=True).first()


@partial(library_page, also=_newest_key)
def statistics(request: HttpRequest) -> HttpResponse:
    """`?bulan=2026-10` opens a month; without it the newest one."""
    rows = list(PublicMonth.objects.newest_editions())
    months = [MonthWords(row) for row in rows]
    chosen = _chosen(months, request.GET.get("bulan", ""))
    context: dict[str, Any] = {"months": months, "chosen": chosen}
    if chosen:
        place = months.index(chosen)
        shown = months[place : place + SHOWN]
        context |= {
            "shown": shown,
            "contacts_chart": chart_of_contacts(shown),
            "ikm_chart": chart_of_index(shown, "skm"),
            "ipk_chart": chart_of_index(shown, "spak"),
        }
    return render(request, "reports/statistics/index.html", context)


def _chosen(months: list[MonthWords], code: str) -> MonthWords | None:
    if not code:
        return months[0] if months else None
    found = next((month for month in months if month.code == code), None)
    if found is None:
        raise Http404
    return found
