"""Cells in words, for the page and for paper."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format

from inforequests.wording import money

from .columns import Column, Source, Style

TICK = "√"


@dataclass(frozen=True)
class Cell:
    """`link` leads to the event in the history of its case; blank without words or without one."""

    words: str
    link: str
    style: Style

    @property
    def is_tick(self) -> bool:
        return self.style is Style.TICK and bool(self.words)


def rows_of(
    columns: list[Column], entries: Iterable[Any], *, linked: bool = False
) -> Iterator[list[Cell]]:
    for entry in entries:
        yield [_cell(column, entry, linked) for column in columns]


def _cell(column: Column, entry: Any, linked: bool) -> Cell:
    words = in_words(column.style, column.value(entry))
    source = column.source(entry) if linked and words else None
    return Cell(words, address_of(source) if source else "", column.style)


def address_of(source: Source) -> str:
    page = reverse("admin:cases_case_change", args=[source.case])
    return f"{page}#peristiwa-{source.seq}"


def in_words(style: Style, value: date | str | int | bool | None) -> str:
    match style, value:
        case (_, None) | (_, "") | (Style.TICK, False):
            return ""
        case Style.TICK, _:
            return TICK
        case Style.DAY, date():
            return date_format(value, "j F Y")
        case Style.WEEKDAY, date():
            return date_format(value, "l, j F Y")
        case Style.MONEY, int():
            return money(value)
    return str(value)
