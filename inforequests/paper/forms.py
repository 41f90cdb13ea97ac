"""Forms of the desk for numbered blank forms. They validate and never save."""

from typing import Any

import django_filters as filters
from django import forms
from django.conf import settings

from office.filters import DayInput, ListFilter

from ..actions.paper import MOST_FORMS, find_form
from ..models import PaperForm, PaperFormQuerySet


class PrintForm(forms.Form):
    count = forms.IntegerField(
        label="Berapa formulir",
        min_value=1,
        max_value=MOST_FORMS,
        initial=10,
        help_text=f"1 sampai {MOST_FORMS}. Setiap formulir rangkap dua, bolak-balik.",
        error_messages={
            "required": "Tulis berapa formulir yang dicetak.",
            "invalid": "Tulis jumlahnya dengan angka.",
            "min_value": "Sedikitnya satu formulir.",
            "max_value": f"Sekali cetak paling banyak {MOST_FORMS} formulir.",
        },
    )
    language = forms.ChoiceField(
        label="Bahasa", choices=settings.LANGUAGES, initial="id", widget=forms.RadioSelect
    )


class VoidForm(forms.Form):
    reason = forms.CharField(
        label="Alasan",
        max_length=200,
        help_text="Misalnya: rusak, hilang, salah cetak. Jangan tulis nama pemohon.",
        error_messages={"required": "Tulis alasan pembatalan."},
    )


UNUSED, USED, VOIDED = "kosong", "dipakai", "batal"


class PaperFormFilter(ListFilter):
    number = filters.CharFilter(label="Nomor formulir", method="with_number", max_length=20)
    state = filters.ChoiceFilter(
        label="Keadaan",
        choices=[(UNUSED, "Belum dipakai"), (USED, "Sudah dipakai"), (VOIDED, "Dibatalkan")],
        method="in_state",
        empty_label="Semua",
    )
    language = filters.ChoiceFilter(label="Bahasa", choices=settings.LANGUAGES, empty_label="Semua")
    printed_from = filters.DateFilter(
        label="Dicetak dari", field_name="printed_at", lookup_expr="date__gte", widget=DayInput
    )
    printed_to = filters.DateFilter(
        label="Dicetak sampai", field_name="printed_at", lookup_expr="date__lte", widget=DayInput
    )

    class Meta:
        model = PaperForm
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields_are_optional()

    def with_number(self, forms: PaperFormQuerySet, name: str, number: str) -> PaperFormQuerySet:
        found = find_form(number)
        return forms.filter(pk=found.pk) if found else forms.none()

    def in_state(self, forms: PaperFormQuerySet, name: str, state: str) -> PaperFormQuerySet:
        return {UNUSED: forms.unused, USED: forms.used, VOIDED: forms.voided}[state]()
