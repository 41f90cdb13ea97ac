"""The log of visits: the list, one visit with its history, and the list as a file. Read-only."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse

from cases.counting import capped_count, in_words
from cases.desk.access import LAST_PK
from office.calendar import today
from office.staff import staff

from .. import history, log
from ..export import MOST, export
from ..figures import courses, rows_of
from ..filters import VisitFilter
from ..models import Visit, VisitEvent
from .figures import FigureViews

PER_PAGE = 50
# A list is for its first pages; who needs page 400 needs a filter.
LAST_PAGE = 400
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@admin.register(Visit)
class VisitAdmin(FigureViews):
    """Visits are changed at the counter only; the visitor's name and contact never leave it."""

    def get_urls(self) -> list[URLPattern]:
        pages: list[tuple[str, Any, str]] = [
            ("", self.changelist_view, "changelist"),
            ("angka/", self.day_view, "day"),
            ("bulan/", self.month_view, "month"),
            ("ekspor/", self.export_view, "export"),
            ("<int:object_id>/change/", self.change_view, "change"),
        ]
        return [
            path(address, self.admin_site.admin_view(view), name=f"yankomas_visit_{name}")
            for address, view, name in pages
        ]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        self.require(request)
        narrowed = VisitFilter(request.GET, queryset=Visit.objects.all(), request=request)
        for problem in narrowed.problems:
            messages.warning(request, problem)
        visits, number = log.newest_first(narrowed.qs), _page_number(request)
        start = (number - 1) * PER_PAGE
        rows = list(visits[start : start + PER_PAGE + 1])
        is_more, query = len(rows) > PER_PAGE, narrowed.query()
        context = {
            "title": "Kunjungan sesuai saringan" if query else "Kunjungan",
            "filter": narrowed,
            "entries": log.entries(rows[:PER_PAGE], staff(request)),
            "count": in_words(capped_count(visits)) if start or is_more else str(len(rows)),
            "query": query,
            "number": number,
            "previous_page": _page(query, number - 1) if number > 1 else "",
            "next_page": _page(query, number + 1) if is_more and number < LAST_PAGE else "",
            "may_export": staff(request).may("export_visit"),
        }
        return self.page(request, "list.html", context)

    def change_view(
        self,
        request: HttpRequest,
        object_id: Any,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        self.require(request)
        visit, user = _visit_or_404(object_id), staff(request)
        case = log.visible_cases([visit], user).get(visit.case_id or 0)
        course = courses(rows_of(VisitEvent.objects.filter(visit=visit)))[visit.pk]
        context = {
            "title": str(visit),
            "entry": log.Entry(visit, course, case),
            "visit": visit,
            "may_read": log.may_read(visit, user, case),
            "is_somebody_stored": bool(visit.visitor_name or visit.visitor_contact),
            "history": history.lines(visit, may_see_case=case is not None),
        }
        return self.page(request, "page.html", context)

    def export_view(self, request: HttpRequest) -> HttpResponseBase:
        self.require(request)
        user = staff(request)
        if not user.may("export_visit"):
            raise PermissionDenied
        narrowed = VisitFilter(request.GET, queryset=Visit.objects.all(), request=request)
        visits, query = log.newest_first(narrowed.qs), narrowed.query()
        if visits.order_by().values("pk")[: MOST + 1].count() > MOST:
            most = f"{MOST:,}".replace(",", ".")
            messages.error(
                request,
                f"Daftar ini lebih dari {most} kunjungan. "
                "Persempit saringannya (misalnya per bulan), lalu ekspor lagi.",
            )
            return redirect(f"{reverse('admin:yankomas_visit_changelist')}?{query}")
        return FileResponse(
            export(visits, user=user, query=query),
            as_attachment=True,
            filename=f"kunjungan-{today():%Y-%m-%d}.xlsx",
            content_type=XLSX,
        )


def _visit_or_404(pk: int) -> Visit:
    visits = Visit.objects.select_related("series", "service", "counter", "officer", "topic")
    visit = visits.filter(pk=pk).first() if pk <= LAST_PK else None
    if visit is None:
        raise Http404
    return visit


def _page_number(request: HttpRequest) -> int:
    typed = request.GET.get("p", "1")
    is_number = typed.isascii() and typed.isdigit() and len(typed) < 10
    return min(max(int(typed), 1), LAST_PAGE) if is_number else 1


def _page(query: str, number: int) -> str:
    page = urlencode({"p": number})
    return f"?{query}&{page}" if query else f"?{page}"
