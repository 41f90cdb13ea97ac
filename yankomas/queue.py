"""The line: who is next, who is ahead, and how long it usually takes."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import ceil
from statistics import quantiles

from django.core.cache import cache
from django.db.models import Q

from office.calendar import today

from .models import QueueRules, Service, Shift, Visit
from .workflow import Lane, Origin, Outcome, Status

# From how far back, and from how many visits at least, the usual length of a service is taken.
USUAL_DAYS = 28
ENOUGH = 20


def next_visit(services: Collection[Service], day: date, rules: QueueRules) -> Visit | None:
    """Who is to be called next at a counter for these services.

    Priority goes first, but after so many priority calls in a row one ordinary visitor is called,
    so that the ordinary line never stands still. The caller holds the lock on the rules.
    """
    here = Visit.objects.on(day).filter(service__in=services)
    first = {lane: here.waiting().filter(lane=lane).in_line().first() for lane in Lane}
    priority, ordinary = first[Lane.PRIORITY], first[Lane.ORDINARY]
    if not (priority and ordinary):
        return priority or ordinary
    most = rules.most_priority_in_a_row
    called = here.exclude(called_at=None).order_by("-called_at", "-pk")
    recent = list(called.values_list("lane", flat=True)[:most])
    return ordinary if recent == [Lane.PRIORITY] * most else priority


def ahead_of(visit: Visit) -> int:
    """How many waiting visitors of the same line are likely to be called before this one.

    For an ordinary visitor these are the earlier ordinary ones and as many of the priority ones as
    the rule can put in between.
    """
    if visit.status != Status.WAITING:
        return 0
    line = Visit.objects.on(visit.day).waiting().filter(service_id=visit.service_id)
    earlier = Q(queued_at__lt=visit.queued_at) | Q(queued_at=visit.queued_at, pk__lt=visit.pk)
    same = line.filter(earlier, lane=visit.lane).count()
    other = line.exclude(lane=visit.lane).count()
    return _between(same, other, visit.lane, QueueRules.objects.current().most_priority_in_a_row)


def _between(same: int, other: int, lane: str, most: int) -> int:
    if lane == Lane.PRIORITY:
        return same + min(other, same // most)
    return same + min(other, (same + 1) * most)


@dataclass(frozen=True)
class Wait:
    """A usual wait in minutes, as a range; rounded up to five."""

    low: int
    high: int

    @property
    def is_none(self) -> bool:
        return self.high == 0


def usual_wait(service: Service, ahead: int, at: datetime | None = None) -> Wait:
    """How long somebody with so many people ahead usually waits: their number times the usual
    length of this service (50th and 90th percentile), shared by the counters open for it.
    """
    low, high = usual_length(service, today(at))
    counters = max(1, open_counters(service))
    return Wait(_to_five(ahead * low / counters), _to_five((ahead + 1) * high / counters))


def usual_length(service: Service, day: date) -> tuple[float, float]:
    """Minutes at the counter: the middle and the long one of the last four weeks, or the rule's
    while too few visits are known. Kept for a minute.
    """
    # What the clock ended lasted nobody knows how long, and a visit logged afterwards no more.
    key = f"usual-length-{service.pk}-{day}"
    known = cache.get(key)
    if known is None:
        rules = QueueRules.objects.current()
        spans = Visit.objects.filter(
            service=service,
            day__range=(day - timedelta(days=USUAL_DAYS), day),
            status=Status.DONE,
            started_at__isnull=False,
        ).exclude(Q(origin=Origin.LOGGED) | Q(outcome=Outcome.UNRECORDED))
        minutes = [
            (ended - started).total_seconds() / 60
            for started, ended in spans.values_list("started_at", "ended_at")[:2000]
            if started and ended
        ]
        if len(minutes) < ENOUGH:
            known = float(rules.usual_minutes_low), float(rules.usual_minutes_high)
        else:
            tenths = quantiles(minutes, n=10, method="inclusive")
            known = tenths[4], tenths[8]
        cache.set(key, known, 60)
    return known


def open_counters(service: Service) -> int:
    return Shift.objects.filter(closed_at=None, counter__services=service).count()


def waiting_by_service(day: date) -> dict[int, int]:
    """How many wait in each line now."""
    counts: dict[int, int] = {}
    for pk in Visit.objects.on(day).waiting().values_list("service_id", flat=True):
        counts[pk] = counts.get(pk, 0) + 1
    return counts


def _to_five(minutes: float) -> int:
    return ceil(minutes / 5) * 5
