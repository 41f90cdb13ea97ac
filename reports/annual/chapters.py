"""The six chapters of a report and what the PPID writes in them."""

from dataclasses import dataclass

from django.utils.functional import Promise

from ..models import Report
from . import words

# By chapter, in the order in which they are read.
TEXTS: dict[int, tuple[str, ...]] = {
    1: ("policy",),
    2: ("facilities", "people", "budget_note"),
    3: ("service_note",),
    4: ("dispute_note",),
    5: ("internal_obstacles", "external_obstacles"),
    6: ("recommendations",),
}
COLUMNS = tuple(name for names in TEXTS.values() for name in names)
MONEY = ("budget", "spent")
WRITTEN = (*COLUMNS, *MONEY)
# What figures cannot say. A month is a short look at the work; policy and budget are the year's.
REQUIRED_OF_A_YEAR = (
    "policy", "facilities", "people", "budget", "spent", "internal_obstacles",
    "external_obstacles", "recommendations",
)  # fmt: skip
REQUIRED_OF_A_MONTH = ("internal_obstacles", "external_obstacles", "recommendations")
_COLUMNS = {column.name: column for column in Report._meta.fields}


@dataclass(frozen=True)
class Chapter:
    """`texts` are column, heading and words; a chapter with a single text has no heading below."""

    number: int
    title: str | Promise
    texts: list[tuple[str, str, str]]


def chapters_of(report: Report) -> list[Chapter]:
    return [
        Chapter(
            number,
            words.CHAPTERS[number],
            [
                (name, str(words.TEXT_HEADINGS[name]), getattr(report, name).strip())
                for name in names
            ],
        )
        for number, names in TEXTS.items()
    ]


def required_of(report: Report) -> tuple[str, ...]:
    return REQUIRED_OF_A_YEAR if report.period.is_year else REQUIRED_OF_A_MONTH


def missing(report: Report) -> list[str]:
    """What is still blank, as columns of Report."""
    return [name for name in required_of(report) if _is_blank(getattr(report, name))]


def _is_blank(value: str | int | None) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def label_of(name: str) -> str:
    """What a column of Report is called in the middle of a sentence."""
    return str(_COLUMNS[name].verbose_name)


def most_of(name: str) -> int | None:
    """How many signs it can hold."""
    return _COLUMNS[name].max_length
