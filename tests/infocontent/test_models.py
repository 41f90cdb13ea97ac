"""What is public at which moment, in force on which day, and in which language."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.utils.translation import override

from infocontent import actions
from infocontent.models import (
    Announcement,
    AnnouncementState,
    Document,
    Exclusion,
    Item,
    Tariff,
    Version,
)
from infocontent.search import find
from office.roles import Role
from tests.factories import NOW, make_user

from .items import (
    content,
    make_announcement,
    make_draft,
    make_exclusion,
    make_information,
    make_item,
    make_tariff,
    put_out,
)

pytestmark = pytest.mark.django_db

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TODAY = NOW.date()


def change(row, **wrong):
    with transaction.atomic():
        type(row).objects.filter(pk=row.pk).update(**wrong)


# What is public, and when


MOMENTS = [NOW + hours * HOUR for hours in (-2, -1, 0, 1, 2, 3)]


def several():
    """Items of every state, with and without an end."""
    make_draft("konsep")
    put_out(make_draft("menunggu", plan={"publish_at": NOW + HOUR}), at=NOW)
    make_item("terbit", at=NOW)
    put_out(make_draft("berakhir", plan={"expires_at": NOW + HOUR}), at=NOW - HOUR)
    archived = make_item("arsip", at=NOW - HOUR)
    actions.archive(archived, actor=make_user(Role.PPID), reason="Lama.", at=NOW)
    live = make_item("berubah", at=NOW - HOUR)
    actions.save(live, actor=make_user(Role.HUMAS), content=content())


@pytest.mark.parametrize("at", MOMENTS)
def test_the_list_the_page_and_the_search_agree_on_what_is_public(at):
    several()
    slugs = ["konsep", "menunggu", "terbit", "berakhir", "arsip", "berubah"]
    items = Item.objects.filter(slug__in=slugs)

    listed = set(items.published(at).values_list("slug", flat=True))

    assert listed == {item.slug for item in items if item.is_public(at)}
    assert listed == set(
        Document.objects.visible(at).filter(item__in=items).values_list("item__slug", flat=True)
    )
    expected = {"berubah"} if at >= NOW - HOUR else set()
    expected |= {"terbit"} if at >= NOW else set()
    expected |= {"berakhir"} if NOW - HOUR <= at < NOW + HOUR else set()
    assert listed == expected


@pytest.mark.parametrize("at", MOMENTS)
@pytest.mark.parametrize("ends_at", [None, NOW + 2 * HOUR])
@pytest.mark.parametrize("starts_at", [NOW - HOUR, NOW + HOUR])
def test_an_announcement_is_current_from_its_start_to_its_end(starts_at, ends_at, at):
    announcement = make_announcement(starts_at=starts_at, ends_at=ends_at, at=NOW)
    is_current = starts_at <= at and (ends_at is None or at < ends_at)

    assert announcement.is_current(at) is is_current
    assert (announcement in Announcement.objects.current(at)) is is_current
    assert (announcement in Announcement.objects.on_show(at)) is is_current
    assert Document.objects.visible(at).filter(announcement=announcement).exists() is is_current


@pytest.mark.parametrize("state", [AnnouncementState.DRAFT, AnnouncementState.WITHDRAWN])
def test_only_what_is_out_is_current(state):
    announcement = make_announcement()
    change(announcement, state=state)
    announcement.refresh_from_db()

    assert not announcement.is_current()
    assert announcement not in Announcement.objects.current()


@pytest.mark.parametrize(
    ("day", "in_force"),
    [
        (date(2025, 12, 31), False),
        (date(2026, 1, 1), True),
        (date(2026, 12, 31), True),
        (date(2027, 1, 1), False),
    ],
)
def test_an_exclusion_is_in_force_from_its_first_to_its_last_day(day, in_force):
    exclusion = make_exclusion()

    assert (exclusion in Exclusion.objects.in_force(day)) is in_force


@pytest.mark.parametrize(
    ("left", "is_ending"), [(-1, False), (0, True), (1, True), (60, True), (61, False)]
)
def test_an_exclusion_that_ends_within_two_months_is_made_ready(left, is_ending):
    exclusion = make_exclusion(ends_on=TODAY + left * DAY)

    assert (exclusion in Exclusion.objects.ending(TODAY)) is is_ending


def test_an_exclusion_without_end_or_not_begun_is_never_ending():
    make_exclusion(ground="h", ends_on=None)
    make_exclusion(starts_on=TODAY + DAY, ends_on=TODAY + 9 * DAY)

    assert not Exclusion.objects.ending(TODAY).exists()


@pytest.mark.parametrize(
    ("day", "amount"),
    [
        (date(2024, 12, 16), None),
        (date(2024, 12, 17), 350_000),
        (date(2025, 12, 31), 350_000),
        (date(2026, 1, 1), 400_000),
        (date(2026, 6, 30), 400_000),
        (date(2026, 7, 1), 450_000),
        (date(2030, 1, 1), 450_000),
    ],
)
def test_a_price_holds_from_its_day_until_the_next_one(day, amount):
    make_tariff(400_000, date(2026, 1, 1))
    make_tariff(350_000, date(2024, 12, 17))
    make_tariff(450_000, date(2026, 7, 1))
    make_tariff(1, date(2020, 1, 1), code="lain")

    rows = Tariff.objects.in_force(day).filter(code="uji")

    assert [row.amount for row in rows] == ([amount] if amount else [])
    assert Tariff.objects.filter(code="lain").in_force(day).get().amount == 1


@pytest.mark.parametrize(
    ("amount", "words"),
    [(0, "Rp0"), (500, "Rp500"), (650_000, "Rp650.000"), (1_000_000, "Rp1.000.000")],
)
def test_an_amount_is_written_as_people_write_it(amount, words):
    assert Tariff(amount=amount).rupiah == words


# Two languages


@pytest.mark.parametrize(
    ("title_en", "label", "language"), [("Title", "Title", "en"), ("", "Judul", "id")]
)
def test_english_falls_back_and_says_so(title_en, label, language):
    things = [
        Item(title="Judul", title_en=title_en),
        Version(title="Judul", title_en=title_en),
        Announcement(title="Judul", title_en=title_en),
    ]

    with override("en"):
        assert {(thing.label, thing.label_language) for thing in things} == {(label, language)}
    with override("id"):
        assert {(thing.label, thing.label_language) for thing in things} == {("Judul", "id")}


def test_each_part_falls_back_by_itself():
    item = Item(title="Judul", title_en="Title", body="Isi", body_en="")

    with override("en"):
        assert (item.label_language, item.text_language) == ("en", "id")
        assert item.in_language("body") == "Isi"


def test_a_tariff_is_named_in_the_readers_language():
    tariff = Tariff(name="Paspor", name_en="Passport", unit="buku", unit_en="", amount=1)

    with override("en"):
        assert (tariff.label, tariff.per) == ("Passport", "buku")
    assert (tariff.label, tariff.per) == ("Paspor", "buku")


# Names


def test_everything_has_a_name_that_a_person_can_read():
    item = make_item()
    version = item.versions.get()

    assert str(item) == "Judul syarat-paspor"
    assert str(version) == "Judul syarat-paspor (versi 1)"
    assert str(item.events.first()) == f"Dibuat {item.events.first().at:%d-%m-%Y %H.%M}"
    assert str(make_tariff(1000, TODAY)) == "Layanan uji: Rp1.000"
    assert str(make_information()) == "9001. Laporan nomor 9001"
    assert str(make_exclusion()) == "Berkas penyidikan"
    assert find("judul").hits[0].document == Document.objects.get(item=item)
