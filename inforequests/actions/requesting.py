"""What makes an information request: lodged by an applicant, or adopted from another kind by the
PPID desk.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from cases import actions
from cases.models import Case
from cases.workflow import Kind
from office.models import User

from ..models import InformationRequest


@transaction.atomic(savepoint=False)
def lodge(
    *,
    purpose: str,
    access: str,
    delivery: str,
    by_proxy: bool = False,
    is_assisted: bool = False,
    beside: Iterable[Callable[[Case], Any]] = (),
    **case: Any,
) -> Case:
    """Receive a request under UU 14/2008. `case`: see cases.actions.register."""

    def add_detail(received: Case) -> None:
        InformationRequest(
            case=received,
            purpose=purpose,
            access=access,
            delivery=delivery,
            by_proxy=by_proxy,
            is_assisted=is_assisted,
        ).save(force_insert=True)

    return actions.register(kind=Kind.INFORMATION_REQUEST, beside=[*beside, add_detail], **case)


def adopt(
    case: Case,
    *,
    actor: User,
    purpose: str,
    access: str = InformationRequest.Access.COPY,
    delivery: str = InformationRequest.Delivery.EMAIL,
    version: int | None = None,
    at: datetime | None = None,
) -> None:
    """Turn a case of another kind into an information request; the 10 working days count from its
    receipt.
    """
    actions.reclassify(
        case,
        actor=actor,
        kind=Kind.INFORMATION_REQUEST,
        detail=lambda adopted: InformationRequest.objects.create(
            case=adopted, purpose=purpose, access=access, delivery=delivery
        ),
        version=version,
        at=at,
    )
