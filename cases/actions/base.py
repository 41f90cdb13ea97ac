"""What every verb does the same way: lock, guard, change, one event row, all in one transaction."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from office.models import User

from .. import chain
from ..deadlines import DueDates
from ..models import Case, CaseEvent, Message, Notice
from ..models.event import EventCode
from ..outbox import owe
from ..workflow import FINAL, FLOW, CaseError, NotAllowed, StaleCase, Status, TransitionError

# What only the clock, the calendar or a reader did makes no open form stale: nothing in it has
# changed.
QUIET = {
    EventCode.IDENTITY_REVEALED,
    EventCode.DUE_SET,
    EventCode.DUE_SOON,
    EventCode.OVERDUE,
    EventCode.DUE_MOVED,
    EventCode.DATA_EXPORTED,
}


def lock(case: Case, version: int | None = None) -> None:
    """Re-read the case under a row lock; raises StaleCase if it moved on since `version` was
    shown.
    """
    case.refresh_from_db(from_queryset=Case.objects.select_for_update(of=("self",)))
    if version is not None and version != case.version:
        loud = case.events.exclude(code__in=QUIET).select_related("actor")
        last = loud.latest("seq")
        moment = timezone.localtime(last.at)
        is_today = moment.date() == timezone.localdate()
        raise StaleCase(
            changed_by=str(last.actor) if last.actor else "warga/sistem",
            at=f"{moment:%H.%M}" if is_today else f"{moment:%H.%M (%d-%m-%Y)}",
        )


def require(actor: User, duty: str, case: Case) -> None:
    """Raise NotAllowed unless the person holds the duty and may see this very case (section,
    conflict).
    """
    if not actor.may(duty) or not Case.objects.visible_to(actor).filter(pk=case.pk).exists():
        raise NotAllowed


def has_conflict(case: Case, user: User) -> bool:
    """Whether this person, or somebody this person heads, is reported in the case."""
    return not Case.objects.filter(pk=case.pk).without_conflict_for(user).exists()


def require_worker(actor: User, case: Case) -> None:
    """The case's own officer, a colleague while nobody has it, or the head of the section may work
    on it.
    """
    require(actor, "work_case", case)
    if case.assignee_id not in (None, actor.pk) and not actor.may("head_section"):
        raise NotAllowed(f"Kasus ini dipegang {case.assignee}.")


def require_flow(case: Case, target: Status) -> None:
    if target not in FLOW[case.status]:
        raise TransitionError(case.status, target)


def require_status(case: Case, statuses: Collection[Status], target: Status) -> None:
    """For a verb that starts from fewer statuses than the flow would let reach its target."""
    if case.status not in statuses:
        raise TransitionError(case.status, target)


def finish(
    case: Case,
    code: EventCode,
    *,
    actor: User | None,
    at: datetime | None = None,
    data: dict[str, Any] | None = None,
    status: Status | None = None,
    notices: Iterable[tuple[Notice.Code, User | None]] = (),
    **changes: Any,
) -> CaseEvent:
    """Write the change, exactly one event, and the notices it owes. The caller holds the lock."""
    at = at or timezone.now()
    data = dict(data or {})
    if status is not None and status != case.status:
        data.setdefault("from", case.status)
        data.setdefault("to", str(status))
        changes["status"] = status
        changes["closed_at"] = at if status in FINAL else None
    event = next_event(case, code, actor=actor, at=at, data=data)
    changes |= {"events_count": case.events_count, "events_seal": case.events_seal}
    if code not in QUIET:
        changes["version"] = case.version + 1
    for name, value in changes.items():
        setattr(case, name, value)
    case.save(update_fields=list(changes))
    event.save(force_insert=True)
    for notice, recipient in notices:
        owe(case, notice, recipient=recipient, event_seq=event.seq, at=at)
    return event


def finish_answer(
    case: Case,
    message: Message,
    *,
    actor: User,
    at: datetime,
    outcome: str,
    author: int,
    reply_until: date | None,
    **data: Any,
) -> None:
    """The answer leaves; who wrote it is told apart from who lets it go."""
    finish(
        case,
        EventCode.ANSWERED,
        actor=actor,
        at=at,
        status=Status.ANSWERED,
        data={
            "message": message.pk,
            "outcome": outcome,
            "author": author,
            "reply_until": reply_until.isoformat() if reply_until else None,
            **data,
        },
        notices=[(Notice.Code.ANSWERED, None)],
        outcome=outcome,
        answered_at=at,
        reply_until=reply_until,
        citizen_wrote_at=None,
    )


def due_data(case: Case, due: DueDates) -> dict[str, str | None]:
    """What an event keeps of a date that it replaces."""
    return {
        "due_from": case.due_on.isoformat() if case.due_on else None,
        "due_to": due.on.isoformat() if due.on else None,
    }


def next_event(
    case: Case, code: EventCode, *, actor: User | None, at: datetime, data: dict[str, Any]
) -> CaseEvent:
    """The unsaved next line of the chain; sets the case's new count and seal."""
    before = ""
    if case.events_count:
        before = CaseEvent.objects.values_list("hash", flat=True).get(
            case=case, seq=case.events_count
        )
    seq = case.events_count + 1
    event = CaseEvent(
        case=case,
        seq=seq,
        code=code,
        actor=actor,
        at=at,
        data=data,
        hash=chain.event_hash(
            case.reference, seq, code, actor.pk if actor else None, at, data, before
        ),
    )
    case.events_count = seq
    case.events_seal = chain.seal(case.reference, seq, event.hash)
    return event


def write(
    case: Case, kind: Message.Kind, body: str, *, author: User | None, at: datetime | None = None
) -> Message:
    """Add a message. The office never sends an empty one; a citizen may send files without a
    word.
    """
    if kind != Message.Kind.CITIZEN and not body.strip():
        raise CaseError("Isinya masih kosong.")
    return Message.objects.create(
        case=case, kind=kind, body=body, author=author, written_at=at or timezone.now()
    )
