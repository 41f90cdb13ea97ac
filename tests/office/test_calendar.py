from datetime import date, datetime, timedelta

import pytest
from django.core.cache import cache
from hypothesis import given
from hypothesis import strategies as st

from office.calendar import (
    Calendar,
    CalendarYearUnknown,
    Skipped,
    add_working_days,
    is_working_day,
    today,
    working_days_between,
)
from office.models import Holiday
from tests.factories import WIB

pytestmark = pytest.mark.django_db

# Received, then the days on which 10, 14, 17 and 30 working days have passed.
VECTORS = [
    ("2026-03-13", "2026-04-06", "2026-04-10", "2026-04-15", "2026-05-05"),
    ("2026-05-12", "2026-06-02", "2026-06-08", "2026-06-11", "2026-07-01"),
    ("2026-11-24", "2026-12-08", "2026-12-14", "2026-12-17", "2027-01-11"),
    ("2026-12-18", "2027-01-07", "2027-01-13", "2027-01-18", "2027-02-04"),
    ("2027-03-04", "2027-03-30", "2027-04-05", "2027-04-08", "2027-04-27"),
]
CELLS = [
    (row[0], days, due)
    for row in VECTORS
    for days, due in zip((10, 14, 17, 30), row[1:], strict=True)
]
# Starts that leave room for 60 working days before the calendar ends.
days_of_known_years = st.dates(date(2024, 1, 1), date(2027, 8, 31))
lengths = st.integers(0, 60)


@pytest.mark.parametrize(("received", "days", "due"), CELLS)
def test_working_days_are_counted_as_the_decrees_say(received, days, due):
    assert add_working_days(date.fromisoformat(received), days) == date.fromisoformat(due)


@pytest.mark.parametrize(("received", "days", "due"), CELLS)
def test_counting_back_gives_the_same_number(received, days, due):
    assert working_days_between(date.fromisoformat(received), date.fromisoformat(due)) == days


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        ("2026-03-16", None),
        ("2026-03-18", "Cuti Bersama Hari Suci Nyepi"),
        ("2026-03-19", "Hari Suci Nyepi"),
        ("2026-03-28", "Sabtu"),
        ("2026-03-29", "Minggu"),
        ("2026-05-28", "Cuti Bersama Hari Raya Idul Adha"),
    ],
)
def test_a_closed_day_says_why(day, reason):
    found = Calendar().reason_closed(date.fromisoformat(day))

    assert found == reason or (reason and found and found.startswith(reason))
    assert is_working_day(date.fromisoformat(day)) is (reason is None)


def test_a_holiday_on_a_weekend_is_named_as_the_holiday():
    assert Calendar().reason_closed(date(2026, 3, 22)) == "Hari kedua dari Hari Raya Idul Fitri"


@given(start=days_of_known_years, days=lengths)
def test_a_deadline_never_lands_on_a_closed_day(start, days):
    due = add_working_days(start, days)

    assert is_working_day(due)
    assert due >= start


@given(start=days_of_known_years, days=lengths)
def test_a_later_start_never_makes_an_earlier_deadline(start, days):
    calendar = Calendar()

    assert calendar.add_working_days(start + timedelta(1), days) >= calendar.add_working_days(
        start, days
    )


@given(start=days_of_known_years, days=lengths)
def test_one_day_more_makes_a_later_deadline(start, days):
    calendar = Calendar()
    shorter, longer = (calendar.add_working_days(start, n) for n in (days, days + 1))

    # Zero days from a closed day end on the next working day, which is also where one day ends.
    assert longer > shorter or (days == 0 and not calendar.is_working_day(start))


@given(start=days_of_known_years, days=lengths)
def test_every_skipped_day_is_named_exactly_once(start, days):
    calendar = Calendar()
    due, skipped = calendar.explain(start, days)
    first = start + timedelta(1) if days else start
    closed = [
        day
        for n in range((due - first).days + 1)
        if not calendar.is_working_day(day := first + timedelta(n))
    ]

    assert [skip.day for skip in skipped] == closed
    assert [skip.reason for skip in skipped] == [calendar.reason_closed(day) for day in closed]


