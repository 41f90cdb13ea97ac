"""The kept figures of a meeting as rows with words, for the page and for paper."""

from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format

Figures = dict[str, Any]


@dataclass(frozen=True)
class Compared:
    """One figure in the month, the month before and the same month a year before."""

    label: str
    now: str
    before: str
    year: str


def shown(figures: Figures) -> dict[str, Any]:
    months = figures["months"]
    # An earlier month of which nothing is known, from before the portal, had not nothing in it.
    is_known = {when: when == "now" or _is_counted(months[when]) for when in WHENS}
    return {
        "compared": _compared(months, is_known),
        "channels": [
            Compared(
                row["name"],
                *(number(row[when] if is_known[when] else None) for when in WHENS),
            )
            for row in figures["channels"]
        ],
        "sections": [
            {**row, "share": percent(row["on_time"], row["late"])} for row in figures["sections"]
        ],
        "topics": [{**row, "before": mean(row["before"])} for row in figures["topics"]],
        "phrases": [{**row, "before": mean(row["before"])} for row in figures["phrases"]],
        "late": figures["late"],
        "votes": figures["votes"],
        "searches": figures["searches"],
        "surveys": [
            {
                **row,
                "index": number(row["index"]),
                "before": number(row["before"]),
                "lowest": [{**one, "value": number(one["value"])} for one in row["lowest"]],
            }
            for row in figures["surveys"]
        ],
    }


WHENS = ("now", "before", "year")
COMPARED = [
    ("contacts", "Kontak seluruhnya"),
    ("received", "Kasus diterima"),
    ("answered", "Kasus ditanggapi"),
    ("late", "Lewat tenggat"),
    ("median", "Hari kerja sampai dijawab, median"),
    ("p90", "Hari kerja sampai dijawab, persentil ke-90"),
    ("reopened", "Dibuka kembali"),
    ("objections", "Keberatan"),
]


def _compared(months: Figures, is_known: dict[str, bool]) -> list[Compared]:
    rows = [
        Compared(label, *(number(months[when][key] if is_known[when] else None) for when in WHENS))
        for key, label in COMPARED
    ]
    shares = [percent(months[when]["on_time"], months[when]["late"]) for when in WHENS]
    rows.insert(3, Compared("Ditanggapi tepat waktu", *shares))
    return rows


def _is_counted(month: Figures) -> bool:
    return any(month[key] for key in ("contacts", "received", "answered"))


def number(value: float | None) -> str:
    """As Indonesian writes it; a dash where there is none, such as a time without a case."""
    if value is None:
        return "—"
    whole = value == int(value)
    return number_format(int(value) if whole else round(value, 2), force_grouping=True)


def mean(value: float) -> str:
    return number_format(value, 1, force_grouping=True)


def percent(on_time: int, late: int) -> str:
    return f"{round(100 * on_time / (on_time + late))}%" if on_time + late else "—"
