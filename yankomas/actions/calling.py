"""What the officer at a counter does with a visitor."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from infocontent.models import Topic
from office.calendar import today
from office.models import User

from ..models import EventCode, Service, Shift, Visit
from ..queue import next_visit
from ..workflow import (
    AT_COUNTER,
    CHOSEN_OUTCOMES,
    MovedOn,
    NobodyWaits,
    NotAllowed,
    Outcome,
    QueueError,
    Status,
)
from ._base import (
    change,
    lock,
    lock_rules,
    lock_shift,
    require,
    require_flow,
    require_status,
    what_happened,
)


@transaction.atomic
def call_next(shift: Shift, *, actor: User, at: datetime | None = None) -> Visit:
    """Call whoever is next; a visitor who is already at this counter is returned instead, so that
    two clicks are one call. Raises NobodyWaits.
    """
    require(actor)
    rules = lock_rules()
    lock_shift(shift)
    if here := at_counter(shift):
        return here
    at = at or timezone.now()
    services = list(shift.counter.services.all())
    visit = next_visit(services, today(at), rules)
    if visit is None:
        raise NobodyWaits
    lock(visit)
    _call(visit, shift, EventCode.CALLED, actor, at)
    return visit


@transaction.atomic
def call_again(
    visit: Visit,
    shift: Shift,
    *,
    actor: User,
    version: int | None = None,
    at: datetime | None = None,
) -> None:
    """Call the same visitor once more."""
    _begin(visit, shift, actor, version)
    require_status(visit, Status.CALLED)
    _call(visit, shift, EventCode.CALLED_AGAIN, actor, at or timezone.now())


@transaction.atomic
def miss(
    visit: Visit,
    shift: Shift,
    *,
    actor: User,
    version: int | None = None,
    at: datetime | None = None,
) -> None:
    """Nobody came. The first time the number goes to the end of its line, the second time it is
    closed.
    """
    _begin(visit, shift, actor, version)
    at = at or timezone.now()
    require_status(visit, Status.CALLED)
    if visit.has_missed:
        change(
            visit,
            EventCode.NO_SHOW,
            actor=actor,
            at=at,
            where=shift.counter,
            status=Status.NO_SHOW,
            # A case that was opened before stays what came of it.
            outcome=visit.outcome or Outcome.NO_SHOW,
        )
    else:
        change(
            visit,
            EventCode.MISSED,
            actor=actor,
            at=at,
            where=shift.counter,
            status=Status.WAITING,
            queued_at=at,
            has_missed=True,
            **AWAY,
        )


@transaction.atomic
def start(
    visit: Visit,
    shift: Shift,
    *,
    actor: User,
    version: int | None = None,
    at: datetime | None = None,
) -> None:
    """The visitor is here."""
    _begin(visit, shift, actor, version)
    at = at or timezone.now()
    require_status(visit, Status.CALLED)
    change(
        visit,
        EventCode.STARTED,
        actor=actor,
        at=at,
        where=shift.counter,
        status=Status.SERVING,
        started_at=visit.started_at or at,
    )


@transaction.atomic
def hold(
    visit: Visit,
    shift: Shift,
    *,
    actor: User,
    version: int | None = None,
    at: datetime | None = None,
) -> None:
    """Let the visitor step aside (a missing copy, a form to fill in); the counter is free."""
    _begin(visit, shift, actor, version)
    require_flow(visit, Status.ON_HOLD)
    change(
        visit,
        EventCode.HELD,
        actor=actor,
        at=at or timezone.now(),
        where=shift.counter,
        status=Status.ON_HOLD,
    )


@transaction.atomic
def resume(
    visit: Visit,
    shift: Shift,
    *,
    actor: User,
    version: int | None = None,
    at: datetime | None = None,
) -> None:
    """Go on with a visitor on hold, at any counter that is free."""
    require(actor)
    lock_rules()
    lock_shift(shift)
    lock(visit, version)
    require_status(visit, Status.ON_HOLD)
    if here := at_counter(shift):
        raise QueueError(
            _("%(number)s masih di loket ini. Selesaikan atau tahan dulu.") % {"number": here}
        )
    change(
        visit,
        EventCode.RESUMED,
        actor=actor,
        at=at or timezone.now(),
        where=shift.counter,
        data={"counter_before": visit.counter.number if visit.counter else None},
        status=Status.SERVING,
        **_here(shift, actor),
    )


@transaction.atomic
def transfer(
    visit: Visit,
    shift: Shift,
    service: Service,
    *,
    actor: User,
    version: int | None = None,
    at: datetime | None = None,
) -> None:
    """Send the visitor to the line of another service, at the place the arrival gives there."""
    _begin(visit, shift, actor, version)
    if service.pk == visit.service_id or not service.is_active:
        raise QueueError(_("Pilih layanan lain yang masih tersedia."))
    require_flow(visit, Status.WAITING)
    change(
        visit,
        EventCode.TRANSFERRED,
        actor=actor,
        at=at or timezone.now(),
        where=shift.counter,
        data={"service_before": visit.service.code, "service": service.code},
        status=Status.WAITING,
        service=service,
        **AWAY,
    )


@transaction.atomic
def finish(
    visit: Visit,
    shift: Shift,
    *,
    actor: User,
    topic: Topic | None = None,
    outcome: str = Outcome.UNRECORDED,
    referred_to: str = "",
    version: int | None = None,
    at: datetime | None = None,
) -> None:
    """End the visit with a topic and what came of it; an opened case is an outcome by itself."""
    _begin(visit, shift, actor, version)
    require_flow(visit, Status.DONE)
    topic = topic or visit.topic
    if visit.case_id:
        outcome = Outcome.CASE_OPENED
    elif outcome not in CHOSEN_OUTCOMES:
        raise QueueError(_("Pilih hasil kunjungan: dijawab, atau dirujuk."))
    if topic is None:
        raise QueueError(_("Pilih topik kunjungan."))
    if outcome == Outcome.REFERRED and not referred_to.strip():
        raise QueueError(_("Tulis ke mana pengunjung dirujuk."))
    change(
        visit,
        EventCode.FINISHED,
        actor=actor,
        at=at or timezone.now(),
        where=shift.counter,
        data={"outcome": str(outcome), "topic": topic.code},
        status=Status.DONE,
        topic=topic,
        outcome=outcome,
        referred_to=referred_to.strip() if outcome == Outcome.REFERRED else "",
    )


# A visitor back in line belongs to no counter.
AWAY = {"counter": None, "officer": None}


def at_counter(shift: Shift) -> Visit | None:
    """Who is called to this counter or served at it."""
    return Visit.objects.filter(counter=shift.counter, status__in=AT_COUNTER).first()


def _here(shift: Shift, actor: User) -> dict[str, object]:
    return {"counter": shift.counter, "officer": actor}


def _begin(visit: Visit, shift: Shift, actor: User, version: int | None) -> None:
    require(actor)
    lock_shift(shift)
    lock(visit, version)
    if visit.counter_id != shift.counter_id:
        if visit.counter_id is None:
            raise MovedOn(what_happened(visit))
        raise NotAllowed(
            _("%(number)s ada di %(counter)s.") % {"number": visit, "counter": visit.counter}
        )


def _call(visit: Visit, shift: Shift, code: EventCode, actor: User, at: datetime) -> None:
    change(
        visit,
        code,
        actor=actor,
        at=at,
        where=shift.counter,
        data={"call": visit.calls + 1},
        status=Status.CALLED,
        called_at=at,
        calls=visit.calls + 1,
        **_here(shift, actor),
    )
