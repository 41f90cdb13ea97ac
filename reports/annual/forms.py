"""What the PPID types: a period, and the texts of a report. Cleaned data are the verbs' keyword
arguments.
"""

from typing import Any

from django import forms
from django.utils.dates import MONTHS

from infocontent.markdown import unsafe_links
from office.documents.forms import MayCorrectForm
from office.forms import CrispyForm, WholeForm
from office.texts import tidy

from ..models import Report
from ..period import FIRST_YEAR, LAST_YEAR, WHOLE_YEAR, Period
from .chapters import COLUMNS, MONEY, TEXTS, label_of, most_of, required_of

MOST_MONEY = 10**15
HELP = {
    "policy": "Peraturan, maklumat pelayanan, dan daftar informasi publik yang berlaku.",
    "facilities": "Meja informasi, kios, laman, sarana bagi penyandang disabilitas.",
    "people": "Berapa orang, jabatannya, dan pelatihannya.",
    "budget": "Anggaran pelayanan informasi tahun itu. Isi 0 bila tidak ada anggaran tersendiri.",
    "recommendations": "Apa yang akan dikerjakan, oleh siapa, dan kapan.",
}
MONTH_CHOICES = [(WHOLE_YEAR, "Setahun"), *((number, name) for number, name in MONTHS.items())]


class PeriodForm(CrispyForm):
    tahun = forms.IntegerField(label="Tahun", min_value=FIRST_YEAR, max_value=LAST_YEAR)
    bulan = forms.TypedChoiceField(
        label="Bulan",
        choices=MONTH_CHOICES,
        coerce=int,
        required=False,
        empty_value=None,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("tahun", "bulan"):
            self.fields[name].is_conditional = True  # type: ignore[attr-defined]

    @property
    def period(self) -> Period:
        return Period(self.cleaned_data["tahun"], self.cleaned_data["bulan"] or WHOLE_YEAR)


class BeginForm(MayCorrectForm, PeriodForm):
    pass


class ReportForm(WholeForm, CrispyForm):
    """The texts of the six chapters, complete or not."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, report: Report) -> None:
        names = (*COLUMNS, *MONEY, "version")
        super().__init__(data, initial={name: getattr(report, name) for name in names})
        for name in COLUMNS:
            self.fields[name] = forms.CharField(
                label=_label(name),
                required=False,
                max_length=most_of(name),
                widget=forms.Textarea(attrs={"rows": 6}),
                help_text=HELP.get(name, ""),
            )
        for name in MONEY:
            self.fields[name] = forms.IntegerField(
                label=_label(name),
                required=False,
                min_value=0,
                max_value=MOST_MONEY,
                help_text=HELP.get(name, ""),
            )

        # Kept at any time without them, but not published.
        for name in required_of(report):
            self.fields[name].is_conditional = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in COLUMNS:
            cleaned[name] = tidy(cleaned.get(name, ""))
            if schemes := unsafe_links(cleaned[name]):
                self.add_error(name, f"Tautan dengan “{schemes[0]}:” tidak dapat dipakai.")
        return cleaned

    def by_chapter(self, number: int) -> list[Any]:
        names = TEXTS[number]
        if number == 2:
            names = (*names[:2], *MONEY, *names[2:])
        return [self[name] for name in names]


def _label(name: str) -> str:
    words = label_of(name)
    return words[0].upper() + words[1:]
