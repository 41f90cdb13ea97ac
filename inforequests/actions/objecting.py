"""An objection (keberatan, UU 14/2008 Ps 35-36): lodged, answered by the Atasan PPID, and where it
holds, the request that comes back to work.
"""

from collections.abc import Callable, Iterable
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases import actions
from cases.actions import Identity
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
from cases.deadlines import Computation, Step, Unit, step_due
from cases.models import Case, Letter, LetterTemplate, Notice
from cases.models.event import EventCode
from cases.workflow import ORDERED_BACK, CaseError, Kind, NotAllowed, Outcome, Status
from office.calendar import today
from office.models import User

from .. import grounds as law
from .. import wording
from ..models import Ground, Objection, ObjectionAnswer
from ..requirements import ANSWER_SAYS, missing_in_answer
from .deciding import enclosed, outgoing

SIGNER_TITLE = "Atasan PPID"


class AnswerIncomplete(CaseError):
    """Something that the law wants said is blank; `items` are keys of requirements.ANSWER_SAYS."""

    def __init__(self, items: list[str]) -> None:
        self.items = items
        super().__init__(" ".join(str(ANSWER_SAYS[item]) for item in items))


@transaction.atomic
def lodge_objection(
    *,
    request: Case | None,
    grounds: Iterable[str],
    narrative: str,
    purpose: str,
    periodic_information: str = "",
    found_on: date | None = None,
    identity: Identity | None = None,
    by_proxy: bool = False,
    actor: User | None = None,
    at: datetime | None = None,
    beside: Iterable[Callable[[Case], Any]] = (),
    **case: Any,
) -> Case:
    """Receive an objection. Its applicant is the request's; without a request, which only ground b
    allows, `identity` names one. `case`: see cases.actions.register.

    `found_on` counts only when the office's own 30 working days have run out. Raises FiledTooLate,
    NoGroundYet or CaseError.
    """
    at = at or timezone.now()
    ticked = law.letters(grounds)
    term = law.Term(None, None)
    if request is None:
        if ticked != Ground.PERIODIC or not periodic_information.strip():
            raise CaseError(
                _("Tanpa nomor permohonan, keberatan hanya tentang informasi berkala (huruf b).")
            )
        case.setdefault("subject", periodic_information[:150])
    else:
        # The lock makes two objections to one request meet here; the second finds the first.
        lock(request)
        law.require_objectable(request)
        term = law.term(request, ticked, today(at), found_on=found_on)
        identity = _same_applicant(request)
        by_proxy = request.detail.by_proxy
        case |= {"subject": request.subject, "topic": request.topic, "privacy": request.privacy}

    def add_detail(received: Case) -> None:
        Objection(
            case=received,
            request=request,
            grounds=ticked,
            purpose=purpose,
            periodic_information=periodic_information,
            by_proxy=by_proxy,
            found_on=term.found_on,
            file_until=term.until,
        ).save(force_insert=True)

    objection = actions.register(
        kind=Kind.OBJECTION,
        narrative=narrative,
        identity=identity,
        actor=actor,
        at=at,
        beside=[*beside, add_detail],
        **case,
    )
    if request is not None:
        finish(
            request,
            EventCode.OBJECTED,
            actor=actor,
            at=at,
            data={
                **(case.get("event_data") or {}),
                "objection": objection.reference,
                "grounds": ticked,
            },
        )
    return objection


def _same_applicant(request: Case) -> Identity | None:
    """UU 14/2008 Ps 35(1): who asked is who objects."""
    known = request.identity
    if known is None:
        return None
    return Identity(**{column.name: getattr(known, column.name) for column in fields(Identity)})


@transaction.atomic
def draft_answer(
    case: Case,
    *,
    actor: User,
    version: int | None = None,
    at: datetime | None = None,
    **items: Any,
) -> ObjectionAnswer:
    """Keep the answer in the making, complete or not; `items` are columns of ObjectionAnswer."""
    lock(case, version)
    _require_objection(case)
    require_worker(actor, case)
    require_status(case, [Status.IN_PROGRESS], Status.IN_APPROVAL)
    answer = _keep(case, actor, items, at)
    finish(
        case,
        EventCode.ANSWER_DRAFTED,
        actor=actor,
        at=at,
        data={"answer": answer.pk, "outcome": answer.outcome},
    )
    return answer


@transaction.atomic
def submit_answer(
    case: Case,
    *,
    actor: User,
    version: int | None = None,
    at: datetime | None = None,
    **items: Any,
) -> ObjectionAnswer:
    """Lay a complete answer before the Atasan PPID. Raises AnswerIncomplete."""
    lock(case, version)
    _require_objection(case)
    require_worker(actor, case)
    require_flow(case, Status.IN_APPROVAL)
    answer = _keep(case, actor, items, at)
    _require_complete(answer, today(at))
    finish(
        case,
        EventCode.ANSWER_SUBMITTED,
        actor=actor,
        at=at,
        status=Status.IN_APPROVAL,
        data={"answer": answer.pk, "outcome": answer.outcome},
    )
    return answer


