"""Filters of the case list that a person keeps under a name."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from ..desk.forms import SavedFilterForm
from ..filters import CaseFilter
from ..models import Case, SavedFilter

MOST = 30
LONGEST = SavedFilter._meta.get_field("query").max_length


class SavedFilterViews:
    def save_filter(self, request: HttpRequest) -> HttpResponse:
        """Keep the understood part of the current filter; the same name again replaces it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        asked = QueryDict(request.POST.get("query", "")[:LONGEST])
        query = CaseFilter(
            asked, queryset=Case.objects.visible_to(request.user), request=request
        ).query()
        back = redirect(f"{reverse('admin:cases_case_changelist')}?{query}")
        form = SavedFilterForm(request.POST)
        mine = request.user.saved_filters
        if request.method != "POST":
            return back
        if not form.is_valid():
            messages.error(request, f"Saringan belum disimpan: {' '.join(form.errors['name'])}")
        elif not query:
            messages.error(request, "Pilih dulu saringannya, lalu simpan.")
        elif mine.count() >= MOST and not mine.filter(name=form.cleaned_data["name"]).exists():
            messages.error(
                request, f"Paling banyak {MOST} saringan. Hapus dulu yang tidak dipakai."
            )
        else:
            mine.update_or_create(
                name=form.cleaned_data["name"], defaults={"query": query[:LONGEST]}
            )
            messages.success(request, f"Saringan “{form.cleaned_data['name']}” disimpan.")
        return back

    def delete_filter(self, request: HttpRequest, pk: int) -> HttpResponse:
        saved = get_object_or_404(request.user.saved_filters, pk=pk)
        if request.method == "POST":
            saved.delete()
            messages.success(request, f"Saringan “{saved.name}” dihapus.")
            return redirect("admin:cases_case_changelist")
        context = {"title": f"Hapus saringan “{saved.name}”", "saved": saved}
        return self._render(request, "admin/cases/case/filter_delete.html", context)
