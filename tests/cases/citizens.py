"""A citizen at the tracking page."""

from typing import Any

from django.http import HttpResponse
from django.test import Client

from cases import access_code
from cases.models import Case
from tests.factories import make_case

TRACK = "/lacak/"
CASE = "/lacak/kasus/"


def make_tracked(
    kind: str = "pengaduan", status: str = "diterima", **more: Any
) -> tuple[Case, str]:
    """A case and its access code."""
    code = access_code.make_access_code()
    return make_case(kind, status, code=code, **more), code


def unlock(client: Client, case: Case, code: str) -> HttpResponse:
    return client.post(TRACK, {"reference": case.reference, "code": code})


def open_case(
    client: Client, kind: str = "pengaduan", status: str = "diterima", **more: Any
) -> Case:
    """A case that is open in this client's session."""
    case, code = make_tracked(kind, status, **more)
    assert unlock(client, case, code).status_code == 302
    return case


def page(client: Client) -> str:
    response = client.get(CASE)
    assert response.status_code == 200
    return response.content.decode()


def key(client: Client) -> str:
    """The key of the message form as the page shows it."""
    return client.get(CASE).context["form"]["key"].value()
