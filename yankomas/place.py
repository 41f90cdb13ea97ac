"""The visitor's own number: the slip, and the place in the line on the visitor's phone."""

from io import BytesIO

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from office.calendar import today

from .afterwards import AFTER_VISIT
from .models import QueueRules, Visit
from .queue import ahead_of, usual_wait
from .workflow import Status

# Without JavaScript the browser reloads the page after so many seconds.
REFRESH = 20


@require_safe
def my_place(request: HttpRequest, token: str) -> HttpResponse:
    """Where a number stands now. Nothing here says who holds it."""
    visit = _find(token)
    if visit is None:
        return render(request, "yankomas/place_unknown.html", status=404)
    is_today = visit.day == today()
    context: dict[str, object] = {
        "visit": visit,
        "is_today": is_today,
        "refresh": REFRESH if is_today and visit.ended_at is None else 0,
        "now": timezone.now(),
        "invitations": [address for offer in AFTER_VISIT if (address := offer(visit))],
    }
    if is_today and visit.status == Status.WAITING:
        ahead = ahead_of(visit)
        wait = usual_wait(visit.service, ahead)
        rules = QueueRules.objects.current()
        context |= {
            "ahead": ahead,
            "wait": wait,
            "is_long": wait.high >= rules.long_wait_minutes,
        }
    return render(request, "yankomas/place.html", context)


@require_safe
def slip(request: HttpRequest, token: str) -> HttpResponse:
    """What the kiosk shows and prints right after a number was taken."""
    visit = _find(token)
    if visit is None:
        return render(request, "yankomas/place_unknown.html", status=404)
    ahead = ahead_of(visit)
    context = {
        "visit": visit,
        "ahead": ahead,
        "wait": usual_wait(visit.service, ahead),
        "address": _address(visit),
    }
    return render(request, "yankomas/slip.html", context)


@require_safe
def qr(request: HttpRequest, token: str) -> HttpResponse:
    """The address of the place as a picture for the phone's camera."""
    visit = _find(token)
    if visit is None:
        return HttpResponse(status=404)
    picture = BytesIO()
    segno.make_qr(_address(visit), error="m").save(picture, kind="svg", scale=4, border=2)
    return HttpResponse(picture.getvalue(), content_type="image/svg+xml")


def _find(token: str) -> Visit | None:
    visits = Visit.objects.select_related("service", "series", "counter")
    return visits.filter(token=token[:22].replace("\x00", ""), number__isnull=False).first()


def _address(visit: Visit) -> str:
    return settings.SITE_URL + reverse("yankomas:place", args=[visit.token])
