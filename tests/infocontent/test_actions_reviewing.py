"""What is out is looked at again, and taken back: reviews, reminders, the archive."""

from datetime import date, timedelta

import pytest

from infocontent import actions
from infocontent.models import Item
from infocontent.search import find
from infocontent.workflow import (
    ContentError,
    EventCode,
    ItemState,
    VersionState,
)
from office.roles import Role
from tests.factories import NOW, make_user

from .items import codes, content, make_draft, make_item, put_out

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
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


def test_a_look_moves_the_next_one_and_takes_the_mark_away(humas):
    item = make_item(at=NOW)
    Item.objects.filter(pk=item.pk).update(needs_check=True, review_by=NOW.date() - DAY)
    assert again(item).is_past_review(NOW.date())

    actions.confirm_current(item, actor=humas, at=NOW)

    item = again(item)
    assert (item.checked_on, item.needs_check) == (NOW.date(), False)
    assert item.review_by == NOW.date() + timedelta(days=182)
    assert item.events.last().data == {"review_by": item.review_by.isoformat()}


@pytest.mark.parametrize("day", [NOW.date(), NOW.date() - DAY])
def test_the_next_look_is_not_in_the_past(humas, day):
    item = make_item()

    with pytest.raises(ContentError, match="harus setelah hari ini"):
        actions.confirm_current(item, actor=humas, review_by=day, at=NOW)


def test_the_owner_is_reminded_once_for_each_day(humas):
    item = make_item(at=NOW)

    assert [actions.remind_review(item, at=NOW) for _ in range(2)] == [True, False]

    actions.confirm_current(item, actor=humas, review_by=date(2027, 8, 1), at=NOW)
    assert [actions.remind_review(item, at=NOW) for _ in range(2)] == [True, False]
    assert codes(item).count(EventCode.REMINDED) == 2


def test_nobody_is_reminded_of_what_is_not_public(ppid):
    draft, item = make_draft("konsep"), make_item("arsip")
    actions.archive(item, actor=ppid, reason="Lama.")

    assert actions.remind_review(draft) is actions.remind_review(item) is False


@pytest.mark.parametrize(("left", "is_due"), [(-1, True), (0, True), (14, True), (15, False)])
def test_what_is_due_within_two_weeks_is_to_be_looked_at(left, is_due):
    day = NOW.date() + timedelta(days=left)
    item = put_out(make_draft(plan={"review_by": day}), at=NOW)

    assert (item in Item.objects.to_review(NOW.date())) is is_due
    assert again(item).is_past_review(NOW.date()) is (left < 0)


# Taken back


def test_what_is_archived_is_neither_shown_nor_found(ppid):
    item = make_item(body="Cendrawasih.")
    assert find("cendrawasih").total == 1

    actions.archive(item, actor=ppid, reason="Aturannya berganti.")

    assert again(item).state == ItemState.ARCHIVED
    assert item not in Item.objects.published()
    assert find("cendrawasih").total == 0
    assert item.events.last().data == {"reason": "Aturannya berganti."}


@pytest.mark.parametrize("reason", ["", " \n "])
def test_nothing_is_archived_without_a_reason(ppid, reason):
    item = make_item()

    with pytest.raises(ContentError, match="Tulis mengapa"):
        actions.archive(item, actor=ppid, reason=reason)

    assert again(item).state == ItemState.LIVE


def test_an_archived_text_comes_back_through_two_people(humas, ppid):
    item = make_item(body="Cendrawasih.", at=NOW)
    actions.archive(item, actor=ppid, reason="Keliru.", at=NOW)

    actions.restore(item, actor=humas, number=1)
    put_out(item, at=TOMORROW)

    item = again(item)
    assert (item.state, item.published_at) == (ItemState.LIVE, TOMORROW)
    assert item.first_published_at == NOW
    assert find("cendrawasih", at=TOMORROW).total == 1


def test_what_was_archived_by_a_person_is_not_brought_back_by_the_clock(humas, ppid):
    item = make_item(at=NOW)
    actions.save(item, actor=humas, content=content(body="Baru."), publish_at=TOMORROW)
    put_out(item, at=NOW)

    actions.archive(item, actor=ppid, reason="Seluruhnya keliru.", at=NOW)

    assert actions.go_live(item, at=TOMORROW) is False
    assert item.open_version.state == VersionState.DRAFT
    assert item.open_version.approver is None
    assert item.events.last().data == {"reason": "Seluruhnya keliru.", "called_back": 2}
