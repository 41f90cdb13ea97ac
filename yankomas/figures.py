"""The figures of the walk-in desk. All of them are read from the rows of VisitEvent alone, which
nobody can change: the same rows give the same figures, today and in ten years.

All durations are minutes. "Middle" is the 50th percentile, "long" the 90th.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import groupby
from statistics import median, quantiles
from typing import Any, NamedTuple

from django.utils import timezone

from .models import EventCode, VisitEvent
from .workflow import Outcome

MINUTE = timedelta(minutes=1)


class Row(NamedTuple):
    """One row of the history; `day` is the local day of the visit, `counter` a counter's number."""

    visit: int
    day: date
    code: str
    at: datetime
    actor: int | None
    counter: int | None
    data: dict[str, Any]


class Served(NamedTuple):
    """One stretch at a counter, from the start or the resumption until it ended."""

    service: str
    counter: int | None
    minutes: float


@dataclass
class Course:
    """What the rows say about one visit.

    `arrived` is None for a visit that was logged afterwards: its rows know no arrival, so it is
    never part of a wait. `waited` is None as long as nobody has started to serve the visitor.
    """

    day: date
    service: str
    arrived: datetime | None = None
    waited: float | None = None
    waited_for: int | None = None
    served: list[Served] = field(default_factory=list)
    outcome: str = Outcome.UNRECORDED
    is_logged: bool = False
    is_no_show: bool = False
    is_unserved: bool = False

    @property
    def minutes_served(self) -> float | None:
        """All stretches together, also those of several services; None before the first ended."""
        return sum(stretch.minutes for stretch in self.served) if self.served else None


def rows_of_days(first: date, last: date) -> list[Row]:
    """The raw rows of all visits of these days."""
    return rows_of(VisitEvent.objects.filter(visit__day__range=(first, last)))


def rows_of(events: Any) -> list[Row]:
    """The raw rows of a queryset of events, each visit's in their order."""
    ordered = events.order_by("visit_id", "seq")
    return [
        Row(*values)
        for values in ordered.values_list(
            "visit_id", "visit__day", "code", "at", "actor_id", "counter__number", "data"
        )
    ]


def courses(rows: Iterable[Row]) -> dict[int, Course]:
    """Each visit's course, by its primary key. The rows come visit by visit, each in its order."""
    return {visit: course_of(list(own)) for visit, own in groupby(rows, key=lambda row: row.visit)}


# What lets the visitor leave the counter while being served.
ENDS = {EventCode.HELD, EventCode.TRANSFERRED, EventCode.FINISHED}


def course_of(rows: Sequence[Row]) -> Course:
    """The course of one visit, from its rows in their order."""
    course = Course(rows[0].day, rows[0].data.get("service", ""))
    service, begun = course.service, None
    for row in rows:
        if begun and row.code in ENDS:
            # Ended by the clock after closing: nobody knows when the visitor really left.
            if row.actor is not None:
                minutes = (row.at - begun.at) / MINUTE
                course.served.append(Served(service, begun.counter, minutes))
            begun = None
        if row.code in (EventCode.STARTED, EventCode.RESUMED):
            begun = row
        elif row.code == EventCode.TRANSFERRED:
            service = row.data["service"]
        _step(course, row)
    return course


def _step(course: Course, row: Row) -> None:
    match row.code:
        case EventCode.TAKEN:
            course.arrived = row.at
        case EventCode.LOGGED:
            course.is_logged, course.outcome = True, row.data["outcome"]
        case EventCode.STARTED if course.arrived and course.waited is None:
            course.waited, course.waited_for = (row.at - course.arrived) / MINUTE, row.counter
        case EventCode.CASE_OPENED:
            course.outcome = Outcome.CASE_OPENED
        case EventCode.FINISHED:
            # Ended by the clock, it says no outcome; a case that was opened remains one.
            course.outcome = row.data.get("outcome", course.outcome)
        case EventCode.NO_SHOW:
            course.is_no_show, course.outcome = True, course.outcome or Outcome.NO_SHOW
        case EventCode.UNSERVED:
            course.is_unserved, course.outcome = True, course.outcome or Outcome.UNSERVED


@dataclass(frozen=True)
class Spread:
    """How a number of durations lie, in minutes: half of them are at most `middle`, nine of ten at
    most `long`.
    """

    count: int
    middle: float
    long: float


def spread(minutes: Sequence[float]) -> Spread | None:
    """None without a single duration."""
    if not minutes:
        return None
    if len(minutes) == 1:
        return Spread(1, minutes[0], minutes[0])
    tenths = quantiles(minutes, n=10, method="inclusive")
    return Spread(len(minutes), tenths[4], tenths[8])


