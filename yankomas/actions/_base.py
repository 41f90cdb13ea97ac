"""What every verb does the same way: lock, guard, change, one event row, all in one transaction."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from office.models import User

from ..models import Counter, EventCode, QueueRules, Shift, Visit, VisitEvent
from ..workflow import FINAL, FLOW, MovedOn, NotAllowed, Status


def lock_rules() -> QueueRules:
    """The room's one lock: calls, counters and the closing of the day come one after the other."""
    rules, _is_new = QueueRules.objects.select_for_update().get_or_create(pk=1)
    return rules


def lock(visit: Visit, version: int | None = None) -> None:
    """Re-read the visit under a row lock; raises MovedOn if it moved on since `version`."""
    visit.refresh_from_db(from_queryset=Visit.objects.select_for_update(of=("self",)))
    if version is not None and version != visit.version:
        raise MovedOn(what_happened(visit))


def lock_shift(shift: Shift) -> None:
    """Raises MovedOn when the counter has been closed since."""
    shift.refresh_from_db(from_queryset=Shift.objects.select_for_update(of=("self",)))
    if shift.closed_at:
        moment = timezone.localtime(shift.closed_at)
        raise MovedOn(
            _("%(counter)s sudah ditutup pukul %(time)s. Buka loket lagi untuk melanjutkan.")
            % {"counter": shift.counter, "time": f"{moment:%H.%M}"}
        )


def require(actor: User) -> None:
    if not actor.may("serve_visit"):
        raise NotAllowed


def require_flow(visit: Visit, target: Status) -> None:
    if target not in FLOW[visit.status]:
        raise MovedOn(what_happened(visit))


def require_status(visit: Visit, status: Status) -> None:
    """For a button that belongs to one status only."""
    if visit.status != status:
        raise MovedOn(what_happened(visit))


def what_happened(visit: Visit) -> str:
    """The last step in words, for somebody whose page shows an older state."""
    last = visit.events.select_related("actor", "counter").latest("seq")
    place = f", {last.counter}" if last.counter else ""
    who = f" ({last.actor})" if last.actor else ""
    return _("%(number)s: %(step)s pukul %(time)s%(place)s%(who)s.") % {
        "number": visit,
        "step": EventCode(last.code).label.lower(),
        "time": f"{timezone.localtime(last.at):%H.%M}",
        "place": place,
        "who": who,
    }


def change(
    visit: Visit,
    code: EventCode,
    *,
    actor: User | None,
    at: datetime,
    where: Counter | None = None,
    data: dict[str, Any] | None = None,
    status: Status | None = None,
    **changes: Any,
) -> VisitEvent:
    """Write the change and exactly one event. The caller holds the lock."""
    data = dict(data or {})
    if status is not None and status != visit.status:
        data |= {"from": str(visit.status), "to": str(status)}
        changes["status"] = status
        if status in FINAL:
            changes["ended_at"] = at
    changes |= {"version": visit.version + 1, "events_count": visit.events_count + 1}
    for name, value in changes.items():
        setattr(visit, name, value)
    visit.save(update_fields=list(changes))
    event = VisitEvent(
        visit=visit,
        seq=visit.events_count,
        code=code,
        at=at,
        actor=actor,
        counter=where,
        data=data,
    )
    event.save(force_insert=True)
    return event
