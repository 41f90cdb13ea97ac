"""The board of the waiting room: who is called where. Asked again and again by every screen, so
what it says is put together at most three times a second, however many ask.
"""

import time
from datetime import datetime, timedelta
from threading import Lock
from typing import Any

from django.db.models import Sum
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from infocontent.models import Announcement
from office.calendar import today
from office.hours import opening

from .models import EventCode, QueueRules, Shift, Visit, VisitEvent
from .workflow import AT_COUNTER, Status

FRESH_SECONDS = 0.33
NEXT = 8
# The most urgent ones; the counters keep their place on the screen.
MOST_ANNOUNCEMENTS = 3
# A call is spoken once; a board that comes back later does not repeat old ones.
SPOKEN_FOR = timedelta(minutes=1)

_lock = Lock()
_kept: dict[str, Any] = {"until": 0.0, "pulse": None, "state": None}


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """The page; without JavaScript it reloads itself."""
    with override("id"):
        return render(request, "yankomas/board.html", {"state": snapshot(), "now": timezone.now()})


@require_safe
def state(request: HttpRequest) -> HttpResponse:
    """The same as data, for the screens that ask every second and a half."""
    return JsonResponse(kept_snapshot())


def kept_snapshot() -> dict[str, Any]:
    """The last snapshot while nothing has happened since; asked of the database three times a
    second at most, and made anew by one thread.
    """
    with _lock:
        if _kept["until"] < time.monotonic():
            pulse = _pulse()
            if pulse != _kept["pulse"]:
                with override("id"):
                    _kept["state"] = snapshot()
                _kept["pulse"] = pulse
            _kept["until"] = time.monotonic() + FRESH_SECONDS
        return _kept["state"]


def _pulse() -> tuple[Any, ...]:
    """Changes with every verb, every counter opened or closed, every announcement that begins or
    ends, and with the minute.
    """
    return (
        # Not the last event: one of two at once may be committed after a later one.
        Visit.objects.on(today()).aggregate(events=Sum("events_count"))["events"],
        tuple(Shift.objects.filter(closed_at=None).values_list("pk", flat=True)),
        # What is out never changes its words: it begins, ends, or is withdrawn.
        tuple(one.pk for one in Announcement.objects.on_show()),
        f"{timezone.localtime():%Y%m%d%H%M}",
    )


def snapshot(at: datetime | None = None) -> dict[str, Any]:
    """Counters with the number they call or serve, the numbers that come next, and the calls to be
    spoken, oldest first.
    """
    now = at or timezone.now()
    day = today(now)
    shifts = Shift.objects.filter(closed_at=None).select_related("counter")
    visits = Visit.objects.on(day).select_related("series", "counter")
    here = {
        visit.counter_id: visit for visit in visits.filter(status__in=AT_COUNTER) if visit.counter
    }
    waiting = visits.filter(status=Status.WAITING).in_line()
    calls = (
        VisitEvent.objects.filter(
            visit__day=day,
            code__in=(EventCode.CALLED, EventCode.CALLED_AGAIN),
            at__gte=now - SPOKEN_FOR,
        )
        .select_related("visit__series", "counter")
        .order_by("pk")
    )
    return {
        "counters": [
            {
                "number": shift.counter.number,
                "ticket": here[shift.counter_id].label if shift.counter_id in here else "",
                "is_calling": shift.counter_id in here
                and here[shift.counter_id].status == Status.CALLED,
            }
            for shift in sorted(shifts, key=lambda shift: shift.counter.number)
        ],
        "next": [visit.label for visit in waiting[:NEXT]],
        "calls": [
            {
                "id": call.pk,
                "ticket": call.visit.label,
                "counter": call.counter.number if call.counter else 0,
            }
            for call in calls
        ],
        "announcements": [
            _told(one) for one in Announcement.objects.on_show(now)[:MOST_ANNOUNCEMENTS]
        ],
        "notice": _notice(now) or QueueRules.objects.current().board_notice,
        "time": f"{timezone.localtime(now):%H.%M}",
    }


def _told(announcement: Announcement) -> dict[str, str]:
    since = timezone.localtime(announcement.starts_at)
    return {
        "tone": announcement.tone,
        "level": announcement.get_level_display(),
        "title": announcement.label,
        "since": _("Sejak %(day)s pukul %(time)s")
        % {"day": date_format(since, "j F"), "time": f"{since:%H.%M}"},
    }


def _notice(now: datetime) -> str:
    state = opening(now)
    if state.is_open:
        return ""
    if state.opens_at is None:
        return _("Loket tutup.")
    opens = timezone.localtime(state.opens_at)
    return _("Loket tutup. Buka lagi %(day)s pukul %(time)s.") % {
        "day": f"{opens:%d-%m-%Y}",
        "time": f"{opens:%H.%M}",
    }
