"""The clock speaks: due soon, overdue. Each is said once per due date."""

from datetime import datetime

from django.db import transaction

from office.calendar import today
from office.models import User

from ..deadlines import Recount
from ..models import Case, Notice
from ..models.event import EventCode
from .base import finish, lock


@transaction.atomic
def remind_due_soon(case: Case, *, at: datetime | None = None) -> bool:
    """Tell the officer (or the section's heads) that the due date is near; False if that was said
    before.
    """
    return _remind(case, EventCode.DUE_SOON, Notice.Code.DUE_SOON, at)


@transaction.atomic
def remind_overdue(case: Case, *, at: datetime | None = None) -> bool:
    """Tell the officer and the section's heads that the due date has passed; False if that was
    said before.
    """
    return _remind(case, EventCode.OVERDUE, Notice.Code.OVERDUE, at)


@transaction.atomic
def set_due(case: Case, *, at: datetime | None = None) -> bool:
    """Give a case its dates once the holidays of the year are decreed; False if they are not.

    By the lengths that were in force when the case came, its one extension included.
    """
    lock(case)
    if case.due_working_on or case.closed_at:
        return False
    due = Recount()(case.due_basis)
    if due.working_on is None:
        return False
    finish(
        case,
        EventCode.DUE_SET,
        actor=None,
        at=at,
        data={"due": due.on.isoformat() if due.on else None},
        **due.as_fields(),
    )
    return True


def _remind(case: Case, code: EventCode, notice: Notice.Code, at: datetime | None) -> bool:
    lock(case)
    if case.due_on is None or case.answered_at or case.closed_at:
        return False
    if (code == EventCode.OVERDUE) != (today(at) > case.due_on):
        return False
    said = {"due": case.due_on.isoformat()}
    if case.events.filter(code=code, data=said).exists():
        return False
    finish(
        case,
        code,
        actor=None,
        at=at,
        data=said,
        notices=[(notice, user) for user in _responsible(case, code)],
    )
    return True


def _responsible(case: Case, code: EventCode) -> list[User]:
    people = [case.assignee] if case.assignee else []
    if case.section and (code == EventCode.OVERDUE or not people):
        people += [head for head in _holders("head_section", case) if head not in people]
    # Nobody has it yet: then the desk that hands cases out is late.
    return people or _holders("verify_case", case)


def _holders(duty: str, case: Case) -> list[User]:
    """Who carries a duty for this case and may see it."""
    holders = User.objects.filter(is_active=True, groups__permissions__codename=duty).distinct()
    if duty == "head_section":
        holders = holders.filter(section=case.section)
    return [user for user in holders if Case.objects.visible_to(user).filter(pk=case.pk).exists()]
