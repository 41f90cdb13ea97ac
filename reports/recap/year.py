"""A year of the recap: its months beside those before them, and what was frozen of them."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

from channels.vocabulary import OF_THE_RECAP, ContactChannel
from infocontent.models import Topic
from office.calendar import today as office_today
from office.models import Section

from .corrections import Correction, corrections_of
from .models import FrozenMonth
from .months import MonthFigures, figures_of_months


@dataclass(frozen=True)
class Change:
    """How a number differs from an earlier one."""

    now: int
    before: int

    @property
    def difference(self) -> int:
        return self.now - self.before

    @property
    def percent(self) -> int | None:
        """None where there was nothing to compare with."""
        return round(100 * self.difference / self.before) if self.before else None


@dataclass
class Line:
    """One month of the table, with what it is compared to."""

    figures: MonthFigures
    previous: MonthFigures
    same_month_before: MonthFigures
    frozen: FrozenMonth | None
    corrections: list[Correction]

    @property
    def month(self) -> date:
        return self.figures.month

    @property
    def has_progress(self) -> bool:
        return any(one.is_progress for one in self.corrections)

    @property
    def month_words(self) -> str:
        return date_format(self.month, "F Y")

    @property
    def month_before(self) -> Change:
        return Change(self.figures.contacts_total, self.previous.contacts_total)

    @property
    def year_before(self) -> Change:
        return Change(self.figures.contacts_total, self.same_month_before.contacts_total)


@dataclass
class Recap:
    """Twelve months, their sum, and the twelve before."""

    year: int
    lines: list[Line]
    total: MonthFigures
    before: MonthFigures
    made_at: datetime

    @property
    def channels(self) -> list[ContactChannel]:
        """The study's four first, then every other one."""
        return list(ContactChannel)

    @property
    def used_channels(self) -> list[ContactChannel]:
        """The study's four, and whatever else brought somebody."""
        return [
            channel
            for channel in ContactChannel
            if channel in OF_THE_RECAP or self.total.contacts.get(channel, 0)
        ]

    @property
    def change(self) -> Change:
        return Change(self.total.contacts_total, self.before.contacts_total)

    @property
    def stale(self) -> list[Line]:
        """Months of which more is known than the table says, until the job has counted it."""
        return [line for line in self.lines if line.figures.is_stale]

    @property
    def frozen(self) -> list[Line]:
        return [line for line in self.lines if line.frozen]

    @property
    def corrected(self) -> list[Line]:
        return [line for line in self.lines if line.corrections]

    @cached_property
    def topics(self) -> dict[int | None, str]:
        names: dict[int | None, str] = dict(Topic.objects.values_list("pk", "name"))
        return names | {None: "Tanpa topik"}

    @cached_property
    def sections(self) -> dict[int | None, str]:
        names: dict[int | None, str] = dict(Section.objects.values_list("pk", "name"))
        return names | {None: "Belum diteruskan ke seksi"}


def recap_of(year: int, *, today: date | None = None, at: datetime | None = None) -> Recap:
    """Three queries, whatever the year holds."""
    today = today or office_today()
    months = figures_of_months(date(year - 1, 1, 1), date(year, 12, 1), today)
    frozen = {
        row.month: row
        for row in FrozenMonth.objects.filter(month__year=year).select_related("frozen_by")
    }
    lines = []
    for place in range(12, 24):
        now = months[place]
        kept = frozen.get(now.month)
        lines.append(
            Line(
                now,
                months[place - 1],
                months[place - 12],
                kept,
                corrections_of(kept, now) if kept else [],
            )
        )
    return Recap(year, lines, sum_of(months[12:]), sum_of(months[:12]), at or timezone.now())


def sum_of(months: list[MonthFigures]) -> MonthFigures:
    """All of them as if they were one month; `month` is the first."""
    total = MonthFigures(month=months[0].month)
    counted: dict[str, Counter[Any]] = {name: Counter() for name in SUMMED}
    for figures in months:
        total.add(figures)
        total.reopened += figures.reopened
        total.objections += figures.objections
        for name, counter in counted.items():
            counter.update(getattr(figures, name))
        for key, section in figures.sections.items():
            total.sections.setdefault(key, type(section)()).add(section)
    for name, counter in counted.items():
        setattr(total, name, dict(counter))
    return total


SUMMED = ("contacts", "topics_of_contacts", "by_kind", "topics_of_cases", "by_outcome")
