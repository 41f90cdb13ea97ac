"""Filled-in questionnaires and ways in, made by the real verbs."""

import itertools
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from office.calendar import today
from office.roles import Role
from surveys import actions, inviting
from surveys.actions import Sheet
from surveys.bursts import Circumstances
from surveys.models import Counter, Instrument, Invitation, Response, Source, SurveyedService
from tests.factories import make_user

_numbers = itertools.count(1)


def instrument(code: str = "skm") -> Instrument:
    return Instrument.objects.filter(code=code).latest("version")


def values(code: str = "skm", value: int = 3, **single: int) -> dict[str, int]:
    """The same answer to everything, but for those that are named."""
    codes = instrument(code).elements.values_list("code", flat=True)
    return {**dict.fromkeys(codes, value), **single}


def mixed(code: str = "skm") -> dict[str, int]:
    """Answers that nobody would find rash."""
    return values(code, **{next(iter(values(code))): 4})


def make_sheet(code: str = "skm", **more: Any) -> Sheet:
    fields: dict[str, Any] = {
        "instrument": instrument(code),
        "values": mixed(code),
        "source": Source.LINK,
        "digest": f"{next(_numbers):064d}",
        "service": "paspor",
    }
    return Sheet(**{**fields, **more})


def make_response(code: str = "skm", at: datetime | None = None, **more: Any) -> Response:
    return actions.respond(make_sheet(code, **more), at=at)


def at_the_counter(device: str, place: str = "loket-dua", **more: Any) -> Sheet:
    """An answer by QR code, from this device."""
    seen = Circumstances(device=device, place=place, seconds=40)
    return make_sheet(source=Source.QR, circumstances=seen, **more)


def make_link(service: str = "pengaduan", ended_at: datetime | None = None) -> str:
    """The address of a fresh one-time link."""
    return inviting.invite(
        Invitation.After.CASE,
        str(next(_numbers)),
        service=service,
        ended_at=ended_at or timezone.now(),
    )


def make_counter(service: str = "paspor") -> Counter:
    return actions.open_counter(
        actor=make_user(Role.YANKOMAS),
        name="Loket 2",
        service=SurveyedService.objects.filter(code=service).first(),
    )


def by_counter(counter: Counter) -> str:
    return f"/survei/loket/{counter.code}/"


def text(response: HttpResponse) -> str:
    return response.content.decode()


def key_of(response: HttpResponse) -> str:
    return response.context["key"]


def fill_in(client: Client, address: str, code: str = "skm", **more: Any) -> HttpResponse:
    """Open the form and send it, as a browser does."""
    key = key_of(client.get(address))
    return client.post(address, {"key": key, **mixed(code), **more})


def this_month() -> Any:
    return today().replace(day=1)
