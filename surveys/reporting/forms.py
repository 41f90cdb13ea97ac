"""What is chosen and typed at the desk. Cleaned data are the verbs' keyword arguments."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.dates import MONTHS

from infocontent.markdown import unsafe_links
from office.calendar import today
from office.documents.forms import MayCorrectForm
from office.forms import CrispyForm
from office.texts import tidy

from ..models import Instrument, SurveyReport
from ..models.report import MOST_WORDS
from ..period import FIRST_YEAR, LAST_YEAR, PARTS, ROMAN, Period
from .chapters import MOST_ROWS, ROW, TEXTS, label_of

MOST_PEOPLE = 10_000_000
HELP = {
    "background": "Mengapa survei ini diadakan, dan apa yang mendahuluinya.",
    "purpose": "Apa yang hendak diketahui dan diperbaiki.",
    "method": "Lokasi, cara mengisi, dan siapa yang diminta mengisi. Masa, populasi, sampel, dan "
    "cara menghitung sudah tercetak sendiri.",
    "analysis": "Mengapa unsur terendah itu rendah, dan apa kata saran yang masuk. Jangan mengutip "
    "saran yang dapat menunjuk orang.",
}


def part_words(part: str) -> str:
    if part[:1] in ("s", "t"):
        kind = "Semester" if part[0] == "s" else "Triwulan"
        return f"{kind} {ROMAN[int(part[1]) - 1]}"
    return str(MONTHS[int(part)]) if part else "Setahun"


class PeriodForm(CrispyForm):
    instrumen = forms.ChoiceField(
        label="Instrumen", choices=[(code.value, code.value.upper()) for code in Instrument.Code]
    )
    tahun = forms.IntegerField(label="Tahun", min_value=FIRST_YEAR, max_value=LAST_YEAR)
    masa = forms.ChoiceField(
        label="Masa", required=False, choices=[(part, part_words(part)) for part in PARTS]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("instrumen", "tahun", "masa"):
            self.fields[name].is_conditional = True  # type: ignore[attr-defined]

    @property
    def period(self) -> Period:
        return Period(self.cleaned_data["tahun"], self.cleaned_data["masa"])


class ResultForm(PeriodForm):
    """What the page of results shows; blank is this month's SKM."""

    layanan = forms.ChoiceField(label="Layanan", required=False)
    ditandai = forms.BooleanField(label="Sertakan jawaban yang ditandai", required=False)

    def __init__(self, data: Mapping[str, Any], services: Mapping[str, str]) -> None:
        super().__init__(data)
        choices = [("", "Semua layanan"), *services.items()]
        self.fields["layanan"].choices = choices  # type: ignore[attr-defined]
        for name in ("layanan", "ditandai"):
            self.fields[name].is_conditional = True  # type: ignore[attr-defined]


def usual_choice() -> dict[str, Any]:
    return {"instrumen": Instrument.Code.SKM, "tahun": today().year, "masa": f"{today():%m}"}


class BeginForm(MayCorrectForm, PeriodForm):
    pass


class ReportForm(CrispyForm):
    """The texts, the follow-ups and the population, complete or not."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any = None,
        *,
        report: SurveyReport,
        elements: list[tuple[str, str]],
        lowest: list[str],
    ) -> None:
        typed = list(report.follow_ups)
        # Before anything was planned, the lowest elements ask for it.
        typed = typed or [{"element": code} for code in lowest[:MOST_ROWS]]
        self.rows = range(1, min(MOST_ROWS, max(3, len(typed) + 1)) + 1)
        names = (*TEXTS, "population", "population_note", "version")
        initial: dict[str, Any] = {name: getattr(report, name) for name in names}
        for number, row in enumerate(typed, start=1):
            initial |= {f"{name}_{number}": value for name, value in row.items()}
        super().__init__(data, initial=initial)
        for name in TEXTS:
            self.fields[name] = forms.CharField(
                label=label_of(name).capitalize(),
                required=False,
                max_length=MOST_WORDS,
                widget=forms.Textarea(attrs={"rows": 6}),
                help_text=HELP.get(name, ""),
            )
        self.fields["population"] = forms.IntegerField(
            label="Populasi menurut kantor",
            required=False,
            min_value=1,
            max_value=MOST_PEOPLE,
            help_text="Kosong: memakai hitungan kasus yang ditutup dan kunjungan yang selesai.",
        )
        self.fields["population_note"] = forms.CharField(
            label="Dasar populasi itu",
            required=False,
            max_length=200,
            help_text="Misalnya: rekap permohonan paspor, SIMKIM, Agustus 2026.",
        )
        for number in self.rows:
            self._add_row(number, elements)
        for field in self.fields.values():
            # Kept at any time without them, but not published.
            field.is_conditional = True  # type: ignore[attr-defined]

    def _add_row(self, number: int, elements: list[tuple[str, str]]) -> None:
        terms = [("", "—"), *SurveyReport.Term.choices]
        self.fields |= {
            f"element_{number}": forms.ChoiceField(
                label="Prioritas unsur", required=False, choices=[("", "Umum"), *elements]
            ),
            f"program_{number}": forms.CharField(
                label="Program atau kegiatan",
                required=False,
                max_length=500,
                widget=forms.Textarea(attrs={"rows": 2}),
            ),
            f"term_{number}": forms.ChoiceField(
                label="Jangka waktu", required=False, choices=terms
            ),
            f"when_{number}": forms.CharField(
                label="Waktu",
                required=False,
                max_length=80,
                help_text="Misalnya: Triwulan IV 2026.",
            ),
            f"responsible_{number}": forms.CharField(
                label="Penanggung jawab", required=False, max_length=120
            ),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in TEXTS:
            cleaned[name] = tidy(cleaned.get(name, ""))
            if schemes := unsafe_links(cleaned[name]):
                self.add_error(name, f"Tautan dengan “{schemes[0]}:” tidak dapat dipakai.")
        if cleaned.get("population") and not cleaned.get("population_note"):
            self.add_error("population_note", "Tuliskan dari mana populasi itu.")
        if cleaned.get("population") is None:
            cleaned["population_note"] = ""
        cleaned["follow_ups"] = [row for number in self.rows if (row := self._row(number))]
        for number in self.rows:
            for name in ROW:
                cleaned.pop(f"{name}_{number}", None)
        return cleaned

    def _row(self, number: int) -> dict[str, str]:
        """A row is kept as soon as a program is typed, and then needs the rest of it."""
        row = {name: self.cleaned_data.get(f"{name}_{number}", "") for name in ROW}
        row["program"] = tidy(row["program"])
        if not any(value for name, value in row.items() if name != "element"):
            return {}
        for name in ROW[1:]:
            if not row[name] and f"{name}_{number}" not in self.errors:
                label = self.fields[f"{name}_{number}"].label
                self.add_error(f"{name}_{number}", f"Rencana {number}: isi {str(label).lower()}.")
        return row

    def texts(self) -> list[Any]:
        return [self[name] for name in TEXTS]

    def planned(self) -> list[tuple[int, list[Any]]]:
        return [(number, [self[f"{name}_{number}"] for name in ROW]) for number in self.rows]
