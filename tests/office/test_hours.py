from datetime import UTC, date, datetime, time

import pytest
from django.core.cache import cache

from office.hours import closing_time, opening
from office.models import Holiday, OpeningHours
from tests.factories import NOW, WIB

pytestmark = pytest.mark.django_db


def at(day, hour, minute=0, second=0, year=2026, month=11):
    return datetime(year, month, day, hour, minute, second, tzinfo=WIB)


@pytest.fixture
def lunch_break():
    """Open from 8 to 12 and from 13 to 15 on Tuesdays."""
    OpeningHours.objects.filter(weekday=2).update(closes=time(12))
    OpeningHours.objects.create(weekday=2, opens=time(13), closes=time(15))
    cache.clear()


@pytest.mark.parametrize("moment", [at(24, 8), NOW, at(24, 14, 59, 59)])
def test_within_the_hours_it_is_open_and_says_until_when(moment):
    state = opening(moment)

    assert state.is_open
    assert (state.reason, state.closes_at, state.opens_at) == ("", at(24, 15), None)


def test_without_a_moment_it_is_now():
    assert opening() == opening(NOW)


@pytest.mark.parametrize(
    ("moment", "reason", "opens"),
    [
        (at(24, 0), "Di luar jam layanan", at(24, 8)),
        (at(24, 7, 59, 59), "Di luar jam layanan", at(24, 8)),
        (at(24, 15), "Di luar jam layanan", at(25, 8)),
        (at(24, 23, 59, 59), "Di luar jam layanan", at(25, 8)),
        (at(27, 16), "Di luar jam layanan", at(30, 8)),
        (at(28, 10), "Sabtu", at(30, 8)),
        (at(29, 10), "Minggu", at(30, 8)),
    ],
)
def test_outside_the_hours_it_says_why_and_when_it_opens(moment, reason, opens):
    state = opening(moment)

    assert not state.is_open
    assert (state.reason, state.opens_at, state.closes_at) == (reason, opens, None)


def test_on_a_holiday_it_is_closed_and_names_it():
    # Christmas 2026 is a Friday, with joint leave on the day before.
    state = opening(at(25, 10, month=12))

    assert not state.is_open
    assert "Natal" in state.reason
    assert state.opens_at == at(28, 8, month=12)


def test_a_row_of_holidays_is_skipped():
    # Nyepi and Idul Fitri 2026 with their joint leave: from 18 to 24 March.
    assert opening(at(17, 15, month=3)).opens_at == at(25, 8, month=3)


def test_a_local_closure_is_named():
    Holiday.objects.create(date=date(2026, 11, 24), name="Pilkada", category="libur_setempat")

    state = opening(NOW)

    assert (state.is_open, state.reason, state.opens_at) == (False, "Pilkada", at(25, 8))


def test_the_moment_is_local_whatever_zone_it_is_given_in():
    # 01.30 in London is 08.30 in Bandung; 09.00 there is 16.00 here.
    assert opening(datetime(2026, 11, 24, 1, 30, tzinfo=UTC)).is_open
    assert not opening(datetime(2026, 11, 24, 9, 0, tzinfo=UTC)).is_open


@pytest.mark.parametrize(
    ("moment", "is_open", "changes"),
    [
        (at(24, 11, 59), True, at(24, 12)),
        (at(24, 12), False, at(24, 13)),
        (at(24, 12, 59), False, at(24, 13)),
        (at(24, 13), True, at(24, 15)),
        (at(24, 15), False, at(25, 8)),
    ],
)
def test_a_break_in_the_middle_of_the_day(lunch_break, moment, is_open, changes):
    state = opening(moment)

    assert state.is_open is is_open
    assert (state.closes_at if is_open else state.opens_at) == changes


def test_a_year_without_loaded_holidays_counts_as_ordinary():
    # A Friday and a Saturday of a year that was never loaded.
    assert opening(at(3, 10, year=2028, month=3)).is_open
    state = opening(at(4, 10, year=2028, month=3))

    assert (state.is_open, state.reason) == (False, "Di luar jam layanan")
    assert state.opens_at == at(6, 8, year=2028, month=3)


def test_the_look_ahead_crosses_into_a_year_without_holidays():
    assert opening(at(31, 16, year=2027, month=12)).opens_at == at(3, 8, year=2028, month=1)


def test_an_office_without_hours_never_opens():
    OpeningHours.objects.all().delete()
    cache.clear()

    state = opening(NOW)

    assert (state.is_open, state.opens_at) == (False, None)
    assert closing_time(NOW.date()) is None


@pytest.mark.parametrize(
    ("day", "closes"),
    [
        (date(2026, 11, 24), at(24, 15)),
        (date(2026, 11, 28), None),
        (date(2026, 12, 25), None),
        (date(2028, 3, 3), at(3, 15, year=2028, month=3)),
        (date(2028, 3, 4), None),
    ],
)
def test_the_closing_time_of_a_day(day, closes):
    assert closing_time(day) == closes


def test_the_closing_time_is_the_end_of_the_last_stretch(lunch_break):
    assert closing_time(date(2026, 11, 24)) == at(24, 15)


def test_a_saturday_with_hours_is_open_unless_it_is_a_holiday():
    OpeningHours.objects.create(weekday=6, opens=time(8), closes=time(12))
    Holiday.objects.create(date=date(2026, 12, 5), name="Pilkada", category="libur_setempat")
    cache.clear()

    assert opening(at(28, 10)).closes_at == at(28, 12)
    assert opening(at(28, 13)).reason == "Di luar jam layanan"
    assert closing_time(date(2026, 11, 28)) == at(28, 12)
    assert opening(at(5, 10, month=12)).reason == "Pilkada"
    assert opening(at(29, 10)).reason == "Minggu"
