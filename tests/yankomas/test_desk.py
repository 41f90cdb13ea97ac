"""The counter screen: what its buttons do, and what they say when they are late."""

import re
from datetime import datetime

import pytest
import time_machine
from django.test import Client

from tests.factories import NOW, WIB
from yankomas import actions
from yankomas.models import Shift, Visit
from yankomas.workflow import Outcome, Status

from .room import codes, make_shift, make_visit, service, take, topic

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


def press(browser, move, visit=None, version=None, **typed):
    """Push a button of the counter and follow to the page that is shown then."""
    if visit is not None:
        typed["visit"] = visit.pk
        typed["version"] = visit.version if version is None else version
    return browser.post(f"{DESK}{move}/", typed, follow=True)


def text(response):
    return response.content.decode()


# Counters


def test_without_a_counter_the_desk_asks_for_one(desk):
    answer = desk.get(DESK)

    assert (answer.status_code, answer.url) == (302, OPEN)
    assert "Loket mana saja yang kosong" in text(desk.get(OPEN))


def test_a_chosen_counter_is_opened(desk, officer):
    counter = make_shift(number=2).counter
    actions.close_counter(Shift.objects.get(), actor=officer)

    page = desk.post(OPEN, {"counter": counter.pk}, follow=True)

    assert page.redirect_chain == [(DESK, 302)]
    assert "Loket 2 dibuka." in text(page)
    assert Shift.objects.get(closed_at=None).officer == officer


def test_any_free_counter_is_opened(desk):
    make_shift(number=1)

    assert "Loket 2 dibuka." in text(desk.post(OPEN, {"counter": ""}, follow=True))


def test_a_counter_in_use_is_shown_and_refused(desk):
    taken = make_shift(number=1)
    assert f"Loket 1 (dipakai {taken.officer})" in text(desk.get(OPEN))

    page = desk.post(OPEN, {"counter": taken.counter_id})

    assert page.status_code == 200
    assert "sedang dipakai" in text(page)
    assert Shift.objects.count() == 1


@pytest.mark.parametrize("counter", ["0", "999999", "abc", "\x00"])
def test_a_made_up_counter_is_refused(desk, counter):
    assert desk.post(OPEN, {"counter": counter}).status_code == 200
    assert not Shift.objects.exists()


def test_a_new_browser_finds_the_only_open_counter_of_the_officer(desk, officer):
    make_shift(officer, number=2)

    assert "Loket 2" in text(desk.get(DESK))


def test_two_browsers_serve_two_counters(officer):
    browsers = [Client(), Client()]
    for browser in browsers:
        browser.force_login(officer)
        browser.post(OPEN, {"counter": ""})

    titles = [re.search(r"<h1>(Loket \d)</h1>", text(b.get(DESK)))[1] for b in browsers]
    assert titles == ["Loket 1", "Loket 2"]


def test_another_officers_counter_is_not_mine(desk):
    visit, _shift = make_visit(Status.CALLED)

    page = press(desk, "mulai", visit)

    assert page.redirect_chain[-1][0] == OPEN
    assert codes(visit)[-1] == "dipanggil"


def test_a_counter_is_closed_by_its_button(desk, officer):
    make_shift(officer, number=1)

    page = desk.post(CLOSE, follow=True)

    assert "Loket 1 ditutup." in text(page)
    assert not Shift.objects.filter(closed_at=None).exists()


def test_a_counter_with_a_visitor_stays_open_and_says_why(desk, officer):
    make_visit(Status.CALLED, officer)

    page = desk.post(CLOSE, follow=True)

    assert page.redirect_chain == [(DESK, 302)]
    assert "A001 masih di loket ini" in text(page)
    assert Shift.objects.get().closed_at is None


@pytest.mark.parametrize("move", MOVES)
def test_a_counter_that_was_closed_meanwhile_says_so(desk, officer, move):
    make_shift(officer, number=1)
    desk.get(DESK)
    visit = take()
    actions.close_left_open(NOW.replace(day=25))

    page = press(desk, move, visit, asked="Apa?")

    assert page.status_code == 200
    assert page.redirect_chain[-1][0] == OPEN
    assert "Loket ini sudah ditutup" in text(page)


