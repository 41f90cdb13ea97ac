"""Changes of the calendar as the office makes them, and what they propose."""

from datetime import date
from typing import Any

from cases.actions.due_changes import Decided, decide
from cases.models import Case, DueChange, DueProposal
from office.calendar import days_changed
from office.models import Holiday, User
from tests.factories import codes, notices

LOCAL, JOINT_LEAVE = Holiday.Category.LOCAL, Holiday.Category.JOINT_LEAVE


def close_on(*days: str, category: str = LOCAL, name: str = "Pilkada") -> None:
    for day in days:
        Holiday.objects.create(date=date.fromisoformat(day), name=name, category=category)
    days_changed()


def open_on(*days: str) -> None:
    Holiday.objects.filter(date__in=days).delete()
    days_changed()


def without_joint_leave(year: int) -> None:
    """The year's decree is revised: its joint leave is work, all but one day on a weekend."""
    Holiday.objects.filter(date__year=year, category=JOINT_LEAVE).delete()
    saturday = next(day for n in range(1, 8) if (day := date(year, 1, n)).weekday() == 5)
    Holiday.objects.create(date=saturday, name="Cuti bersama", category=JOINT_LEAVE)


def waiting() -> dict[str, tuple[str, str]]:
    """What waits, as reference: (old, new) of the working-day date."""
    rows = DueChange.objects.filter(state="menunggu").select_related("case")
    return {row.case.reference: (f"{row.due_from}", f"{row.due_to}") for row in rows}


def the_proposal() -> DueProposal:
    return DueProposal.objects.get(state="terbuka")


def accept(actor: User, **more: Any) -> Decided:
    return decide(the_proposal(), actor=actor, is_accepted=True, **more)


def decline(actor: User, **more: Any) -> Decided:
    return decide(the_proposal(), actor=actor, is_accepted=False, **more)


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def state_of(case: Case) -> tuple[Any, ...]:
    """Everything the case's own row holds, its history and what was owed about it."""
    return Case.objects.filter(pk=case.pk).values().get(), codes(case), notices(case)