@given(start=days_of_known_years, days=st.integers(1, 60))
def test_the_distance_to_a_deadline_is_its_length(start, days):
    due = add_working_days(start, days)

    assert working_days_between(start, due) == days
    assert working_days_between(due, start) == -days


@given(a=days_of_known_years, b=days_of_known_years)
def test_the_distance_turned_around_is_its_negative(a, b):
    assert working_days_between(a, b) == -working_days_between(b, a)


def test_no_days_at_all_end_on_the_next_working_day():
    due, skipped = Calendar().explain(date(2026, 3, 20), 0)

    assert due == date(2026, 3, 25)
    assert [skip.day.day for skip in skipped] == [20, 21, 22, 23, 24]
    assert skipped[1] == Skipped(date(2026, 3, 21), skipped[1].reason)


def test_a_negative_length_is_refused():
    with pytest.raises(ValueError, match="negative"):
        add_working_days(date(2026, 3, 20), -1)


@pytest.mark.parametrize(
    "question",
    [
        lambda: is_working_day(date(2028, 3, 1)),
        lambda: is_working_day(date(2028, 3, 4)),  # even a Saturday: the year may have other rules
        lambda: add_working_days(date(2027, 12, 20), 20),
        lambda: working_days_between(date(2027, 12, 20), date(2028, 1, 10)),
        lambda: is_working_day(date(2023, 12, 29)),
    ],
)
def test_a_year_without_holidays_is_an_error_and_never_a_guess(question):
    with pytest.raises(CalendarYearUnknown, match="load_holidays"):
        question()


@pytest.mark.parametrize("category", [Holiday.Category.LOCAL, Holiday.Category.NATIONAL])
def test_a_few_days_entered_by_hand_do_not_make_a_year_known(category):
    Holiday.objects.create(date=date(2028, 2, 15), name="Pilkada", category=category)

    with pytest.raises(CalendarYearUnknown):
        add_working_days(date(2028, 2, 14), 3)


def test_the_error_says_which_year_is_missing():
    with pytest.raises(CalendarYearUnknown) as error:
        add_working_days(date(2027, 12, 20), 20)

    assert error.value.year == 2028


def test_a_local_closure_is_not_counted():
    Holiday.objects.create(date=date(2026, 11, 26), name="Pilkada", category=Holiday.Category.LOCAL)
    cache.clear()

    due, skipped = Calendar().explain(date(2026, 11, 24), 10)

    assert due == date(2026, 12, 9)
    assert skipped[0] == Skipped(date(2026, 11, 26), "Pilkada")


def test_the_closed_days_of_a_year_are_read_once(django_assert_num_queries):
    calendar = Calendar()

    with django_assert_num_queries(2):
        calendar.add_working_days(date(2026, 11, 24), 30)
        calendar.add_working_days(date(2026, 12, 1), 30)
        Calendar().add_working_days(date(2026, 12, 1), 30)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 11, 24, 23, 59, 59, tzinfo=WIB), date(2026, 11, 24)),
        (datetime(2026, 11, 25, 0, 0, 0, tzinfo=WIB), date(2026, 11, 25)),
        (datetime(2026, 12, 31, 23, 59, 59, 999_999, tzinfo=WIB), date(2026, 12, 31)),
        (datetime(2027, 1, 1, 0, 0, 0, tzinfo=WIB), date(2027, 1, 1)),
        (datetime(2028, 2, 29, 23, 59, 59, tzinfo=WIB), date(2028, 2, 29)),
    ],
)
def test_the_day_is_the_offices_day(moment, day):
    assert today(moment) == day


def test_an_office_further_east_has_its_own_midnight(settings):
    settings.TIME_ZONE = "Asia/Jayapura"

    assert today(datetime(2026, 11, 24, 22, 0, tzinfo=WIB)) == date(2026, 11, 25)
