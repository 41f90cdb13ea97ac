"""Out to the public, right for long, and back: the second person and the clock."""

from datetime import date, datetime, timedelta

import pytest

from infocontent import actions
from infocontent.models import Item, Version
from infocontent.workflow import (
    ContentError,
    EventCode,
    Incomplete,
    ItemState,
    NotAllowed,
    VersionState,
)
from office.roles import Role
from tests.factories import NOW, make_user

from .items import codes, content, make_draft, make_item, put_out

pytestmark = pytest.mark.django_db

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
TOMORROW = NOW + DAY


@pytest.fixture
def humas():
    return make_user(Role.HUMAS)


@pytest.fixture
def ppid():
    return make_user(Role.PPID)


def again(item):
    return Item.objects.get(pk=item.pk)


def scheduled(publish_at=TOMORROW, **plan):
    return put_out(make_draft(plan={"publish_at": publish_at, **plan}), at=NOW)


# The second person


def test_what_the_second_person_agrees_to_is_public(ppid):
    item = make_draft(body="Isi.")
    actions.submit(item, actor=make_user(Role.HUMAS), at=NOW)

    assert actions.approve(item, actor=ppid, at=NOW) is True

    item, version = again(item), item.versions.get()
    assert (item.state, item.published_at, item.first_published_at) == (ItemState.LIVE, NOW, NOW)
    assert (item.body, item.checked_on, item.needs_check) == ("Isi.", NOW.date(), False)
    assert item.review_by == NOW.date() + timedelta(days=182)
    assert (version.state, version.live_at, version.approved_at) == (VersionState.LIVE, NOW, NOW)
    assert version.approver == ppid
    assert item in Item.objects.published(NOW)


def test_nobody_publishes_what_he_wrote(humas):
    item = make_draft(author=humas)
    actions.submit(item, actor=make_user(Role.HUMAS))

    with pytest.raises(NotAllowed, match="Anda ikut menulis versi ini"):
        actions.approve(item, actor=humas)

    assert again(item).state == ItemState.NEW


def test_nobody_publishes_what_he_handed_in(humas):
    item = make_draft()
    actions.submit(item, actor=humas)

    with pytest.raises(NotAllowed):
        actions.approve(item, actor=humas)


def test_whoever_only_saved_an_earlier_draft_of_the_version_is_no_second_person(humas):
    item, writer = make_draft(), make_user(Role.HUMAS)
    actions.save(item, actor=humas, content=content(body="Kalimat humas."))
    actions.save(item, actor=writer, content=content(body="Kalimat humas, dan satu lagi."))
    actions.submit(item, actor=writer)
    assert item.open_version.author == writer

    with pytest.raises(NotAllowed):
        actions.approve(item, actor=humas)


def test_whoever_restored_the_version_is_no_second_person(humas):
    item = make_item()
    actions.restore(item, actor=humas, number=1)
    actions.save(item, actor=make_user(Role.HUMAS), content=content())
    actions.submit(item, actor=make_user(Role.HUMAS))

    with pytest.raises(NotAllowed):
        actions.approve(item, actor=humas)


@pytest.mark.parametrize("was_out", [True, False])
def test_whoever_wrote_a_discarded_draft_that_another_brings_back_is_no_second_person(
    humas, was_out
):
    item, other = make_item(is_published=was_out), make_user(Role.HUMAS)
    actions.save(item, actor=humas, content=content(body="Kalimat humas."))
    discarded = item.open_version.number
    actions.discard(item, actor=humas)
    actions.restore(item, actor=other, number=discarded)
    actions.submit(item, actor=other)

    with pytest.raises(NotAllowed):
        actions.approve(item, actor=humas)


def test_a_discarded_draft_brought_back_twice_still_has_its_writer(humas):
    item, other = make_item(), make_user(Role.HUMAS)
    actions.save(item, actor=humas, content=content(body="Kalimat humas."))
    for number in (2, 3):
        actions.discard(item, actor=other)
        actions.restore(item, actor=other, number=number)
    actions.submit(item, actor=other)

    with pytest.raises(NotAllowed):
        actions.approve(item, actor=humas)


