"""The kiosk: one question a screen, one tap an answer. Works without JavaScript, keeps nothing."""

import secrets
from typing import Any

from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from office import kiosk as office_kiosk
from office import throttle
from office.calendar import today
from office.crypto import keyed_digest

from .actions import AlreadyAnswered, Sheet, respond
from .bursts import Circumstances
from .forms import new_key, read_key
from .models import Element, Instrument, Source, SurveyedService

COOKIE = "kios-survei"
PLACE = "kios"
# So many whole answers in ten minutes from one kiosk; people take half a minute each.
ANSWERS = 60
# Without a touch for so many seconds the kiosk begins anew; the thanks stay for eight.
IDLE, THANKS = 60, 8


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """The next question, as far as the answers so far have come; after the last one, the thanks."""
    instrument = Instrument.objects.in_force(today()).filter(is_optional=False).first()
    if instrument is None:
        return render(request, "surveys/closed.html", {"why": "none"}, status=404)
    elements = list(instrument.elements.all())
    services = {service.code: service for service in SurveyedService.objects.offered()}
    service = services.get(request.POST.get("service", ""))
    given = _given(request, instrument, elements)
    if "kembali" in request.POST:
        if given:
            given.popitem()
        else:
            service = None
    is_asking_service = service is None and bool(services)
    if is_asking_service:
        given = {}
    error, status = "", 200
    if not is_asking_service and len(given) == len(elements):
        sheet = _sheet(request, instrument, given, service.code if service else "")
        try:
            throttle.hit("survei-kios", throttle.client_address(request), limit=ANSWERS, minutes=10)
            respond(sheet)
            return redirect("surveys:kiosk_thanks")
        except AlreadyAnswered:
            return redirect("surveys:kiosk_thanks")
        except throttle.TooOften:
            given.popitem()
            error = _("Terlalu banyak jawaban dari sini. Tunggu beberapa menit.")
            status = 429
    is_begun = request.method == "POST" and not is_asking_service
    context: dict[str, Any] = {
        "instrument": instrument,
        "services": services.values() if is_asking_service else [],
        "service": service,
        "given": given.items(),
        "element": None if is_asking_service else elements[len(given)],
        "options": [] if is_asking_service else _options(elements[len(given)], instrument),
        "number": len(given) + 1,
        "total": len(elements),
        "key": _key(request),
        "is_begun": is_begun,
        "is_installed": _is_installed(request),
        "idle": IDLE,
        "error": error,
    }
    return render(request, "surveys/kiosk.html", context, status=status)


@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    return render(request, "surveys/kiosk_thanks.html", {"seconds": THANKS})


@require_http_methods(["GET", "HEAD", "POST"])
def install(request: HttpRequest) -> HttpResponse:
    """Make this browser the kiosk: done once by a member of staff who is logged in."""
    return office_kiosk.install(
        request,
        cookie=COOKIE,
        duty="keep_survey_counters",
        template="surveys/kiosk_install.html",
        kiosk="surveys:kiosk",
    )


def _given(request: HttpRequest, instrument: Instrument, elements: list[Element]) -> dict[str, int]:
    """The answers so far, in order, up to the first that is missing or is none."""
    given: dict[str, int] = {}
    steps = {str(step): step for step in range(1, instrument.scale + 1)}
    for element in elements:
        value = steps.get(request.POST.get(element.code, ""))
        if value is None:
            break
        given[element.code] = value
    return given


def _options(element: Element, instrument: Instrument) -> list[tuple[int, str]]:
    words = element.words or [str(step) for step in range(1, instrument.scale + 1)]
    return list(enumerate(words, start=1))


def _key(request: HttpRequest) -> str:
    """Begins with the first tap, since the first screen may have stood for hours."""
    sent = request.POST.get("key", "")
    try:
        read_key(sent, 0)
    except BadSignature:
        return new_key(secrets.token_urlsafe(12)) if request.method == "POST" else ""
    return sent


def _sheet(
    request: HttpRequest, instrument: Instrument, given: dict[str, int], service: str
) -> Sheet:
    seed, seconds = read_key(_key(request), timezone.now().timestamp())
    return Sheet(
        instrument=instrument,
        values=given,
        source=Source.KIOSK,
        digest=keyed_digest("survey-form", seed),
        service=service,
        circumstances=Circumstances(
            place=PLACE, seconds=seconds, is_installed=_is_installed(request)
        ),
    )


def _is_installed(request: HttpRequest) -> bool:
    return office_kiosk.is_installed(request, COOKIE)
