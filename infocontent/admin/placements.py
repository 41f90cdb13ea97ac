"""Where items are shown besides this site, and the month as a calendar."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html

from office.calendar import today
from office.desk.pages import OwnPages, number_in
from office.filters import MonthInput
from office.reference_admin import ReferenceAdmin
from office.staff import staff

from ..desk.calendar import FIRST_MONTH, LAST_MONTH, month_of
from ..desk.placing import PlacementForm
from ..models import Item, Placement
from .item_page import PAGE

# Saving leads back to the item, whichever button it was.
ONE_BUTTON = {"show_save_and_add_another": False, "show_save_and_continue": False}


class MonthForm(forms.Form):
    bulan = forms.DateField(label="Bulan", input_formats=["%Y-%m"], widget=MonthInput)

    def clean_bulan(self) -> Any:
        month = self.cleaned_data["bulan"]
        if not FIRST_MONTH <= month <= LAST_MONTH:
            raise forms.ValidationError("Tahunnya tidak mungkin.")
        return month


@admin.register(Placement)
class PlacementAdmin(OwnPages, ReferenceAdmin):
    """One line for each showing; it can be deleted, because it is the team's own note."""

    form = PlacementForm
    list_display = ["item", "channel", "day", "is_posted", "maker", "reach"]
    list_filter = ["channel", "is_posted", "day"]
    list_select_related = ["item", "maker"]
    search_fields = ["item__title", "note"]
    fields = ["of_item", "channel", "day", "is_posted", "link", "maker", "reach", "note"]
    readonly_fields = ["of_item"]
    change_list_template = "admin/infocontent/placement/list.html"

    def get_urls(self) -> list[URLPattern]:
        calendar = path(
            "kalender/",
            self.admin_site.admin_view(self.calendar),
            name="infocontent_placement_calendar",
        )
        return [calendar, *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Placement]:
        return super().get_queryset(request).select_related("item")

    @admin.display(description="bahan")
    def of_item(self, placement: Placement) -> str:
        item = placement.item
        return format_html('<a href="{}">{}</a>', reverse(PAGE, args=[item.pk]), item)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm]:
        form = super().get_form(request, obj, change, **kwargs)
        if obj is None:
            about = {"item": self._asked_item(request), "user": staff(request)}
            return type(form.__name__, (form,), about)
        return form

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        item = self._asked_item(request)
        if item is None:
            messages.info(request, "Pilih dulu bahannya, lalu “Catat penayangan”.")
            return redirect("admin:infocontent_item_changelist")
        title = f"Catat penayangan: {item}"
        return super().add_view(request, form_url, {**ONE_BUTTON, "title": title})

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        return super().change_view(request, object_id, form_url, ONE_BUTTON)

    def response_add(
        self, request: HttpRequest, obj: Placement, post_url_continue: str | None = None
    ) -> HttpResponse:
        messages.success(request, "Penayangan dicatat.")
        return redirect(PAGE, obj.item_id)

    def response_change(self, request: HttpRequest, obj: Placement) -> HttpResponse:
        messages.success(request, "Penayangan disimpan.")
        return redirect(PAGE, obj.item_id)

    def calendar(self, request: HttpRequest) -> HttpResponse:
        """A month; whoever may see items may see when they go out."""
        if not staff(request).may("view_item"):
            raise PermissionDenied
        form = MonthForm({"bulan": request.GET.get("bulan") or f"{today():%Y-%m}"})
        if not form.is_valid():
            messages.warning(request, "Bulan tidak dikenali, jadi yang tampil bulan ini.")
            form = MonthForm({"bulan": f"{today():%Y-%m}"})
            form.full_clean()
        month = month_of(form.cleaned_data["bulan"])
        context = {
            "title": "Kalender konten",
            "form": form,
            "month": month,
            "may_list": self.has_view_permission(request),
        }
        return self.page(request, "calendar.html", context)

    def _asked_item(self, request: HttpRequest) -> Item | None:
        number = number_in(request.GET.get("item", ""))
        return Item.objects.filter(pk=number).first() if number else None
