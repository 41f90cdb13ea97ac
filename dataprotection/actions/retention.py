"""A batch of what is past its term: made, signed by two people, destroyed, reported."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from itertools import groupby

from django.db import transaction
from django.utils import timezone

from cases import actions
from cases.models import Case
from cases.workflow import CaseError
from office.calendar import today as office_today
from office.models import User

from ..jobs import destroy_batch
from ..models import BatchLine, DisposalBatch, RetentionRule, SubjectRequest
from ..retaining import closed_before, due
from ..workflow import EventCode, NotReady
from ._base import lock, log, require
from .texts import mark_requests

DUTY = "sign_retention"
# A list that two people can still stand for; what is left comes with the next one.
MOST_LINES = 20_000


@transaction.atomic
def make_batch(
    *, actor: User | None, today: date | None = None, at: datetime | None = None
) -> DisposalBatch:
    """Put down what is past its term. `actor` None is the retention command."""
    if actor is not None:
        require(actor, DUTY)
    at = at or timezone.now()
    day = today or office_today(at)
    batch = DisposalBatch.objects.create(made_at=at, made_by=actor, as_of=day)
    left = MOST_LINES
    for found in due(day):
        cases = found.cases.values_list("pk", "version")[:left]
        lines = [
            BatchLine(
                batch=batch, rule=found.rule, case_id=pk, part=found.rule.part, version=version
            )
            for pk, version in cases
        ]
        BatchLine.objects.bulk_create(lines, batch_size=1000)
        left -= len(lines)
    if left == MOST_LINES:
        raise NotReady("Tidak ada data yang masa simpannya sudah habis.")
    log(batch, EventCode.BATCH_MADE, actor=actor, at=at, data={"counts": counts(batch)})
    return batch


@transaction.atomic
def sign(batch: DisposalBatch, *, actor: User, at: datetime | None = None) -> None:
    """Stand for the list with one's name; the second signature has to be another person's."""
    at = at or timezone.now()
    lock(batch)
    require(actor, DUTY)
    _require_waiting(batch)
    if batch.second_signer_id:
        raise NotReady("Berkas ini sudah ditandatangani dua orang.")
    if batch.first_signer_id == actor.pk:
        raise NotReady("Tanda tangan kedua harus dari orang lain.")
    number = 2 if batch.first_signer_id else 1
    if number == 1:
        batch.first_signer, batch.first_signed_at = actor, at
    else:
        batch.second_signer, batch.second_signed_at = actor, at
    batch.save(
        update_fields=["first_signer", "first_signed_at", "second_signer", "second_signed_at"]
    )
    log(batch, EventCode.BATCH_SIGNED, actor=actor, at=at, data={"signature": number})


@transaction.atomic
def cancel(batch: DisposalBatch, *, actor: User, at: datetime | None = None) -> None:
    """Put the list aside; its cases come up again with the next one."""
    at = at or timezone.now()
    lock(batch)
    require(actor, DUTY)
    _require_waiting(batch)
    batch.cancelled_at = at
    batch.save(update_fields=["cancelled_at"])
    log(batch, EventCode.BATCH_CANCELLED, actor=actor, at=at)


@transaction.atomic
def order(batch: DisposalBatch, *, actor: User, at: datetime | None = None) -> None:
    """Let the signed batch be destroyed, by a job: thousands of cases outlast a request."""
    at = at or timezone.now()
    lock(batch)
    require(actor, DUTY)
    _require_waiting(batch)
    if not batch.second_signer_id:
        raise NotReady("Berkas ini belum ditandatangani dua orang.")
    batch.ordered_at = at
    batch.save(update_fields=["ordered_at"])
    log(batch, EventCode.BATCH_ORDERED, actor=actor, at=at)
    transaction.on_commit(lambda: destroy_batch.enqueue(batch.pk))


def run(batch: DisposalBatch, *, at: datetime | None = None) -> None:
    """Destroy, case by case, what is still as it was when the list was made.

    Each case is a transaction of its own: a worker that is killed goes on where it stopped.
    """
    at = at or timezone.now()
    if not (batch.ordered_at and batch.first_signer_id and batch.second_signer_id):
        raise NotReady("Berkas ini belum diperintahkan untuk dimusnahkan.")
    day = office_today(at)
    rules = RetentionRule.objects.in_force(day)
    waiting = batch.lines.filter(state=BatchLine.State.WAITING).order_by("case_id", "pk")
    for case_id, lines in groupby(waiting.select_related("rule"), lambda line: line.case_id):
        _destroy_case(batch, case_id, list(lines), rules, day, at)
    with transaction.atomic():
        lock(batch)
        if batch.run_at is None:
            batch.run_at = at
            batch.save(update_fields=["run_at"])
            log(batch, EventCode.BATCH_RUN, actor=None, at=at, data={"counts": counts(batch)})


@transaction.atomic
def _destroy_case(
    batch: DisposalBatch,
    case_id: int,
    lines: list[BatchLine],
    rules: dict[tuple[str, str], RetentionRule],
    day: date,
    at: datetime,
) -> None:
    case = Case.objects.select_for_update().get(pk=case_id)
    if reason := _in_the_way(case, lines):
        _mark(lines, BatchLine.State.SKIPPED, reason)
        return
    kept = [line for line in lines if not _is_past(case, line, rules, day)]
    _mark(kept, BatchLine.State.SKIPPED, BatchLine.Reason.RULE)
    past = [line for line in lines if line not in kept]
    parts, version = [line.part for line in past], lines[0].version
    if not past:
        return
    try:
        with transaction.atomic():
            actions.redact(case, actor=None, parts=parts, batch=batch.pk, version=version, at=at)
            mark_requests(case, parts)
    except CaseError:
        _mark(past, BatchLine.State.SKIPPED, BatchLine.Reason.GONE)
    else:
        _mark(past, BatchLine.State.DONE, BatchLine.Reason.NONE)


def _is_past(
    case: Case, line: BatchLine, rules: dict[tuple[str, str], RetentionRule], day: date
) -> bool:
    """Whether the rule of the list still counts for the case, and its term is over."""
    if rules.get((case.kind, line.part)) != line.rule or case.closed_at is None:
        return False
    return case.closed_at < closed_before(line.rule, day)


def _in_the_way(case: Case, lines: list[BatchLine]) -> BatchLine.Reason:
    if case.is_open:
        return BatchLine.Reason.OPEN
    if SubjectRequest.objects.unsettled().filter(case=case).exists():
        return BatchLine.Reason.ASKED
    return BatchLine.Reason.TOUCHED if case.version != lines[0].version else BatchLine.Reason.NONE


def _mark(lines: Iterable[BatchLine], state: BatchLine.State, reason: BatchLine.Reason) -> None:
    for line in lines:
        line.state, line.reason = state, reason
        line.save(update_fields=["state", "reason"])


def counts(batch: DisposalBatch) -> list[dict[str, str | int]]:
    """How many lines of which rule came to what: figures for the log and the report."""
    found = Counter(batch.lines.values_list("rule", "part", "state", "reason"))
    return [
        {"rule": rule, "part": part, "state": state, "reason": reason, "count": count}
        for (rule, part, state, reason), count in sorted(found.items())
    ]


def _require_waiting(batch: DisposalBatch) -> None:
    if batch.cancelled_at:
        raise NotReady("Berkas ini sudah dibatalkan.")
    if batch.ordered_at:
        raise NotReady("Berkas ini sudah dimusnahkan atau sedang dikerjakan.")
