"""What a recap can be asked for, and what a person types about a frozen month."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator

from cases.workflow import Kind, Outcome
from channels.vocabulary import ContactChannel
from office.filters import MonthInput
from office.forms import CrispyForm

from ..period import FIRST_YEAR, LAST_YEAR, WHOLE_YEAR, Period
from .actions import LONGEST_NOTE
from .slices import NONE, Measure, Slice

# Kept as text: "0" is having none. No longer than any key is.
KEY = RegexValidator(r"\A[0-9]{1,18}\Z", "Pilihan ini tidak dikenali.")


class YearForm(CrispyForm):
    tahun = forms.IntegerField(label="Tahun", min_value=FIRST_YEAR, max_value=LAST_YEAR)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tahun"].is_conditional = True  # type: ignore[attr-defined]


class MonthField(forms.DateField):
    """A month such as 2024-03, as its first day."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%Y-%m"], widget=MonthInput, **kwargs)

    def clean(self, value: Any) -> Any:
        month = super().clean(value)
        if month and not FIRST_YEAR <= month.year <= LAST_YEAR:
            raise forms.ValidationError("Bulan ini di luar yang dapat direkap.")
        return month


class MonthForm(CrispyForm):
    bulan = MonthField(label="Bulan")


class SliceForm(forms.Form):
    """The address of the rows behind a figure."""

    bulan = MonthField(required=False)
    tahun = forms.IntegerField(required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR)
    angka = forms.ChoiceField(choices=Measure.choices)
    kanal = forms.ChoiceField(choices=ContactChannel.choices, required=False)
    topik = forms.CharField(required=False, validators=[KEY])
    seksi = forms.CharField(required=False, validators=[KEY])
    jenis = forms.ChoiceField(choices=Kind.choices, required=False)
    hasil = forms.ChoiceField(
        choices=[(NONE, ""), *((one, one) for one in Outcome.values if one)], required=False
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("bulan") and not cleaned.get("tahun"):
            raise forms.ValidationError("Bulan atau tahun tidak dikenali.")
        return cleaned

    @property
    def slice(self) -> Slice:
        chosen = self.cleaned_data
        month = chosen["bulan"]
        period = Period(month.year, month.month) if month else Period(chosen["tahun"], WHOLE_YEAR)
        return Slice(
            period=period,
            measure=Measure(chosen["angka"]),
            channel=chosen["kanal"],
            topic=chosen["topik"],
            kind=chosen["jenis"],
            outcome=chosen["hasil"],
            section=chosen["seksi"],
        )


class NoteForm(CrispyForm):
    text = forms.CharField(
        label="Catatan koreksi",
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Apa yang berubah sejak dibekukan, dan sebabnya. Jangan tulis nama orang.",
        error_messages={"required": "Tuliskan apa yang berubah dan sebabnya."},
    )
