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
from .refreshing import month_of


@dataclass(frozen=True)
class Change:
    """How a number differs from an earlier one, where both were counted."""

    now: int
    before: int

    @property
    def difference(self) -> int:
        return self.now - self.before

    @property
    def percent(self) -> int | None:
        """None where it was none before."""
        return round(100 * self.difference / self.before) if self.before else None


@dataclass
class Line:
    """One month of the table, with what it is compared to."""

    figures: MonthFigures
    previous: MonthFigures
    same_month_before: MonthFigures
    frozen: FrozenMonth | None
    corrections: list[Correction]
    has_begun: bool = True
    is_running: bool = False

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
    def month_before(self) -> Change | None:
        return compared(self.figures, self.previous)

    @property
    def year_before(self) -> Change | None:
        return compared(self.figures, self.same_month_before)


def compared(now: MonthFigures, before: MonthFigures) -> Change | None:
    """None unless both hold something: a month that nobody counted is no month of zero contacts."""
    if not now.is_counted or not before.is_counted:
        return None
    return Change(now.contacts_total, before.contacts_total)


@dataclass
class Recap:
    """Twelve months and their sum, and the twelve before as far as they can be compared."""

    year: int
    lines: list[Line]
    total: MonthFigures
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
    def compared(self) -> list[Line]:
        """The months that were counted in both years: of a year that is not over, those so far."""
        return [line for line in self.lines if line.year_before]

    @property
    def compared_words(self) -> str:
        """Such as "Januari–Maret, Mei"."""
        runs: list[list[date]] = []
        for line in self.compared:
            if runs and runs[-1][-1].month == line.month.month - 1:
                runs[-1].append(line.month)
            else:
                runs.append([line.month])
        ends = [dict.fromkeys(date_format(day, "F") for day in (run[0], run[-1])) for run in runs]
        return ", ".join("–".join(names) for names in ends)

    @property
    def running(self) -> Line | None:
        return next((line for line in self.lines if line.is_running), None)

    @cached_property
    def change(self) -> Change | None:
        changes = [line.year_before for line in self.lines if line.year_before]
        if not changes:
            return None
        return Change(sum(one.now for one in changes), sum(one.before for one in changes))

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
    today = today or office_today(at)
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
                has_begun=now.month <= today or now.is_counted,
                is_running=now.month == month_of(today),
            )
        )
    return Recap(year, lines, sum_of(months[12:]), at or timezone.now())


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
