"""A change of the calendar is proposed first, and moves a case only when somebody decides so."""

from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from office.models import User

from ..deadlines import Recount
from ..due_moves import DueMove, due_moves
from ..models import Case, DueChange, DueProposal, Notice
from ..models.event import EventCode
from ..workflow import CaseError, NotAllowed
from .base import finish, lock, require

DUTY = "decide_due_changes"
State, Why = DueChange.State, DueChange.Why
# A decision about more is given in parts: each case is a transaction of its own.
MOST = 500


class StaleProposal(CaseError):
    """The calendar changed after the page was opened."""

    def __init__(self) -> None:
        super().__init__(
            "Usulan ini berubah setelah halaman Anda dibuka. Periksa lagi, lalu putuskan."
        )


class AlreadyDecided(CaseError):
    """Somebody else decided this row first."""

    def __init__(self, case: Case) -> None:
        super().__init__(f"Pergeseran tenggat {case} sudah diputuskan.")


@dataclass
class Decided:
    """What became of the rows that somebody decided."""

    done: list[DueChange] = field(default_factory=list)
    skipped: list[DueChange] = field(default_factory=list)
    left: int = 0


def propose_in_words() -> str:
    """What the person who changed the calendar is told, when there is something to tell."""
    if not (count := propose()):
        return ""
    return (
        f"Tenggat {count} kasus terbuka akan bergeser. Belum ada yang diubah: PPID atau "
        "verifikator memutuskannya di Usulan pergeseran tenggat."
    )


@transaction.atomic
def propose(*, at: datetime | None = None) -> int:
    """Bring the open proposal in line with the calendar; returns how many cases wait in it.

    What was refused is not proposed again, as long as the same date would move to the same day.
    """
    at = at or timezone.now()
    refused = set(
        DueChange.objects.filter(
            state=State.REFUSED, case__closed_at=None, case__answered_at=None
        ).values_list("case_id", "due_from", "due_to")
    )
    moves = {
        move.case_id: move
        for move in due_moves()
        if (move.case_id, move.due_from, move.due_to) not in refused
    }
    if not moves and not DueProposal.objects.filter(state=DueProposal.State.OPEN).exists():
        return 0
    proposal = _open_proposal(at)
    waiting = {change.case_id: change for change in proposal.changes.filter(state=State.WAITING)}
    kept = {pk for pk, change in waiting.items() if pk in moves and moves[pk].is_told_by(change)}
    outdated = [change for pk, change in waiting.items() if pk not in kept]
    new = [move for pk, move in moves.items() if pk not in kept]
    _skip(outdated, at)
    DueChange.objects.bulk_create(
        [DueChange(proposal=proposal, **_columns(move)) for move in new], batch_size=500
    )
    if outdated or new:
        proposal.version += 1
        proposal.updated_at = at
        proposal.save(update_fields=["version", "updated_at"])
    _close_if_decided(proposal, at)
    return len(moves)


def decide(
    proposal: DueProposal,
    *,
    actor: User,
    is_accepted: bool,
    only: Collection[int] | None = None,
    version: int | None = None,
    at: datetime | None = None,
) -> Decided:
    """Accept or refuse the waiting rows that this person may see: all of them, or `only` these.

    Each case is moved in a transaction of its own: whatever stops this half-way, what was done is
    done and the rest still waits.
    """
    at = at or timezone.now()
    if not actor.may(DUTY):
        raise NotAllowed
    proposal.refresh_from_db()
    if proposal.state != DueProposal.State.OPEN or version not in (None, proposal.version):
        raise StaleProposal
    rows = in_sight(proposal.changes.filter(state=State.WAITING), actor).select_related("case")
    if only is not None:
        rows = rows.filter(pk__in=only)
    decided = Decided()
    if is_accepted:
        recount = Recount()
        for change in rows[:MOST]:
            # A colleague who presses the same button at once leaves some rows to each.
            with suppress(AlreadyDecided):
                moved = move_due(change, actor=actor, recount=recount, at=at)
                (decided.done if moved else decided.skipped).append(change)
        decided.left = rows.all().count()
    else:
        decided.done = refuse(rows, actor=actor, at=at)
    with transaction.atomic():
        locked = DueProposal.objects.select_for_update().get(pk=proposal.pk)
        _close_if_decided(locked, at)
    return decided


