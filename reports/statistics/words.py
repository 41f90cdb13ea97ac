"""What public figures are called, and how a withheld one is said, in the reader's language."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from cases.workflow import Kind
from channels.vocabulary import ContactChannel

from ..annual.charts import Chart, draw
from .figures import NONE, WITHHELD
from .models import PublicMonth

INSTRUMENT_NAMES: dict[str, tuple[str | Promise, str | Promise]] = {
    "skm": (gettext_lazy("IKM"), gettext_lazy("Indeks Kepuasan Masyarakat, paling tinggi 100")),
    "spak": (gettext_lazy("IPK"), gettext_lazy("Indeks Persepsi Anti Korupsi, paling tinggi 4")),
    "spkp": (
        gettext_lazy("SPKP"),
        gettext_lazy("Survei Persepsi Kualitas Pelayanan, paling tinggi 4"),
    ),
}


@dataclass(frozen=True)
class Part:
    """One line of a division: a name and its number in words."""

    name: str
    words: str
    is_hidden: bool


class MonthWords:
    """One published month, as a page says it."""

    def __init__(self, row: PublicMonth) -> None:
        self.row = row
        self._figures: dict[str, Any] = row.figures

    @property
    def month(self) -> date:
        return self.row.month

    @property
    def code(self) -> str:
        return f"{self.row.month:%Y-%m}"

    @property
    def name(self) -> str:
        return date_format(self.row.month, "F Y")

    @property
    def contacts(self) -> str:
        return number(self._figures["contacts"]["n"])

    @property
    def cases(self) -> str:
        return number(self._figures["cases"]["n"])

    @property
    def answers(self) -> str:
        return number(self._figures["answers"]["n"])

    @property
    def on_time(self) -> str:
        """The share of the answers that left in time."""
        answers = self._figures["answers"]
        if answers["n"] == 0:
            return "—"
        if answers["on_time"] is not None and answers["late"] is not None:
            counted = answers["on_time"] + answers["late"]
            if not counted:
                return "—"
            share = number_format(round(100 * answers["on_time"] / counted, 1), use_l10n=True)
            return f"{share}%"
        if answers["at_least"] is not None:
            return _("%(share)s%% atau lebih") % {"share": answers["at_least"]}
        return _("disamarkan")

    @property
    def middle(self) -> str:
        """Half of the answers left within so many working days."""
        if self._figures["answers"]["n"] == 0:
            return "—"
        return number(self._days("middle"))

    @property
    def long(self) -> str:
        if self._figures["answers"]["n"] == 0:
            return "—"
        return number(self._days("long"))

    @property
    def channels(self) -> list[Part]:
        labels = {str(code): str(ContactChannel(code).label) for code in ContactChannel}
        return _parts(self._figures["contacts"]["parts"], labels)

    @property
    def kinds(self) -> list[Part]:
        labels = {str(kind): str(kind.label) for kind in Kind}
        return _parts(self._figures["cases"]["kinds"], labels)

    @property
    def topics(self) -> list[Part]:
        english = get_language() == "en"
        rows = self._figures["cases"]["topics"]
        return _parts(rows, {row["key"]: row["name"]["en" if english else "id"] for row in rows})

    @property
    def surveys(self) -> list[tuple[str | Promise, str | Promise, str]]:
        return [
            (*names, self.index_words(code))
            for code, names in INSTRUMENT_NAMES.items()
            if any(row["key"] == code for row in self._figures["surveys"])
        ]

    def index(self, instrument: str) -> float | None:
        found = next((row for row in self._figures["surveys"] if row["key"] == instrument), None)
        return float(found["index"]) if found and found["index"] is not None else None

    def index_words(self, instrument: str) -> str:
        found = next((row for row in self._figures["surveys"] if row["key"] == instrument), None)
        if not found or found["state"] == NONE:
            return "—"
        if found["state"] == WITHHELD:
            return _("disamarkan")
        value = number_format(float(found["index"]), decimal_pos=2, use_l10n=True)
        return f"{value} ({found['grade']})" if found.get("grade") else value

    @property
    def ikm(self) -> str:
        return self.index_words("skm")

    @property
    def ipk(self) -> str:
        return self.index_words("spak")

    def _days(self, key: str) -> float | None:
        days = self._figures["answers"]["days"]
        return days[key] if days else None


def number(value: float | None) -> str:
    if value is None:
        return _("disamarkan")
    whole = int(value) if value == int(value) else value
    return number_format(whole, use_l10n=True, force_grouping=True)


def chart_of_contacts(months: list[MonthWords]) -> Chart:
    """Oldest first, as one reads a year."""
    return draw([(m.name, m.row.figures["contacts"]["n"], m.contacts) for m in months[::-1]])


def chart_of_index(months: list[MonthWords], instrument: str) -> Chart | None:
    points = [(m.name, m.index(instrument), m.index_words(instrument)) for m in months[::-1]]
    return draw(points) if any(value for _name, value, _words in points) else None


def _parts(rows: list[dict[str, Any]], labels: dict[str, str]) -> list[Part]:
    """The parts that are not nothing; those withheld are there, without their number."""
    return [
        Part(labels.get(row["key"], row["key"]), number(row["n"]), row["n"] is None)
        for row in rows
        if row["n"] != 0
    ]
