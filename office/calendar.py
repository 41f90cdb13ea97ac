"""Working days (hari kerja, HK): Monday to Friday without national holidays, joint leave and local
closures.

Perpres 21/2023 Ps 3 fixes the five-day week; the yearly SKB 3 Menteri fixes the closed days, and is
revised in mid-year, so the days live in the Holiday table and are never guessed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from .models import Holiday

WEEKEND = {5: "Sabtu", 6: "Minggu"}
DECREED = {Holiday.Category.NATIONAL, Holiday.Category.JOINT_LEAVE}


class CalendarYearUnknown(Exception):
    """No closed days are loaded for a year, so a working day in it cannot be told from a
    holiday.
    """

    def __init__(self, year: int) -> None:
        self.year = year
        super().__init__(
            f"Hari libur tahun {year} belum dimuat. Jalankan: manage.py load_holidays {year}"
        )


@dataclass(frozen=True)
class Skipped:
    """A day that a deadline did not count, and why."""

    day: date
    reason: str


def today(at: datetime | None = None) -> date:
    """The office's local date at a moment (default now); deadlines are decided in the office's
    zone.
    """
    return timezone.localdate(at)


class Calendar:
    """The closed days, read year by year; a process believes what it read for at most a minute.

    A fresh one believes nothing: it reads each year once, from the table.
    """

    def __init__(self, *, is_fresh: bool = False) -> None:
        self._closed: dict[int, dict[date, str]] = {}
        self._is_fresh = is_fresh

    def reason_closed(self, day: date) -> str | None:
        """Why the office is closed on a day, or None on a working day.

        Raises CalendarYearUnknown for a year without loaded holidays.
        """
        return self.holiday(day) or WEEKEND.get(day.weekday())

    def holiday(self, day: date) -> str | None:
        """The holiday, joint leave or local closure of a day; a plain weekend has none.

        Raises CalendarYearUnknown like reason_closed.
        """
        return self._year(day.year).get(day)

    def is_working_day(self, day: date) -> bool:
        return self.reason_closed(day) is None

    def add_working_days(self, start: date, days: int) -> date:
        """The day on which the given number of working days after `start` (day 0) has passed."""
        return self.explain(start, days)[0]

    def explain(self, start: date, days: int) -> tuple[date, list[Skipped]]:
        """The same, with every skipped day named in order."""
        if days < 0:
            raise ValueError("days must not be negative")
        day, skipped = start, []
        left = days
        if left == 0:
            # Zero days still may not end on a closed day: a right cannot lapse while the office is
            # shut.
            while reason := self.reason_closed(day):
                skipped.append(Skipped(day, reason))
                day += timedelta(days=1)
        while left:
            day += timedelta(days=1)
            if reason := self.reason_closed(day):
                skipped.append(Skipped(day, reason))
            else:
                left -= 1
        return day, skipped

    def working_days_between(self, a: date, b: date) -> int:
        """Working days after `a` up to and including `b`; negative when `b` lies before `a`."""
        if b < a:
            return -self.working_days_between(b, a)
        days = (a + timedelta(days=n) for n in range(1, (b - a).days + 1))
        return sum(1 for day in days if self.is_working_day(day))

    def _year(self, year: int) -> dict[date, str]:
        if year not in self._closed:
            closed = None if self._is_fresh else cache.get(f"closed-days-{year}")
            if closed is None:
                rows = list(
                    Holiday.objects.filter(date__year=year)
                    .order_by("category")
                    .values_list("date", "name", "category")
                )
                closed = {day: name for day, name, _category in rows}
                # Known only with its decree: a closure entered by hand would let joint leave count
                # as work.
                if not {category for _day, _name, category in rows} >= DECREED:
                    closed = {}
                if not self._is_fresh:
                    cache.set(f"closed-days-{year}", closed, 60)
            self._closed[year] = closed
        if not self._closed[year]:
            raise CalendarYearUnknown(year)
        return self._closed[year]


def is_working_day(day: date) -> bool:
    return Calendar().is_working_day(day)


def add_working_days(start: date, days: int) -> date:
    """See Calendar.add_working_days: `start` is day 0, day 1 is the next working day."""
    return Calendar().add_working_days(start, days)


def working_days_between(a: date, b: date) -> int:
    """See Calendar.working_days_between."""
    return Calendar().working_days_between(a, b)


# Who keeps dates that were counted by this calendar. They register themselves when the portal
# starts (AppConfig.ready), because the office knows nobody above it.
_keepers_of_dates: list[Callable[[], str]] = []


def tell_of_changes(told: Callable[[], str]) -> None:
    """Have this called in the transaction of every change of a closed day; what it answers is
    shown to whoever made the change.
    """
    _keepers_of_dates.append(told)


def days_changed() -> list[str]:
    """Closed days were added, changed or removed: forget what was read, and tell who counted by
    it. Returns what they answered.
    """
    cache.clear()
    # Another request may have read the old days before they were replaced.
    transaction.on_commit(cache.clear)
    return [words for told in _keepers_of_dates if (words := told())]
