"""Opening and closing counters, and the end of the day."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from office.calendar import today
from office.hours import closing_time
from office.models import User

from ..models import Counter, EventCode, Shift, Visit
from ..workflow import AT_COUNTER, Outcome, QueueError, Status
from ._base import change, lock, lock_rules, lock_shift, require

# So long after closing time those who still work are left alone.
GRACE = timedelta(minutes=30)


@transaction.atomic
def open_counter(counter: Counter | None, *, actor: User, at: datetime | None = None) -> Shift:
    """Begin to serve at a counter, or at any free one. Raises QueueError when it is taken."""
    require(actor)
    lock_rules()
    taken = Shift.objects.filter(closed_at=None)
    if counter is None:
        free = Counter.objects.filter(is_active=True).exclude(shifts__in=taken)
        counter = free.first()
        if counter is None:
            raise QueueError(_("Semua loket sedang dipakai."))
    elif other := taken.filter(counter=counter).select_related("officer").first():
        raise QueueError(
            _("%(counter)s sedang dipakai %(officer)s sejak %(time)s. Pilih loket lain.")
            % {
                "counter": counter,
                "officer": other.officer,
                "time": f"{timezone.localtime(other.opened_at):%H.%M}",
            }
        )
    return Shift.objects.create(counter=counter, officer=actor, opened_at=at or timezone.now())


@transaction.atomic
def close_counter(shift: Shift, *, actor: User, at: datetime | None = None) -> None:
    """Stop serving. Whoever is at the counter is finished, put on hold or called back first."""
    require(actor)
    lock_rules()
    lock_shift(shift)
    here = Visit.objects.filter(counter=shift.counter, status__in=AT_COUNTER).first()
    if here:
        raise QueueError(
            _("%(number)s masih di loket ini. Selesaikan dulu, lalu tutup loket.")
            % {"number": here}
        )
    shift.closed_at = at or timezone.now()
    shift.save(update_fields=["closed_at"])


@transaction.atomic
def close_left_open(at: datetime | None = None) -> int:
    """Close what was left open after hours, and the visits nobody will serve any more; says how
    many rows it changed. Doing it twice does no harm.

    Who is being served half an hour after closing is left in peace until the day is over.
    """
    at = at or timezone.now()
    lock_rules()
    changed = 0
    for shift in Shift.objects.select_for_update(of=("self",)).filter(closed_at=None):
        if not _is_over(today(shift.opened_at), at):
            continue
        is_past = today(shift.opened_at) < today(at)
        here = Visit.objects.filter(counter=shift.counter, status__in=AT_COUNTER).first()
        if here and here.status == Status.SERVING and not is_past:
            continue
        if here:
            _end(here, at)
            changed += 1
        shift.closed_at, shift.closed_by_clock = at, True
        shift.save(update_fields=["closed_at", "closed_by_clock"])
        changed += 1
    open_now = set(Shift.objects.filter(closed_at=None).values_list("counter__services", flat=True))
    left = Visit.objects.filter(
        day__lte=today(at), status__in=(Status.WAITING, Status.CALLED, Status.ON_HOLD)
    ).exclude(service__in=open_now - {None}, day=today(at))
    for visit in left:
        if _is_over(visit.day, at):
            _end(visit, at)
            changed += 1
    return changed


def _is_over(day: date, at: datetime) -> bool:
    if day < today(at):
        return True
    closes = closing_time(day)
    return closes is None or at >= closes + GRACE


def _end(visit: Visit, at: datetime) -> None:
    lock(visit)
    if visit.status == Status.SERVING:
        # Served, but nobody wrote down what came of it.
        change(
            visit, EventCode.FINISHED, actor=None, at=at, where=visit.counter, status=Status.DONE
        )
    elif visit.status in (Status.WAITING, Status.CALLED, Status.ON_HOLD):
        change(
            visit,
            EventCode.UNSERVED,
            actor=None,
            at=at,
            where=visit.counter,
            status=Status.UNSERVED,
            # A case that was opened before stays what came of it.
            outcome=visit.outcome or Outcome.UNSERVED,
        )