@transaction.atomic
def decide_objection(
    case: Case, *, actor: User, version: int | None = None, at: datetime | None = None
) -> None:
    """The Atasan PPID signs: the numbered letter leaves. An objection that holds brings its request
    back to work until the day the order names.
    """
    _require_objection(case)
    request = case.detail.request
    # Both rows in the order of their keys, like mark_duplicate: the request came first.
    if request is not None:
        lock(request)
    lock(case, version)
    require(actor, "decide_objection", case)
    require_status(case, [Status.IN_APPROVAL], Status.ANSWERED)
    at = at or timezone.now()
    answer = answer_in_the_making(case)
    _require_impartial(case, answer, actor)
    _require_complete(answer, today(at))
    windows = [step_due(case.kind, step, today(at)) for step in (Step.ANSWER_BACK, Step.DISPUTE)]
    dispute_until = windows[-1].due if windows[-1] else None
    ends = [window.due if window else None for window in windows]
    # Silence closes nothing while the Komisi Informasi can still be asked.
    reply_until = None if None in ends else max(day for day in ends if day)
    documents = list(outgoing(case).values_list("pk", flat=True))
    letter, message = send_letter(
        case,
        LetterTemplate.Code.OBJECTION_ANSWER,
        signer=actor,
        signer_title=SIGNER_TITLE,
        at=at,
        values=wording.answer_values(case.detail, answer, at),
        lines=wording.answer_lines(case.detail, answer),
    )
    case.attachments.filter(pk__in=documents).update(message=message)
    answer.signed_by, answer.signed_at, answer.letter = actor, at, letter
    answer.decision_signer = _latest_signer(request)
    answer.save(update_fields=["signed_by", "signed_at", "letter", "decision_signer"])
    finish_answer(
        case,
        message,
        actor=actor,
        at=at,
        outcome=answer.outcome,
        author=answer.author_id,
        reply_until=reply_until,
        answer=answer.pk,
        files=len(documents),
        dispute_until=dispute_until.isoformat() if dispute_until else None,
        **letter_data(letter),
    )
    if request is not None and answer.outcome != Outcome.REFUSED and answer.order_until:
        _order(request, case, letter, answer.order_until, actor=actor, at=at)


def _order(
    request: Case,
    objection: Case,
    letter: Letter,
    until: date,
    *,
    actor: User,
    at: datetime,
) -> None:
    """Bring the request back to work, so that a new decision follows; one that is still being
    worked on only learns of the order.
    """
    data = {
        "objection": objection.reference,
        "letter": letter.number,
        "until": until.isoformat(),
    }
    if request.status not in ORDERED_BACK:
        finish(request, EventCode.ORDERED, actor=actor, at=at, data=data)
        return
    # A day that a person has set, shown like a computed one; no calendar moves it.
    set_by_order = Computation(
        step=Step.ANSWER,
        unit=Unit.CALENDAR,
        days=(until - today(at)).days,
        law=f"Perintah Atasan PPID nomor {letter.number}",
        start=today(at),
        due=until,
    )
    finish(
        request,
        EventCode.ORDERED,
        actor=actor,
        at=at,
        status=Status.IN_PROGRESS,
        data={**data, "outcome_from": request.outcome},
        notices=[(Notice.Code.PUBLIC_STEP, None)]
        + ([(Notice.Code.ASSIGNED, request.assignee)] if request.assignee else []),
        # A request put aside before it had a section is worked on where the objection was.
        section=request.section or objection.section,
        outcome="",
        closing_reason="",
        forwarded_to="",
        answered_at=None,
        reply_until=None,
        due_working_on=until,
        due_calendar_on=until,
        due_on=until,
        due_basis=[set_by_order.as_json()],
    )


def answer_in_the_making(case: Case) -> ObjectionAnswer:
    """The case's unsigned answer. Raises CaseError where there is none."""
    found = case.objection_answers.filter(signed_at=None).first()
    if found is None:
        raise CaseError("Konsep tanggapannya tidak ada lagi. Kembalikan kepada penyusun.")
    return found


def decision_signers(case: Case) -> set[int]:
    """Everybody who signed a decision on the request: none of them may decide the objection."""
    request = case.detail.request
    if request is None:
        return set()
    return set(request.decisions.signed().values_list("signed_by_id", flat=True))


def _latest_signer(request: Case | None) -> User | None:
    latest = request.decisions.signed().last() if request else None
    return latest.signed_by if latest else None


def _require_impartial(case: Case, answer: ObjectionAnswer, actor: User) -> None:
    request = case.detail.request
    if actor.pk in decision_signers(case):
        raise NotAllowed(
            "Anda menandatangani keputusan yang dikeberatkan. Atasan PPID lain yang memutus."
        )
    if answer.author_id == actor.pk or enclosed(case, actor):
        raise NotAllowed("Anda ikut menyusun tanggapan ini. Atasan PPID lain yang memutus.")
    if request is not None and has_conflict(request, actor):
        raise NotAllowed("Anda dilaporkan dalam permohonannya. Atasan PPID lain yang memutus.")
    if any(has_conflict(about, answer.author) for about in (case, request) if about is not None):
        raise NotAllowed("Penyusun konsep dilaporkan dalam kasus ini. Kembalikan konsepnya.")


def _keep(case: Case, actor: User, items: dict[str, Any], at: datetime | None) -> ObjectionAnswer:
    answer = case.objection_answers.filter(signed_at=None).first() or ObjectionAnswer(case=case)
    for name, value in items.items():
        setattr(answer, name, value)
    answer.author, answer.updated_at = actor, at or timezone.now()
    answer.decision_signer = _latest_signer(case.detail.request)
    answer.save()
    return answer


def _require_objection(case: Case) -> None:
    if case.kind != Kind.OBJECTION:
        raise CaseError("Tanggapan ini hanya untuk keberatan.")


def _require_complete(answer: ObjectionAnswer, on: date) -> None:
    if blank := missing_in_answer(answer):
        raise AnswerIncomplete(blank)
    if answer.outcome != Outcome.REFUSED and answer.order_until and answer.order_until < on:
        raise CaseError("Batas pelaksanaan perintah sudah lewat. Tentukan hari yang akan datang.")
