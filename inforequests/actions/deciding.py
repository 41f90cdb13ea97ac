"""The written notice on a request: drafted by an officer, checked by the section head, signed by
the PPID, who alone lets it leave.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from cases.actions.base import (
    finish,
    finish_answer,
    has_conflict,
    lock,
    require,
    require_flow,
    require_status,
    require_worker,
)
from cases.actions.corresponding import letter_data, send_letter
from cases.deadlines import Step, step_due
from cases.models import Case, LetterTemplate
from cases.models.event import EventCode
from cases.workflow import CaseError, Kind, NotAllowed, Outcome, Status
from infocontent.models import Exclusion
from office.calendar import today
from office.models import User

from .. import wording
from ..models import Decision
from ..requirements import SAYS, missing

SIGNER_TITLE = "Pejabat Pengelola Informasi dan Dokumentasi (PPID)"


class DecisionIncomplete(CaseError):
    """Something that the law wants said is blank; `items` are keys of requirements.SAYS."""

    def __init__(self, items: list[str]) -> None:
        self.items = items
        super().__init__(" ".join(str(SAYS[item]) for item in items))


@transaction.atomic
def draft_decision(
    case: Case,
    *,
    actor: User,
    version: int | None = None,
    at: datetime | None = None,
    **items: Any,
) -> Decision:
    """Keep the decision in the making, complete or not; `items` are columns of Decision."""
    lock(case, version)
    _require_request(case)
    require_worker(actor, case)
    require_status(case, [Status.IN_PROGRESS], Status.IN_APPROVAL)
    decision = _keep(case, actor, items, at)
    finish(
        case,
        EventCode.ANSWER_DRAFTED,
        actor=actor,
        at=at,
        data={"decision": decision.pk, "outcome": decision.outcome},
    )
    return decision


@transaction.atomic
def submit_decision(
    case: Case,
    *,
    actor: User,
    version: int | None = None,
    at: datetime | None = None,
    **items: Any,
) -> Decision:
    """Hand a complete decision to the section head. Raises DecisionIncomplete."""
    lock(case, version)
    _require_request(case)
    require_worker(actor, case)
    require_flow(case, Status.IN_APPROVAL)
    decision = _keep(case, actor, items, at)
    _require_complete(case, decision)
    finish(
        case,
        EventCode.ANSWER_SUBMITTED,
        actor=actor,
        at=at,
        status=Status.IN_APPROVAL,
        data={"decision": decision.pk, "outcome": decision.outcome},
    )
    return decision


@transaction.atomic
def check_decision(
    case: Case, *, actor: User, version: int | None = None, at: datetime | None = None
) -> None:
    """The section head finds the decision right; it goes on to the PPID."""
    lock(case, version)
    _require_request(case)
    require(actor, "check_decision", case)
    require_status(case, [Status.IN_APPROVAL], Status.ANSWERED)
    decision = in_the_making(case)
    if decision.checked_by_id:
        raise CaseError("Keputusan ini sudah diperiksa dan menunggu tanda tangan PPID.")
    if decision.author_id == actor.pk or enclosed(case, actor):
        raise NotAllowed("Anda ikut menyusun keputusan ini. Orang lain yang harus memeriksanya.")
    decision.checked_by, decision.checked_at = actor, at or timezone.now()
    decision.save(update_fields=["checked_by", "checked_at"])
    finish(case, EventCode.ANSWER_CHECKED, actor=actor, at=at, data={"decision": decision.pk})


@transaction.atomic
def sign_decision(
    case: Case, *, actor: User, version: int | None = None, at: datetime | None = None
) -> None:
    """The PPID signs: the numbered letter leaves, with the documents that were added to the case.

    Raises DecisionIncomplete when something has become blank or its exclusion has run out.
    """
    lock(case, version)
    _require_request(case)
    require(actor, "sign_decision", case)
    require_status(case, [Status.IN_APPROVAL], Status.ANSWERED)
    at = at or timezone.now()
    decision = in_the_making(case)
    if decision.checked_by_id is None:
        raise CaseError("Keputusan ini belum diperiksa kepala seksi.")
    if actor.pk in (decision.author_id, decision.checked_by_id) or enclosed(case, actor):
        raise NotAllowed(
            "Anda ikut menyusun atau memeriksa keputusan ini. PPID lain yang menandatangani."
        )
    if has_conflict(case, decision.author):
        raise NotAllowed("Penyusun konsep dilaporkan dalam kasus ini. Kembalikan konsepnya.")
    _require_complete(case, decision)
    if decision.keeps_back and not _in_force(decision, at):
        raise CaseError(
            "Pengecualian yang ditunjuk tidak berlaku hari ini. Kembalikan konsep untuk "
            "disesuaikan."
        )
    until = step_due(case.kind, Step.ANSWER_BACK, today(at))
    documents = list(outgoing(case).values_list("pk", flat=True))
    letter, message = send_letter(
        case,
        LetterTemplate.Code.REFUSAL
        if decision.outcome == Outcome.REFUSED
        else LetterTemplate.Code.NOTICE,
        signer=actor,
        signer_title=SIGNER_TITLE,
        at=at,
        values=wording.values(decision, at),
        lines={"butir": lambda: wording.items(decision)},
    )
    case.attachments.filter(pk__in=documents).update(message=message)
    decision.signed_by, decision.signed_at, decision.letter = actor, at, letter
    decision.save(update_fields=["signed_by", "signed_at", "letter"])
    finish_answer(
        case,
        message,
        actor=actor,
        at=at,
        outcome=decision.outcome,
        author=decision.author_id,
        reply_until=until.due if until else None,
        decision=decision.pk,
        files=len(documents),
        **letter_data(letter),
    )


def in_the_making(case: Case) -> Decision:
    """The case's unsigned decision. Raises CaseError where there is none."""
    found = case.decisions.in_the_making().select_related("exclusion", "information").first()
    if found is None:
        raise CaseError("Konsep keputusannya tidak ada lagi. Kembalikan kepada penyusun.")
    return found


def _keep(case: Case, actor: User, items: dict[str, Any], at: datetime | None) -> Decision:
    decision = case.decisions.in_the_making().first() or Decision(case=case)
    for name, value in items.items():
        setattr(decision, name, value)
    decision.author, decision.updated_at = actor, at or timezone.now()
    # Whoever checked it saw other words.
    decision.checked_by = decision.checked_at = None
    decision.save()
    return decision


def _require_request(case: Case) -> None:
    if case.kind != Kind.INFORMATION_REQUEST:
        raise CaseError("Keputusan ini hanya untuk permohonan informasi.")


def _require_complete(case: Case, decision: Decision) -> None:
    if blank := missing(decision, files=outgoing(case).count()):
        raise DecisionIncomplete(blank)


def outgoing(case: Case) -> Any:
    """The documents that leave with the next letter."""
    return case.attachments.filter(uploader__isnull=False, is_internal=False, message=None)


def enclosed(case: Case, actor: User) -> bool:
    """Whether this person added one of them."""
    return outgoing(case).filter(uploader=actor).exists()


def _in_force(decision: Decision, at: datetime) -> bool:
    exclusion = decision.exclusion
    in_force = Exclusion.objects.in_force(today(at))
    return exclusion is not None and in_force.filter(pk=exclusion.pk).exists()
