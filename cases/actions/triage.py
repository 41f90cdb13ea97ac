"""The PPID desk looks at what came in: complete or not, which kind, for which section."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from infocontent.models import Topic
from office.calendar import today
from office.models import Section, User

from ..deadlines import Computation, Step, due_dates, step_due
from ..models import Case, Message, Notice, ReportedOfficer
from ..models.event import EventCode
from ..workflow import FINAL, CaseError, Kind, Privacy, Status
from .base import (
    due_data,
    finish,
    has_conflict,
    lock,
    require,
    require_flow,
    require_status,
    write,
)


@transaction.atomic
def request_completion(
    case: Case, *, actor: User, text: str, version: int | None = None, at: datetime | None = None
) -> None:
    """Ask the citizen to complete the case. The law's clock does not stop (UU KIP knows no
    pause).
    """
    lock(case, version)
    require(actor, "verify_case", case)
    require_flow(case, Status.INCOMPLETE)
    until = step_due(case.kind, Step.COMPLETION, today(at))
    message = write(case, Message.Kind.QUESTION, text, author=actor, at=at)
    finish(
        case,
        EventCode.COMPLETION_REQUESTED,
        actor=actor,
        at=at,
        status=Status.INCOMPLETE,
        data={
            "message": message.pk,
            "until": until.due.isoformat() if until and until.due else None,
        },
        notices=[(Notice.Code.COMPLETION_REQUESTED, None)],
    )


@transaction.atomic
def verify(
    case: Case,
    *,
    actor: User,
    section: Section,
    service_class: str = "",
    reported: Iterable[User] = (),
    version: int | None = None,
    at: datetime | None = None,
) -> None:
    """Find the case complete and in the office's competence; propose the section, class and
    conflict.

    The class of a complaint decides its clock (PermenPANRB 62/2018: 14 or 60 working days).
    """
    lock(case, version)
    require(actor, "verify_case", case)
    require_flow(case, Status.VERIFIED)
    named = _name(case, reported)
    changes: dict[str, Any] = {"section": section}
    data: dict[str, Any] = {"section": section.code, "class": service_class, "reported": named}
    if service_class and case.kind == Kind.COMPLAINT:
        due = due_dates(case.kind, today(case.received_at), service_class)
        data |= due_data(case, due)
        changes |= {"service_class": service_class, **due.as_fields()}
    finish(
        case,
        EventCode.VERIFIED,
        actor=actor,
        at=at,
        status=Status.VERIFIED,
        data=data,
        notices=[(Notice.Code.PUBLIC_STEP, None)],
        **changes,
    )


@transaction.atomic
def name_reported(
    case: Case,
    *,
    actor: User,
    reported: Iterable[User],
    version: int | None = None,
    at: datetime | None = None,
) -> None:
    """Record which officers a complaint is about; they and their head lose sight of it at once.

    A case that one of them holds, or the head of one, goes back to the section without an officer.
    """
    lock(case, version)
    require(actor, "verify_case", case)
    named = _name(case, reported)
    if not named:
        raise CaseError("Pilih petugas yang belum tercatat.")
    holder: dict[str, Any] = {}
    if case.assignee and has_conflict(case, case.assignee):
        holder = {"assignee": None}
    draft = getattr(case, "answer_draft", None)
    is_tainted = draft is not None and has_conflict(case, draft.author)
    finish(
        case,
        EventCode.OFFICER_NAMED,
        actor=actor,
        at=at,
        data={"reported": named},
        # What the accused wrote is not one approval away from being sent.
        status=Status.IN_PROGRESS if is_tainted and case.status == Status.IN_APPROVAL else None,
        **holder,
    )


def _name(case: Case, reported: Iterable[User]) -> list[int]:
    known = set(case.reported.values_list("user_id", flat=True))
    new = [user for user in reported if user.pk not in known]
    ReportedOfficer.objects.bulk_create(
        ReportedOfficer(case=case, user=user, section_id=user.section_id) for user in new
    )
    return [user.pk for user in new]


@transaction.atomic
def reclassify(
    case: Case,
    *,
    actor: User,
    kind: str,
    detail: Any,
    version: int | None = None,
    at: datetime | None = None,
) -> list[Computation]:
    """Give the case another kind, keeping number, time of receipt and history; the clock is the
    new kind's.

    `detail` makes the new kind's own row: a callable that takes the case (or None for a question).
    The old
    detail is removed and its contents are kept as an internal note. Returns the new computations.
    """
    lock(case, version)
    require(actor, "verify_case", case)
    if case.status in FINAL or case.answered_at:
        raise CaseError("Kasus yang sudah dijawab atau ditutup tidak bisa diubah jenisnya.")
    if kind == Kind.INFORMATION_REQUEST and case.privacy == Privacy.ANONYMOUS:
        # UU 14/2008 Ps 4(3), 22: a request names its applicant, and an anonymous case has none.
        raise CaseError("Kasus anonim tidak dapat menjadi permohonan informasi.")
    if Kind.OBJECTION in (kind, case.kind):
        raise CaseError("Keberatan diajukan dengan formulirnya sendiri dan tetap keberatan.")
    if kind == case.kind:
        raise CaseError("Kasus ini sudah berjenis itu.")
    if detail is None and hasattr(Case, kind):
        raise ValueError(f"a case of kind {kind} needs its detail")
    old_kind, old_due, old = case.kind, case.due_on, case.detail
    note_id = None
    if old is not None:
        kept = [
            f"{field.verbose_name}: {value}"
            for field in old._meta.fields
            if field.name not in ("id", "case")
            and (value := field.value_from_object(old)) not in ("", None)
        ]
        if kept:
            note_id = write(case, Message.Kind.NOTE, "\n".join(kept), author=actor, at=at).pk
        # The row is not lost: its contents are the note above.
        type(old).objects.filter(pk=old.pk).delete()
    due = due_dates(kind, case.clock_started_on)
    case.kind = kind
    if detail is not None:
        detail(case)
    finish(
        case,
        EventCode.RECLASSIFIED,
        actor=actor,
        at=at,
        data={
            "kind_from": str(old_kind),
            "kind_to": str(kind),
            "due_from": old_due.isoformat() if old_due else None,
            "due_to": due.on.isoformat() if due.on else None,
            "message": note_id,
        },
        notices=[(Notice.Code.PUBLIC_STEP, None)],
        kind=kind,
        service_class="",
        is_extended=False,
        **due.as_fields(),
    )
    return due.computations


@transaction.atomic
def set_topic(
    case: Case,
    *,
    actor: User,
    topic: Topic,
    suggested: str = "",
    version: int | None = None,
    at: datetime | None = None,
) -> None:
    """Say what the case is about. `suggested` is the code of the topic that the page proposed; what
    people make of proposals is what the next ones are learnt from.
    """
    lock(case, version)
    require(actor, "verify_case", case)
    if case.status in FINAL:
        raise CaseError("Topik kasus yang sudah ditutup tidak diubah lagi.")
    if topic.parent_id is None or not topic.is_active:
        raise CaseError("Pilih topik yang masih dipakai.")
    if topic.pk == case.topic_id:
        raise CaseError("Kasus ini sudah bertopik itu.")
    finish(
        case,
        EventCode.TOPIC_SET,
        actor=actor,
        at=at,
        data={
            "topic_from": case.topic.code if case.topic else None,
            "topic_to": topic.code,
            "suggested": suggested or None,
        },
        topic=topic,
    )


@transaction.atomic
def note(
    case: Case, *, actor: User, text: str, version: int | None = None, at: datetime | None = None
) -> None:
    """Write an internal note; the citizen never sees it."""
    lock(case, version)
    require(actor, "view_case", case)
    message = write(case, Message.Kind.NOTE, text, author=actor, at=at)
    finish(case, EventCode.NOTED, actor=actor, at=at, data={"message": message.pk})


@transaction.atomic
def mark_read(
    case: Case, *, actor: User, version: int | None = None, at: datetime | None = None
) -> None:
    """Take note of what the citizen added, so that it leaves the to-do list."""
    lock(case, version)
    require(actor, "view_case", case)
    require_status(case, [s for s in Status if s not in FINAL], Status.IN_PROGRESS)
    if case.citizen_wrote_at is None:
        raise CaseError("Tidak ada pesan warga yang belum dibaca.")
    finish(
        case, EventCode.CITIZEN_READ, actor=actor, at=at or timezone.now(), citizen_wrote_at=None
    )
