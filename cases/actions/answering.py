"""The answer: drafted by one person, approved by another, sent; and the one extension the law
allows.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from infocontent.actions import count_uses
from infocontent.linking import items_named
from office.calendar import today
from office.models import User

from ..correspondence import day
from ..deadlines import Step, Unit, compute, rule_for, step_due
from ..models import AnswerDraft, Case, LetterTemplate, Message, Notice
from ..models.event import EventCode
from ..workflow import ANSWER_OUTCOMES, ANSWERED_BY_LETTER, CaseError, Kind, NotAllowed, Status
from .base import (
    finish,
    finish_answer,
    has_conflict,
    lock,
    require,
    require_flow,
    require_status,
    require_worker,
    write,
)
from .corresponding import letter_data, send_letter


@transaction.atomic
def save_draft(
    case: Case,
    *,
    actor: User,
    body: str,
    outcome: str = "",
    version: int | None = None,
    at: datetime | None = None,
) -> None:
    """Keep the answer in the making; nothing is sent."""
    lock(case, version)
    _require_plain_answer(case)
    require_worker(actor, case)
    require_status(case, [Status.IN_PROGRESS], Status.IN_APPROVAL)
    _keep(case, actor=actor, body=body, outcome=outcome, at=at)
    finish(
        case,
        EventCode.ANSWER_DRAFTED,
        actor=actor,
        at=at,
        data={"length": len(body), "outcome": outcome},
    )


@transaction.atomic
def submit(
    case: Case,
    *,
    actor: User,
    body: str,
    outcome: str,
    version: int | None = None,
    at: datetime | None = None,
) -> None:
    """Hand the draft to the section head for approval."""
    lock(case, version)
    _require_plain_answer(case)
    require_worker(actor, case)
    require_flow(case, Status.IN_APPROVAL)
    if not body.strip():
        raise CaseError("Konsep jawaban masih kosong.")
    if outcome not in ANSWER_OUTCOMES[case.kind]:
        raise CaseError("Pilih hasil yang sesuai dengan jenis kasus.")
    _keep(case, actor=actor, body=body, outcome=outcome, at=at)
    finish(
        case,
        EventCode.ANSWER_SUBMITTED,
        actor=actor,
        at=at,
        status=Status.IN_APPROVAL,
        data={"length": len(body), "outcome": outcome},
    )


def _require_plain_answer(case: Case) -> None:
    if case.kind in ANSWERED_BY_LETTER:
        raise CaseError(
            "Jenis kasus ini dijawab dengan surat keputusan, bukan dengan jawaban biasa."
        )


def _keep(case: Case, *, actor: User, body: str, outcome: str, at: datetime | None) -> None:
    AnswerDraft.objects.update_or_create(
        case=case,
        defaults={
            "body": body,
            "outcome": outcome,
            "author": actor,
            "updated_at": at or timezone.now(),
        },
    )


@transaction.atomic
def return_draft(
    case: Case, *, actor: User, remarks: str, version: int | None = None, at: datetime | None = None
) -> None:
    """Send the draft back to its author with remarks."""
    lock(case, version)
    # The PPID has no say in the answer to an objection against the PPID.
    duty = "decide_objection" if case.kind == Kind.OBJECTION else "approve_answer"
    require(actor, duty, case)
    require_status(case, [Status.IN_APPROVAL], Status.IN_PROGRESS)
    message = write(case, Message.Kind.REMARK, remarks, author=actor, at=at)
    finish(
        case,
        EventCode.ANSWER_RETURNED,
        actor=actor,
        at=at,
        status=Status.IN_PROGRESS,
        data={"message": message.pk},
        notices=[(Notice.Code.ASSIGNED, case.assignee)] if case.assignee else [],
    )


@transaction.atomic
def approve(
    case: Case, *, actor: User, version: int | None = None, at: datetime | None = None
) -> None:
    """Approve the draft and send it. Nothing leaves without a second pair of eyes."""
    lock(case, version)
    _require_plain_answer(case)
    require(actor, "approve_answer", case)
    require_flow(case, Status.ANSWERED)
    draft = case.answer_draft
    if draft.outcome not in ANSWER_OUTCOMES[case.kind]:
        raise CaseError(
            "Jenis kasus berubah setelah konsep disusun. Kembalikan konsep untuk disesuaikan."
        )
    if _had_a_hand_in(case, actor):
        raise NotAllowed("Anda ikut menyusun jawaban ini. Orang lain yang harus menyetujuinya.")
    if has_conflict(case, draft.author):
        raise NotAllowed("Penyusun konsep dilaporkan dalam kasus ini. Kembalikan konsepnya.")
    at = at or timezone.now()
    until = step_due(case.kind, Step.ANSWER_BACK, today(at))
    message = write(case, Message.Kind.ANSWER, draft.body, author=actor, at=at)
    case.attachments.filter(uploader__isnull=False, is_internal=False, message=None).update(
        message=message
    )
    finish_answer(
        case,
        message,
        actor=actor,
        at=at,
        outcome=draft.outcome,
        author=draft.author_id,
        reply_until=until.due if until else None,
    )
    count_uses(items_named(message.body, at=at), at=at)
    draft.delete()


def _had_a_hand_in(case: Case, actor: User) -> bool:
    """Whether this person wrote, handed in or enclosed anything of the answer in the making."""
    sent = case.events.filter(code=EventCode.ANSWERED).aggregate(last=Max("seq"))["last"] or 0
    written = case.events.filter(
        seq__gt=sent,
        actor=actor,
        code__in=[EventCode.ANSWER_DRAFTED, EventCode.ANSWER_SUBMITTED],
    )
    enclosed = case.attachments.filter(uploader=actor, is_internal=False, message=None)
    return written.exists() or enclosed.exists()


@transaction.atomic
def extend(
    case: Case, *, actor: User, reason: str, version: int | None = None, at: datetime | None = None
) -> None:
    """Extend the time for an information request, once, with written reasons (UU 14/2008 Ps
    22(8)).
    """
    lock(case, version)
    require(actor, "extend_case", case)
    if case.kind != Kind.INFORMATION_REQUEST:
        raise CaseError("Hanya permohonan informasi yang dapat diperpanjang.")
    # A case that became another kind and came back keeps its one extension.
    if case.is_extended or case.events.filter(code=EventCode.EXTENDED).exists():
        raise CaseError(
            "Waktu permohonan ini sudah pernah diperpanjang; undang-undang hanya mengizinkan "
            "satu kali."
        )
    if case.events.filter(code=EventCode.ORDERED).exists():
        raise CaseError("Waktunya ditetapkan Atasan PPID dan tidak dapat diperpanjang.")
    require_status(
        case,
        [Status.VERIFIED, Status.ASSIGNED, Status.IN_PROGRESS, Status.IN_APPROVAL],
        Status.ANSWERED,
    )
    started = case.clock_started_on
    rule = rule_for(case.kind, Step.EXTENSION, Unit.WORKING, started)
    answer = rule_for(case.kind, Step.ANSWER, Unit.WORKING, started)
    if rule is None or answer is None:
        raise CaseError("Aturan perpanjangan belum diisi.")
    if case.due_on and today(at) > case.due_on:
        raise CaseError("Tenggat sudah lewat, jadi waktunya tidak bisa diperpanjang lagi.")
    # Both stretches are counted from the same day: 10 + 7 working days are at most 17.
    computation = compute(rule, started, more_days=answer.days)
    if not reason.strip():
        raise CaseError("Tuliskan alasan perpanjangan; undang-undang memintanya.")
    at = at or timezone.now()
    before = case.due_on
    letter, message = send_letter(
        case,
        LetterTemplate.Code.EXTENSION,
        signer=actor,
        signer_title="PPID" if actor.may("sign_decision") else "a.n. PPID, Kepala Seksi",
        at=at,
        kind=Message.Kind.INFORMATION,
        values={
            "alasan": reason,
            "tenggat_lama": lambda: day(before),
            "tenggat_baru": lambda: day(computation.due),
            "lama": lambda: f"{rule.days} {rule.get_unit_display()}",
            "dasar": rule.law,
        },
    )
    finish(
        case,
        EventCode.EXTENDED,
        actor=actor,
        at=at,
        data={
            "message": message.pk,
            "due_from": case.due_on.isoformat() if case.due_on else None,
            "due_to": computation.due.isoformat() if computation.due else None,
            **letter_data(letter),
        },
        notices=[(Notice.Code.PUBLIC_STEP, None)],
        is_extended=True,
        due_working_on=computation.due,
        due_on=computation.due,
        due_basis=[*case.due_basis, computation.as_json()],
    )
