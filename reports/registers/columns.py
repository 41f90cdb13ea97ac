"""What a column of a register is: its heading, how its value is read, and the event behind it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from itertools import groupby
from typing import Any, NamedTuple


class Source(NamedTuple):
    """The event behind a cell: which case, and which line of its history."""

    case: int
    seq: int


class Style(Enum):
    """How a value is shown; each medium has its own words for it."""

    TEXT = "teks"
    DAY = "tanggal"
    WEEKDAY = "hari"
    TICK = "centang"
    MONEY = "rupiah"


@dataclass(frozen=True)
class Column:
    """`value` and `source` read one entry of the register. `over` is the heading that several
    columns share; `letters` is the width in signs.
    """

    title: str
    letters: int
    value: Callable[[Any], Any]
    source: Callable[[Any], Source | None]
    style: Style = Style.TEXT
    over: str = ""


@dataclass(frozen=True)
class Heading:
    title: str
    columns: int
    is_alone: bool


def upper_headings(columns: Iterable[Column]) -> list[Heading]:
    """The first of the two rows of headings; a heading that stands alone reaches over both."""
    found = []
    for over, group in groupby(columns, key=lambda column: column.over):
        under = list(group)
        if over:
            found.append(Heading(over, len(under), is_alone=False))
        else:
            found += [Heading(column.title, 1, is_alone=True) for column in under]
    return found
