"""What a change of the closed days does to a count, whatever the days are."""

from datetime import date, timedelta

import pytest
from django.core.cache import cache
from hypothesis import given, settings
from hypothesis import strategies as st

from office.calendar import WEEKEND, Calendar, days_changed, tell_of_changes
from office.models import Holiday

pytestmark = pytest.mark.django_db

YEARS = range(2024, 2028)
FIRST, LAST = date(2024, 1, 1), date(2027, 12, 31)
# Of domain knowledge: received, 10 working days later, and were joint leave work.
JOINT_LEAVE_VECTORS = [
    ("2026-03-13", "2026-04-06", "2026-03-30"),
    ("2026-05-12", "2026-06-02", "2026-05-28"),
    ("2026-11-24", "2026-12-08", "2026-12-08"),
    ("2026-12-18", "2027-01-07", "2027-01-06"),
    ("2027-03-04", "2027-03-30", "2027-03-23"),
]
starts = st.dates(FIRST, date(2027, 6, 30))
lengths = st.integers(1, 60)
some_days = st.lists(st.dates(FIRST, LAST), max_size=12, unique=True)


class Decreed(Calendar):
    """A calendar of given closed days; the years between are all known."""

    def __init__(self, closed):
        super().__init__()
        self._closed = {year: {} for year in YEARS}
        for day, name in closed.items():
            self._closed[day.year][day] = name

    def _year(self, year):
        return self._closed[year]


@pytest.fixture(scope="module")
def decree(django_db_setup, django_db_blocker):
    """The closed days as loaded, read once: the properties below ask thousands of times."""
    with django_db_blocker.unblock():
        rows = Holiday.objects.filter(date__range=(FIRST, LAST)).order_by("category")
        return dict(rows.values_list("date", "name"))


def closed_also(decree, days):
    return Decreed({**dict.fromkeys(days, "Libur tambahan"), **decree})


@pytest.mark.parametrize(("received", "decreed", "as_work"), JOINT_LEAVE_VECTORS)
def test_joint_leave_is_what_moves_these_dates(received, decreed, as_work):
    start = date.fromisoformat(received)
    rows = Holiday.objects.exclude(category=Holiday.Category.JOINT_LEAVE)
    without = Decreed(dict(rows.values_list("date", "name")))

    assert f"{Calendar().add_working_days(start, 10)}" == decreed
    assert f"{without.add_working_days(start, 10)}" == as_work


@given(start=starts, length=lengths, days=some_days)
def test_a_closed_day_more_never_makes_a_date_earlier(decree, start, length, days):
    before = Decreed(decree).add_working_days(start, length)

    assert closed_also(decree, days).add_working_days(start, length) >= before


@given(start=starts, length=lengths, days=some_days)
def test_a_date_is_a_working_day_of_the_calendar_that_gave_it(decree, start, length, days):
    calendar = closed_also(decree, days)

    due = calendar.add_working_days(start, length)

    assert due.weekday() not in WEEKEND
    assert due not in decree
    assert due not in days
    assert calendar.working_days_between(start, due) == length


@given(start=starts, length=lengths, days=some_days)
def test_every_day_up_to_the_date_is_either_counted_or_named(decree, start, length, days):
    due, skipped = closed_also(decree, days).explain(start, length)
    all_days = {start + timedelta(n) for n in range(1, (due - start).days + 1)}

    named = {skip.day: skip.reason for skip in skipped}
    assert len(all_days) == length + len(skipped)
    assert set(named) <= all_days
    assert all(named.values())
    for day in all_days & (set(decree) | set(days)):
        assert named[day] == decree.get(day, "Libur tambahan")


@given(start=starts, length=lengths, days=some_days, order=st.randoms(use_true_random=False))
def test_the_order_in_which_days_are_closed_does_not_matter(decree, start, length, days, order):
    shuffled = list(days)
    order.shuffle(shuffled)

    assert closed_also(decree, shuffled).explain(start, length) == closed_also(
        decree, days
    ).explain(start, length)


@given(start=starts, length=lengths, day=st.dates(FIRST, LAST))
def test_one_closed_day_moves_a_date_exactly_when_it_was_counted(decree, start, length, day):
    calendar = Decreed(decree)
    before = calendar.add_working_days(start, length)
    was_counted = start < day <= before and calendar.is_working_day(day)

    after = closed_also(decree, [day]).add_working_days(start, length)

    assert (after > before) is was_counted
    if was_counted:
        assert after == calendar.add_working_days(start, length + 1)


@given(start=starts, days=some_days)
def test_ten_and_seven_days_are_seventeen_from_the_same_day(decree, start, days):
    calendar = closed_also(decree, days)
    first = calendar.add_working_days(start, 10)

    extended = calendar.add_working_days(start, 17)

    assert calendar.working_days_between(start, extended) == 17
    assert calendar.add_working_days(first, 7) == extended


@settings(max_examples=15)
@given(days=st.lists(st.dates(date(2026, 11, 25), date(2026, 12, 20)), max_size=5, unique=True))
def test_the_table_gives_the_same_whatever_order_its_rows_were_typed_in(decree, days):
    expected = closed_also(decree, days).explain(date(2026, 11, 24), 17)

    for order in (days, days[::-1]):
        Holiday.objects.filter(category=Holiday.Category.LOCAL).delete()
        for day in order:
            Holiday.objects.create(date=day, name="Libur tambahan", category=Holiday.Category.LOCAL)
        due, skipped = Calendar(is_fresh=True).explain(date(2026, 11, 24), 17)
        assert due == expected[0]
        assert [skip.day for skip in skipped] == [skip.day for skip in expected[1]]


def test_a_fresh_calendar_believes_nothing_that_was_read_before():
    Calendar().is_working_day(date(2026, 11, 26))
    Holiday.objects.create(date=date(2026, 11, 26), name="Pilkada", category="libur_setempat")

    assert Calendar().is_working_day(date(2026, 11, 26))
    assert not Calendar(is_fresh=True).is_working_day(date(2026, 11, 26))
    assert Calendar().is_working_day(date(2026, 11, 26)), "and keeps what it read to itself"


def test_who_counts_by_the_calendar_is_told_and_answers(monkeypatch):
    monkeypatch.setattr("office.calendar._keepers_of_dates", [])
    cache.set("closed-days-2026", {date(2026, 11, 26): "lama"})
    tell_of_changes(lambda: "dua tanggal bergeser")
    tell_of_changes(lambda: "")

    assert days_changed() == ["dua tanggal bergeser"]
    assert cache.get("closed-days-2026") is None
