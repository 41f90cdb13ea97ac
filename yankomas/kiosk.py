"""The kiosk at the entrance: one tap for a number. Works without JavaScript and keeps nothing of
the visitor.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from office import kiosk as office_kiosk
from office import throttle
from office.calendar import today
from office.hours import opening

from .actions import take_number
from .models import QueueRules, Service
from .queue import usual_wait, waiting_by_service
from .workflow import PriorityReason, QueueError

COOKIE = "kios"
# So many numbers one address may take in ten minutes; the kiosk of a full room takes fewer.
NUMBERS = 60


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What the desk is, when it is open, how full it is now."""
    return render(request, "yankomas/about.html", {"lines": _lines(), "opening": opening()})


@require_http_methods(["GET", "HEAD", "POST"])
def take(request: HttpRequest) -> HttpResponse:
    """Choose a service and get a number; a reason puts it into the priority lane."""
    if request.method != "POST":
        return _choices(request)
    if not _may_take(request):
        return _choices(request, error=_("Nomor hanya dapat diambil di kios kantor."), status=403)
    reason = request.POST.get("prioritas", "")
    service = Service.objects.active().filter(code=request.POST.get("layanan", "")[:30]).first()
    if service is None or reason not in PriorityReason.values:
        return _choices(request, error=_("Pilih salah satu layanan di bawah ini."), status=400)
    try:
        throttle.hit("nomor", throttle.client_address(request), limit=NUMBERS, minutes=10)
        visit = take_number(service, reason=reason, language=get_language() or "id")
    except throttle.TooOften:
        busy = _("Terlalu banyak nomor diambil dari sini. Minta nomor kepada petugas.")
        return _choices(request, error=busy, status=429)
    except QueueError as refusal:
        return _choices(request, error=str(refusal), status=409)
    return redirect("yankomas:slip", visit.token)


@require_safe
def priority(request: HttpRequest) -> HttpResponse:
    """Why somebody goes first; then the services again."""
    reasons = [reason for reason in PriorityReason if reason]
    return render(request, "yankomas/priority.html", {"reasons": reasons, "opening": opening()})


@require_http_methods(["GET", "HEAD", "POST"])
def install(request: HttpRequest) -> HttpResponse:
    """Make this browser the kiosk: done once by a member of staff who is logged in."""
    return office_kiosk.install(
        request,
        cookie=COOKIE,
        duty="serve_visit",
        template="yankomas/install.html",
        kiosk="yankomas:kiosk",
    )


def _may_take(request: HttpRequest) -> bool:
    if not QueueRules.objects.current().kiosk_only:
        return True
    return office_kiosk.is_installed(request, COOKIE)


def _choices(request: HttpRequest, *, error: str = "", status: int = 200) -> HttpResponse:
    reason = request.POST.get("prioritas", request.GET.get("prioritas", ""))
    if reason not in PriorityReason.values:
        reason = ""
    lines = _lines()
    rules = QueueRules.objects.current()
    context = {
        "lines": lines,
        "reason": PriorityReason(reason) if reason else None,
        "opening": opening(),
        "error": error,
        "is_long": any(line["wait"].high >= rules.long_wait_minutes for line in lines),
    }
    return render(request, "yankomas/kiosk.html", context, status=status)


def _lines() -> list[dict[str, Any]]:
    """Every service with how many wait and how long it usually takes."""
    waiting = waiting_by_service(today())
    return [
        {
            "service": service,
            "ahead": waiting.get(service.pk, 0),
            "wait": usual_wait(service, waiting.get(service.pk, 0)),
        }
        for service in Service.objects.active()
    ]
