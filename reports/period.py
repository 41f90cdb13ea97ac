"""The stretch of time that a report is about: one year, or one month of it."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.formats import date_format

WHOLE_YEAR = 0
# UU 14/2008 has been in force since 30 April 2010; nothing before it is reported.
FIRST_YEAR, LAST_YEAR = 2010, 2099


@dataclass(frozen=True, order=True)
class Period:
    """`month` is 1 to 12, or 0 for the whole year; days are the office's own."""

    year: int
    month: int = WHOLE_YEAR

    def __str__(self) -> str:
        return date_format(self.first, "F Y") if self.month else str(self.year)

    @property
    def is_year(self) -> bool:
        return self.month == WHOLE_YEAR

    @property
    def first(self) -> date:
        return date(self.year, self.month or 1, 1)

    @property
    def last(self) -> date:
        return self.first_after - timedelta(days=1)

    @property
    def first_after(self) -> date:
        if self.is_year or self.month == 12:
            return date(self.year + 1, 1, 1)
        return date(self.year, self.month + 1, 1)

    @property
    def begins_at(self) -> datetime:
        return _midnight(self.first)

    @property
    def ends_at(self) -> datetime:
        """The first moment that is no longer part of it."""
        return _midnight(self.first_after)

    def is_over(self, at: datetime | None = None) -> bool:
        return (at or timezone.now()) >= self.ends_at


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
