"""What the verbs about breaches and batches do the same way: guard, change, one line of the log."""

from datetime import datetime
from typing import Any

from django.db import models
from django.utils import timezone

from cases.workflow import NotAllowed
from office.models import User

from ..models import Breach, DisposalBatch, ProtectionEvent
from ..workflow import EventCode


def require(actor: User, duty: str) -> None:
    if not actor.may(duty):
        raise NotAllowed


def lock(row: models.Model) -> None:
    """Re-read the row under its lock."""
    manager = type(row)._default_manager
    row.refresh_from_db(from_queryset=manager.select_for_update(of=("self",)))


def log(
    about: Breach | DisposalBatch,
    code: EventCode,
    *,
    actor: User | None,
    at: datetime | None,
    data: dict[str, Any] | None = None,
) -> None:
    """The one line of a verb."""
    ProtectionEvent.objects.create(
        breach=about if isinstance(about, Breach) else None,
        batch=about if isinstance(about, DisposalBatch) else None,
        code=code,
        actor=actor,
        at=at or timezone.now(),
        data=data or {},
    )
