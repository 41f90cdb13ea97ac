"""Who may use the counter screen."""

import pytest
from django.test import Client

from office.roles import Role
from tests.factories import make_user
from yankomas.models import Shift, Visit
from yankomas.workflow import Status

from .room import make_shift, take

pytestmark = pytest.mark.django_db

DESK, OPEN, CLOSE = ("/yankomas/loket/", "/yankomas/loket/buka/", "/yankomas/loket/tutup/")
MOVES = [
    "panggil",
    "panggil-lagi",
    "tidak-datang",
    "mulai",
    "lanjut",
    "tahan",
    "simpan",
    "pindah",
    "selesai",
]
PAGES = [
    DESK,
    OPEN,
    "/yankomas/loket/susulan/",
    "/yankomas/loket/ambilkan/",
    "/yankomas/loket/kasus/pengaduan/",
]
POSTS = [OPEN, CLOSE, *PAGES[2:], *(f"{DESK}{move}/" for move in MOVES)]
OTHER_ROLES = [role for role in Role if role != Role.YANKOMAS]


@pytest.mark.parametrize("address", PAGES)
def test_who_is_not_logged_in_is_sent_to_the_login(client, address):
    answer = client.get(address)

    assert (answer.status_code, answer.url) == (302, f"/admin/login/?next={address}")


@pytest.mark.parametrize("address", POSTS)
def test_no_button_works_without_a_login(client, address):
    take()
    make_shift()

    answer = client.post(address)

    assert (answer.status_code, answer.url.split("?")[0]) == (302, "/admin/login/")
    assert Visit.objects.get().status == Status.WAITING


@pytest.mark.parametrize("role", OTHER_ROLES)
def test_other_roles_are_refused(client, role):
    client.force_login(make_user(role))
    take()

    assert {client.get(address).status_code for address in PAGES} == {403}
    assert {client.post(address).status_code for address in POSTS} == {403}
    assert not Shift.objects.exists()


def test_a_superuser_serves_nobody_by_that_alone(client):
    client.force_login(make_user(is_superuser=True))

    assert client.get(DESK).status_code == 403


@pytest.mark.parametrize("address", POSTS)
def test_another_site_cannot_push_a_button(officer, address):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(officer)

    assert browser.post(address).status_code == 403


@pytest.mark.parametrize("move", MOVES)
def test_buttons_are_pushed_and_not_visited(desk, move):
    assert desk.get(f"{DESK}{move}/").status_code == 405
