"""Prices and synonyms in the admin: plain tables that texts and the search read."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.cache import cache
from django.db import transaction
from django.forms import ModelForm
from django.http import HttpRequest

from office.calendar import today
from office.reference_admin import ReferenceAdmin

from ..jobs import ask_for_reindex
from ..models import Synonym, Tariff

# What a price is, as readers may already have paid it.
FIXED = ["code", "group", "amount", "valid_from", "source"]


class TariffForm(forms.ModelForm):
    def clean_valid_from(self) -> Any:
        day = self.cleaned_data["valid_from"]
        if not 1945 <= day.year < 2100:
            raise forms.ValidationError("Tahunnya tidak mungkin. Periksa lagi.")
        return day


@admin.register(Tariff)
class TariffAdmin(ReferenceAdmin):
    """A new regulation is a new row with its own day; what already holds keeps its amount."""

    form = TariffForm
    list_display = ["name", "code", "price", "unit", "valid_from", "source", "needs_check"]
    list_filter = ["group", "needs_check"]
    search_fields = ["name", "name_en", "code"]
    ordering = ["order", "code", "-valid_from"]

    @admin.display(description="tarif", ordering="amount")
    def price(self, tariff: Tariff) -> str:
        return tariff.rupiah

    def get_readonly_fields(self, request: HttpRequest, obj: Tariff | None = None) -> list[str]:
        return FIXED if obj and obj.valid_from <= today() else []

    def get_form(
        self,
        request: HttpRequest,
        obj: Tariff | None = None,
        change: bool = False,
        **kwargs: Any,
    ) -> type[ModelForm]:
        help_texts = {
            "code": "Dipakai teks: [[tarif kode]]. Tarif baru untuk hal yang sama: kode yang sama.",
            "group": "Dipakai teks: [[tabel-tarif kelompok]].",
            "valid_from": "Setelah hari ini tiba, jumlahnya tidak dapat diubah lagi.",
            "needs_check": "Hapus centangnya setelah dicocokkan dengan peraturannya.",
        }
        return super().get_form(request, obj, change, help_texts=help_texts, **kwargs)

    def save_model(self, request: HttpRequest, obj: Tariff, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        # The search knows the prices that texts name.
        reindex()

    def has_delete_permission(self, request: HttpRequest, obj: Tariff | None = None) -> bool:
        return False


class SynonymForm(forms.ModelForm):
    def clean_word(self) -> str:
        return " ".join(self.cleaned_data["word"].lower().split())

    def clean_means(self) -> str:
        return " ".join(self.cleaned_data["means"].lower().split())


@admin.register(Synonym)
class SynonymAdmin(ReferenceAdmin):
    """What people type beside what the office writes; the search reads it within a moment."""

    form = SynonymForm
    list_display = ["word", "means"]
    search_fields = ["word", "means"]

    def save_model(self, request: HttpRequest, obj: Synonym, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        reindex()

    def delete_model(self, request: HttpRequest, obj: Synonym) -> None:
        super().delete_model(request, obj)
        reindex()


def reindex() -> None:
    """What people type now finds by the new table; the texts follow when the worker gets to it."""
    cache.delete("search-synonyms")
    transaction.on_commit(ask_for_reindex)