# Buttons


def test_a_visit_from_the_call_to_the_end(desk, officer):
    make_shift(officer, number=1)
    visit = take()

    assert "Memanggil A001." in text(press(desk, "panggil"))
    visit.refresh_from_db()
    press(desk, "panggil-lagi", visit)
    visit.refresh_from_db()
    press(desk, "mulai", visit)
    visit.refresh_from_db()
    press(desk, "simpan", visit, asked="Kapan jadi?")
    visit.refresh_from_db()
    press(desk, "tahan", visit, asked="Kapan jadi?", visitor_name="Sari")
    visit.refresh_from_db()
    press(desk, "lanjut", visit)
    visit.refresh_from_db()
    given = {"topic": "paspor-status", "outcome": "dijawab", "asked": "Kapan jadi?"}
    page = press(desk, "selesai", visit, answered="Besok.", visitor_name="Sari", **given)

    assert "A001 selesai." in text(page)
    visit.refresh_from_db()
    assert (visit.status, visit.outcome) == (Status.DONE, Outcome.ANSWERED)
    assert (visit.asked, visit.answered, visit.visitor_name) == ("Kapan jadi?", "Besok.", "Sari")
    assert visit.topic == topic("paspor-status")
    assert visit.officer == officer


def test_who_does_not_come_is_announced_back_in_line_and_then_closed(desk, officer):
    visit, _shift = make_visit(Status.CALLED, officer)
    assert "kembali ke akhir antrean" in text(press(desk, "tidak-datang", visit))

    press(desk, "panggil")
    visit.refresh_from_db()

    assert "A001 ditutup: tidak hadir." in text(press(desk, "tidak-datang", visit))


def test_a_transfer_keeps_what_was_typed(desk, officer):
    visit, _shift = make_visit(officer=officer)

    target = service("pengaduan")
    page = press(desk, "pindah", visit, service=target.pk, asked="Antre lama")

    visit.refresh_from_db()
    assert "A001 pindah ke antrean Pengaduan." in text(page)
    assert (visit.status, visit.service, visit.asked) == (Status.WAITING, target, "Antre lama")


def test_the_desk_speaks_indonesian_whatever_the_browser_chose(desk, officer):
    make_shift(officer, number=1)
    desk.cookies["bahasa"] = "en"

    assert "Tidak ada yang menunggu." in text(press(desk, "panggil"))


def test_an_unknown_button_is_not_found(desk, officer):
    make_shift(officer)

    assert desk.post(f"{DESK}hapus/").status_code == 404


# Late buttons


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("move", MOVES)
def test_a_late_button_says_what_happened_and_changes_nothing(desk, officer, move, status):
    visit, _shift = make_visit(status, officer)
    if move == "panggil":
        visit = take("izin-tinggal")  # nobody for this counter, or somebody is here already
        Visit.objects.waiting().filter(service=service()).update(service=visit.service)
    before = list(Visit.objects.order_by("pk").values())

    page = press(desk, move, visit, version=99, service=service("pengaduan").pk)

    assert page.status_code == 200
    assert list(Visit.objects.order_by("pk").values()) == before
    assert re.search(r"A001|Tidak ada yang menunggu", text(page))


@pytest.mark.parametrize("move", [move for move in MOVES if move != "panggil"])
@pytest.mark.parametrize("number", ["", "0", "-1", "99999999999999999999", "abc", "٣", "\x00"])
def test_a_made_up_visitor_is_refused_kindly(desk, officer, move, number):
    make_shift(officer)

    page = desk.post(f"{DESK}{move}/", {"visit": number, "service": service().pk}, follow=True)

    assert page.status_code == 200
    assert "Nomor ini tidak ada lagi" in text(page)


