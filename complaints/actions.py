"""What makes a complaint: lodged by a citizen, or adopted from another kind by the PPID desk."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction

from cases import actions
from cases.models import Case
from cases.workflow import Kind
from office.models import User

from .models import Complaint


@transaction.atomic(savepoint=False)
def lodge(
    *,
    happened_on: date | None = None,
    place: str = "",
    about_whom: str = "",
    loss: str = "",
    requested_remedy: str = "",
    beside: Iterable[Callable[[Case], Any]] = (),
    **case: Any,
) -> Case:
    """Receive a complaint: the case and its detail in one transaction. `case`: see
    cases.actions.register.
    """

    def add_detail(received: Case) -> None:
        Complaint(
            case=received,
            happened_on=happened_on,
            place=place,
            about_whom=about_whom,
            loss=loss,
            requested_remedy=requested_remedy,
        ).save(force_insert=True)

    return actions.register(kind=Kind.COMPLAINT, beside=[*beside, add_detail], **case)


def adopt(
    case: Case, *, actor: User, version: int | None = None, at: datetime | None = None
) -> None:
    """Turn a case of another kind into a complaint, keeping number, time of receipt and history."""
    actions.reclassify(
        case,
        actor=actor,
        kind=Kind.COMPLAINT,
        detail=lambda adopted: Complaint.objects.create(case=adopted),
        version=version,
        at=at,
    )
