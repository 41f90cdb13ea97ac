"""Which data is past its term: read only, for the dry run, the batches and requests of erasure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from cases.actions.data_rights import is_redacted
from cases.models import Applicant, Attachment, Case, Redaction
from office.calendar import today as office_today

from .models import BatchLine, RetentionRule, SubjectRequest
from .workflow import UNSETTLED, MustBeKept

Part = Redaction.Part


@dataclass(frozen=True)
class Due:
    """One rule in force for one kind, and the cases whose part it lets go."""

    rule: RetentionRule
    kind: str
    cases: QuerySet[Case]


def due(today: date) -> Iterator[Due]:
    """Each rule in force with what is past its term and on no other list."""
    for (kind, part), rule in sorted(RetentionRule.objects.in_force(today).items()):
        yield Due(rule, kind, past(rule, kind, part, today))


def figures(today: date) -> list[tuple[RetentionRule, int]]:
    """The dry run: how many cases each rule in force lets go."""
    counts: dict[RetentionRule, int] = {}
    for found in due(today):
        counts[found.rule] = counts.get(found.rule, 0) + found.cases.count()
    return list(counts.items())


def past(rule: RetentionRule, kind: str, part: str, today: date) -> QuerySet[Case]:
    """Closed cases of the kind that hold this part and whose term ended before today."""
    on_a_list = BatchLine.objects.filter(
        case=OuterRef("pk"), part=part, batch__run_at=None, batch__cancelled_at=None
    )
    gone = Redaction.objects.filter(case=OuterRef("pk"), part=part, at__gte=OuterRef("closed_at"))
    asked = SubjectRequest.objects.filter(case=OuterRef("pk"), status__in=UNSETTLED)
    cases = Case.objects.filter(_holds(part), kind=kind, closed_at__lt=closed_before(rule, today))
    return cases.exclude(Exists(on_a_list) | Exists(gone) | Exists(asked)).order_by("pk")


def kept_until(case: Case, part: str, today: date) -> date | None:
    """The last day on which a closed case's part is kept; None where no rule says so."""
    rule = RetentionRule.objects.in_force(today).get((case.kind, part))
    if rule is None or case.closed_at is None:
        return None
    return office_today(case.closed_at) + timedelta(days=rule.days)


def destroyable(case: Case, today: date) -> list[str]:
    """The parts that are held and that no law wants kept any more; raises MustBeKept if there is
    none, so that nobody is told of an erasure that erased nothing.
    """
    if case.closed_at is None:
        raise MustBeKept(is_open=True)
    ends = {part: kept_until(case, part, today) for part in Part if is_held(case, part)}
    free = [str(part) for part, end in ends.items() if end is not None and end < today]
    if ends and not free:
        raise MustBeKept(min((end for end in ends.values() if end), default=None))
    return free


def is_held(case: Case, part: str) -> bool:
    """Whether there is such a part, and it was not destroyed before."""
    is_there = Case.objects.filter(_holds(part), pk=case.pk).exists()
    return is_there and not is_redacted(case, part)


def closed_before(rule: RetentionRule, today: date) -> datetime:
    """A case closed on day d is kept through day d + days."""
    day = today - timedelta(days=rule.days)
    return timezone.make_aware(datetime.combine(day, time.min))


def _holds(part: str) -> Q:
    if part == Part.IDENTITY:
        return Q(Exists(Applicant.objects.filter(case=OuterRef("pk"))))
    files = Attachment.objects.filter(case=OuterRef("pk")).exclude(name="")
    if part == Part.PAPERS:
        return Q(Exists(files.filter(message=None, uploader=None)))
    return Q(Exists(files)) if part == Part.FILES else Q()
