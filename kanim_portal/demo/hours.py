"""When things happen in the demo: the office works in its hours, citizens write when they like."""

import random
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from office.calendar import Calendar, CalendarYearUnknown

OPENS, CLOSES = time(8, 5), time(14, 55)


class Hours:
    def __init__(self, now: datetime, rng: random.Random) -> None:
        self.now, self._rng, self._calendar = now, rng, Calendar()

    def is_open(self, day: date) -> bool:
        try:
            return self._calendar.is_working_day(day)
        except CalendarYearUnknown:
            return day.weekday() < 5

    def working_days_ago(self, days: int) -> date:
        day = timezone.localdate(self.now)
        while days:
            day -= timedelta(days=1)
            days -= self.is_open(day)
        return day

    def written_on(self, day: date) -> datetime:
        """A moment of that day at which a citizen may have written, never in the future."""
        at = _moment(day, time(6, 30)) + timedelta(seconds=self._rng.randrange(15 * 3600))
        return min(at, self.now - timedelta(minutes=self._rng.randrange(5, 60)))

    def after(self, start: datetime, working_days: int) -> datetime:
        """The end of the office day so many working days after a moment, at most now."""
        day = timezone.localdate(start)
        while working_days:
            day += timedelta(days=1)
            working_days -= self.is_open(day)
        return min(_moment(day, CLOSES), self.now)

    def moments(self, start: datetime, end: datetime, count: int) -> list[datetime]:
        """So many moments between two others, in order, in office hours as far as there are any."""
        days = (timezone.localdate(end) - timezone.localdate(start)).days
        stretches = []
        for n in range(days + 1):
            day = timezone.localdate(start) + timedelta(days=n)
            opens, closes = max(start, _moment(day, OPENS)), min(end, _moment(day, CLOSES))
            if opens < closes and self.is_open(day):
                stretches.append((opens, (closes - opens).total_seconds()))
        total = sum(length for _, length in stretches)
        if total < 60 * count:
            stretches = [(start, (end - start).total_seconds())]
            total = stretches[0][1]
        return [
            self._at(stretches, spot)
            for spot in sorted(self._rng.random() * total for _ in range(count))
        ]

    @staticmethod
    def _at(stretches: list[tuple[datetime, float]], spot: float) -> datetime:
        for start, length in stretches:
            if spot <= length:
                return start + timedelta(seconds=spot)
            spot -= length
        return stretches[-1][0] + timedelta(seconds=stretches[-1][1])


def _moment(day: date, at: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, at))
