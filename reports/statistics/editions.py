"""What two editions of a month may tell together.

The older edition is out for good, so whoever kept it lays it beside the newer one. A later edition
withholds what the older one did, no more and no less, whatever has become of the numbers and of the
order of the groups: a number shown later would be taken from the sum that the older edition tells,
and one withheld later would say which of its neighbours is small. Where that is not enough there is
no further edition. The reader is thought to know which number was corrected: the reason says so.
"""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from ..suppression import LEAST, is_small

Figures = Mapping[str, Any]
PUNCTUALITY = ("on_time", "late", "unknown")


class Division(NamedTuple):
    """A published number and its parts by their keys; None is withheld."""

    n: int | None
    parts: dict[str, int | None]

    @property
    def withheld(self) -> set[str]:
        return {key for key, n in self.parts.items() if n is None}

    @property
    def rest(self) -> int:
        """What is withheld, all together."""
        return (self.n or 0) - sum(n or 0 for n in self.parts.values())


def divisions(figures: Figures) -> dict[str, Division]:
    contacts, cases, answers = figures["contacts"], figures["cases"], figures["answers"]
    return {
        "contacts": Division(contacts["n"], _by_key(contacts["parts"])),
        "kinds": Division(cases["n"], _by_key(cases["kinds"])),
        "topics": Division(cases["n"], _by_key(cases["topics"])),
        "answers": Division(answers["n"], {key: answers[key] for key in PUNCTUALITY}),
    }


def withheld_before(earlier: Iterable[Figures]) -> dict[str, set[str]]:
    """The keys of each division that an edition withheld beside its sum; a division whose sum was
    never told is not in it.
    """
    kept: dict[str, set[str]] = {}
    for figures in earlier:
        for name, division in divisions(figures).items():
            if division.n is not None:
                kept.setdefault(name, set()).update(division.withheld)
    return kept


def give_away(old: Figures, new: Figures, numbers: Mapping[str, Mapping[str, int]]) -> bool:
    """Whether somebody with both editions could compute a small number. `numbers` are those behind
    the new one.
    """
    later = divisions(new)
    return any(
        _gives_away(division, later[name], numbers[name])
        for name, division in divisions(old).items()
        if division.n is not None
    )


def _gives_away(old: Division, new: Division, numbers: Mapping[str, int]) -> bool:
    if new.n is None or not old.withheld <= numbers.keys():
        # The older sum tells what is small now; of a group that is gone one sees where it went.
        return True
    if any(is_small(n) and key not in old.withheld for key, n in numbers.items()):
        # Small now, and the older edition tells what it was.
        return True
    before, now = old.rest, new.rest
    # What a number lost it had, so little is left for its neighbours.
    is_squeezed = now < before and now < LEAST + len(old.withheld)
    return is_small(abs(now - before)) or is_squeezed


def _by_key(rows: Iterable[Mapping[str, Any]]) -> dict[str, int | None]:
    return {row["key"]: row["n"] for row in rows}
