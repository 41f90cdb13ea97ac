"""Bars that lie, month under month: the first index filled, the others hollow, each with its name
and number behind it. No colour has to be told from another, and the same drawing fits a phone and
a page.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

WIDTH, TOP, LEFT = 380, 4, 78
BAR, GAP, BETWEEN = 18, 4, 12
# What is left of the width for the name and the number behind the longest bar.
LONGEST = 200


@dataclass(frozen=True)
class Bar:
    y: int
    length: int
    is_hollow: bool
    text: str
    text_x: int
    text_y: int


@dataclass(frozen=True)
class Row:
    label: str
    label_y: int
    bars: list[Bar]


@dataclass(frozen=True)
class Chart:
    rows: list[Row]
    height: int
    width: int = WIDTH
    left: int = LEFT
    thickness: int = BAR


# A row's label, and of each index: its number, its highest one, and the words behind the bar.
Point = tuple[str, Sequence[tuple[str | None, int, str]]]


def draw(points: Sequence[Point]) -> Chart:
    """Bars begin at zero and end at the index's own highest number."""
    rows, y = [], TOP
    for label, indexes in points:
        bars = []
        top = y
        for place, (number, most, text) in enumerate(indexes):
            length = round(LONGEST * Decimal(number) / most) if number else 0
            text_x = LEFT + length + 6
            bars.append(Bar(y, length, place > 0, text, text_x, y + 14))
            y += BAR + GAP
        rows.append(Row(label, top + 14, bars))
        y += BETWEEN
    return Chart(rows, y)
