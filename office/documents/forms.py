"""What is asked before a document is frozen, or corrected by another edition."""

from django import forms

from ..forms import CrispyForm
from ..texts import tidy


class SeenForm(forms.Form):
    """Which version of the draft a person has read."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class CorrectionForm(CrispyForm):
    correction = forms.CharField(
        label="Yang dibetulkan",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Tercetak di edisi baru: apa yang keliru dan menjadi apa.",
        error_messages={"required": "Tuliskan apa yang dibetulkan."},
    )

    def clean_correction(self) -> str:
        return tidy(self.cleaned_data["correction"])


class MayCorrectForm(CrispyForm):
    """`correction` is asked where an edition is out already."""

    correction = forms.CharField(
        label="Yang dibetulkan",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Hanya bila laporan ini sudah terbit: apa yang keliru dan menjadi apa.",
    )

    def clean_correction(self) -> str:
        return tidy(self.cleaned_data["correction"])
