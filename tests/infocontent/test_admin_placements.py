from datetime import date, timedelta

import pytest
from django.utils import timezone

from infocontent import actions
from infocontent.desk.calendar import month_of
from infocontent.models import Item, Placement
from office.calendar import today
from office.roles import Role
from tests.factories import make_user

from .desk import address, client_of, see, text
from .items import make_draft, make_item, put_out

pytestmark = pytest.mark.django_db

PLACES = "/admin/infocontent/placement/"
CALENDAR = f"{PLACES}kalender/"


@pytest.fixture
def humas():
    return make_user(Role.HUMAS, first_name="Rani")


@pytest.fixture
def empty_month():
    """Without the texts that an office begins with."""
    Item.objects.update(expires_at=None)
    return "2027-03"


def place(user, item, **more):
    data = {"channel": "instagram", "day": "2026-11-24", "maker": user.pk, **more}
    return client_of(user).post(f"{PLACES}add/?item={item.pk}", data, follow=True)


def test_a_posting_is_noted_from_the_page_of_the_item(humas):
    item = make_item()

    assert f"{PLACES}add/?item={item.pk}" in see(humas, address(item))
    form = see(humas, f"{PLACES}add/?item={item.pk}")
    assert f'<option value="{humas.pk}" selected>' in form
    page = text(place(humas, item, is_posted="on", link="https://instagram.com/p/1"))

    placement = Placement.objects.get()
    assert (placement.item, placement.maker, placement.is_posted) == (item, humas, True)
    assert "Penayangan dicatat." in page
    assert "https://instagram.com/p/1" in page


def test_without_an_item_the_list_is_shown_first(humas):
    response = client_of(humas).get(f"{PLACES}add/", follow=True)

    assert "Pilih dulu bahannya" in text(response)


@pytest.mark.parametrize("asked", ["x", "-1", "999999", "9" * 40])
def test_an_item_that_is_not_there_gets_no_placement(humas, asked):
    response = client_of(humas).get(f"{PLACES}add/?item={asked}")

    assert response.status_code == 302


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"day": "2026-12-01", "is_posted": "on"}, "Tanggalnya belum tiba."),
        ({"day": "0001-01-01"}, "Tahunnya tidak mungkin."),
        ({"reach": "100"}, "Jangkauan diisi setelah tayang."),
        ({"link": "javascript:alert(1)"}, "Tulis alamatnya lengkap"),
        ({"channel": "friendster"}, "friendster"),
        ({"channel": ""}, "Bagian “Kanal” belum diisi."),
    ],
)
def test_a_placement_that_cannot_be_is_refused(humas, more, words):
    response = place(humas, make_item(), **more)

    assert words in text(response)
    assert not Placement.objects.exists()


def test_what_was_never_out_can_be_planned_but_not_posted(humas):
    item = make_draft()

    assert "belum pernah terbit" in text(place(humas, item, is_posted="on"))
    place(humas, item, day="2026-12-01")

    assert Placement.objects.get().is_posted is False


def test_the_same_channel_on_the_same_day_is_noted_once(humas):
    item = make_item()
    place(humas, item)

    response = place(humas, item)

    assert "sudah dicatat di kanal itu" in text(response)
    assert Placement.objects.count() == 1


def test_the_reach_is_typed_in_later(humas):
    item = make_item()
    place(humas, item)
    placement = Placement.objects.get()
    data = {"channel": "instagram", "day": "2026-11-24", "is_posted": "on", "reach": "1200"}

    client_of(humas).post(f"{PLACES}{placement.pk}/change/", data)

    placement.refresh_from_db()
    assert (placement.reach, placement.item) == (1200, item)


def test_a_placement_is_deleted_after_a_question(humas):
    place(humas, make_item())
    where = f"{PLACES}{Placement.objects.get().pk}/delete/"

    assert client_of(humas).get(where).status_code == 200
    assert Placement.objects.count() == 1
    client_of(humas).post(where, {"post": "yes"})

    assert not Placement.objects.exists()


