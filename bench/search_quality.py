"""How often the library finds what people ask, in their own words: phrases with the text that
answers each, against the texts that an office begins with.

The phrases and their division into those for tuning and those held out were fixed before anything
was tuned.
"""

import csv
import json
import os
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PHRASES = ROOT / "tests" / "infocontent" / "search_phrases.csv"
FIRST = 3


@dataclass(frozen=True)
class Asked:
    """One phrase, the text it should find, and at which place it stands (0: not among twenty)."""

    phrase: str
    slug: str
    source: str
    part: str
    place: int
    instead: tuple[str, ...]


def ask() -> list[Asked]:
    """Search for every phrase in the database that is set up."""
    from infocontent.search import find

    found = []
    with PHRASES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            ends = [
                hit.document.address.strip("/").split("/")[-1] for hit in find(row["phrase"]).hits
            ]
            place = ends.index(row["slug"]) + 1 if row["slug"] in ends else 0
            found.append(Asked(**row, place=place, instead=tuple(ends[:FIRST])))
    return found


def share(found: Iterable[Asked], places: int = FIRST) -> float:
    """Which part of them has its text among the first so many."""
    hits = [0 < one.place <= places for one in found]
    return sum(hits) / len(hits)


def measure() -> list[Asked]:
    """The same with an office of its own, that lives as long as the measuring."""
    from .measure import manage

    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/portal.sqlite3"
        manage("migrate", "-v0", url=url)
        manage("load_office", url=url)
        os.environ |= {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "kanim_portal.settings"}
        import django

        django.setup()
        return ask()


def text(found: list[Asked]) -> str:
    lines = []
    groups = {
        "all": found,
        **{part: [a for a in found if a.part == part] for part in ("setelan", "simpanan", "acak")},
        **{source: [a for a in found if a.source == source] for source in ("ulasan", "topik")},
    }
    for name, group in groups.items():
        lines.append(
            f"{name:9} {len(group):3} phrases: first {share(group, 1):.0%}, "
            f"first {FIRST} {share(group):.0%}"
        )
    for one in found:
        if not 0 < one.place <= FIRST:
            lines.append(
                f"missed ({one.part}): {one.phrase!r} wants {one.slug} (place {one.place or '-'}), "
                f"got {', '.join(one.instead) or 'nothing'}"
            )
    return "\n".join(lines)


def main() -> None:
    os.environ.setdefault("DEBUG", "1")
    found = measure()
    if "--json" in sys.argv:
        json.dump([asdict(one) for one in found], sys.stdout)
    else:
        sys.stdout.write(text(found) + "\n")


if __name__ == "__main__":
    main()
