"""Where the bars of a chart stand: whole numbers for a template that draws them as SVG."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor

WIDTH, HEIGHT = 640, 260
LEFT, RIGHT, TOP, BOTTOM = 44, 8, 26, 34
FLOOR = HEIGHT - BOTTOM
# The heights of the top line that leave even numbers at the lines below it.
STEPS = (4, 8, 12, 16, 20, 24, 32, 40, 60, 80, 100, 120, 160, 200, 240, 320, 400, 600, 800, 1200)


@dataclass(frozen=True)
class Point:
    """One place on the axis: a tall bar and, in front of it, a short one; None draws nothing."""

    label: str
    tall: float | None
    short: float | None = None
    title: str = ""


@dataclass(frozen=True)
class Bar:
    label: str
    title: str
    x: int
    width: int
    middle: int
    tall_y: int
    tall_height: int
    short_y: int
    short_height: int
    # Written above the bar; empty where there is no room.
    value: str
    value_y: int


@dataclass(frozen=True)
class Line:
    y: int
    text_y: int
    value: int


@dataclass(frozen=True)
class Chart:
    bars: list[Bar]
    lines: list[Line]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    axis_x: int = LEFT - 8
    right: int = WIDTH - RIGHT
    floor: int = FLOOR
    label_y: int = FLOOR + 22


def draw(points: Sequence[Point]) -> Chart:
    """Bars over one axis that begins at zero."""
    top = _top(max((max(point.tall or 0, point.short or 0) for point in points), default=0))
    slot = (WIDTH - LEFT - RIGHT) / max(1, len(points))
    width = max(4, min(48, floor(slot * 0.68)))
    is_roomy = slot >= 34
    bars = []
    for place, point in enumerate(points):
        middle = round(LEFT + slot * (place + 0.5))
        tall, short = _height(point.tall, top), _height(point.short, top)
        shown = point.short if point.tall is None else point.tall
        bars.append(
            Bar(
                label=point.label,
                title=point.title,
                x=middle - width // 2,
                width=width,
                middle=middle,
                tall_y=FLOOR - tall,
                tall_height=tall,
                short_y=FLOOR - short,
                short_height=short,
                value=whole(shown) if is_roomy and shown is not None else "",
                value_y=FLOOR - max(tall, short) - 7,
            )
        )
    lines = [
        Line(y := FLOOR - _height(top * part / 4, top), y + 4, round(top * part / 4))
        for part in range(5)
    ]
    return Chart(bars, lines)


def whole(minutes: float) -> str:
    """Halves go up, as a reader does it by hand."""
    return str(floor(minutes + 0.5))


def _top(most: float) -> int:
    return next((step for step in STEPS if step >= most), ceil(most / 400) * 400)


def _height(value: float | None, top: int) -> int:
    if not value:
        return 0
    return max(1, round((FLOOR - TOP) * value / top))
