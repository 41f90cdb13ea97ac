"""The attacker of these tests keeps every edition, knows the rule, and knows which number was
corrected.
"""

from collections import defaultdict
from datetime import date, datetime
from itertools import product

import pytest

from channels.models import Tally
from channels.vocabulary import ContactChannel
from infocontent.models import Topic
from office.refusals import Refusal
from office.roles import Role
from reports.statistics import actions
from reports.statistics.editions import give_away
from reports.statistics.figures import changed_by_few, numbers_of, withhold
from reports.statistics.models import PublicMonth
from tests.factories import WIB, make_case, make_user
from tests.reports.test_public_statistics import measured

OCTOBER = date(2026, 10, 1)


def is_refused(old, measured_anew, new):
    return changed_by_few(old, new) or give_away(old, new, numbers_of(measured_anew))


def cells(figures):
    return tuple(row["n"] for row in figures["contacts"]["parts"])


def named(numbers, order):
    """Contacts in an order of their channels, as after a regrouping."""
    figures = measured()
    figures["contacts"] = [{"key": f"c{place}", "n": numbers[place]} for place in order]
    return figures


# All months of four channels with no more contacts than these: the reader can tell the sums.
MOST = 13
MONTHS = [numbers for numbers in product(range(MOST + 1), repeat=4) if sum(numbers) <= MOST]


@pytest.mark.parametrize(
    ("place", "order"),
    [(None, (1, 2, 0, 3)), (None, (3, 0, 2, 1)), (0, range(4)), (2, (1, 2, 0, 3))],
)
def test_no_small_number_can_be_computed_from_two_editions(place, order):
    views = defaultdict(set)
    for numbers in MONTHS:
        old = withhold(named(numbers, range(4)))
        others = sum(numbers) - numbers[place] if place is not None else 0
        now = range(MOST - others + 1) if place is not None else [None]
        for n in now:
            corrected = [n if at == place else number for at, number in enumerate(numbers)]
            anew = named(corrected, order)
            new = withhold(anew, earlier=[old])
            if not is_refused(old, anew, new):
                view = (cells(old), old["contacts"]["n"], cells(new), new["contacts"]["n"])
                views[view].add((numbers, tuple(corrected)))

    assert len(views) > 150
    for possible in views.values():
        for edition in zip(*possible, strict=True):
            for n in zip(*edition, strict=True):
                assert len(set(n)) > 1 or not 0 < n[0] < 5, possible


def test_what_was_withheld_stays_so_when_the_groups_are_put_in_another_order():
    numbers = (3, 20, 50, 60)
    old = withhold(named(numbers, range(4)))
    assert cells(old) == (None, None, 50, 60)

    new = withhold(named(numbers, (1, 2, 0, 3)), earlier=[old])

    by_key = {row["key"]: row["n"] for row in new["contacts"]["parts"]}
    assert by_key["c0"] is by_key["c1"] is None


def test_every_earlier_edition_counts():
    first = withhold(measured(channels=(3, 20, 50, 60)))
    second = withhold(measured(channels=(30, 20, 50, 60)), earlier=[first])
    third = withhold(measured(channels=(30, 90, 50, 60)), earlier=[first, second])

    assert cells(second) == cells(third) == (None, None, 50, 60)


@pytest.mark.parametrize(("before", "after", "refused"), [
    # Small now, and published before.
    ((30, 20, 50, 60), (3, 20, 50, 60), True),
    ((0, 20, 50, 60), (3, 80, 50, 60), True),
    ((6, 0, 0, 0), (1, 0, 0, 0), True),
    # What is withheld changed by two, or lost nearly all of it.
    ((3, 20, 50, 60), (5, 20, 60, 60), True),
    ((1, 25, 50, 60), (1, 1, 50, 60), True),
    # A forgotten number was added to one that was withheld, or to one that was not.
    ((3, 20, 50, 60), (30, 20, 50, 60), False),
    ((3, 20, 0, 60), (3, 20, 40, 60), False),
    # Groups that are gone: those that were shown, and those that were withheld.
    ((3, 20, 50, 60), (3, 20, 110), False),
    ((20, 30, 50, 3), (20, 33, 50), True),
    # The sum was never told.
    ((1, 1, 1, 0), (30, 20, 50, 60), False),
])  # fmt: skip
def test_an_edition_that_gives_an_earlier_one_away_is_refused(before, after, refused):
    old, anew = withhold(measured(channels=before)), measured(channels=after)
    new = withhold(anew, earlier=[old])

    assert is_refused(old, anew, new) is refused


def test_late_answers_that_were_withheld_are_not_told_by_a_correction():
    old = withhold(measured(on_time=98, late=2))

    new = withhold(measured(on_time=88, late=12), earlier=[old])

    assert (new["answers"]["on_time"], new["answers"]["late"]) == (None, None)
    assert new["answers"]["n"] == 100


def test_where_not_even_the_sum_was_told_nothing_is_withheld_for_ever():
    old = withhold(measured(channels=(1, 2, 0, 0)))
    assert old["contacts"]["n"] is None

    assert cells(withhold(measured(channels=(30, 20, 5, 6)), earlier=[old])) == (30, 20, 5, 6)


def on(day):
    return datetime(2026, 11, day, 9, tzinfo=WIB)


def tally(count, channel):
    Tally.objects.create(month=OCTOBER, channel=channel, count=count)


@pytest.fixture
def published():
    tally(140, ContactChannel.WHATSAPP)
    tally(3, ContactChannel.EMAIL)
    tally(30, ContactChannel.SOCIAL)
    actions.publish_due_months(on(10))
    return PublicMonth.objects.get()


@pytest.mark.django_db
def test_a_forgotten_channel_does_not_uncover_the_few_letters_of_another(published):
    tally(60, ContactChannel.PHONE)
    actions.correct_month(OCTOBER, actor=make_user(Role.PPID), reason="Telepon terlewat")

    old, new = (
        {one["key"]: one["n"] for one in row.figures["contacts"]["parts"]}
        for row in PublicMonth.objects.order_by("edition")
    )
    withheld = {"whatsapp", "email", "media_sosial"}
    assert {key for key, n in old.items() if n is None} == withheld
    assert {key for key, n in new.items() if n is None} == withheld
    assert new["telepon"] == 60


@pytest.mark.django_db
def test_a_correction_after_topics_were_regrouped_is_refused_where_it_tells_a_number():
    first, second, third = Topic.objects.filter(parent=None).order_by("order", "pk")[:3]
    for group, count in ((first, 3), (second, 9), (third, 12)):
        for _ in range(count):
            make_case(
                at=datetime(2026, 10, 5, 9, tzinfo=WIB), topic=group.children.order_by("pk").first()
            )
    actions.publish_due_months(on(10))
    # The few now stand beneath another group, and their own one is none any more.
    first.children.update(parent=third)
    Topic.objects.filter(pk=first.pk).update(parent=third)

    with pytest.raises(Refusal, match="satu sampai empat"):
        actions.correct_month(OCTOBER, actor=make_user(Role.PPID), reason="Topik disusun ulang")

    assert PublicMonth.objects.count() == 1
