"""The board of the waiting room."""

import itertools
import re
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache

from tests.factories import NOW
from yankomas import actions
from yankomas.board import FRESH_SECONDS, snapshot
from yankomas.models import QueueRules
from yankomas.workflow import Status

from .room import make_case_of, make_shift, make_visit, take

pytestmark = pytest.mark.django_db

BOARD, STATE = "/yankomas/layar/", "/yankomas/layar/isi/"


def test_an_empty_room(client):
    assert client.get(STATE).json() == {
        "counters": [],
        "next": [],
        "calls": [],
        "announcements": [],
        "notice": "",
        "time": "10.00",
    }
    page = client.get(BOARD).content.decode()
    assert "Belum ada loket yang buka" in page
    assert "Tidak ada yang menunggu" in page


def test_the_board_shows_open_counters_and_who_is_next(client):
    called, _ = make_visit(Status.CALLED)
    other = make_shift(number=2)
    make_shift(number=3)
    waiting = [take(), take("pengaduan")]
    serving = actions.call_next(other, actor=other.officer)
    actions.start(serving, other, actor=other.officer)

    state = client.get(STATE).json()

    assert state["counters"] == [
        {"number": 1, "ticket": called.label, "is_calling": True},
        {"number": 2, "ticket": "A002", "is_calling": False},
        {"number": 3, "ticket": "", "is_calling": False},
    ]
    assert state["next"] == [waiting[1].label]


def test_the_page_says_the_same_as_the_data(client):
    make_visit(Status.CALLED)
    take()

    page = client.get(BOARD).content.decode()

    assert "Loket 1" in page
    assert "A001" in page
    assert "silakan maju" in page
    assert "A002" in page
    assert 'http-equiv="refresh"' in page


def test_only_the_next_eight_are_shown():
    visits = [take() for _ in range(10)]

    assert snapshot()["next"] == [visit.label for visit in visits[:8]]


def test_a_call_is_spoken_for_a_minute():
    visit, shift = make_visit(Status.WAITING)
    actions.call_next(shift, actor=shift.officer, at=NOW)
    call = visit.events.last()

    for seconds, calls in [(0, 1), (59, 1), (61, 0)]:
        said = snapshot(NOW + timedelta(seconds=seconds))["calls"]
        assert said == [{"id": call.pk, "ticket": "A001", "counter": 1}] * calls


def test_a_second_call_is_spoken_anew():
    visit, shift = make_visit(Status.CALLED)
    actions.call_again(visit, shift, actor=shift.officer)

    first, second = snapshot()["calls"]

    assert (first["ticket"], second["ticket"]) == ("A001", "A001")
    assert first["id"] < second["id"]


def test_yesterdays_visitors_are_gone():
    take(at=NOW - timedelta(days=1))

    assert snapshot()["next"] == []


def test_a_closed_counter_is_gone():
    shift = make_shift(number=1)
    actions.close_counter(shift, actor=shift.officer)

    assert snapshot()["counters"] == []


def test_the_notice_of_the_office_is_shown(client):
    QueueRules.objects.update(board_notice="Istirahat pukul 12.00 sampai 13.00.")
    cache.clear()

    assert client.get(STATE).json()["notice"] == "Istirahat pukul 12.00 sampai 13.00."
    assert "Istirahat pukul 12.00" in client.get(BOARD).content.decode()


def test_after_hours_the_board_says_when_it_opens(client):
    with time_machine.travel(NOW.replace(hour=16)):
        state = client.get(STATE).json()

    assert state["notice"] == "Loket tutup. Buka lagi 25-11-2026 pukul 08.00."
    assert state["time"] == "16.00"


def test_the_board_speaks_indonesian_to_everybody(english):
    with time_machine.travel(NOW.replace(hour=16)):
        assert "Loket tutup" in english.get(BOARD).content.decode()
        assert english.get(STATE).json()["notice"].startswith("Loket tutup")


def test_the_board_says_nothing_about_persons(client):
    visit, shift = make_visit()
    actions.record(visit, actor=shift.officer, visitor_name="Sari Melati", asked="Kapan jadi?")
    case = make_case_of(visit, shift)

    for address in (BOARD, STATE):
        said = client.get(address).content.decode()
        for secret in ("Sari", "Kapan jadi", visit.token, shift.officer.username, case.reference):
            assert secret not in said


@pytest.fixture
def full_room():
    for number in (1, 2, 3):
        shift = make_shift(number=number)
        for code in ("paspor", "pengaduan", "izin-tinggal"):
            take(code)
        visit = actions.call_next(shift, actor=shift.officer)
        actions.call_again(visit, shift, actor=shift.officer)
    snapshot()  # the office and the rules are in memory now


@pytest.fixture
def clock(monkeypatch):
    """Moves on as soon as the board may ask again."""
    seconds = itertools.count(1)
    monkeypatch.setattr("yankomas.board.time.monotonic", lambda: float(next(seconds)))


def test_the_page_needs_few_queries(client, full_room, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        client.get(BOARD)


def test_a_screen_that_asks_in_a_still_room_needs_few_queries(
    client, full_room, clock, django_assert_max_num_queries
):
    with django_assert_max_num_queries(6):
        first = client.get(STATE).json()

    with django_assert_max_num_queries(2):
        assert client.get(STATE).json() == first


def test_many_screens_in_the_same_moment_ask_the_database_once(
    client, full_room, django_assert_num_queries
):
    first = client.get(STATE).json()

    with django_assert_num_queries(0):
        assert client.get(STATE).json() == first


def test_a_screen_sees_every_change(client, clock):
    def differs():
        nonlocal shown
        before, shown = shown, client.get(STATE).json()
        return before != shown

    shown = client.get(STATE).json()
    assert not differs()
    shift = make_shift(number=1)
    assert differs()
    visit = take()
    assert differs()
    actions.call_next(shift, actor=shift.officer)
    assert differs()
    visit.refresh_from_db()
    actions.call_again(visit, shift, actor=shift.officer)
    assert differs()
    actions.start(visit, shift, actor=shift.officer)
    assert differs()
    actions.hold(visit, shift, actor=shift.officer)
    assert differs()
    actions.close_counter(shift, actor=shift.officer)
    assert differs()
    with time_machine.travel(NOW + timedelta(minutes=2)):
        assert differs()
    assert shown["calls"] == []


@pytest.mark.parametrize("address", [BOARD, STATE])
def test_the_board_is_only_looked_at(client, address):
    assert client.post(address).status_code == 405


def test_by_its_own_clock_a_screen_shows_a_call_within_two_seconds(settings):
    script = (settings.BASE_DIR / "static/js/board.js").read_text()
    pause = int(re.search(r"const EVERY = (\d+);", script)[1])

    assert pause + FRESH_SECONDS * 1000 < 2000
