"""A request of a data subject: asked, taken, fulfilled or refused, each within the hours of the
law.

Each verb leaves one line in the case's sealed history, through cases.actions, which also looks
whether this person may settle requests of this very case.
"""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from cases import actions
from cases.models import Case
from cases.workflow import CaseError, NotAllowed
from office.calendar import today
from office.models import User

from ..models import ClockRule, SubjectRequest
from ..retaining import destroyable
from ..workflow import AlreadyAsked, AlreadySettled, RequestKind, RequestStatus
from ._base import lock
from .texts import mark_requests


@transaction.atomic
def ask(case: Case, *, kind: str, detail: str, at: datetime | None = None) -> SubjectRequest:
    """Call upon a right. The caller has checked reference and access code.

    The clock starts at this moment, by day and night (3×24 jam).
    """
    at = at or timezone.now()
    due_at, law = ClockRule.objects.due(ClockRule.Duty.RIGHTS, at)
    try:
        with transaction.atomic():
            request = SubjectRequest.objects.create(
                case=case, kind=kind, detail=detail.strip(), asked_at=at, due_at=due_at, law=law
            )
    except IntegrityError:
        # data_request_once_at_a_time: a double click, or asked again before the answer.
        raise AlreadyAsked from None
    actions.record_data_request(case, kind=kind, request=request.pk, due_at=due_at, at=at)
    return request


@transaction.atomic
def take(request: SubjectRequest, *, actor: User, at: datetime | None = None) -> None:
    """Take the request on, or take it over from a colleague."""
    at = at or timezone.now()
    _open(request, actor)
    if request.handler == actor:
        raise CaseError("Permintaan ini sudah Anda tangani.")
    actions.take_data_request(
        request.case, actor=actor, kind=request.kind, request=request.pk, at=at
    )
    request.status, request.handler = RequestStatus.TAKEN, actor
    request.taken_at = request.taken_at or at
    request.save(update_fields=["status", "handler", "taken_at"])


@transaction.atomic
def fulfil(
    request: SubjectRequest,
    *,
    actor: User,
    answer: str,
    changes: dict[str, str] | None = None,
    at: datetime | None = None,
) -> None:
    """Do what is asked, and say so. A correction changes the identity, an erasure redacts what no
    law wants kept; raises MustBeKept when the law wants all of it.
    """
    at = at or timezone.now()
    _open(request, actor)
    _require_text(answer, "Tuliskan apa yang dilakukan; warga membacanya.")
    case, number, parts = request.case, request.pk, _erasable(request, at)
    if request.kind == RequestKind.CORRECTION and changes:
        actions.correct_identity(case, actor=actor, changes=changes, request=number, at=at)
    elif parts:
        actions.redact(case, actor=actor, parts=parts, request=number, at=at)
    else:
        actions.settle_data_request(
            case, actor=actor, kind=request.kind, request=number, is_granted=True, at=at
        )
    _settle(request, RequestStatus.FULFILLED, actor, answer, at)
    if request.kind == RequestKind.ERASURE:
        # What is told of the erasure itself stays readable.
        mark_requests(case, parts, answered=request)


@transaction.atomic
def refuse(
    request: SubjectRequest,
    *,
    actor: User,
    ground: str,
    answer: str,
    at: datetime | None = None,
) -> None:
    """Refuse with the article of the law and the reason in plain words."""
    at = at or timezone.now()
    _open(request, actor)
    _require_text(ground, "Tuliskan pasal yang menjadi dasar penolakan.")
    _require_text(answer, "Tuliskan alasannya; warga membacanya.")
    actions.settle_data_request(
        request.case, actor=actor, kind=request.kind, request=request.pk, is_granted=False, at=at
    )
    request.ground = ground.strip()[:200]
    _settle(request, RequestStatus.REFUSED, actor, answer, at)


def _erasable(request: SubjectRequest, at: datetime) -> list[str]:
    """What an erasure takes; nothing where all is gone already, or something else is asked."""
    if request.kind != RequestKind.ERASURE:
        return []
    case = Case.objects.select_for_update().get(pk=request.case_id)
    return destroyable(case, today(at))


def _open(request: SubjectRequest, actor: User) -> None:
    """The row under its lock, unsettled, and a person with the duty."""
    lock(request)
    if not actor.may("handle_subject_request"):
        raise NotAllowed
    if not request.is_unsettled:
        raise AlreadySettled


def _settle(
    request: SubjectRequest, status: RequestStatus, actor: User, answer: str, at: datetime
) -> None:
    request.status, request.handler, request.settled_at = status, actor, at
    request.answer = answer.strip()
    request.save(update_fields=["status", "handler", "settled_at", "ground", "answer"])


def _require_text(text: str, reason: str) -> None:
    if len(text.strip()) < 5:
        raise CaseError(reason)
