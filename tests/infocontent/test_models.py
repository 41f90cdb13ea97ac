"""What the database itself refuses, and what is public at which moment."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from infocontent import actions
from infocontent.models import (
    Announcement,
    AnnouncementState,
    ContentEvent,
    DailyCount,
    Document,
    Exclusion,
    Item,
    Kind,
    Misspelling,
    OldSlug,
    Placement,
    Posting,
    PublicInformation,
    SearchCount,
    Tariff,
    Term,
    Topic,
    Version,
    Vote,
)
from infocontent.search import find
from infocontent.workflow import EventCode, ItemState, VersionState
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


def refuses(name):
    """The database names the rule that was broken (SQLite: the columns, where they are unique)."""
    return pytest.raises(IntegrityError, match=name)


def change(row, **wrong):
    with transaction.atomic():
        type(row).objects.filter(pk=row.pk).update(**wrong)


# What the database refuses


@pytest.mark.parametrize(
    ("wrong", "rule"),
    [
        ({"published_at": None}, "item_live_says_since_when"),
        ({"first_published_at": None}, "item_live_says_since_when"),
        ({"link": "http://example.go.id/"}, "item_link_is_https"),
        ({"link": "javascript:alert(1)"}, "item_link_is_https"),
        ({"kind": Kind.INFOGRAPHIC, "alt": ""}, "item_live_infographic_has_text"),
        ({"kind": Kind.INFOGRAPHIC, "alt": "x", "body": ""}, "item_live_infographic_has_text"),
        ({"kind": Kind.VIDEO, "transcript": ""}, "item_live_video_has_transcript"),
        ({"slug": "lain"}, r"infocontent_item[._]slug"),
        ({"short_code": "bcdfg"}, r"infocontent_item[._]short_code"),
    ],
)
def test_an_item_that_is_public_is_whole(wrong, rule):
    change(make_draft("lain"), short_code="bcdfg")
    item = make_item()

    with refuses(rule):
        change(item, **wrong)


def test_what_is_not_public_yet_may_be_unfinished():
    item = make_draft(kind=Kind.VIDEO, body="")

    change(item, kind=Kind.INFOGRAPHIC, alt="", transcript="")

    assert Item.objects.get(pk=item.pk).state == ItemState.NEW


@pytest.mark.parametrize(
    ("wrong", "rule"),
    [
        ({"number": 1}, r"version_number_once|version\.item_id, infocontent_version\.number"),
        ({"state": VersionState.LIVE}, r"version_one_live|version\.item_id"),
        ({"state": VersionState.APPROVED, "approver": None}, "version_second_person"),
        ({"state": VersionState.LIVE, "approver": None}, "version_second_person"),
        (
            {"publish_at": NOW, "expires_at": NOW},
            "version_expires_after_it_begins",
        ),
        (
            {"publish_at": NOW, "expires_at": NOW - HOUR},
            "version_expires_after_it_begins",
        ),
    ],
)
def test_a_version_keeps_its_rules(wrong, rule):
    item = make_item()
    version = actions.save(item, actor=make_user(Role.HUMAS), content=content())
    if "approver" not in wrong:
        wrong = {"approver": make_user(Role.PPID), **wrong}

    with refuses(rule):
        change(version, **wrong)


@pytest.mark.parametrize("state", [VersionState.APPROVED, VersionState.LIVE])
def test_the_database_itself_wants_two_persons(state):
    version = make_draft().versions.get()

    with refuses("version_second_person"):
        change(version, state=state, approver=version.author)


@pytest.mark.parametrize(
    "state", [VersionState.DRAFT, VersionState.IN_REVIEW, VersionState.APPROVED]
)
def test_an_item_has_one_version_under_work(state):
    item = make_draft()
    first = item.versions.get()

    with refuses(r"version_one_open|version\.item_id"), transaction.atomic():
        Version.objects.create(
            item=item,
            number=2,
            topic=item.topic,
            title="Lain",
            state=state,
            author=first.author,
            approver=make_user(Role.PPID),
            preview_token="lain",
        )


@pytest.mark.parametrize(
    ("wrong", "rule"),
    [
        ({"ends_at": NOW, "starts_at": NOW}, "announcement_ends_after_it_starts"),
        ({"ends_at": NOW - HOUR, "starts_at": NOW}, "announcement_ends_after_it_starts"),
        ({"published_at": None}, "announcement_live_says_when"),
        ({"is_emergency": False}, "announcement_second_person"),
        ({"is_emergency": False, "approver": None}, "announcement_second_person"),
        ({"slug": "lain"}, r"announcement[._]slug"),
    ],
)
def test_an_announcement_keeps_its_rules(wrong, rule):
    make_announcement("Lain")
    announcement = make_announcement()

    with refuses(rule):
        change(announcement, **wrong)


@pytest.mark.parametrize(
    ("wrong", "rule"),
    [
        ({"ends_on": date(2026, 1, 1)}, "exclusion_ends_after_it_starts"),
        ({"ends_on": date(2025, 12, 31)}, "exclusion_ends_after_it_starts"),
        *(({"ground": letter, "ends_on": None}, "exclusion_a_to_f_end") for letter in "abcdef"),
        ({"tested_on": date(2026, 1, 2)}, "exclusion_tested_before_decreed"),
    ],
)
def test_an_exclusion_keeps_the_rules_of_the_law(wrong, rule):
    with refuses(rule):
        change(make_exclusion(), **wrong)


@pytest.mark.parametrize("letter", "ghij")
def test_what_the_law_gives_no_end_needs_none(letter):
    exclusion = make_exclusion(ground=letter, ends_on=None)

    assert exclusion in Exclusion.objects.in_force(date(2099, 1, 1))


def test_a_test_on_the_day_of_the_decree_is_in_time():
    assert make_exclusion(tested_on=date(2026, 1, 1), decree_on=date(2026, 1, 1)).pk


def duplicates():
    """For each rule that something is there once: the rule, and how to make it twice."""
    item, topic = make_item(), Topic.objects.get(code="paspor-baru")
    document = Document.objects.get(item=item)
    term = Term.objects.create(text="ujiuji")
    counted = {"item": item, "what": DailyCount.What.SCAN, "day": TODAY}
    placed = {"item": item, "channel": Placement.Channel.X, "day": TODAY}
    return {
        "vote_once_a_day": (Vote, {"item": item, "day": TODAY, "voter": "a", "is_helpful": True}),
        "daily_count_once": (DailyCount, counted),
        "search_count_once": (SearchCount, {"key": "a", "day": TODAY, "words": "a", "found": 0}),
        "placement_once_a_day": (Placement, placed),
        "tariff_once_a_day": (
            Tariff,
            {"code": "a", "valid_from": TODAY, "group": "a", "name": "a", "amount": 1},
        ),
        "posting_once": (Posting, {"term": term, "document": document, "weight": 1}),
        "misspelling_once": (Misspelling, {"term": term, "form": "ujiuj"}),
        "number": (PublicInformation, {"number": 9001, "topic": topic}),
        "slug": (OldSlug, {"slug": "lama", "item": item}),
    }


@pytest.mark.parametrize(
    "rule",
    [
        "vote_once_a_day",
        "daily_count_once",
        "search_count_once",
        "placement_once_a_day",
        "tariff_once_a_day",
        "posting_once",
        "misspelling_once",
        "number",
        "slug",
    ],
)
def test_what_is_there_once_is_not_there_twice(rule):
    model, row = duplicates()[rule]
    model.objects.create(**row)

    with pytest.raises(IntegrityError, match=r"(?i)unique"), transaction.atomic():
        model.objects.create(**row)


def test_reach_is_known_after_posting_only():
    placement = Placement.objects.create(
        item=make_item(), channel=Placement.Channel.INSTAGRAM, day=TODAY, is_posted=True, reach=9
    )

    with refuses("placement_reach_after_posting"):
        change(placement, is_posted=False)


@pytest.mark.parametrize("link", ["http://a.example", "javascript:alert(1)", "//a.example"])
def test_the_list_of_public_information_links_safely(link):
    with refuses("dip_link_is_https"):
        change(make_information(), link=link)


@pytest.mark.parametrize("owners", [(), ("item", "announcement")])
def test_an_event_is_of_one_thing(owners):
    things = {"item": make_item(), "announcement": make_announcement()}

    with refuses("content_event_of_one_thing"), transaction.atomic():
        ContentEvent.objects.create(code=EventCode.SAVED, **{name: things[name] for name in owners})


@pytest.mark.parametrize("owners", [(), ("item", "announcement"), ("item", "information")])
def test_a_document_is_of_one_thing(owners):
    things = {
        "item": make_draft(),
        "announcement": make_announcement(),
        "information": make_information(),
    }
    Posting.objects.all().delete()
    Document.objects.all().delete()

    with refuses("document_of_one_thing"), transaction.atomic():
        Document.objects.create(
            kind="faq",
            address="/",
            title="a",
            visible_from=NOW,
            **{name: things[name] for name in owners},
        )


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
