"""What was asked, what was answered, and the case that came of it."""

import secrets
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.models import Case
from cases.workflow import Channel, Privacy
from infocontent.models import Item, Topic
from office.calendar import today
from office.models import User

from ..models import EventCode, Service, Shift, Visit, VisitEvent
from ..workflow import CHOSEN_OUTCOMES, Origin, Outcome, QueueError, Status
from ._base import change, lock, lock_shift, require
from .calling import _begin

# What an officer may write down, during the visit and until the end of its day.
RECORDED = ("visitor_name", "visitor_contact", "topic", "asked", "answered")
NAMES = ("visitor_name", "visitor_contact")
# How far back a paper day may lie.
LOGGED_DAYS = timedelta(days=31)


@transaction.atomic
def record(
    visit: Visit,
    *,
    actor: User,
    shift: Shift | None = None,
    version: int | None = None,
    at: datetime | None = None,
    handed_over: Iterable[Item] | None = None,
    **fields: Any,
) -> None:
    """Keep what was typed, finished or not. Says in the history which fields, never their text.

    `handed_over` is everything the visitor was given; None leaves it as it is. Only what is
    published is given, but what was given stays written down when it is taken back later.

    A `shift` whose verb comes next in the same transaction is locked first, as all verbs do.
    """
    require(actor)
    at = at or timezone.now()
    if shift is not None:
        lock_shift(shift)
    lock(visit, version)
    if visit.officer_id != actor.pk or visit.status not in (
        Status.SERVING,
        Status.ON_HOLD,
        Status.DONE,
    ):
        raise QueueError(_("Isi kunjungan hanya dicatat oleh petugas yang melayaninya."))
    if visit.day != today(at):
        raise QueueError(_("Isi kunjungan hanya dapat diubah pada hari yang sama."))
    if visit.case and visit.case.privacy != Privacy.OPEN:
        # The case hides who asked, so the visit must not know it either.
        fields |= dict.fromkeys(NAMES, "")
    changes = {
        name: fields[name]
        for name in RECORDED
        if name in fields and fields[name] != getattr(visit, name)
    }
    named = set(changes)
    if handed_over is not None and _hand_over(visit, set(handed_over)):
        named.add("handed_over")
    if not named:
        return
    change(
        visit,
        EventCode.RECORDED,
        actor=actor,
        at=at,
        where=visit.counter,
        data={"fields": sorted(named)},
        **changes,
    )


def _hand_over(visit: Visit, items: set[Item]) -> bool:
    """Whether it made a difference."""
    before = set(visit.handed_over.all())
    new = [item.pk for item in items - before]
    if new and Item.objects.published().filter(pk__in=new).count() < len(new):
        raise QueueError(
            _("Salah satu bahan sudah tidak diterbitkan, jadi tidak dapat diserahkan.")
        )
    if items == before:
        return False
    visit.handed_over.set(items)
    return True


@transaction.atomic
def open_case(
    visit: Visit,
    shift: Shift,
    lodge: Callable[..., Case],
    *,
    actor: User,
    version: int | None = None,
    at: datetime | None = None,
    **case: Any,
) -> Case:
    """Make a case of what the visitor says: received when the visitor arrived, by the channel
    Yankomas.

    An oral information request is written down by the officer (UU 14/2008 Ps 22 (3)). `lodge`
    makes the kind that was chosen. A case that hides who asked takes name and contact out of the
    visit too. Raises QueueError when the visit has a case already.
    """
    _begin(visit, shift, actor, version)
    if visit.status != Status.SERVING:
        raise QueueError(_("Mulai layani pengunjung dulu, lalu buka kasus."))
    if visit.case_id:
        raise QueueError(_("Kunjungan ini sudah menjadi kasus %(case)s.") % {"case": visit.case})
    opened = lodge(channel=Channel.COUNTER, actor=actor, at=visit.arrived_at, **case)
    hidden: dict[str, Any] = {}
    if opened.privacy != Privacy.OPEN:
        hidden = dict.fromkeys(NAMES, "")
    change(
        visit,
        EventCode.CASE_OPENED,
        actor=actor,
        at=at or timezone.now(),
        where=shift.counter,
        data={"case": opened.reference},
        case=opened,
        outcome=Outcome.CASE_OPENED,
        topic=opened.topic or visit.topic,
        **hidden,
    )
    return opened


@transaction.atomic
def log_visit(
    *,
    service: Service,
    arrived_at: datetime,
    ended_at: datetime,
    topic: Topic,
    outcome: str,
    actor: User,
    asked: str = "",
    answered: str = "",
    referred_to: str = "",
    visitor_name: str = "",
    visitor_contact: str = "",
    at: datetime | None = None,
) -> Visit:
    """Write down a visit that had no number (a paper day, a power cut), with its real times."""
    require(actor)
    at = at or timezone.now()
    if not arrived_at <= ended_at <= at:
        raise QueueError(_("Waktu selesai harus setelah waktu datang dan tidak di masa depan."))
    if today(arrived_at) != today(ended_at):
        raise QueueError(_("Datang dan selesai harus pada hari yang sama."))
    if at - arrived_at > LOGGED_DAYS:
        raise QueueError(_("Kunjungan paling lama 31 hari yang lalu."))
    if outcome not in CHOSEN_OUTCOMES:
        raise QueueError(_("Pilih hasil kunjungan: dijawab, atau dirujuk."))
    if outcome == Outcome.REFERRED and not referred_to.strip():
        raise QueueError(_("Tulis ke mana pengunjung dirujuk."))
    visit = Visit(
        token=secrets.token_urlsafe(16),
        day=today(arrived_at),
        series=service,
        service=service,
        origin=Origin.LOGGED,
        status=Status.DONE,
        arrived_at=arrived_at,
        queued_at=arrived_at,
        ended_at=ended_at,
        officer=actor,
        topic=topic,
        outcome=outcome,
        referred_to=referred_to.strip() if outcome == Outcome.REFERRED else "",
        asked=asked,
        answered=answered,
        visitor_name=visitor_name,
        visitor_contact=visitor_contact,
        events_count=1,
    )
    visit.save(force_insert=True)
    VisitEvent(
        visit=visit,
        seq=1,
        code=EventCode.LOGGED,
        at=at,
        actor=actor,
        data={"service": service.code, "outcome": str(outcome), "topic": topic.code},
    ).save(force_insert=True)
    return visit
