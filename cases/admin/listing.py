"""The case list of the desk: filters, search, bulk verbs, export."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from office.staff import staff

from ..desk import bulk
from ..desk.due import Clock
from ..desk.forms import SavedFilterForm
from ..desk.paging import paged
from ..desk.people import People
from ..desk.todo import Todo
from ..export import MOST, export
from ..filters import CaseFilter
from ..models import Case, CaseQuerySet
from ..similar import nearly_same
from ..workflow import Status
from .base import CasePages

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class CaseListViews(CasePages):
    """Many cases: the list, the verbs for several of them, and the list as a file."""

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        self.require(request)
        if request.method == "POST":
            return self._bulk(request)
        user, clock = staff(request), Clock()
        narrowed = self._filter(request, clock)
        for problem in narrowed.problems:
            messages.warning(request, problem)
        shown = paged(request, self._ordered(narrowed).for_list(), narrowed.query())
        alike = self._alike(narrowed, shown["rows"])
        context = {
            **shown,
            "title": "Kasus sesuai saringan" if shown["query"] else "Kasus",
            "filter": narrowed,
            "rows": [(case, clock.words(case), alike.get(case.pk)) for case in shown["rows"]],
            "bulk_moves": bulk.offered(user),
            "most": bulk.MOST,
            "may_export": user.may("export_case"),
            "saved_filters": list(user.saved_filters.all()),
            "save_form": SavedFilterForm(auto_id="simpan_%s"),
        }
        return self.page(request, "list.html", context)

    def export_view(self, request: HttpRequest) -> HttpResponseBase:
        self.require(request, "export_case")
        user = staff(request)
        narrowed = self._filter(request)
        cases, query = self._ordered(narrowed), narrowed.query()
        if cases.order_by().values("pk")[: MOST + 1].count() > MOST:
            most = f"{MOST:,}".replace(",", ".")
            messages.error(
                request,
                f"Daftar ini lebih dari {most} kasus. "
                "Persempit saringannya (misalnya per bulan), lalu ekspor lagi.",
            )
            return redirect(f"{reverse('admin:cases_case_changelist')}?{query}")
        return FileResponse(
            export(cases, user=user, query=query),
            as_attachment=True,
            filename=f"kasus-{timezone.localdate():%Y-%m-%d}.xlsx",
            content_type=XLSX,
        )

    def _filter(self, request: HttpRequest, clock: Clock | None = None) -> CaseFilter:
        visible = Case.objects.visible_to(staff(request))
        return CaseFilter(request.GET, queryset=visible, request=request, clock=clock)

    def _alike(self, narrowed: CaseFilter, rows: list[Case]) -> dict[int, Case]:
        """Where new cases are judged: which of them say nearly the same as another one."""
        chosen = narrowed.form.cleaned_data if narrowed.form.is_valid() else {}
        is_triage = chosen.get("todo") == Todo.VERIFY or chosen.get("status") == Status.RECEIVED
        return nearly_same(rows, narrowed.user) if is_triage and rows else {}

    def _ordered(self, narrowed: CaseFilter) -> CaseQuerySet:
        return narrowed.qs.order_by("-received_at", "-id")

    def _bulk(self, request: HttpRequest) -> HttpResponse:
        """First the picked cases with the verb's form, then the verb and its report."""
        move = bulk.BULK_MOVES.get(request.POST.get("action", ""))
        if move is None:
            messages.error(request, "Pilih dulu apa yang akan dilakukan.")
            return redirect(request.get_full_path())
        self.require(request, move.duty)
        shown = bulk.from_token(request.POST["picked"]) if "picked" in request.POST else None
        picked = list(shown) if shown is not None else self._picked(request)
        if not picked:
            messages.error(request, "Pilih dulu kasusnya.")
            return redirect(request.get_full_path())
        if len(picked) > bulk.MOST:
            messages.error(request, f"Paling banyak {bulk.MOST} kasus sekaligus.")
            return redirect(request.get_full_path())
        people = People(staff(request))
        form = move.form(request.POST if shown is not None else None, people=people)
        title = f"{move.label} beberapa kasus"
        context = {"title": title, "move": move, "form": form, "query": request.GET.urlencode()}
        if shown is not None and form.is_valid():
            report = bulk.run(move, request, shown, form.cleaned_data)
            return self.page(request, "bulk_done.html", {**context, "report": report})
        cases, missing = bulk.pick(request, picked)
        context |= {"cases": cases, "missing": missing, "picked": _shown_token(cases, shown)}
        return self.page(request, "bulk.html", context)

    def _picked(self, request: HttpRequest) -> list[int]:
        if "select_across" in request.POST:
            cases = self._ordered(self._filter(request))
            return list(cases.values_list("pk", flat=True)[: bulk.MOST])
        return bulk.numbers(request.POST.getlist("_selected_action"))


def _shown_token(cases: Iterable[Case], shown: dict[int, int] | None) -> str:
    """A page that comes back with an error keeps the versions that were first shown."""
    if shown is None:
        return bulk.as_token(cases)
    return ",".join(f"{case.pk}:{shown[case.pk]}" for case in cases)