@pytest.mark.parametrize("role", [role for role in Role if role != Role.HUMAS])
def test_only_the_team_notes_placements(role):
    item = make_item()
    client = client_of(make_user(role))

    assert client.get(f"{PLACES}add/?item={item.pk}").status_code == 403
    assert client.get(PLACES).status_code == 403


def test_the_month_shows_what_is_out_planned_and_ending(humas):
    soon, later = timezone.now() + timedelta(days=2), timezone.now() + timedelta(days=4)
    live = make_item("terbit", title="Yang terbit", plan={"expires_at": later})
    put_out(make_draft("jadwal", title="Yang terjadwal", plan={"publish_at": soon}))
    make_draft("rencana", title="Yang belum pasti", plan={"publish_at": soon})
    Placement.objects.create(item=live, channel="tiktok", day=today() + timedelta(days=1))
    Placement.objects.create(item=live, channel="x", day=today(), is_posted=True)

    found = {
        (day.date.day, entry.what, entry.item.title)
        for week in month_of(today()).weeks
        for day in week
        for entry in day.entries
    }

    assert found >= {
        (24, "Terbit", "Yang terbit"),
        (24, "X", "Yang terbit"),
        (25, "Rencana: TikTok", "Yang terbit"),
        (26, "Akan terbit", "Yang terjadwal"),
        (26, "Rencana terbit, belum disetujui", "Yang belum pasti"),
        (28, "Masa tayang berakhir", "Yang terbit"),
    }
    assert "Rencana: TikTok" in see(humas, CALENDAR)


def test_what_was_archived_no_longer_ends(humas):
    item = make_item("satu", plan={"expires_at": timezone.now() + timedelta(days=2)})
    actions.archive(item, actor=humas, reason="Usang.")

    entries = [e.what for w in month_of(today()).weeks for d in w for e in d.entries]

    assert "Masa tayang berakhir" not in entries


@pytest.mark.parametrize(
    ("first", "before", "after", "days"),
    [
        (date(2026, 11, 1), date(2026, 10, 1), date(2026, 12, 1), 30),
        (date(2027, 1, 1), date(2026, 12, 1), date(2027, 2, 1), 31),
        (date(2028, 2, 1), date(2028, 1, 1), date(2028, 3, 1), 29),
        (date(2000, 1, 1), None, date(2000, 2, 1), 31),
        (date(2099, 12, 1), date(2099, 11, 1), None, 31),
    ],
)
def test_a_month_knows_its_neighbours_and_its_days(first, before, after, days):
    month = month_of(first)

    assert (month.previous, month.next) == (before, after)
    assert sum(day.is_inside for week in month.weeks for day in week) == days
    assert all(len(week) == 7 for week in month.weeks)


def test_another_month_is_reached_by_its_address(humas):
    page = see(humas, f"{CALENDAR}?bulan=2026-12")

    assert "Desember 2026" in page
    assert "?bulan=2026-11" in page
    assert "?bulan=2027-01" in page


@pytest.mark.parametrize("asked", ["2026-13", "kapan", "0001-01", "9999-12", "2026-11-01"])
def test_a_month_that_is_none_falls_back_to_this_one(humas, asked):
    page = see(humas, f"{CALENDAR}?bulan={asked}")

    assert "Bulan tidak dikenali" in page
    assert "November 2026" in page


def test_an_empty_month_says_what_to_do(humas, empty_month):
    assert "Belum ada yang direncanakan" in see(humas, f"{CALENDAR}?bulan={empty_month}")


def test_the_month_costs_the_same_for_few_and_for_many(humas, django_assert_num_queries):
    client = client_of(humas)
    client.get(CALENDAR)
    with django_assert_num_queries(7):
        client.get(CALENDAR)

    for number in range(6):
        item = make_item(f"lagi-{number}")
        Placement.objects.create(item=item, channel="x", day=today(), maker=humas)

    with django_assert_num_queries(7):
        client.get(CALENDAR)
