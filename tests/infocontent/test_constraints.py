"""What the database itself refuses, whoever writes to it."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from infocontent import actions
from infocontent.models import (
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
