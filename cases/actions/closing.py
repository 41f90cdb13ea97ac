"""The ends of a case, each with an outcome and a reason, and the one way back."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from office.calendar import today
from office.models import User

from ..deadlines import due_dates
from ..models import Case, Message, Notice
from ..models.event import EventCode
from ..workflow import ANSWER_OUTCOMES, CaseError, Outcome, Status
from .base import due_data, finish, lock, require, require_flow, require_status, write


@transaction.atomic
def close(
    case: Case,
    *,
    actor: User,
    reason: str,
    outcome: str = "",
    version: int | None = None,
    at: datetime | None = None,
) -> None:
    """Close an answered case before the citizen's ten days are over (say, the citizen said so by
    phone).
    """
    lock(case, version)
    require(actor, "close_case", case)
    require_flow(case, Status.DONE)
    outcome = outcome or case.outcome
    if outcome not in ANSWER_OUTCOMES[case.kind]:
        raise CaseError("Pilih hasil yang sesuai dengan jenis kasus.")
    _end(case, EventCode.CLOSED, Status.DONE, outcome, reason, actor=actor, at=at)


@transaction.atomic
def close_silent(case: Case, *, at: datetime | None = None) -> bool:
    """Close an answered case whose citizen let the reply time pass; False when there is nothing to
    close.
    """
    lock(case)
    if case.status != Status.ANSWERED or case.reply_until is None or today(at) <= case.reply_until:
        return False
    _end(
        case,
        EventCode.CLOSED,
        Status.DONE,
        case.outcome,
        "Tidak ada tanggapan sampai batas waktu menanggapi.",
        actor=None,
        at=at,
        data={"by": "sistem"},
    )
    return True


@transaction.atomic
def forward(
    case: Case,
    *,
    actor: User,
    body: str,
    reason: str,
    version: int | None = None,
    at: datetime | None = None,
) -> None:
    """Hand the case to the body that is competent; the citizen is told which (no wrong door)."""
    lock(case, version)
    require(actor, "close_case", case)
    require_flow(case, Status.FORWARDED)
    if not body.strip():
        raise CaseError("Tuliskan instansi yang dituju.")
    write(case, Message.Kind.INFORMATION, f"{body}: {reason}", author=actor, at=at)
    _end(
        case,
        EventCode.FORWARDED,
        Status.FORWARDED,
        Outcome.FORWARDED,
        reason,
        actor=actor,
        at=at,
        forwarded_to=body,
    )


@transaction.atomic
def mark_duplicate(
    case: Case,
    *,
    actor: User,
    original: Case,
    reason: str = "",
    version: int | None = None,
    at: datetime | None = None,
) -> None:
    """End the case as the same matter as another; the citizen keeps access and is pointed to the
    other's number.
    """
    if original.pk == case.pk:
        raise CaseError("Kasus tidak bisa menjadi duplikat dari dirinya sendiri.")
    # Both rows in the order of their keys: two officers who mark them crosswise neither wait for
    # each other forever nor make a circle.
    if original.pk < case.pk:
        lock(original)
    lock(case, version)
    if original.pk > case.pk:
        lock(original)
    require(actor, "close_case", case)
    require(actor, "view_case", original)
    if case.duplicates.exists():
        raise CaseError("Kasus lain sudah ditandai duplikat dari kasus ini.")
    if original.duplicate_of_id:
        raise CaseError(
            f"{original} sendiri duplikat dari {original.duplicate_of}; pilih kasus asalnya."
        )
    _end(
        case,
        EventCode.MARKED_DUPLICATE,
        Status.DUPLICATE,
        Outcome.DUPLICATE,
        reason or f"Sama dengan {original}.",
        actor=actor,
        at=at,
        data={"original": original.reference},
        duplicate_of=original,
    )


@transaction.atomic
def archive(
    case: Case,
    *,
    actor: User,
    reason: str,
    outcome: str = Outcome.ARCHIVED,
    version: int | None = None,
    at: datetime | None = None,
) -> None:
    """End the case without an answer (unclear beyond repair, not completed in time), saying why."""
    lock(case, version)
    require(actor, "close_case", case)
    if outcome not in (Outcome.ARCHIVED, Outcome.INCOMPLETE_LAPSED):
        raise CaseError("Pilih hasil yang sesuai untuk pengarsipan.")
    _end(case, EventCode.ARCHIVED, Status.ARCHIVED, outcome, reason, actor=actor, at=at)


@transaction.atomic
def reopen(
    case: Case, *, actor: User, reason: str, version: int | None = None, at: datetime | None = None
) -> None:
    """Bring a closed case back to work, once, with a reason and the full time from now on."""
    lock(case, version)
    require(actor, "close_case", case)
    require_status(case, [Status.DONE, Status.ARCHIVED], Status.IN_PROGRESS)
    if case.is_reopened:
        raise CaseError("Kasus ini sudah pernah dibuka kembali; hanya boleh satu kali.")
    if not reason.strip():
        raise CaseError("Tuliskan alasan membuka kembali.")
    if case.section_id is None:
        raise CaseError(
            "Kasus ini belum pernah masuk ke seksi, jadi tidak ada yang bisa mengerjakannya."
        )
    # The reason for closing stays readable though the case no longer carries it.
    note = f"{reason}\n\nAlasan penutupan sebelumnya: {case.closing_reason}"
    message = write(case, Message.Kind.NOTE, note, author=actor, at=at)
    due = due_dates(case.kind, today(at), case.service_class)
    finish(
        case,
        EventCode.REOPENED,
        actor=actor,
        at=at,
        status=Status.IN_PROGRESS,
        data={"message": message.pk, "outcome_from": case.outcome, **due_data(case, due)},
        notices=[(Notice.Code.PUBLIC_STEP, None)]
        + ([(Notice.Code.ASSIGNED, case.assignee)] if case.assignee else []),
        is_reopened=True,
        outcome="",
        closing_reason="",
        answered_at=None,
        reply_until=None,
        **due.as_fields(),
    )


def _end(
    case: Case,
    code: EventCode,
    status: Status,
    outcome: str,
    reason: str,
    *,
    actor: User | None,
    at: datetime | None,
    data: dict[str, str] | None = None,
    **changes: object,
) -> None:
    require_flow(case, status)
    if not outcome or not reason.strip():
        raise CaseError("Kasus hanya bisa ditutup dengan hasil dan alasan.")
    finish(
        case,
        code,
        actor=actor,
        at=at or timezone.now(),
        status=status,
        data={"outcome": str(outcome), **(data or {})},
        notices=[(Notice.Code.CLOSED, None)],
        outcome=outcome,
        closing_reason=reason,
        citizen_wrote_at=None,
        **changes,
    )