def test_a_late_button_names_counter_time_and_officer(desk, officer):
    visit, shift = make_visit(Status.CALLED, officer)
    at = datetime(2026, 11, 24, 10, 21, tzinfo=WIB)
    actions.start(visit, shift, actor=officer, at=at)

    page = press(desk, "tidak-datang", visit, version=visit.version - 1)

    said = re.sub(r"\s+", " ", text(page))
    assert f"A001: mulai dilayani pukul 10.21, Loket 1 ({officer})." in said


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "Pilih hasil kunjungan"),
        ({"outcome": "dijawab"}, "Pilih topik kunjungan"),
        ({"topic": "paspor-baru"}, "Pilih hasil kunjungan"),
        ({"topic": "paspor-baru", "outcome": "dirujuk"}, "Tulis ke mana pengunjung dirujuk"),
        ({"topic": "tidak-ada", "outcome": "dijawab"}, "Topik"),
        ({"topic": "paspor-baru", "outcome": "apa saja"}, "Hasil"),
    ],
)
def test_typed_text_survives_an_incomplete_end(desk, officer, given, said):
    visit, _shift = make_visit(officer=officer)
    typed = {"asked": "Apa syarat paspor anak?", "visitor_name": "Sari Melati"}

    page = press(desk, "selesai", visit, **typed, **given)

    assert page.status_code == 200
    assert "Ada yang perlu diperbaiki" in text(page)
    assert said in text(page)
    assert all(words in text(page) for words in typed.values())
    visit.refresh_from_db()
    assert (visit.status, visit.asked) == (Status.SERVING, "")


@pytest.mark.parametrize("move", ["selesai", "simpan", "tahan", "pindah"])
def test_typed_text_survives_a_late_button(desk, officer, move):
    visit, shift = make_visit(officer=officer)
    actions.finish(visit, shift, actor=officer, topic=topic(), outcome=Outcome.ANSWERED)

    page = press(
        desk,
        move,
        visit,
        version=visit.version - 1,
        asked="Apa syarat paspor anak?",
        service=service("informasi").pk,
    )

    assert page.status_code in (200, 409)
    assert "Apa syarat paspor anak?" in text(page)
    assert "A001: selesai pukul" in re.sub(r"\s+", " ", text(page))


def test_after_hours_a_number_is_taken_for_somebody(desk):
    with time_machine.travel(NOW.replace(hour=17)):
        given = {"service": service().pk, "reason": "difabel"}
        page = desk.post("/yankomas/loket/ambilkan/", given, follow=True)

    visit = Visit.objects.get()
    assert "A001" in text(page)
    assert (visit.origin, visit.priority_reason) == ("petugas", "difabel")


@pytest.mark.parametrize("status", [Status.WAITING, Status.SERVING, Status.ON_HOLD, Status.DONE])
def test_the_desk_needs_no_more_queries_for_more_visitors(
    desk, officer, status, django_assert_max_num_queries
):
    make_visit(status, officer)
    desk.get(DESK)
    with django_assert_max_num_queries(18) as before:
        desk.get(DESK)

    for other in (2, 3):
        shift = make_shift(number=other)
        for code in ("izin-tinggal", "informasi", "pengaduan"):
            take(code)
        visit = actions.call_next(shift, actor=shift.officer)
        actions.start(visit, shift, actor=shift.officer)
        actions.hold(visit, shift, actor=shift.officer)

    with django_assert_max_num_queries(len(before)):
        desk.get(DESK)


def test_text_for_one_visitor_never_lands_with_the_next(desk, officer):
    first, shift = make_visit(officer=officer)
    version = first.version
    actions.finish(first, shift, actor=officer, topic=topic(), outcome=Outcome.ANSWERED)
    take()
    second = actions.call_next(shift, actor=officer)
    actions.start(second, shift, actor=officer)

    page = press(desk, "simpan", first, version, asked="Rahasia orang pertama")

    assert page.status_code == 409
    assert page.context["form"]["asked"].value() != "Rahasia orang pertama"
    assert "Rahasia orang pertama" in page.content.decode()
    second.refresh_from_db()
    assert second.asked == ""
