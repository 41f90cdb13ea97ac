"""The rows behind one figure of the recap, found by the same rules by which it was counted."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet

from cases.models import CaseQuerySet
from channels.models import Comment, Contact, Tally
from channels.vocabulary import ContactChannel
from office.calendar import today as office_today
from yankomas.models import Visit, VisitQuerySet

from ..period import Period
from .counting import LATE, ON_TIME, WAITING, counted_elsewhere, judged, received_in, served_in

# How an address says "without".
NONE = "0"


class Measure(models.TextChoices):
    """What a figure counts."""

    CONTACTS = "kontak", "Kontak"
    RECEIVED = "diterima", "Kasus diterima"
    ANSWERED = "ditanggapi", "Kasus ditanggapi"
    ON_TIME = "tepat", "Kasus ditanggapi tepat waktu"
    LATE = "terlambat", "Kasus terlambat"
    OPEN = "terbuka", "Kasus masih terbuka"
    REOPENED = "dibuka_lagi", "Kasus pernah dibuka kembali"


@dataclass(frozen=True)
class Slice:
    """A figure of a month or a year, and what narrows it. An empty string narrows nothing; a topic,
    section or outcome of "0" is having none.
    """

    period: Period
    measure: Measure
    channel: str = ""
    topic: str = ""
    kind: str = ""
    outcome: str = ""
    section: str = ""
    today: date | None = None

    def cases(self, among: CaseQuerySet | None = None) -> CaseQuerySet:
        """Those that are counted; of all, or of those that somebody may see."""
        cases = self._narrowed(received_in(self.period, among), "topic", "section")
        if self.kind:
            cases = cases.filter(kind=self.kind)
        if self.outcome:
            cases = cases.filter(outcome="" if self.outcome == NONE else self.outcome)
        if self.measure == Measure.CONTACTS:
            if self.channel:
                cases = cases.filter(channel=self.channel)
            return cases.exclude(counted_elsewhere())
        return self._measured(cases)

    def _measured(self, cases: CaseQuerySet) -> CaseQuerySet:
        match self.measure:
            case Measure.ANSWERED:
                return cases.filter(answered_at__isnull=False)
            case Measure.ON_TIME:
                return judged(cases).filter(verdict=ON_TIME)
            case Measure.LATE:
                overdue = Q(due_on__lt=self.today or office_today(), **WAITING)
                return judged(cases).filter(Q(verdict=LATE) | overdue)
            case Measure.OPEN:
                return cases.open()
            case Measure.REOPENED:
                return cases.filter(is_reopened=True)
        return cases

    def visits(self) -> VisitQuerySet:
        if not self._reaches(ContactChannel.COUNTER):
            return Visit.objects.none()
        return self._narrowed(served_in(self.period), "topic")

    def tallies(self) -> QuerySet[Tally]:
        return self._noted(Tally.objects.filter(count__gt=0))

    def contacts(self) -> QuerySet[Contact]:
        return self._noted(Contact.objects.counted())

    def comments(self) -> QuerySet[Comment]:
        return self._noted(Comment.objects.all())

    def _noted(self, rows: Any) -> Any:
        if self.measure != Measure.CONTACTS:
            return rows.none()
        rows = rows.filter(month__gte=self.period.first, month__lte=self.period.last)
        if self.channel:
            rows = rows.filter(channel=self.channel)
        return self._narrowed(rows, "topic")

    def _reaches(self, channel: ContactChannel) -> bool:
        return self.measure == Measure.CONTACTS and self.channel in ("", channel)

    def _narrowed(self, rows: Any, *names: str) -> Any:
        for name in names:
            if wanted := getattr(self, name):
                rows = rows.filter(**{name: None if wanted == NONE else int(wanted)})
        return rows