def test_a_new_draft_of_what_was_never_out_begins_with_the_words_of_the_discarded_one(humas):
    item, other = make_draft(author=humas, body="Kalimat humas."), make_user(Role.HUMAS)
    actions.discard(item, actor=humas)
    actions.save(item, actor=other, content={})
    actions.submit(item, actor=other)
    assert item.open_version.body == "Kalimat humas."

    with pytest.raises(NotAllowed):
        actions.approve(item, actor=humas)


def test_a_discarded_draft_beside_what_is_live_leaves_no_hand_in_the_next(humas):
    item, other = make_item(), make_user(Role.HUMAS)
    actions.save(item, actor=humas, content=content(body="Kalimat humas."))
    actions.discard(item, actor=humas)
    actions.save(item, actor=other, content=content(body="Lain."))
    actions.submit(item, actor=other)

    assert actions.approve(item, actor=humas) is True


def test_what_two_people_agreed_to_once_is_restored_by_one_and_approved_by_its_writer(humas):
    item, other = put_out(make_draft(author=humas)), make_user(Role.HUMAS)
    actions.save(item, actor=other, content=content(body="Lain."))
    put_out(item)
    actions.restore(item, actor=other, number=1)
    actions.submit(item, actor=other)

    assert actions.approve(item, actor=humas) is True


def test_a_proposal_of_the_ppid_is_published_by_somebody_else(ppid, humas):
    item = make_draft(author=ppid)
    actions.submit(item, actor=humas)

    with pytest.raises(NotAllowed):
        actions.approve(item, actor=ppid)

    assert actions.approve(item, actor=make_user(Role.OFFICE_HEAD)) is True


def test_a_hand_in_an_earlier_version_does_not_count(humas):
    item = make_draft(author=humas)
    put_out(item)
    actions.save(item, actor=make_user(Role.HUMAS), content=content(body="Lain."))
    actions.submit(item, actor=make_user(Role.HUMAS))

    assert actions.approve(item, actor=humas) is True


def test_sending_back_is_no_hand_in_it(humas, ppid):
    item = make_draft()
    actions.submit(item, actor=humas)
    actions.return_draft(item, actor=ppid, remark="Ubah.")
    actions.submit(item, actor=humas)

    assert actions.approve(item, actor=ppid) is True


def test_the_second_person_cannot_let_out_what_misses_something(ppid):
    item = make_draft()
    actions.submit(item, actor=make_user(Role.HUMAS))
    # As if the rules had become stricter since it was handed in.
    Version.objects.filter(item=item).update(body=" ")

    with pytest.raises(Incomplete):
        actions.approve(item, actor=ppid)

    assert item.open_version.state == VersionState.IN_REVIEW


def test_a_new_version_takes_the_place_of_the_old_one(humas):
    item = make_item(body="Lama.", at=NOW)
    actions.save(item, actor=humas, content=content(body="Baru."))

    put_out(item, at=NOW + DAY)

    item = again(item)
    assert [version.state for version in item.versions.all()] == ["terbit", "lewat"]
    assert (item.body, item.published_at) == ("Baru.", NOW + DAY)
    assert item.first_published_at == NOW


def test_the_day_of_the_next_look_can_be_chosen():
    item = put_out(make_draft(plan={"review_by": date(2027, 1, 1)}))

    assert again(item).review_by == date(2027, 1, 1)


# The clock


def test_an_approved_text_waits_for_its_moment():
    item = scheduled()

    assert again(item).state == ItemState.NEW
    assert item.versions.get().state == VersionState.APPROVED
    assert item.events.last().code == EventCode.APPROVED
    assert datetime.fromisoformat(item.events.last().data["publish_at"]) == TOMORROW
    assert item not in Item.objects.published(TOMORROW + DAY)


