"""The kiosk at the entrance."""

import re
from datetime import datetime

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from office.roles import Role
from tests.factories import WIB, make_user
from yankomas import kiosk
from yankomas.models import DayNumber, QueueRules, Service, Visit
from yankomas.workflow import Lane, PriorityReason

from .room import make_visit, service, take

pytestmark = pytest.mark.django_db

KIOSK, PRIORITY, INSTALL = (
    "/yankomas/ambil/",
    "/yankomas/ambil/prioritas/",
    "/yankomas/ambil/pasang/",
)
SATURDAY = datetime(2026, 11, 28, 10, tzinfo=WIB)
EVENING = datetime(2026, 11, 24, 19, tzinfo=WIB)


def set_rules(**values):
    QueueRules.objects.update(**values)
    cache.clear()


def press(client, code="paspor", **more):
    return client.post(KIOSK, {"layanan": code, **more})


def text(response):
    return response.content.decode()


def test_the_page_offers_every_service_and_takes_nothing(client):
    Service.objects.filter(code="informasi").update(is_active=False)

    page = client.get(KIOSK)

    offered = re.findall(r'name="layanan" value="([a-z-]+)"', text(page))
    assert (page.status_code, offered) == (200, ["paspor", "izin-tinggal", "pengaduan"])
    assert not Visit.objects.exists()


def test_one_tap_gives_a_number_and_shows_the_slip(client):
    response = press(client, "pengaduan")

    visit = Visit.objects.get()
    assert visit.label == "C001"
    assert response.status_code == 302
    assert response.url == f"/yankomas/antrean/{visit.token}/slip/"
    assert "C001" in text(client.get(response.url))


def test_the_page_says_how_many_wait(client):
    for _ in range(3):
        take()

    assert "3 orang menunggu" in text(client.get(KIOSK))


def test_a_page_reloaded_after_the_tap_takes_no_second_number(client):
    slip = press(client).url

    client.get(slip)
    client.get(slip)

    assert Visit.objects.count() == 1


@pytest.mark.parametrize(
    "posted",
    [
        {},
        {"layanan": ""},
        {"layanan": "tidak-ada"},
        {"layanan": "x" * 5000},
        {"layanan": "informasi"},
        {"layanan": "paspor", "prioritas": "vip"},
    ],
)
def test_an_unknown_choice_is_refused_and_the_services_are_shown_again(client, posted):
    Service.objects.filter(code="informasi").update(is_active=False)

    page = client.post(KIOSK, posted)

    assert page.status_code == 400
    assert "Pilih salah satu layanan" in text(page)
    assert 'value="paspor"' in text(page)
    assert not Visit.objects.exists()


def test_a_sign_that_no_database_stores_is_a_bad_request(client):
    client.raise_request_exception = False

    assert press(client, "pas\x00por").status_code == 400


def test_the_priority_lane_is_three_steps(client):
    first = text(client.get(KIOSK))
    assert f'href="{PRIORITY}"' in first

    second = text(client.get(PRIORITY))
    steps = re.findall(r'href="([^"]*\?prioritas=[a-z_]+)"', second)
    assert steps == [f"{KIOSK}?prioritas={reason}" for reason in PriorityReason if reason]

    third = text(client.get(steps[0]))
    assert "Jalur prioritas: Lansia" in third
    hidden = re.search(r'name="prioritas" value="([a-z_]+)"', third)[1]

    press(client, prioritas=hidden)
    visit = Visit.objects.get()
    assert (visit.lane, visit.priority_reason) == (Lane.PRIORITY, PriorityReason.ELDERLY)


def test_an_unknown_reason_in_the_address_is_no_reason(client):
    page = client.get(KIOSK, {"prioritas": "vip"})

    assert page.status_code == 200
    assert 'name="prioritas"' not in text(page)


