"""The visitor's own number: the slip, the picture for the camera, the place in the line."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache

from tests.factories import NOW
from yankomas import actions
from yankomas.models import QueueRules, Visit
from yankomas.workflow import Outcome, Status

from .room import make_officer, make_shift, make_visit, service, take, topic

pytestmark = pytest.mark.django_db


def place(visit):
    return f"/yankomas/antrean/{visit.token}/"


def text(response):
    return response.content.decode()


STATES = {
    Status.WAITING: ("Anda berikutnya", "You are next"),
    Status.CALLED: ("Silakan ke loket 1", "Please go to counter 1"),
    Status.SERVING: ("Sedang dilayani di loket 1", "Being served at counter 1"),
    Status.ON_HOLD: ("Ditahan sebentar", "On hold for a moment"),
    Status.DONE: ("Selesai. Terima kasih", "Finished. Thank you"),
    Status.NO_SHOW: ("dipanggil dua kali", "called twice"),
    Status.UNSERVED: ("Loket tutup sebelum", "counters closed before"),
}


@pytest.mark.parametrize("status", Status)
def test_the_place_says_what_is_happening(client, status):
    visit, _shift = make_visit(status)

    page = client.get(place(visit))

    assert page.status_code == 200
    assert "A001" in text(page)
    shown = [one for one, (words, _) in STATES.items() if words in text(page)]
    assert shown == [status]


@pytest.mark.parametrize("status", Status)
def test_the_place_speaks_english(english, status):
    visit, _shift = make_visit(status)

    page = text(english.get(place(visit)))

    assert STATES[status][1] in page
    assert "Passport" in page


@pytest.mark.parametrize("status", Status)
def test_the_page_renews_itself_while_something_can_happen(client, status):
    visit, _shift = make_visit(status)

    is_renewed = 'http-equiv="refresh"' in text(client.get(place(visit)))

    assert is_renewed == (status in (Status.WAITING, Status.CALLED, Status.SERVING, Status.ON_HOLD))


def test_the_place_counts_who_is_ahead_and_how_long_that_takes(client):
    for _ in range(3):
        visit = take()

    page = text(client.get(place(visit)))

    assert re.search(r"<strong>2</strong>\s*orang di depan Anda", page)
    assert "biasanya 20–60 menit" in page


def test_who_missed_the_call_is_told_so(client):
    visit, shift = make_visit(Status.CALLED)
    actions.miss(visit, shift, actor=shift.officer)

    assert "terlewat sekali lagi" in text(client.get(place(visit)))


def test_a_long_wait_offers_another_way(client):
    visit = take()
    assert "Hari ini antrean panjang" not in text(client.get(place(visit)))

    QueueRules.objects.update(long_wait_minutes=20)
    cache.clear()

    assert "Hari ini antrean panjang" in text(client.get(place(visit)))


def test_a_transferred_visitor_keeps_the_number_and_sees_the_new_service(client):
    visit, shift = make_visit()
    actions.transfer(visit, shift, service("informasi"), actor=shift.officer)

    page = text(client.get(place(visit)))

    assert "A001" in page
    assert "Informasi publik dan lainnya" in page


@pytest.mark.parametrize("status", [Status.WAITING, Status.DONE])
def test_the_number_of_another_day_says_so(client, status):
    visit, _shift = make_visit(status)

    with time_machine.travel(NOW + timedelta(days=1)):
        page = client.get(place(visit))

    assert page.status_code == 200
    assert "Nomor ini berlaku pada 24 November 2026" in text(page)
    assert "Anda berikutnya" not in text(page)
    assert 'http-equiv="refresh"' not in text(page)


@pytest.mark.parametrize("page", ["", "slip/", "qr.svg"])
@pytest.mark.parametrize("token", ["x", "A001", "y" * 22, "%00", "a" * 500])
def test_an_unknown_number_is_not_found(client, token, page):
    assert client.get(f"/yankomas/antrean/{token}/{page}").status_code == 404


@pytest.mark.parametrize("page", ["", "slip/"])
def test_not_found_is_said_kindly(client, page):
    answer = text(client.get(f"/yankomas/antrean/tidakada/{page}"))

    assert "Nomor ini tidak ditemukan" in answer
    assert 'href="/yankomas/"' in answer


def test_a_visit_without_a_number_has_no_page(client):
    visit = actions.log_visit(
        service=service(),
        arrived_at=NOW - timedelta(hours=1),
        ended_at=NOW,
        topic=topic(),
        outcome=Outcome.ANSWERED,
        actor=make_officer(),
    )

    assert client.get(place(visit)).status_code == 404


@pytest.mark.parametrize("page", ["", "slip/", "qr.svg"])
def test_no_page_of_a_number_says_who_holds_it(client, page):
    visit, shift = make_visit()
    actions.record(
        visit,
        actor=shift.officer,
        visitor_name="Sari Melati",
        visitor_contact="081234567890",
        asked="Kapan jadi?",
    )

    answer = text(client.get(place(visit) + page))

    for secret in ("Sari", "Melati", "081234567890", "Kapan jadi", shift.officer.username):
        assert secret not in answer


def test_the_slip_shows_number_service_and_the_way_to_the_place(client):
    take()
    visit = take(reason="difabel")

    page = text(client.get(place(visit) + "slip/"))

    assert "A002" in page
    assert "Paspor" in page
    assert "Prioritas" in page
    assert f'src="{place(visit)}qr.svg"' in page
    assert f'href="{place(visit)}"' in page
    assert "24 November 2026 10.00" in page


def test_the_slip_counts_who_is_ahead(client):
    take()
    visit = take()

    assert "1 orang di depan Anda" in text(client.get(place(visit) + "slip/"))


def test_the_picture_is_svg(client):
    answer = client.get(place(take()) + "qr.svg")

    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/svg+xml"
    assert text(answer).lstrip().startswith("<?xml")
    assert "<svg" in text(answer)


def test_every_number_has_a_picture_of_its_own(client):
    pictures = {text(client.get(place(take()) + "qr.svg")) for _ in range(3)}

    assert len(pictures) == 3


@pytest.mark.parametrize("status", Status)
def test_the_place_needs_few_queries(client, django_assert_max_num_queries, status):
    visit, _shift = make_visit(status)
    for _ in range(5):
        take()
        take(reason="lansia")
    client.get(place(visit))

    with django_assert_max_num_queries(4):
        client.get(place(visit))


def test_looking_changes_nothing(client):
    visit, _shift = make_visit(Status.CALLED)
    make_shift(number=2)
    before = Visit.objects.values().get()

    for page in ("", "slip/", "qr.svg"):
        client.get(place(visit) + page)
        assert client.post(place(visit) + page).status_code == 405

    assert Visit.objects.values().get() == before
