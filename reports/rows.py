"""What the figures are counted from: requests, objections and disputes with what had become of them
by a moment. A handful of queries, however many cases there are.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from cases.deadlines import Step, Unit, compute, rule_for
from cases.models import Case, CaseEvent, DeadlineRule, EventCode
from cases.workflow import ANSWER_OUTCOMES, Kind
from inforequests.models import Decision, Dispute, ObjectionAnswer
from office.calendar import Calendar, CalendarYearUnknown

from .period import Period

PORTION = 5000
CASE = [
    "pk", "received_at", "closed_at", "answered_at", "outcome", "due_on", "due_basis",
]  # fmt: skip
REQUEST = [
    *CASE, "channel", "applicant__kind", "topic__code", "topic__parent__code",
]  # fmt: skip


@dataclass(frozen=True)
class Ending:
    """The first decision or answer that was signed."""

    at: datetime
    outcome: str
    ground: str = ""
    has_other_statute: bool = False
    order_until: date | None = None


@dataclass
class Matter:
    """One request or objection. `ending` None: not decided by then; `closed_as` says whether it was
    closed all the same. `is_late` None: the due date is not known.
    """

    case: int
    received_on: date
    ending: Ending | None
    closed_as: str
    days: int | None
    is_late: bool | None


@dataclass
class Request(Matter):
    channel: str
    applicant: str
    topic: str
    is_extended: bool


@dataclass
class Objected(Matter):
    """`carried_out_on` is the day of the decision that followed the superior's order."""

    grounds: str
    carried_out_on: date | None


@dataclass(frozen=True)
class Disputed:
    case: int
    route: str
    result: str
    went_to_court: bool


