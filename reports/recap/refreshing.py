"""Keeps the summary true: months that were marked are counted again from the rows.

What makes this safe: a mark is committed together with the change it stands for. Counting first
takes the lock, then reads which marks there are, then the rows, and takes away only the marks it
read. A change that commits later leaves a mark that nobody has read, so the month is counted again.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import OperationalError, connection, transaction
from django.db.models import Max, Min, Q, QuerySet
from django.utils import timezone

from cases.models import Case
from channels.models import Comment, Contact, Tally
from office.calendar import today
from yankomas.models import Visit

from .counting import Days, count_month, period_of, received_in, served_in
from .models import MonthMark, MonthSummary

# "RECAP": one counting at a time, so that an older count never overwrites a newer one.
LOCK = 0x5245434150
# A reader does the counting of at most so many rows; of more, the job.
CHEAP = 4_000


def month_of(day: date) -> date:
    return day.replace(day=1)


def dirty_months() -> list[date]:
    """Those with a change that the summary does not know yet."""
    marks = MonthMark.objects.values_list("at", "day").iterator(chunk_size=5000)
    return sorted({month_of(day or today(at)) for at, day in marks})


def refresh_months(months: Iterable[date] | None = None, at: datetime | None = None) -> int:
    """Count again what was marked, or the given months; says how many months that were."""
    chosen = dirty_months() if months is None else sorted(set(months))
    days = Days()
    for month in chosen:
        with transaction.atomic():
            _lock()
            _refresh(month, days, at or timezone.now())
    return len(chosen)


def refresh_where_cheap(first: date, last: date) -> list[date]:
    """The months from `first` to `last` that are not up to date: few rows are counted here and
    now, unless somebody is counting already.
    """
    dirty = [month for month in dirty_months() if first <= month <= last]
    if not dirty:
        return []
    days, left = Days(), CHEAP
    for month in list(dirty):
        left -= _size(month, left)
        if left <= 0:
            break
        try:
            with transaction.atomic():
                if not _lock(may_wait=False):
                    break
                _refresh(month, days, timezone.now())
        except OperationalError:
            # Whoever reads does not fail because somebody else writes for long.
            break
        dirty.remove(month)
    return dirty


def rebuild(at: datetime | None = None) -> int:
    """Count every month there is anything in, whatever the marks say."""
    return refresh_months({*_all_months(), *dirty_months()}, at)


def mark_all() -> None:
    """Have every month counted again; also for rows that were written past the triggers."""
    MonthMark.objects.bulk_create([MonthMark(day=month) for month in _all_months()])


def calendar_changed() -> str:
    """Working days are counted by the calendar, so every month is counted again, by the job."""
    mark_all()
    return ""


def _all_months() -> list[date]:
    """From the first to the last of which there is a row."""
    ends = [
        today(moment)
        for moment in Case.objects.aggregate(a=Min("received_at"), b=Max("received_at")).values()
        if moment
    ]
    ends += [day for day in Visit.objects.aggregate(a=Min("day"), b=Max("day")).values() if day]
    for kind in (Tally, Contact, Comment):
        ends += [
            day
            for day in kind._default_manager.aggregate(a=Min("month"), b=Max("month")).values()
            if day
        ]
    ends += MonthSummary.objects.values_list("month", flat=True)
    return months_between(min(ends), max(ends)) if ends else []


def months_between(first: date, last: date) -> list[date]:
    """The first day of each month, both ends included."""
    months, month = [], month_of(first)
    while month <= last:
        months.append(month)
        month = period_of(month).first_after
    return months


def _refresh(month: date, days: Days, at: datetime) -> None:
    """The caller holds the lock."""
    period = period_of(month)
    seen = list(
        MonthMark.objects.filter(
            Q(day__gte=period.first, day__lte=period.last)
            | Q(at__gte=period.begins_at, at__lt=period.ends_at)
        ).values_list("pk", flat=True)
    )
    figures = count_month(month, days)
    MonthSummary.objects.update_or_create(
        month=month, defaults={"figures": figures, "refreshed_at": at}
    )
    for start in range(0, len(seen), 1000):
        MonthMark.objects.filter(pk__in=seen[start : start + 1000]).delete()


def _size(month: date, most: int) -> int:
    """How many rows would be counted, as far as it matters."""
    period = period_of(month)
    sources: list[QuerySet[Any]] = [received_in(period), served_in(period)]
    sources += [kind._default_manager.filter(month=month) for kind in (Contact, Comment)]
    return sum(rows.order_by().values("pk")[: most + 1].count() for rows in sources)


def _lock(*, may_wait: bool = True) -> bool:
    """Held to the end of the transaction; on SQLite whoever writes is alone anyway."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        if may_wait:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
            return True
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        return cursor.fetchone()[0]
