"""The log of visits: the list, one visit with its history, and the list as a file. Read-only."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from cases.desk.paging import paged
from office.calendar import today
from office.desk.pages import Address
from office.staff import staff

from .. import history, log
from ..export import MOST, export
from ..figures import courses, rows_of
from ..filters import VisitFilter
from ..models import Visit, VisitEvent
from .figures import FigureViews

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@admin.register(Visit)
class VisitAdmin(FigureViews):
    """Visits are changed at the counter only; the visitor's name and contact never leave it."""

    def addresses(self) -> list[Address]:
        return [
            ("", self.changelist_view, "changelist"),
            ("angka/", self.day_view, "day"),
            ("bulan/", self.month_view, "month"),
            ("ekspor/", self.export_view, "export"),
            ("<int:object_id>/change/", self.change_view, "change"),
        ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Visit]:
        return Visit.objects.select_related("series", "service", "counter", "officer", "topic")

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        self.require(request)
        narrowed = VisitFilter(request.GET, queryset=Visit.objects.all(), request=request)
        for problem in narrowed.problems:
            messages.warning(request, problem)
        shown = paged(request, log.newest_first(narrowed.qs), narrowed.query())
        context = {
            **shown,
            "title": "Kunjungan sesuai saringan" if shown["query"] else "Kunjungan",
            "filter": narrowed,
            "entries": log.entries(shown["rows"], staff(request)),
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
        visit, user = self.one(request, object_id), staff(request)
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
        self.require(request, "export_visit")
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
            export(visits, user=staff(request), query=query),
            as_attachment=True,
            filename=f"kunjungan-{today():%Y-%m-%d}.xlsx",
            content_type=XLSX,
        )
