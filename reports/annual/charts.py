"""Bars that lie: a label above each, its number behind it, so that no colour has to be told from
another and the same drawing fits a phone and a page.
"""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, ROW, TOP = 360, 38, 4
# What is left of the width for a number behind the longest bar.
LONGEST = 290


@dataclass(frozen=True)
class Bar:
    label: str
    text: str
    label_y: int
    y: int
    length: int
    text_x: int
    text_y: int


@dataclass(frozen=True)
class Chart:
    bars: list[Bar]
    height: int
    width: int = WIDTH


def draw(points: Sequence[tuple[str, float | None, str]]) -> Chart:
    """Label, number and its words; a number that is withheld or missing has no bar."""
    most = max((number or 0 for _label, number, _text in points), default=0) or 1
    bars = []
    for place, (label, number, text) in enumerate(points):
        length = max(2, round(LONGEST * number / most)) if number else 0
        top = TOP + place * ROW
        bars.append(Bar(label, text, top + 11, top + 16, length, length + 6, top + 27))
    return Chart(bars, TOP + len(points) * ROW)