def in_sight(changes: QuerySet[DueChange], user: User) -> QuerySet[DueChange]:
    """The rows about cases that this person may know of."""
    return changes.filter(case__in=Case.objects.visible_to(user).values("pk"))


@transaction.atomic
def move_due(
    change: DueChange, *, actor: User, recount: Recount | None = None, at: datetime | None = None
) -> bool:
    """Move the case as the row says; False, with the reason in the row, when case or calendar have
    moved on since.
    """
    at = at or timezone.now()
    case = change.case
    lock(case)
    require(actor, DUTY, case)
    change.refresh_from_db(
        fields=["state"], from_queryset=DueChange.objects.select_for_update(of=("self",))
    )
    if change.state != State.WAITING:
        raise AlreadyDecided(case)
    if why := _why_outdated(change, case, recount or Recount()):
        _settle(change, State.SKIPPED, at, why=why)
        return False
    new = (recount or Recount())(change.basis_to)
    event = finish(
        case,
        EventCode.DUE_MOVED,
        actor=actor,
        at=at,
        data={
            "proposal": change.proposal_id,
            "due_from": change.kept_from.isoformat(),
            "due_to": change.kept_to.isoformat(),
            "working_from": change.due_from.isoformat(),
            "working_to": change.due_to.isoformat(),
        },
        notices=[(Notice.Code.DUE_MOVED, None)],
        **new.as_fields(),
    )
    _settle(change, State.ACCEPTED, at, decided_by=actor, event_seq=event.seq)
    return True


@transaction.atomic
def refuse(rows: QuerySet[DueChange], *, actor: User, at: datetime) -> list[DueChange]:
    """Leave the cases as they are; the rows keep who decided it."""
    locked = list(rows.select_for_update(of=("self",)))
    DueChange.objects.filter(pk__in=[change.pk for change in locked]).update(
        state=State.REFUSED, decided_by=actor, decided_at=at
    )
    return locked


def _open_proposal(at: datetime) -> DueProposal:
    """The one open proposal under a lock; two that begin at once meet at the constraint."""
    is_open = {"state": DueProposal.State.OPEN}
    DueProposal.objects.get_or_create(**is_open, defaults={"made_at": at, "updated_at": at})
    try:
        return DueProposal.objects.select_for_update().get(**is_open)
    except DueProposal.DoesNotExist:
        # Decided to the end while this waited for the lock.
        return DueProposal.objects.create(**is_open, made_at=at, updated_at=at)


def _columns(move: DueMove) -> dict[str, Any]:
    return {name: getattr(move, name) for name in move.__annotations__}


def _why_outdated(change: DueChange, case: Case, recount: Recount) -> str:
    if case.closed_at or case.answered_at:
        return Why.ENDED
    if case.due_basis != change.basis_from:
        return Why.MOVED_ON
    if recount(change.basis_from).working_on != change.due_to:
        return Why.RECOUNTED
    return ""


def _skip(changes: list[DueChange], at: datetime) -> None:
    if not changes:
        return
    recount = Recount()
    cases = Case.objects.only("pk", "closed_at", "answered_at", "due_basis").in_bulk(
        [change.case_id for change in changes]
    )
    for change in changes:
        # The row of the same dates with another arithmetic is replaced as well.
        why = _why_outdated(change, cases[change.case_id], recount) or Why.RECOUNTED
        change.state, change.why, change.decided_at = State.SKIPPED, why, at
    DueChange.objects.bulk_update(changes, ["state", "why", "decided_at"], batch_size=200)


def _settle(change: DueChange, state: str, at: datetime, **more: Any) -> None:
    for name, value in {"state": state, "decided_at": at, **more}.items():
        setattr(change, name, value)
    change.save(update_fields=["state", "decided_at", *more])


def _close_if_decided(proposal: DueProposal, at: datetime) -> None:
    if (
        proposal.state == DueProposal.State.OPEN
        and not proposal.changes.filter(state=State.WAITING).exists()
    ):
        proposal.state, proposal.closed_at = DueProposal.State.CLOSED, at
        proposal.save(update_fields=["state", "closed_at"])
