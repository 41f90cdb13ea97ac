"""Many people in the same moment, each with a connection of their own."""

from collections import Counter

import pytest

from infocontent import actions, search
from infocontent.models import (
    ContentEvent,
    DailyCount,
    Item,
    OldSlug,
    Posting,
    SearchCount,
    Topic,
    Vote,
)
from infocontent.search import find
from infocontent.workflow import ContentError, EventCode, StaleItem, VersionState
from office.roles import Role
from tests.factories import NOW, make_user
from tests.races import at_once, split

from .items import content, make_draft, make_item, stored_counts, true_counts

pytestmark = pytest.mark.usefixtures("committed_db")

WORDS = ["antrean", "paspor", "visa", "deportasi", "biometrik", "sponsor", "wawancara"]


def anew(item):
    """The row as another process has it."""
    return Item.objects.get(pk=item.pk)


def test_new_texts_and_changed_ones_that_share_new_words_never_wait_for_each_other():
    humas, ppid = make_user(Role.HUMAS), make_user(Role.PPID)
    items = [make_item(f"lama-{n}", body=" ".join(WORDS)) for n in range(3)]
    for item in items:
        actions.save(
            item, actor=humas, content=content(body=" ".join(reversed([*WORDS, "serempak"])))
        )
    items += [make_draft(f"baru-{n}", body=f"serempak {' '.join(WORDS)}") for n in range(3)]
    for item in items:
        actions.submit(item, actor=humas)

    _, errors = split(at_once(6, lambda n: actions.approve(anew(items[n]), actor=ppid)))

    assert errors == []
    assert stored_counts() == true_counts()
    assert find("serempak").total == 6


def test_an_index_made_anew_beside_a_publication_is_whole():
    humas, ppid = make_user(Role.HUMAS), make_user(Role.PPID)
    drafts = [make_draft(f"bahan-{n}", body=f"serempak {WORDS[n]}") for n in range(4)]
    for draft in drafts:
        actions.submit(draft, actor=humas)

    def work(number):
        if number % 2:
            search.rebuild()
        else:
            actions.approve(anew(drafts[number // 2]), actor=ppid)

    _, errors = split(at_once(8, work))

    assert errors == []
    assert stored_counts() == true_counts()
    assert find("serempak").total == 4


def test_of_five_approvals_of_one_version_one_counts():
    item = make_draft()
    actions.submit(item, actor=make_user(Role.HUMAS))
    people = [make_user(Role.PPID) for _ in range(5)]

    agreed, refused = split(at_once(5, lambda n: actions.approve(anew(item), actor=people[n])))

    assert agreed == [True]
    assert all(isinstance(error, ContentError) for error in refused)
    assert item.events.filter(code=EventCode.PUBLISHED).count() == 1
    assert item.versions.get(state=VersionState.LIVE).approver in people


def test_of_two_saves_of_one_page_one_is_told_that_it_is_late():
    item, humas = make_draft(), make_user(Role.HUMAS)
    seen = item.lock

    kept, refused = split(
        at_once(
            4,
            lambda n: actions.save(
                anew(item), actor=humas, seen=seen, content=content(title=f"Judul {n}")
            ),
        )
    )

    assert len(kept) == 1
    assert all(isinstance(error, StaleItem) for error in refused)
    assert anew(item).open_version.title == kept[0].title


def test_a_clock_that_strikes_twice_publishes_once():
    humas = make_user(Role.HUMAS)
    at = NOW.replace(hour=12)
    item = make_draft(author=humas, plan={"publish_at": at})
    actions.submit(item, actor=humas)
    actions.approve(item, actor=make_user(Role.PPID))

    struck, errors = split(at_once(4, lambda n: actions.go_live(anew(item), at=at)))

    assert errors == []
    assert sorted(struck) == [False, False, False, True]
    assert item.events.filter(code=EventCode.PUBLISHED).count() == 1


def test_texts_with_one_title_at_once_get_addresses_of_their_own():
    humas, topic = make_user(Role.HUMAS), Topic.objects.get(code="paspor-baru")

    def write(number):
        if number % 2:
            return actions.draft_announcement(actor=humas, title="Judul sama").slug
        typed = {"title": "Judul sama", "topic": topic}
        return actions.create(actor=humas, kind="faq", content=typed).slug

    made, errors = split(at_once(12, write))

    assert errors == []
    wanted = ["judul-sama", *(f"judul-sama-{n}" for n in range(2, 7))]
    assert sorted(made[::2]) == sorted(made[1::2]) == wanted


def test_of_four_renames_to_one_address_one_gets_it():
    humas = make_user(Role.HUMAS)
    items = [make_draft(f"bahan-{n}") for n in range(4)]

    _, refused = split(
        at_once(4, lambda n: actions.rename(anew(items[n]), actor=humas, slug="rebutan"))
    )

    assert len(refused) == 3
    assert all(isinstance(error, ContentError) for error in refused)
    assert Item.objects.get(slug="rebutan").old_slugs.count() == 1
    assert OldSlug.objects.count() == 1
    assert ContentEvent.objects.filter(code=EventCode.RENAMED).count() == 1


def test_a_visitor_who_presses_ten_times_at_once_votes_once():
    item = make_item()

    said = at_once(10, lambda n: actions.vote(item, visitor="10.0.0.1|Firefox", is_helpful=True))

    assert Counter(said) == {True: 1, False: 9}
    assert Vote.objects.get().is_helpful


def test_every_scan_and_every_search_of_many_at_once_is_counted():
    item, found = make_item(), find("paspor")

    scanned, errors = split(at_once(12, lambda n: actions.count_scan(item)))
    searched, more = split(at_once(12, lambda n: actions.count_search(found)))

    assert errors + more == []
    assert len(scanned) == len(searched) == 12
    assert DailyCount.objects.get().count == SearchCount.objects.get().count == 12


def test_answers_that_name_the_same_items_in_another_order_never_wait_for_each_other():
    first, second = make_item("satu"), make_item("dua")

    _, errors = split(
        at_once(
            8,
            lambda n: actions.count_uses([first, second] if n % 2 else [second, first, second]),
        )
    )

    assert errors == []
    assert [row.count for row in DailyCount.objects.all()] == [8, 8]


def test_no_posting_points_at_a_word_that_is_gone():
    humas, ppid = make_user(Role.HUMAS), make_user(Role.PPID)
    items = [make_item(f"bahan-{n}", body=f"serempak {WORDS[n]}") for n in range(4)]

    def work(number):
        item = anew(items[number // 2])
        if number % 2:
            actions.archive(item, actor=ppid, reason="Sudah tidak berlaku.")
        else:
            actions.rename(item, actor=humas, slug=f"baru-{number}")

    at_once(8, work)

    assert stored_counts() == true_counts()
    assert not Posting.objects.filter(document__item__in=items).exists()
    assert find("serempak").total == 0
