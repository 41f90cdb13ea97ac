"""Answering on one's own phone: by the one-time link, or by the QR code at a counter."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from office import throttle
from office.calendar import today
from office.crypto import keyed_digest

from . import inviting
from .actions import AlreadyAnswered, Sheet, respond
from .bursts import Circumstances, device_digest
from .forms import SheetForm, new_key, read_key
from .models import Counter, Instrument, Source, SpentKey, SurveyedService

GET_OR_POST = ["GET", "HEAD", "POST"]
# So many answers one address may send in ten minutes: a whole waiting room shares one.
ANSWERS = 60


@dataclass(frozen=True)
class Door:
    """The way by which somebody came in."""

    source: str
    # Where the thanks are shown; told the instrument that has just been answered.
    thanks: Callable[[Instrument], str]
    service: str = ""
    place: str = ""
    token: str = ""


@sensitive_post_parameters("comment")
@require_http_methods(GET_OR_POST)
def by_link(request: HttpRequest, token: str, further: str = "") -> HttpResponse:
    invitation = inviting.find(token)
    if invitation is None:
        return render(request, "surveys/closed.html", {"why": "unknown"}, status=404)
    chain = _chain()
    if not inviting.is_used(token):
        if invitation.has_expired(today()):
            return render(request, "surveys/closed.html", {"why": "expired"}, status=410)
        if not chain:
            return render(request, "surveys/closed.html", {"why": "none"}, status=404)
        if further:
            return redirect("surveys:by_link", token)
        instrument = chain[0]
    else:
        left = _unanswered(token, chain)
        chosen = next((one for one in left if one.code == further), None)
        if chosen is None or invitation.has_expired(today()):
            more = [] if invitation.has_expired(today()) else left
            return _thanks(request, more, lambda one: _further(token, one))
        instrument = chosen
    here = reverse("surveys:by_link", args=[token])
    door = Door(Source.LINK, lambda one: here, service=invitation.service, token=token)
    return _sheet(request, door, instrument, chain)


@sensitive_post_parameters("comment")
@require_http_methods(GET_OR_POST)
def by_counter(request: HttpRequest, code: str, further: str = "") -> HttpResponse:
    counter = _counter(code)
    if counter is None:
        return render(request, "surveys/closed.html", {"why": "counter"}, status=404)
    chain = _chain()
    instrument = next((one for one in chain if not further or one.code == further), None)
    if instrument is None:
        return render(request, "surveys/closed.html", {"why": "none"}, status=404)
    thanks = reverse("surveys:counter_thanks", args=[counter.code])
    door = Door(
        Source.QR,
        lambda one: f"{thanks}?sudah={one.code}",
        service=counter.service.code if counter.service else "",
        place=counter.code,
    )
    return _sheet(request, door, instrument, chain)


@require_safe
def counter_thanks(request: HttpRequest, code: str) -> HttpResponse:
    counter = _counter(code)
    done = request.GET.get("sudah", "")
    chain = _chain() if counter else []
    codes = [one.code for one in chain]
    left = chain[codes.index(done) + 1 :] if done in codes else []
    return _thanks(
        request, left, lambda one: reverse("surveys:by_counter_further", args=[code, one.code])
    )


def _chain(day: date | None = None) -> list[Instrument]:
    """What is asked one after the other: the main instrument first, then those one may skip."""
    found = Instrument.objects.in_force(day or today())
    return list(found.order_by("is_optional", "order", "pk"))


def _counter(code: str) -> Counter | None:
    open_ones = Counter.objects.filter(retired_on=None).select_related("service")
    return open_ones.filter(code=code[:12].lower().replace("\x00", "")).first()


def _further(token: str, instrument: Instrument) -> str:
    return reverse("surveys:by_link_further", args=[token, instrument.code])


def _unanswered(token: str, chain: list[Instrument]) -> list[Instrument]:
    digests = {inviting.digest_of(token, one): one for one in chain if one.is_optional}
    spent = SpentKey.objects.filter(digest__in=digests).values_list("digest", flat=True)
    gone = set(spent)
    return [one for digest, one in digests.items() if digest not in gone]


def _thanks(
    request: HttpRequest, left: list[Instrument], address: Callable[[Instrument], str]
) -> HttpResponse:
    rows = [{"instrument": one, "address": address(one)} for one in left]
    return render(request, "surveys/thanks.html", {"left": rows})


def _sheet(
    request: HttpRequest, door: Door, instrument: Instrument, chain: list[Instrument]
) -> HttpResponse:
    services = None
    if not door.service and not instrument.is_optional:
        services = list(SurveyedService.objects.offered())
    elements = list(instrument.elements.all())
    form = SheetForm(instrument, elements, request.POST or None, services=services)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            throttle.hit("survei", throttle.client_address(request), limit=ANSWERS, minutes=10)
            respond(_filled(request, door, form))
            return redirect(door.thanks(instrument))
        except AlreadyAnswered:
            return redirect(door.thanks(instrument))
        except throttle.TooOften as limit:
            form.add_error(None, _too_often(limit.minutes))
            status = 429
        except BadSignature:
            form.add_error(None, _("Halaman ini terlalu lama terbuka. Kirim sekali lagi."))
    context: dict[str, Any] = {
        "form": form,
        "instrument": instrument,
        "key": _fresh_key(request, form),
        "steps": len(chain),
        "step": chain.index(instrument) + 1,
    }
    return render(request, "surveys/sheet.html", context, status=status)


def _fresh_key(request: HttpRequest, form: SheetForm) -> str:
    """The form's own key stays while it is being corrected; else it gets a new one."""
    sent = request.POST.get("key", "")
    try:
        read_key(sent, 0)
    except BadSignature:
        return new_key(secrets.token_urlsafe(12))
    return sent


def _filled(request: HttpRequest, door: Door, form: SheetForm) -> Sheet:
    """The answer as it came in; of a link nothing is noted but how long the form was open."""
    now = timezone.now()
    known = {"source": door.source, "service": door.service, **form.sheet()}
    try:
        seed, seconds = read_key(form.cleaned_data["key"], now.timestamp())
    except BadSignature:
        if door.source != Source.LINK:
            raise
        return Sheet(**known, digest=inviting.digest_of(door.token, form.instrument))
    if door.source == Source.LINK:
        digest = inviting.digest_of(door.token, form.instrument)
        return Sheet(**known, digest=digest, circumstances=Circumstances(seconds=seconds))
    browser = request.headers.get("User-Agent", "")
    device = device_digest(throttle.client_address(request), browser, now)
    return Sheet(
        **known,
        digest=keyed_digest("survey-form", seed),
        circumstances=Circumstances(device=device, place=door.place, seconds=seconds),
    )


def _too_often(minutes: int) -> str:
    return ngettext(
        "Terlalu banyak percobaan. Coba lagi dalam %(minutes)d menit.",
        "Terlalu banyak percobaan. Coba lagi dalam %(minutes)d menit.",
        minutes,
    ) % {"minutes": minutes}
