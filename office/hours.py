"""Whether the office's desks are open at a moment, and when they open next."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from .calendar import WEEKEND, Calendar, CalendarYearUnknown
from .models import Office, OpeningHours

# Longer than the longest row of holidays.
LOOK_AHEAD_DAYS = 21


@dataclass(frozen=True)
class Opening:
    """`reason` says in words why it is closed; `closes_at` is set while open, `opens_at` while
    closed (None: not within three weeks).
    """

    is_open: bool
    reason: str = ""
    closes_at: datetime | None = None
    opens_at: datetime | None = None


def opening(at: datetime | None = None) -> Opening:
    """The state of the desks at a moment. A year without loaded holidays counts as ordinary."""
    now = timezone.localtime(at)
    calendar = Calendar()
    today = _stretches(now.date(), calendar)
    for stretch in today:
        if stretch.opens <= now.time() < stretch.closes:
            return Opening(is_open=True, closes_at=_moment(now.date(), stretch.closes))
    reason = _closed(now.date(), calendar) or _("Di luar jam layanan")
    return Opening(is_open=False, reason=reason, opens_at=_next(now, calendar))


def closing_time(day: date) -> datetime | None:
    """When the desks close on a day; None when they do not open at all."""
    stretches = _stretches(day, Calendar())
    return _moment(day, max(stretch.closes for stretch in stretches)) if stretches else None


def _next(now: datetime, calendar: Calendar) -> datetime | None:
    for days in range(LOOK_AHEAD_DAYS):
        day = now.date() + timedelta(days=days)
        for stretch in _stretches(day, calendar):
            if (moment := _moment(day, stretch.opens)) > now:
                return moment
    return None


def _stretches(day: date, calendar: Calendar) -> list[OpeningHours]:
    return [] if _closed(day, calendar) else _rows(day)


def _rows(day: date) -> list[OpeningHours]:
    return [row for row in Office.objects.current().hours if row.weekday == day.isoweekday()]


def _closed(day: date, calendar: Calendar) -> str | None:
    """Why nobody serves on a day. An office that has hours for a Saturday is open on it; it is
    still no working day for deadlines.
    """
    try:
        holiday = calendar.holiday(day)
    except CalendarYearUnknown:
        return None
    return holiday or (None if _rows(day) else WEEKEND.get(day.weekday()))


def _moment(day: date, clock: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, clock))
