"""Disposisi: the case goes to a section and an officer, and work begins."""

from datetime import datetime

from django.db import transaction

from office.models import Section, User

from ..models import Case, Message, Notice
from ..models.event import EventCode
from ..workflow import CaseError, Status
from .base import (
    finish,
    has_conflict,
    lock,
    require,
    require_flow,
    require_status,
    require_worker,
    write,
)


@transaction.atomic
def assign(
    case: Case,
    *,
    actor: User,
    section: Section,
    assignee: User | None = None,
    note: str = "",
    version: int | None = None,
    at: datetime | None = None,
) -> None:
    """Hand the case to a section, or to one of its officers (disposisi). Nobody gets a case about
    themselves.
    """
    lock(case, version)
    require(actor, "assign_case", case)
    require_flow(case, Status.ASSIGNED)
    if assignee:
        if assignee.section_id != section.pk or not assignee.may("work_case"):
            raise CaseError(f"{assignee} bukan petugas {section}.")
        if has_conflict(case, assignee):
            raise CaseError(
                f"{assignee} atau bawahannya dilaporkan dalam kasus ini, jadi tidak bisa "
                "menanganinya."
            )
    message = write(case, Message.Kind.NOTE, note, author=actor, at=at) if note else None
    # Who inside the section has the case is no news for the citizen.
    is_news = case.status == Status.VERIFIED or case.section_id != section.pk
    public = [(Notice.Code.PUBLIC_STEP, None)] if is_news else []
    finish(
        case,
        EventCode.ASSIGNED,
        actor=actor,
        at=at,
        status=Status.ASSIGNED,
        data={
            "section_from": case.section.code if case.section else None,
            "section": section.code,
            "assignee_from": case.assignee_id,
            "assignee": assignee.pk if assignee else None,
            "message": message.pk if message else None,
        },
        notices=[*public, *([(Notice.Code.ASSIGNED, assignee)] if assignee else [])],
        section=section,
        assignee=assignee,
    )


@transaction.atomic
def start(
    case: Case, *, actor: User, version: int | None = None, at: datetime | None = None
) -> None:
    """Begin to work on the case; an officer who starts an unheld case of the section becomes its
    holder.
    """
    lock(case, version)
    require_worker(actor, case)
    require_status(case, [Status.ASSIGNED], Status.IN_PROGRESS)
    finish(
        case,
        EventCode.STARTED,
        actor=actor,
        at=at,
        status=Status.IN_PROGRESS,
        data={"assignee": case.assignee_id or actor.pk},
        notices=[(Notice.Code.PUBLIC_STEP, None)],
        assignee_id=case.assignee_id or actor.pk,
    )