@pytest.mark.parametrize(
    ("now", "reason", "opens"),
    [
        (SATURDAY, "Sabtu", "Senin, 30 November 2026 pukul 08.00"),
        (EVENING, "Di luar jam layanan", "Rabu, 25 November 2026 pukul 08.00"),
    ],
)
def test_a_closed_kiosk_says_why_and_until_when_and_offers_the_web_forms(
    client, now, reason, opens
):
    with time_machine.travel(now):
        page = client.get(KIOSK)
        refused = press(client)

    for answer in (page, refused):
        said = text(answer)
        assert "Loket sedang tutup" in said
        assert reason in said
        assert opens in said
        assert 'href="/"' in said
        assert 'name="layanan"' not in said
    assert (page.status_code, refused.status_code) == (200, 409)
    assert not DayNumber.objects.exists()


def test_the_kiosk_speaks_english(english):
    page = text(english.get(KIOSK))
    assert "Touch the service you need" in page
    assert "Passport" in page
    assert "Paspor" not in page

    slip = text(english.get(press(english).url))
    assert "Your number" in slip
    assert Visit.objects.get().language == "en"


def test_a_refusal_is_in_english_too(english):
    assert "Choose one of the services below." in text(press(english, "nothing"))
    with time_machine.travel(SATURDAY):
        assert "Opens again" in text(press(english))


def test_too_many_numbers_from_one_place_are_refused_kindly(client, monkeypatch):
    monkeypatch.setattr(kiosk, "NUMBERS", 2)
    assert [press(client).status_code for _ in range(2)] == [302, 302]

    page = press(client)

    assert page.status_code == 429
    assert "Minta nomor kepada petugas" in text(page)
    assert Visit.objects.count() == 2


def test_another_page_cannot_take_numbers_with_a_visitors_browser():
    assert press(Client(enforce_csrf_checks=True)).status_code == 403


def test_a_long_line_offers_another_way(client):
    assert "Hari ini antrean panjang" not in text(client.get(KIOSK))

    set_rules(long_wait_minutes=20)

    assert "Hari ini antrean panjang" in text(client.get(KIOSK))


def test_without_services_the_page_sends_to_the_staff(client):
    Service.objects.update(is_active=False)

    page = client.get(KIOSK)

    assert page.status_code == 200
    assert "Hubungi petugas" in text(page)


# Only from the kiosk itself, if the office wants it so


def test_with_the_rule_only_an_installed_kiosk_gives_numbers(client, desk):
    set_rules(kiosk_only=True)
    refused = press(client)
    assert refused.status_code == 403
    assert "Nomor hanya dapat diambil di kios kantor" in text(refused)
    assert not Visit.objects.exists()

    assert desk.get(INSTALL).status_code == 200
    assert desk.post(INSTALL).url == KIOSK
    # The officer goes, the kiosk stays.
    cookie = desk.cookies["kios"]
    client.cookies["kios"] = cookie.value
    assert cookie["httponly"]

    assert press(client).status_code == 302


def test_a_made_up_cookie_is_no_kiosk(client):
    set_rules(kiosk_only=True)
    client.cookies["kios"] = "1:1tPq3D:nonsense"

    assert press(client).status_code == 403


@pytest.mark.parametrize("role", [None, *(role for role in Role if role != Role.YANKOMAS)])
def test_nobody_else_installs_a_kiosk(client, role):
    if role:
        client.force_login(make_user(role))

    for answer in (client.get(INSTALL), client.post(INSTALL)):
        assert (answer.status_code, answer.url.split("?")[0]) == (302, "/admin/login/")
        assert "kios" not in answer.cookies


# What the desk is


def test_the_page_about_the_desk_shows_the_lines(client):
    make_visit()
    for _ in range(2):
        take()

    page = text(client.get("/yankomas/"))

    rows = re.findall(r'<th scope="row">([^<]+)</th><td[^>]*>(\d+)</td>', page)
    assert dict(rows)[service().name] == "2"


def test_the_page_about_the_desk_says_when_it_is_closed(client):
    with time_machine.travel(SATURDAY):
        page = client.get("/yankomas/")

    assert page.status_code == 200
    assert "Loket sedang tutup" in text(page)
