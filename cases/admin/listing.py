"""The case list of the desk: filters, search, bulk verbs, export."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from ..counting import capped_count, in_words
from ..desk import bulk
from ..desk.due import Clock
from ..desk.forms import SavedFilterForm
from ..desk.people import People
from ..export import MOST, export
from ..filters import CaseFilter
from ..models import Case, CaseQuerySet

PER_PAGE = 50
# A list is for its first pages; who needs page 400 needs a filter.
LAST_PAGE = 400


class CaseListViews:
    """Views of many cases; mixed into the case admin, which knows the site."""

    def changelist_view(
        self, request: HttpRequest, extra_context: dict | None = None
    ) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            return self._bulk(request)
        clock = Clock()
        narrowed = self._filter(request, clock)
        for problem in narrowed.problems:
            messages.warning(request, problem)
        cases = self._ordered(narrowed)
        number = _page_number(request)
        start = (number - 1) * PER_PAGE
        rows = list(cases.for_list()[start : start + PER_PAGE + 1])
        for case in rows:
            case.due_words = clock.words(case)
        query = narrowed.query()
        context = {
            "title": "Kasus sesuai saringan" if query else "Kasus",
            "filter": narrowed,
            "rows": rows[:PER_PAGE],
            "count": in_words(capped_count(cases))
            if start or len(rows) > PER_PAGE
            else str(len(rows)),
            "query": query,
            "number": number,
            "previous_page": _page(query, number - 1) if number > 1 else "",
            "next_page": _page(query, number + 1)
            if len(rows) > PER_PAGE and number < LAST_PAGE
            else "",
            "bulk_moves": bulk.offered(request.user),
            "most": bulk.MOST,
            "may_export": request.user.may("export_case"),
            "saved_filters": list(request.user.saved_filters.all()),
            "save_form": SavedFilterForm(auto_id="simpan_%s"),
        }
        return self._render(request, "admin/cases/case/list.html", context)

    def export_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_view_permission(request) or not request.user.may("export_case"):
            raise PermissionDenied
        narrowed = self._filter(request)
        cases = self._ordered(narrowed)
        query = narrowed.query()
        if cases.order_by().values("pk")[: MOST + 1].count() > MOST:
            messages.error(
                request,
                f"Daftar ini lebih dari {MOST:,} kasus".replace(",", ".")
                + ". Persempit saringannya (misalnya per bulan), lalu ekspor lagi.",
            )
            return redirect(f"{reverse('admin:cases_case_changelist')}?{query}")
        name = f"kasus-{timezone.localdate():%Y-%m-%d}.xlsx"
        return FileResponse(
            export(cases, user=request.user, query=query),
            as_attachment=True,
            filename=name,
            content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        )

    def _filter(self, request: HttpRequest, clock: Clock | None = None) -> CaseFilter:
        visible = Case.objects.visible_to(request.user)
        return CaseFilter(request.GET, queryset=visible, request=request, clock=clock)

    def _ordered(self, narrowed: CaseFilter) -> CaseQuerySet:
        return narrowed.qs.order_by("-received_at", "-id")

    def _bulk(self, request: HttpRequest) -> HttpResponse:
        """First the picked cases with the verb's form, then the verb and its report."""
        move = bulk.BULK_MOVES.get(request.POST.get("action", ""))
        if move is None:
            messages.error(request, "Pilih dulu apa yang akan dilakukan.")
            return redirect(request.get_full_path())
        if not request.user.may(move.duty):
            raise PermissionDenied
        people = People(request.user)
        if "picked" in request.POST:
            versions = bulk.from_token(request.POST["picked"])
            form = move.form(request.POST, people=people)
        else:
            versions, form = None, move.form(people=people)
        picked = list(versions) if versions is not None else self._picked(request)
        if not picked or len(picked) > bulk.MOST:
            messages.error(
                request,
                "Pilih dulu kasusnya."
                if not picked
                else f"Paling banyak {bulk.MOST} kasus sekaligus.",
            )
            return redirect(request.get_full_path())
        context = {
            "title": f"{move.label} beberapa kasus",
            "move": move,
            "form": form,
            "query": request.GET.urlencode(),
        }
        if versions is not None and form.is_valid():
            context["report"] = bulk.run(move, request, versions, form.cleaned_data)
            return self._render(request, "admin/cases/case/bulk_done.html", context)
        cases, context["missing"] = bulk.pick(request, picked)
        return self._render(
            request,
            "admin/cases/case/bulk.html",
            {**context, "cases": cases, "picked": _shown_token(cases, versions)},
        )

    def _picked(self, request: HttpRequest) -> list[int]:
        if "select_across" in request.POST:
            return list(
                self._ordered(self._filter(request)).values_list("pk", flat=True)[: bulk.MOST]
            )
        return bulk.numbers(request.POST.getlist("_selected_action"))


def _shown_token(cases: Iterable[Case], versions: dict[int, int] | None) -> str:
    """A page that comes back with an error keeps the versions that were first shown."""
    if versions is None:
        return bulk.as_token(cases)
    return ",".join(f"{case.pk}:{versions[case.pk]}" for case in cases)


def _page_number(request: HttpRequest) -> int:
    found = bulk.numbers([request.GET.get("p", "1")])
    return min(max(found[0], 1), LAST_PAGE) if found else 1


def _page(query: str, number: int) -> str:
    page: dict[str, Any] = {"p": number}
    return f"?{query}&{urlencode(page)}" if query else f"?{urlencode(page)}"
