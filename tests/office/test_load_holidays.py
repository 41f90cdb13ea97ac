from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from office.calendar import is_working_day
from office.models import Holiday

pytestmark = pytest.mark.django_db

NATIONAL, JOINT_LEAVE = Holiday.Category.NATIONAL, Holiday.Category.JOINT_LEAVE


def load(*years):
    out = StringIO()
    call_command("load_holidays", *years, stdout=out)
    return out.getvalue()


def table():
    return list(Holiday.objects.order_by("date", "category").values("date", "name", "category"))


@pytest.mark.parametrize(
    ("year", "national", "joint_leave"),
    [(2024, 19, 10), (2025, 17, 11), (2026, 17, 8), (2027, 18, 8)],
)
def test_both_categories_of_a_year_are_loaded(year, national, joint_leave):
    Holiday.objects.all().delete()

    load(year)

    days = Holiday.objects.filter(date__year=year)
    assert days.filter(category=NATIONAL).count() == national
    assert days.filter(category=JOINT_LEAVE).count() == joint_leave
    assert Holiday.objects.exclude(date__year=year).count() == 0


@pytest.mark.parametrize(
    ("year", "joint_leave"),
    [
        (2024, "02-09 03-12 04-08 04-09 04-12 04-15 05-10 05-24 06-18 12-26"),
        (2025, "01-28 03-28 04-02 04-03 04-04 04-07 05-13 05-30 06-09 08-18 12-26"),
        (2026, "02-16 03-18 03-20 03-23 03-24 05-15 05-28 12-24"),
        (2027, "02-05 03-09 03-12 03-15 03-25 05-18 05-19 12-24"),
    ],
)
def test_joint_leave_falls_on_the_decreed_days(year, joint_leave):
    days = Holiday.objects.filter(date__year=year, category=JOINT_LEAVE).order_by("date")

    assert " ".join(f"{day.date:%m-%d}" for day in days) == joint_leave


def test_estimated_days_are_marked():
    estimates = Holiday.objects.filter(is_estimate=True, date__year=2027)

    assert {day.date for day in estimates} >= {date(2027, 3, 10), date(2027, 5, 17)}
    assert not Holiday.objects.filter(is_estimate=True, date=date(2027, 1, 1)).exists()


def test_loading_twice_adds_nothing():
    before = table()

    load(2024, 2025, 2026, 2027)

    assert table() == before


def test_what_staff_corrected_stays():
    day = Holiday.objects.get(date=date(2027, 3, 10))
    day.name, day.is_estimate = "Hari Raya Idul Fitri (SKB 2027)", False
    day.save()
    Holiday.objects.create(date=date(2027, 6, 9), name="Pilkada", category=Holiday.Category.LOCAL)

    load(2027)

    day.refresh_from_db()
    assert (day.name, day.is_estimate) == ("Hari Raya Idul Fitri (SKB 2027)", False)
    assert Holiday.objects.filter(date=date(2027, 6, 9), name="Pilkada").exists()


def test_a_year_without_decreed_joint_leave_is_refused_whole():
    before = table()

    with pytest.raises(CommandError, match="2028"):
        load(2027, 2028)

    assert table() == before


def test_newly_loaded_days_count_at_once():
    Holiday.objects.filter(date=date(2026, 12, 24)).delete()
    assert is_working_day(date(2026, 12, 24))

    load(2026)

    assert not is_working_day(date(2026, 12, 24))
