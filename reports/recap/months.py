"""The figures of a month as every page and report reads them. A case belongs to the month in which
it was received, by the office's own clock.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from math import ceil
from typing import Any

from channels.vocabulary import ContactChannel
from office.calendar import today as office_today

from .counting import CASE, NONE, Figures
from .models import MonthSummary
from .refreshing import month_of, months_between, refresh_where_cheap


@dataclass
class Times:
    """How cases were answered. `late` counts the answers after the due date, and those that wait
    beyond it; `days` says how many took so many working days from the receipt to the answer.
    """

    received: int = 0
    answered: int = 0
    on_time: int = 0
    late: int = 0
    open: int = 0
    days: dict[int, int] = field(default_factory=dict)

    @property
    def on_time_share(self) -> Decimal | None:
        """Percent of those whose due date was kept or missed by now; None without any."""
        judged = self.on_time + self.late
        return Decimal(100 * self.on_time) / judged if judged else None

    @property
    def median(self) -> Decimal | None:
        """Half of the answers took at most so many working days."""
        n = sum(self.days.values())
        if not n:
            return None
        return Decimal(self._day_at((n + 1) // 2) + self._day_at(n // 2 + 1)) / 2

    @property
    def p90(self) -> int | None:
        """Nine of ten answers took at most so many working days; one that really occurred."""
        n = sum(self.days.values())
        return self._day_at(ceil(Decimal(n) * 9 / 10)) if n else None

    def add(self, other: "Times") -> None:
        self.received += other.received
        self.answered += other.answered
        self.on_time += other.on_time
        self.late += other.late
        self.open += other.open
        for day, n in other.days.items():
            self.days[day] = self.days.get(day, 0) + n

    def _day_at(self, place: int) -> int:
        """The duration of the answer at a place, counted from 1, when all stand in order."""
        seen = 0
        for day in sorted(self.days):
            seen += self.days[day]
            if seen >= place:
                return day
        raise IndexError(place)


@dataclass
class SectionFigures(Times):
    """The share of one section, or of the cases that no section has yet."""


@dataclass
class MonthFigures(Times):
    """One month. `contacts` is everything that reached the office, by ContactChannel code, nothing
    twice: a case that came of a visit or of a logged contact counts as that.
    """

    month: date = date.min
    contacts: dict[str, int] = field(default_factory=dict)
    # The same by where it is written down and by topic: source → channel → topic (None without).
    sources: dict[str, dict[str, dict[int | None, int]]] = field(default_factory=dict)
    topics_of_contacts: dict[int | None, int] = field(default_factory=dict)
    by_kind: dict[str, int] = field(default_factory=dict)
    topics_of_cases: dict[int | None, int] = field(default_factory=dict)
    by_outcome: dict[str, int] = field(default_factory=dict)
    sections: dict[int | None, SectionFigures] = field(default_factory=dict)
    reopened: int = 0
    objections: int = 0
    # None: nothing was ever received, so nothing was counted.
    refreshed_at: datetime | None = None
    # Something was changed after that moment, and there is too much to count it while one waits.
    is_stale: bool = False

    @property
    def contacts_total(self) -> int:
        return sum(self.contacts.values())

    @property
    def is_counted(self) -> bool:
        """Whether there is anything in it. Before the portal and the first imported figures nobody
        counted, which is something else than nobody coming.
        """
        return bool(self.contacts_total or self.received)


def figures_of_months(first: date, last: date, today: date | None = None) -> list[MonthFigures]:
    """Each month from `first` to `last`, ascending; one without anything is all zeros.

    Two queries, and the counting of what has changed where that is little.
    """
    first, last = month_of(first), month_of(last)
    stale = set(refresh_where_cheap(first, last))
    rows = {
        row.month: row for row in MonthSummary.objects.filter(month__gte=first, month__lte=last)
    }
    found = []
    for month in months_between(first, last):
        row = rows.get(month)
        figures = read(month, row.figures if row else {}, today or office_today())
        figures.refreshed_at = row.refreshed_at if row else None
        figures.is_stale = month in stale
        found.append(figures)
    return found


def read(month: date, figures: Figures, today: date) -> MonthFigures:
    """What was kept of a month, as it stands on a day."""
    sources: dict[str, dict[str, dict[int | None, int]]] = {
        source: {channel: _by_number(topics) for channel, topics in channels.items()}
        for source, channels in figures.get("contacts", {}).items()
    }
    contacts = dict.fromkeys(ContactChannel.values, 0)
    topics: Counter[int | None] = Counter()
    for channels in sources.values():
        for channel, counted in channels.items():
            contacts[channel] = contacts.get(channel, 0) + sum(counted.values())
            topics.update(counted)
    kinds = figures.get("kinds", {})
    found = MonthFigures(
        month=month,
        contacts=contacts,
        sources=sources,
        topics_of_contacts=dict(topics),
        by_kind=kinds,
        topics_of_cases=_by_number(figures.get("topics", {})),
        by_outcome=figures.get("outcomes", {}),
        sections={
            _number(key): _section(row, today) for key, row in figures.get("sections", {}).items()
        },
        reopened=figures.get("reopened", 0),
        objections=kinds.get("keberatan", 0),
    )
    for section in found.sections.values():
        found.add(section)
    return found


def _section(row: dict[str, Any], today: date) -> SectionFigures:
    overdue = sum(n for due, n in row["pending"].items() if date.fromisoformat(due) < today)
    return SectionFigures(
        received=row["received"],
        answered=row["answered"],
        on_time=row["on_time"],
        late=row["late"] + overdue,
        open=row["open"],
        days={int(day): n for day, n in row["days"].items()},
    )


def _by_number(counts: dict[str, int]) -> dict[int | None, int]:
    return {_number(key): n for key, n in counts.items()}


def _number(key: str) -> int | None:
    return None if key == NONE else int(key)


def own_cases(figures: MonthFigures, channel: str) -> int:
    """The cases of a channel that count as contacts by themselves."""
    return sum(figures.sources.get(CASE, {}).get(channel, {}).values())
