from datetime import date

import pytest
from django.utils import translation

from surveys.period import PARTS, Period, months_after, months_of


@pytest.mark.parametrize(
    ("code", "first", "last_month", "words"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 1), "2026"),
        ("2026-s1", date(2026, 1, 1), date(2026, 6, 1), "Semester I 2026"),
        ("2026-s2", date(2026, 7, 1), date(2026, 12, 1), "Semester II 2026"),
        ("2026-t3", date(2026, 7, 1), date(2026, 9, 1), "Triwulan III 2026"),
        ("2026-08", date(2026, 8, 1), date(2026, 8, 1), "Agustus 2026"),
    ],
)
def test_a_period_is_read_from_its_code_and_says_what_it_is(code, first, last_month, words):
    period = Period.parse(code)

    assert (period.first, period.last_month, period.code) == (first, last_month, code)
    with translation.override("id"):
        assert str(period) == words


@pytest.mark.parametrize(
    "code",
    [
        "",
        "x",
        "26",
        "1999",
        "2200",
        "2026-",
        "2026-13",
        "2026-8",
        "2026-t5",
        "²026",
        "2026-08-01",
    ],
)
def test_any_other_code_is_none(code):
    assert Period.parse(code) is None


@pytest.mark.parametrize("part", PARTS)
def test_a_period_is_found_again_by_its_first_month_and_length(part):
    period = Period(2026, part)

    assert Period.lasting(period.first, period.months) == period


def test_a_period_is_over_on_the_day_after_it():
    assert not Period(2026, "08").is_over(date(2026, 8, 31))
    assert Period(2026, "08").is_over(date(2026, 9, 1))


@pytest.mark.parametrize(
    ("one", "other", "overlaps", "is_within"),
    [
        ("2026-08", "2026-t3", True, True),
        ("2026-t3", "2026-08", True, False),
        ("2026-08", "2026-08", True, True),
        ("2026-08", "2026-09", False, False),
        ("2025", "2026-01", False, False),
    ],
)
def test_whether_periods_have_months_in_common(one, other, overlaps, is_within):
    one, other = Period.parse(one), Period.parse(other)

    assert one.overlaps(other) is other.overlaps(one) is overlaps
    assert one.is_within(other) is is_within


def test_months_are_counted_over_the_end_of_a_year():
    assert months_after(date(2026, 1, 1), -1) == date(2025, 12, 1)
    assert months_after(date(2025, 11, 1), 14) == date(2027, 1, 1)
    assert months_of(date(2025, 12, 1), date(2026, 1, 1)) == [date(2025, 12, 1), date(2026, 1, 1)]
    assert months_of(date(2026, 2, 1), date(2026, 1, 1)) == []
