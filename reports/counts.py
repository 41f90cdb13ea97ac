"""Numbers that know what they count: a tree in which every figure divides into smaller ones."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from math import ceil
from statistics import median
from typing import Any


@dataclass
class Count:
    """One figure. Each entry of `by` divides it completely and without overlap, except those named
    in `overlapping`, in which one case may be counted several times.
    """

    key: str
    cases: list[int]
    by: "dict[str, list[Count]]" = field(default_factory=dict)
    overlapping: "dict[str, list[Count]]" = field(default_factory=dict)
    # What the office itself named, such as a topic: kept with the figure, in both languages.
    name: tuple[str, str] | None = None

    @property
    def number(self) -> int:
        return len(self.cases)

    def as_json(self) -> dict[str, Any]:
        row: dict[str, Any] = {"key": self.key, "n": self.number}
        if self.name:
            row["name"] = {"id": self.name[0], "en": self.name[1]}
        for kind in ("by", "overlapping"):
            if parts := getattr(self, kind):
                row[kind] = {
                    name: [part.as_json() for part in counts] for name, counts in parts.items()
                }
        return row

    def find(self, path: str) -> "Count | None":
        """The figure at "nasib:diputus/jawaban:ditolak" below this one; "" is this one."""
        here = self
        for step in filter(None, path.split("/")):
            name, _colon, key = step.partition(":")
            parts = here.by.get(name) or here.overlapping.get(name) or []
            found = next((part for part in parts if part.key == key), None)
            if found is None:
                return None
            here = found
        return here


def divided(
    rows: Iterable[Any],
    keys: Iterable[str],
    key_of: Callable[[Any], str],
    **below: "Callable[[list[Any]], list[Count]]",
) -> list[Count]:
    """The rows (which have a `case`) by key, in the order of `keys`, also those without a row.
    `below` divides each figure further.
    """
    found: dict[str, list[Any]] = {key: [] for key in keys}
    for row in rows:
        found[key_of(row)].append(row)
    return [
        Count(
            str(key),
            [row.case for row in own],
            {name: divide(own) for name, divide in below.items()},
        )
        for key, own in found.items()
    ]


@dataclass(frozen=True)
class Spread:
    """How long things took, in working days: half of them at most `middle`, nine of ten at most
    `long` (a duration that really occurred), none more than `longest`.
    """

    n: int
    middle: float
    long: int
    longest: int

    def as_json(self) -> dict[str, Any]:
        return {
            "n": self.n,
            "middle": self.middle,
            "long": self.long,
            "longest": self.longest,
        }


def spread(days: Sequence[int]) -> Spread | None:
    """None without a single duration."""
    if not days:
        return None
    ordered = sorted(days)
    return Spread(len(days), median(ordered), ordered[ceil(0.9 * len(days)) - 1], ordered[-1])
