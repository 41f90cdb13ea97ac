"""How one month is counted from the rows: range scans over what it received, whatever the office
has besides. What comes of it are numbers under codes, fit to be kept.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import (
    BooleanField,
    CharField,
    Count,
    ExpressionWrapper,
    F,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models import Case as If
from django.db.models.functions import TruncDate

from cases.models import Case, CaseQuerySet
from channels.counting import contact_case_ids, contacts_by_month
from channels.vocabulary import ContactChannel
from office.calendar import Calendar, CalendarYearUnknown
from yankomas.models import Visit, VisitQuerySet
from yankomas.workflow import Status as VisitStatus

from ..period import Period

# What a contact is known by.
CASE, VISIT, NOTED = "kasus", "kunjungan", "catatan"
ON_TIME, LATE, UNJUDGED = "tepat", "terlambat", ""
WAITING: dict[str, Any] = {"answered_at": None, "closed_at": None}
# How the key of a case without topic or section is written.
NONE = ""

Figures = dict[str, Any]


def period_of(month: date) -> Period:
    return Period(month.year, month.month)


def received_in(period: Period, among: CaseQuerySet | None = None) -> CaseQuerySet:
    """The cases of a month or year, as the office's clock says."""
    cases = Case.objects.all() if among is None else among
    return cases.filter(received_at__gte=period.begins_at, received_at__lt=period.ends_at)


def served_in(period: Period) -> VisitQuerySet:
    """The visits that were a contact: somebody was served, or a case was opened.

    Who did not come when called, or was not reached before closing, spoke to nobody.
    """
    return Visit.objects.filter(
        Q(status=VisitStatus.DONE) | Q(case__isnull=False),
        day__gte=period.first,
        day__lte=period.last,
    )


def counted_elsewhere() -> Q:
    """Cases that came of a contact which counts by itself already."""
    return Q(pk__in=Visit.objects.filter(case__isnull=False).values("case")) | Q(
        pk__in=contact_case_ids()
    )


@dataclass
class Days:
    """Working days between two days, each pair counted once; None where the calendar ends."""

    calendar: Calendar = field(default_factory=lambda: Calendar(is_fresh=True))
    known: dict[tuple[date, date], int | None] = field(default_factory=dict)

    def between(self, first: date, last: date) -> int | None:
        if (first, last) not in self.known:
            try:
                days = max(0, self.calendar.working_days_between(first, last))
            except CalendarYearUnknown:
                days = None
            self.known[first, last] = days
        return self.known[first, last]


def count_month(month: date, days: Days | None = None) -> Figures:
    """Everything the recap says about one month, counted from the rows."""
    period = period_of(month)
    cases = received_in(period)
    figures: Figures = {"kinds": {}, "topics": {}, "outcomes": {}, "reopened": 0}
    contacts: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for kind, channel, topic, outcome, is_reopened, n in _grouped(
        cases, "kind", "channel", "topic", "outcome", "is_reopened"
    ):
        _add(figures["kinds"], kind, n)
        _add(figures["topics"], _key(topic), n)
        _add(figures["outcomes"], outcome, n)
        figures["reopened"] += n if is_reopened else 0
        contacts[CASE][channel][_key(topic)] += n
    for channel, topic, n in _grouped(cases.filter(counted_elsewhere()), "channel", "topic"):
        contacts[CASE][channel][_key(topic)] -= n
    for topic, n in _grouped(served_in(period), "topic"):
        contacts[VISIT][ContactChannel.COUNTER.value][_key(topic)] += n
    for (_month, channel, topic), n in contacts_by_month(month, month).items():
        contacts[NOTED][channel][_key(topic)] += n
    figures["contacts"] = {
        source: {channel: dict(+topics) for channel, topics in channels.items() if +topics}
        for source, channels in contacts.items()
    }
    figures["sections"] = _sections(cases, days or Days())
    return figures


def _sections(cases: CaseQuerySet, days: Days) -> dict[str, dict[str, Any]]:
    sections: dict[str, dict[str, Any]] = defaultdict(
        lambda: {
            "received": 0, "answered": 0, "on_time": 0, "late": 0, "open": 0, "undated": 0,
            "days": {}, "pending": {},
        }
    )  # fmt: skip
    for section, is_open, received, answered, verdict, n in _grouped(
        judged(cases), "section", "still_open", "received_day", "answered_day", "verdict"
    ):
        row = sections[_key(section)]
        row["received"] += n
        row["open"] += n if is_open else 0
        row["on_time"] += n if verdict == ON_TIME else 0
        row["late"] += n if verdict == LATE else 0
        if answered is not None:
            row["answered"] += n
            took = days.between(received, answered)
            if took is None:
                row["undated"] += n
            else:
                _add(row["days"], str(took), n)
    dated = cases.filter(due_on__isnull=False, **WAITING)
    # Late by the passing of time alone: by which day they will be is kept, not whether they are.
    for section, due, n in _grouped(dated, "section", "due_on"):
        _add(sections[_key(section)]["pending"], due.isoformat(), n)
    return dict(sections)


def judged(cases: CaseQuerySet) -> Any:
    """With the days that matter, and whether the due date was kept.

    Kept is one that was answered by it. Closed without an answer after it, the case was late as
    well; before it, it is neither. What still waits is judged when it is read.
    """
    ended = cases.annotate(
        received_day=TruncDate("received_at"),
        answered_day=TruncDate("answered_at"),
        closed_day=TruncDate("closed_at"),
        still_open=ExpressionWrapper(Q(closed_at=None), output_field=BooleanField()),
    )
    return ended.annotate(
        verdict=If(
            When(answered_day__lte=F("due_on"), then=Value(ON_TIME)),
            When(answered_day__gt=F("due_on"), then=Value(LATE)),
            When(answered_day=None, closed_day__gt=F("due_on"), then=Value(LATE)),
            default=Value(UNJUDGED),
            output_field=CharField(),
        )
    )


def _grouped(rows: QuerySet[Any], *keys: str) -> Any:
    return rows.order_by().values_list(*keys).annotate(n=Count("pk"))


def _key(number: int | None) -> str:
    return NONE if number is None else str(number)


def _add(counts: dict[str, int], key: str, n: int) -> None:
    counts[key] = counts.get(key, 0) + n
