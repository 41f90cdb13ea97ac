"""What everybody is told: the banner, the list, and a page each."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.core.cache import cache

from infocontent import actions
from infocontent.models import Announcement
from infocontent.workflow import NotAllowed, StaleItem
from office.roles import Role
from tests.factories import NOW, make_user
from tests.yankomas.room import make_visit, take
from yankomas.board import snapshot
from yankomas.workflow import Status

from .announcements import make_announcement, make_announcement_draft, withdraw
from .shelf import text

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
LIST = "/pengumuman/"
BOARD, STATE = "/yankomas/layar/", "/yankomas/layar/isi/"
EVERYWHERE = [
    "/",
    "/pengaduan/",
    "/permohonan/",
    "/tanya/",
    "/lacak/",
    "/privasi/",
    "/informasi/",
    "/informasi/dip/",
    "/yankomas/",
    "/yankomas/ambil/",
    "/tidak-ada/",
]


def read_in_english(client):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


# The banner


@pytest.mark.parametrize("address", EVERYWHERE)
def test_every_public_page_tells_it(client, address):
    make_announcement("Sistem paspor terganggu")

    page = text(client.get(address))

    assert "Darurat" in page
    assert "Sistem paspor terganggu" in page
    assert "24 November pukul 10.00" in page


def test_the_banner_leads_to_its_page(client):
    announcement = make_announcement()

    assert f'href="{announcement.get_absolute_url()}"' in text(client.get("/"))


def test_the_kiosk_keeps_its_visitor(client):
    announcement = make_announcement()

    assert announcement.get_absolute_url() not in text(client.get("/yankomas/ambil/"))


def test_the_visitors_own_place_tells_it(client):
    make_announcement("Sistem paspor terganggu")

    page = text(client.get(f"/yankomas/antrean/{take().token}/"))

    assert "Sistem paspor terganggu" in page.partition('id="keadaan"')[2]


def test_the_counter_tells_it(client):
    make_announcement("Sistem paspor terganggu")
    _visit, shift = make_visit(Status.SERVING)
    client.force_login(shift.officer)

    assert "Sistem paspor terganggu" in text(client.get("/yankomas/loket/"))


def test_without_an_announcement_there_is_no_banner(client):
    make_announcement_draft()

    assert 'class="siaran"' not in text(client.get("/"))


@pytest.mark.parametrize(
    ("level", "word", "tone"),
    [(1, "Informasi", "pesan-info"), (2, "Penting", "pesan-awas"), (3, "Darurat", "pesan-bahaya")],
)
def test_the_level_is_a_word_and_a_tone(client, level, word, tone):
    make_announcement(level=level)

    banner = text(client.get("/")).partition('class="siaran"')[2].partition("</section>")[0]

    assert word in banner
    assert tone in banner


def test_the_most_urgent_comes_first(client):
    for level, title in [(1, "Kabar biasa"), (3, "Kabar darurat"), (2, "Kabar penting")]:
        make_announcement(title, level=level)

    page = text(client.get("/"))

    titles = ("Kabar darurat", "Kabar penting", "Kabar biasa")
    places = [page.index(title) for title in titles]
    assert places == sorted(places)


def test_more_than_three_become_a_link_to_all(client):
    for number in range(4):
        make_announcement(f"Kabar {number}")

    page = text(client.get("/"))

    assert "Kabar 3" in page
    assert "Kabar 0" not in page
    assert "Semua pengumuman yang berlaku" in page


def test_it_begins_and_ends_by_itself(client):
    make_announcement(starts_at=NOW + HOUR, ends_at=NOW + 2 * HOUR)

    for hours, is_told in [(0, False), (1.5, True), (2.5, False)]:
        with time_machine.travel(NOW + hours * HOUR):
            cache.clear()
            assert ("Sistem paspor terganggu" in text(client.get("/"))) is is_told


def test_an_english_reader_gets_english_or_is_told_the_language(client):
    make_announcement("Sistem paspor terganggu", title_en="Passport system down")
    make_announcement("Loket tutup Jumat")

    page = text(read_in_english(client).get("/"))

    assert "Passport system down" in page
    assert "Emergency" in page
    assert 'lang="id">Loket tutup Jumat' in page


def test_what_somebody_typed_is_never_markup(client):
    make_announcement("<script>alert(1)</script>", body="<img src=x onerror=alert(1)>")
    address = Announcement.objects.get().get_absolute_url()

    for page in ("/", LIST, address, BOARD, "/yankomas/ambil/"):
        shown = text(client.get(page))
        assert "<script>alert" not in shown
        assert "<img src=x" not in shown


def test_a_page_asks_for_them_at_most_once_in_ten_seconds(client, django_assert_num_queries):
    make_announcement()
    client.get("/tidak-ada/")

    with django_assert_num_queries(0):
        client.get("/tidak-ada/")


# The board


def test_the_board_tells_it(client):
    make_announcement("Sistem paspor terganggu")

    told = {
        "tone": "bahaya",
        "level": "Darurat",
        "title": "Sistem paspor terganggu",
        "since": "Sejak 24 November pukul 10.00",
    }
    assert snapshot()["announcements"] == [told]
    page = text(client.get(BOARD))
    assert all(word in page for word in told.values())


def test_the_board_keeps_room_for_the_counters():
    for number in range(5):
        make_announcement(f"Kabar {number}")

    assert len(snapshot()["announcements"]) == 3


def test_a_screen_sees_an_announcement_come_and_go(client, monkeypatch):
    seconds = iter(range(1, 100))
    monkeypatch.setattr("yankomas.board.time.monotonic", lambda: float(next(seconds)))

    def titles():
        return [one["title"] for one in client.get(STATE).json()["announcements"]]

    assert titles() == []
    first = make_announcement("Mati listrik")
    cache.clear()
    assert titles() == ["Mati listrik"]
    make_announcement("Jaringan putus", level=1, ends_at=NOW + timedelta(seconds=30))
    cache.clear()
    assert titles() == ["Mati listrik", "Jaringan putus"]
    with time_machine.travel(NOW + timedelta(seconds=40), tick=False):
        assert titles() == ["Mati listrik"]
    withdraw(first)
    cache.clear()
    with time_machine.travel(NOW + timedelta(seconds=41), tick=False):
        assert titles() == []


# The list and the pages


def test_the_list_says_what_holds_and_what_did(client):
    make_announcement("Mati listrik", at=NOW - HOUR)
    make_announcement("Banjir di jalan", at=NOW - 3 * HOUR, ends_at=NOW - HOUR)
    withdraw(make_announcement("Jaringan putus", at=NOW - 2 * HOUR))
    make_announcement_draft("Masih konsep")
    make_announcement("Belum mulai", starts_at=NOW + HOUR)

    current, _, past = text(client.get(LIST)).partition("Sudah tidak berlaku")

    assert "Mati listrik" in current
    assert "Banjir di jalan" in past
    assert "Jaringan putus" in past
    for title in ("Masih konsep", "Belum mulai"):
        assert title not in current + past


def test_an_empty_list_says_so(client):
    page = text(client.get(LIST))

    assert "Tidak ada pengumuman saat ini." in page
    assert "Belum ada pengumuman lama." in page


def test_the_list_has_pages_and_a_feed(client, django_assert_max_num_queries):
    for number in range(21):
        make_announcement(
            f"Kabar {number:02}", at=NOW - (30 - number) * HOUR, ends_at=NOW - number * HOUR / 60
        )

    with django_assert_max_num_queries(8):
        first = text(client.get(LIST))

    assert "Kabar 20" in first
    assert "Kabar 00" not in first
    assert "/informasi/rss.xml" in first
    assert "Kabar 00" in text(client.get(f"{LIST}?hal=2"))


@pytest.mark.parametrize("page", ["0", "-1", "99", "x", "9" * 30])
def test_a_page_that_is_not_there_is_no_error(client, page):
    assert client.get(f"{LIST}?hal={page}").status_code == 200


def test_the_page_shows_the_text(client):
    announcement = make_announcement(body="Antrean foto **dihentikan**.", ends_at=NOW + HOUR)

    page = text(client.get(announcement.get_absolute_url()))

    assert "<strong>dihentikan</strong>" in page
    assert "24 November pukul 11.00" in page


def test_a_withdrawn_one_says_since_when_it_does_not_hold(client):
    announcement = withdraw(make_announcement(at=NOW - HOUR), at=NOW - HOUR / 2)

    page = text(client.get(announcement.get_absolute_url()))

    assert "Sudah dicabut" in page
    assert "24 November pukul 09.30" in page


def test_one_that_is_over_says_so(client):
    announcement = make_announcement(at=NOW - HOUR, ends_at=NOW - HOUR / 2)

    assert "Sudah berakhir" in text(client.get(announcement.get_absolute_url()))


@pytest.mark.parametrize(
    "make",
    [
        make_announcement_draft,
        lambda: make_announcement(starts_at=NOW + HOUR),
        lambda: withdraw(make_announcement(starts_at=NOW + HOUR)),
    ],
    ids=["draft", "future", "withdrawn before it began"],
)
def test_what_was_never_told_has_no_page(client, make):
    assert client.get(make().get_absolute_url()).status_code == 404


def test_its_own_page_does_not_say_it_twice(client):
    announcement = make_announcement()
    make_announcement("Banjir di jalan")

    page = text(client.get(announcement.get_absolute_url()))

    banner = page.partition('class="siaran"')[2].partition("<main")[0]

    assert "Banjir di jalan" in banner
    assert announcement.title not in banner


def test_the_page_names_the_language_of_its_text(client):
    announcement = make_announcement(title_en="Passport system down", body="Hanya Indonesia.")

    page = text(read_in_english(client).get(announcement.get_absolute_url()))

    assert "This text is only available in Indonesian." in page
    assert "Passport system down" in page


# Verbs


def test_only_a_head_may_tell_it_alone():
    with pytest.raises(NotAllowed):
        actions.announce_now(actor=make_user(Role.HUMAS), title="Mati listrik")

    assert not Announcement.objects.exists()


def test_nobody_publishes_a_text_that_changed_meanwhile():
    draft = make_announcement_draft()
    seen = draft.changed_at
    actions.change_announcement(draft, actor=make_user(Role.HUMAS), title="Lain", seen=seen)

    with pytest.raises(StaleItem):
        actions.publish_announcement(draft, actor=make_user(Role.PPID), seen=seen)
    with pytest.raises(StaleItem):
        actions.change_announcement(draft, actor=make_user(Role.HUMAS), title="X", seen=seen)