@pytest.mark.parametrize(
    ("at", "is_out"),
    [
        (TOMORROW - MINUTE, False),
        (TOMORROW - timedelta(microseconds=1), False),
        (TOMORROW, True),
        (TOMORROW + DAY, True),
    ],
)
def test_it_goes_out_at_its_moment_and_not_before(at, is_out):
    item = scheduled()

    assert actions.go_live(item, at=at) is is_out

    assert (again(item).state == ItemState.LIVE) is is_out
    assert (item.events.last().code == EventCode.PUBLISHED) is is_out
    if is_out:
        assert again(item).published_at == at
        assert item.events.last().actor is None


def test_it_goes_out_once():
    item = scheduled()
    actions.go_live(item, at=TOMORROW)
    before = codes(item)

    assert actions.go_live(item, at=TOMORROW + DAY) is False

    assert codes(item) == before
    assert again(item).published_at == TOMORROW


def test_a_moment_that_has_passed_means_now():
    item = put_out(make_draft(plan={"publish_at": NOW - DAY}), at=NOW)

    assert again(item).published_at == NOW


def test_the_clock_changes_nothing_about_what_waits_for_no_moment():
    items = [make_draft("konsep"), make_item("terbit")]

    assert [actions.go_live(item, at=TOMORROW) for item in items] == [False, False]


def test_what_is_live_stays_until_the_moment_of_the_next_version(humas):
    item = make_item(body="Lama.", at=NOW)
    actions.save(item, actor=humas, content=content(body="Baru."), publish_at=TOMORROW)
    put_out(item, at=NOW)
    assert again(item).body == "Lama."

    actions.go_live(item, at=TOMORROW)

    assert again(item).body == "Baru."
    assert [version.state for version in item.versions.all()] == ["terbit", "lewat"]


def test_what_is_called_back_needs_agreement_again(humas, ppid):
    item = scheduled()

    actions.call_back(item, actor=humas)

    version = item.open_version
    assert (version.state, version.approver, version.approved_at) == ("konsep", None, None)
    assert actions.go_live(item, at=TOMORROW) is False
    put_out(item, at=TOMORROW)
    assert again(item).state == ItemState.LIVE


@pytest.mark.parametrize(
    ("at", "is_over"),
    [(TOMORROW - MINUTE, False), (TOMORROW, True), (TOMORROW + DAY, True)],
)
def test_what_has_shown_long_enough_is_archived_by_the_clock(at, is_over):
    item = put_out(make_draft(plan={"expires_at": TOMORROW}), at=NOW)

    assert actions.expire(item, at=at) is is_over

    assert again(item).state == (ItemState.ARCHIVED if is_over else ItemState.LIVE)
    assert (item.events.last().code == EventCode.EXPIRED) is is_over


def test_nobody_sees_what_is_over_even_before_the_clock_has_struck():
    item = put_out(make_draft(plan={"expires_at": TOMORROW}), at=NOW)

    assert item in Item.objects.published(TOMORROW - MINUTE)
    assert item not in Item.objects.published(TOMORROW)
    assert list(Item.objects.expired(TOMORROW)) == [item]


def test_expiring_twice_is_once_and_without_an_end_never():
    item, endless = put_out(make_draft(plan={"expires_at": TOMORROW}), at=NOW), make_item("tetap")
    actions.expire(item, at=TOMORROW)

    assert actions.expire(item, at=TOMORROW) is False
    assert actions.expire(endless, at=TOMORROW + 999 * DAY) is False
    assert codes(item).count(EventCode.EXPIRED) == 1


def test_a_text_whose_time_is_over_is_not_approved_any_more(ppid):
    item = make_draft(plan={"expires_at": TOMORROW})
    actions.submit(item, actor=make_user(Role.HUMAS))

    with pytest.raises(ContentError, match="Masa tayang versi ini sudah lewat"):
        actions.approve(item, actor=ppid, at=TOMORROW)


# Looked at again