class Rows:
    """The rows of one period as they stood at its end, or at `at` if that comes first."""

    def __init__(self, period: Period, at: datetime | None = None) -> None:
        self.period = period
        self.until = min(period.ends_at, at or timezone.now())
        self._calendar = Calendar()
        self._rules: list[DeadlineRule] | None = None

    def requests(self) -> tuple[list[Request], list[Request]]:
        """Those received in the period, and those that it began with."""
        began = self.period.begins_at
        decided_before = Decision.objects.signed().filter(case=OuterRef("pk"), signed_at__lt=began)
        still_open = (
            Q(closed_at=None) | Q(closed_at__gte=began),
            Q(answered_at=None) | Q(answered_at__gte=began),
            ~Exists(decided_before),
        )
        cases = Case.objects.filter(
            Q(received_at__gte=began) | Q(*still_open),
            kind=Kind.INFORMATION_REQUEST,
            received_at__lt=self.until,
        )
        rows = list(cases.order_by("received_at", "pk").values(*REQUEST))
        endings: dict[int, Ending] = {}
        extended: dict[int, datetime] = {}
        for ids in batched(row["pk"] for row in rows):
            for case, at, outcome, ground, statute in self._decisions(ids).values_list(
                "case_id", "signed_at", "outcome", "ground", "other_statute"
            ):
                endings.setdefault(case, Ending(at, outcome, ground, bool(statute)))
            extended |= CaseEvent.objects.filter(
                case__in=ids, code=EventCode.EXTENDED, at__lt=self.until
            ).values_list("case_id", "at")
        found = [
            Request(
                **self._matter(Kind.INFORMATION_REQUEST, row, endings, extended.get(row["pk"])),
                channel=row["channel"],
                applicant=row["applicant__kind"] or "",
                topic=row["topic__parent__code"] or row["topic__code"] or "",
                is_extended=row["pk"] in extended,
            )
            for row in rows
        ]
        first = self.period.first
        return (
            [row for row in found if row.received_on >= first],
            [row for row in found if row.received_on < first],
        )

    def decided_again(self) -> list[int]:
        """Requests that got another decision in the period, after one they already had."""
        earlier = Decision.objects.signed().filter(
            case=OuterRef("case"), signed_at__lt=OuterRef("signed_at")
        )
        again = Decision.objects.signed().filter(
            Exists(earlier), signed_at__gte=self.period.begins_at, signed_at__lt=self.until
        )
        return sorted(set(again.values_list("case_id", flat=True)))

    def objections(self) -> list[Objected]:
        """Those received in the period."""
        cases = Case.objects.filter(
            kind=Kind.OBJECTION,
            received_at__gte=self.period.begins_at,
            received_at__lt=self.until,
        )
        rows = list(
            cases.order_by("received_at", "pk").values(
                *CASE, "keberatan__grounds", "keberatan__request"
            )
        )
        endings: dict[int, Ending] = {}
        for ids in batched(row["pk"] for row in rows):
            answers = ObjectionAnswer.objects.filter(case__in=ids, signed_at__lt=self.until)
            for case, at, outcome, until in answers.order_by("signed_at", "pk").values_list(
                "case_id", "signed_at", "outcome", "order_until"
            ):
                if at:
                    endings.setdefault(case, Ending(at, outcome, order_until=until))
        decisions: dict[int, list[datetime]] = {}
        objected_to = {row["keberatan__request"] for row in rows} - {None}
        for ids in batched(sorted(objected_to)):
            for case, at in self._decisions(ids).values_list("case_id", "signed_at"):
                decisions.setdefault(case, []).append(at)
        found = []
        for row in rows:
            matter = self._matter(Kind.OBJECTION, row, endings)
            ending = matter["ending"]
            later = decisions.get(row["keberatan__request"], [])
            followed = [at for at in later if ending and at > ending.at]
            found.append(
                Objected(
                    **matter,
                    grounds=row["keberatan__grounds"] or "",
                    carried_out_on=timezone.localdate(followed[0]) if followed else None,
                )
            )
        return found

    def disputes(self) -> list[Disputed]:
        """Those brought before the Komisi Informasi in the period."""
        last_day = timezone.localdate(self.until)
        disputes = Dispute.objects.filter(
            filed_on__gte=self.period.first,
            filed_on__lt=self.period.first_after,
            filed_on__lte=last_day,
        )
        return [
            Disputed(
                case,
                route,
                result if decided_on and decided_on < self.period.first_after else "",
                bool(court.strip()),
            )
            for case, route, result, decided_on, court in disputes.order_by(
                "filed_on", "pk"
            ).values_list("case_id", "route", "result", "decided_on", "court")
        ]

    def _decisions(self, cases: list[int]) -> Any:
        return (
            Decision.objects.signed()
            .filter(case__in=cases, signed_at__lt=self.until)
            .order_by("signed_at", "pk")
        )

    def _matter(
        self,
        kind: Kind,
        row: dict[str, Any],
        endings: dict[int, Ending],
        extended_at: datetime | None = None,
    ) -> dict[str, Any]:
        """The columns of Matter."""
        received_on = timezone.localdate(row["received_at"])
        ending = endings.get(row["pk"]) or self._approved(kind, row)
        is_closed = row["closed_at"] is not None and row["closed_at"] < self.until
        days = None
        if ending:
            try:
                days = self._calendar.working_days_between(
                    received_on, timezone.localdate(ending.at)
                )
            except CalendarYearUnknown:
                days = None
        ended_at = ending.at if ending else self.until
        if extended_at and extended_at > ended_at:
            extended_at = None
        due = self._due(kind, row, received_on, extended_at is not None)
        last_day = timezone.localdate(ended_at)
        if not ending and ended_at == self.period.ends_at:
            last_day = self.period.last
        return {
            "case": row["pk"],
            "received_on": received_on,
            "ending": ending,
            "closed_as": row["outcome"] if is_closed and not ending else "",
            "days": days,
            "is_late": last_day > due if due else None,
        }

    def _approved(self, kind: Kind, row: dict[str, Any]) -> Ending | None:
        """The answer of a case from before there were signed letters."""
        answered_at = row["answered_at"]
        if answered_at and answered_at < self.until and row["outcome"] in ANSWER_OUTCOMES[kind]:
            return Ending(answered_at, row["outcome"])
        return None

    def _due(
        self, kind: Kind, row: dict[str, Any], received_on: date, is_extended: bool
    ) -> date | None:
        """The day by which the first answer was due. A case that was taken up again has got a new
        clock since, so that its first one is computed from the law's lengths.
        """
        starts = [one["start"] for one in row["due_basis"] if one["step"] == Step.ANSWER]
        if starts and starts[0] == received_on.isoformat():
            return row["due_on"]
        if self._rules is None:
            self._rules = list(DeadlineRule.objects.all())
        answer = _rule(kind, Step.ANSWER, received_on, self._rules)
        more = _rule(kind, Step.EXTENSION, received_on, self._rules) if is_extended else None
        if answer is None:
            return None
        return compute(answer, received_on, self._calendar, more_days=more.days if more else 0).due


def batched(ids: Iterable[int]) -> Iterator[list[int]]:
    """The numbers in portions that a query takes. What hangs on cases is looked up by number: a
    nested query over tables that the database has no statistics of yet may take minutes.
    """
    rest = iter(ids)
    while portion := list(islice(rest, PORTION)):
        yield portion


def _rule(kind: str, step: str, on: date, rules: Iterable[DeadlineRule]) -> DeadlineRule | None:
    return rule_for(kind, step, Unit.WORKING, on, among=list(rules))