@dataclass(frozen=True)
class Group:
    """The figures of one service, one hour of arrival or one counter.

    Visits: of a service, those that came for it; of an hour, those that arrived in it; of a
    counter, those that were served at it. Waits: from the arrival to the first start, counted for
    the service the visitor came for and the counter of that start. Serves: the minutes of one visit
    for this service or at this counter; of an hour, all minutes of the visit.
    """

    key: Any
    visits: int
    waits: Spread | None
    serves: Spread | None


@dataclass(frozen=True)
class DayFigures:
    """One day: `visits` counts all of them, `logged` those among them that were logged afterwards;
    no-shows, unserved ones and logged ones are no part of any wait.
    """

    day: date
    visits: int
    logged: int
    no_shows: int
    unserved: int
    waits: Spread | None
    serves: Spread | None
    by_service: list[Group]
    by_hour: list[Group]
    by_counter: list[Group]


def of_day(day: date, visits: Iterable[Course]) -> DayFigures:
    """The figures of one day; visits of other days are left out."""
    here = [course for course in visits if course.day == day]
    return DayFigures(
        day=day,
        visits=len(here),
        logged=sum(course.is_logged for course in here),
        no_shows=sum(course.is_no_show for course in here),
        unserved=sum(course.is_unserved for course in here),
        waits=_waits(here),
        serves=spread([c.minutes_served for c in here if c.minutes_served is not None]),
        by_service=_by_service(here),
        by_hour=_by_hour(here),
        by_counter=_by_counter(here),
    )


def _waits(visits: Iterable[Course]) -> Spread | None:
    return spread([course.waited for course in visits if course.waited is not None])


def _by_service(visits: list[Course]) -> list[Group]:
    keys = {course.service for course in visits}
    keys |= {stretch.service for course in visits for stretch in course.served}
    groups = []
    for key in sorted(keys):
        came = [course for course in visits if course.service == key]
        served = [minutes for c in visits if (minutes := _minutes(c, service=key)) is not None]
        groups.append(Group(key, len(came), _waits(came), spread(served)))
    return groups


def _by_hour(visits: list[Course]) -> list[Group]:
    """Hours of the office's clock, from the first to the last with an arrival."""
    hours: dict[int, list[Course]] = {}
    for course in visits:
        if course.arrived:
            hours.setdefault(timezone.localtime(course.arrived).hour, []).append(course)
    if not hours:
        return []
    groups = []
    for hour in range(min(hours), max(hours) + 1):
        came = hours.get(hour, [])
        served = [c.minutes_served for c in came if c.minutes_served is not None]
        groups.append(Group(hour, len(came), _waits(came), spread(served)))
    return groups


def _by_counter(visits: list[Course]) -> list[Group]:
    keys = {stretch.counter for course in visits for stretch in course.served}
    keys |= {course.waited_for for course in visits}
    groups = []
    for key in sorted(key for key in keys if key is not None):
        begun = [course for course in visits if course.waited_for == key]
        served = [minutes for c in visits if (minutes := _minutes(c, counter=key)) is not None]
        was_here = [
            c for c in visits if c.waited_for == key or _minutes(c, counter=key) is not None
        ]
        groups.append(Group(key, len(was_here), _waits(begun), spread(served)))
    return groups


def _minutes(
    course: Course, *, service: str | None = None, counter: int | None = None
) -> float | None:
    """The minutes of a visit for one service or at one counter; None without a stretch there."""
    here = [
        stretch.minutes
        for stretch in course.served
        if service in (None, stretch.service) and counter in (None, stretch.counter)
    ]
    return sum(here) if here else None


@dataclass(frozen=True)
class MonthDay:
    """One day of a month. `wait` is the middle wait in minutes, None when nobody was started.
    `outcomes` counts the visits by outcome; the empty one also stands for visits that go on.
    """

    day: date
    visits: int
    wait: float | None
    no_shows: int
    unserved: int
    outcomes: dict[str, int]


def of_month(first: date, visits: Iterable[Course]) -> list[MonthDay]:
    """Every day of the month that begins with `first`, also those without a visit."""
    by_day: dict[date, list[Course]] = {}
    for course in visits:
        by_day.setdefault(course.day, []).append(course)
    return [_month_day(day, by_day.get(day, [])) for day in days_of_month(first)]


def _month_day(day: date, visits: list[Course]) -> MonthDay:
    waits = [course.waited for course in visits if course.waited is not None]
    outcomes = Counter(course.outcome for course in visits)
    return MonthDay(
        day=day,
        visits=len(visits),
        wait=median(waits) if waits else None,
        no_shows=sum(course.is_no_show for course in visits),
        unserved=sum(course.is_unserved for course in visits),
        outcomes={str(outcome): outcomes[outcome] for outcome in Outcome},
    )


def days_of_month(first: date) -> list[date]:
    days = (first + timedelta(days=n) for n in range(31))
    return [day for day in days if day.month == first.month]
