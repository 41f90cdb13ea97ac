"""Steps that the tests of the team's pages share."""

import html
import re
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from infocontent.models import Item, Version
from office.models import User
from tests.pictures import picture

LIST = "/admin/infocontent/item/"


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def address(item: Item, name: str = "change", *args: Any) -> str:
    return reverse(f"admin:infocontent_item_{name}", args=[item.pk, *args])


def text(response: HttpResponse) -> str:
    return html.unescape(response.content.decode())


def see(user: User, where: str) -> str:
    """The text of a page that this person may open."""
    response = client_of(user).get(where)
    assert response.status_code == 200, response.status_code
    return text(response)


def act(user: User, item: Item, verb: str, *, follow: bool = False, **typed: Any) -> HttpResponse:
    """Post one verb at the state that the test holds, as the page would."""
    data = {"seen": item.lock, **typed}
    return client_of(user).post(address(item, "act", verb), data, follow=follow)


def offered(user: User, item: Item) -> set[str]:
    """The verbs that the page offers to this person."""
    return set(re.findall(rf"{item.pk}/lakukan/([a-z-]+)/", see(user, address(item))))


def typed(**more: Any) -> dict[str, Any]:
    """The form as a browser sends it."""
    return {
        "topic": "paspor-baru",
        "audience": "semua",
        "title": "Syarat paspor",
        "body": "Bawa KTP.",
        **more,
    }


def write(user: User, item: Item, *, follow: bool = False, **more: Any) -> HttpResponse:
    data = {"seen": item.lock, **typed(**more)}
    return client_of(user).post(address(item, "write"), data, follow=follow)


def titles(user: User, query: str = "") -> list[str]:
    """The rows of the list, in their order."""
    found = re.findall(r'<th scope="row"><a [^>]*>([^<]+)</a>', see(user, f"{LIST}?{query}"))
    return [html.unescape(title) for title in found]


def draft_of(item: Item) -> Version:
    version = item.versions.first()
    assert version is not None
    return version


def png(name: str = "foto.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, picture("PNG", (40, 30)), "image/png")
