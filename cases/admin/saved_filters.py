"""Filters of the case list that a person keeps under a name."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from office.staff import staff

from ..desk.forms import SavedFilterForm
from ..filters import CaseFilter
from ..models import Case, SavedFilter
from .base import CasePages

MOST = 30
LONGEST = SavedFilter._meta.get_field("query").max_length


class SavedFilterViews(CasePages):
    """A person's own named filters: keep, replace, delete."""

    def save_filter(self, request: HttpRequest) -> HttpResponse:
        """Keep the understood part of the current filter; the same name again replaces it."""
        self.require(request)
        asked = QueryDict(request.POST.get("query", "")[:LONGEST])
        visible = Case.objects.visible_to(staff(request))
        query = CaseFilter(asked, queryset=visible, request=request).query()
        if request.method == "POST":
            self._keep(request, query)
        return redirect(f"{reverse('admin:cases_case_changelist')}?{query}")

    def _keep(self, request: HttpRequest, query: str) -> None:
        form = SavedFilterForm(request.POST)
        mine = staff(request).saved_filters
        if not form.is_valid():
            said = " ".join(str(error) for error in form.errors["name"])
            messages.error(request, f"Saringan belum disimpan: {said}")
            return
        name = form.cleaned_data["name"]
        if not query:
            messages.error(request, "Pilih dulu saringannya, lalu simpan.")
        elif mine.count() >= MOST and not mine.filter(name=name).exists():
            messages.error(
                request, f"Paling banyak {MOST} saringan. Hapus dulu yang tidak dipakai."
            )
        else:
            mine.update_or_create(name=name, defaults={"query": query[:LONGEST]})
            messages.success(request, f"Saringan “{name}” disimpan.")

    def delete_filter(self, request: HttpRequest, pk: int) -> HttpResponse:
        saved = get_object_or_404(staff(request).saved_filters, pk=pk)
        if request.method == "POST":
            saved.delete()
            messages.success(request, f"Saringan “{saved.name}” dihapus.")
            return redirect("admin:cases_case_changelist")
        title = f"Hapus saringan “{saved.name}”"
        return self.page(request, "filter_delete.html", {"title": title, "saved": saved})
