"""What every verb does the same way: guard, lock, change, exactly one event, one transaction."""

from datetime import date, datetime
from typing import Any

from django.db import models

from cases.workflow import NotAllowed
from office.calendar import today
from office.models import User

from ..models import ChannelEvent, Comment, Contact
from ..refusals import MovedOn
from ..vocabulary import EventCode


def require(actor: User) -> None:
    if not actor.may("enter_tally"):
        raise NotAllowed


def lock(row: Contact | Comment, version: int | None) -> None:
    """Re-read the row under its lock; raises MovedOn if it moved on since `version`."""
    manager: models.Manager[Any] = type(row)._default_manager
    row.refresh_from_db(from_queryset=manager.select_for_update(of=("self",)))
    if version is not None and version != row.version:
        raise MovedOn(row.events.select_related("actor").order_by("-pk").first())


def finish(
    row: Contact | Comment,
    code: EventCode,
    *,
    actor: User,
    done_at: datetime,
    data: dict[str, Any] | None = None,
    **changes: Any,
) -> None:
    """Write the change and its one event. The caller holds the lock."""
    changes["version"] = row.version + 1
    for name, value in changes.items():
        setattr(row, name, value)
    row.save(update_fields=list(changes))
    ChannelEvent.objects.create(
        contact=row if isinstance(row, Contact) else None,
        comment=row if isinstance(row, Comment) else None,
        version=row.version,
        code=code,
        actor=actor,
        at=done_at,
        data=data or {},
    )


def month_of(at: datetime) -> date:
    """The office's own month of a moment."""
    return today(at).replace(day=1)
