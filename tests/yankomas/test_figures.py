from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import WIB
from yankomas import actions, charts, figures
from yankomas.charts import Point
from yankomas.figures import Row, Spread, courses, of_day, of_month, rows_of_days, spread
from yankomas.models import EventCode
from yankomas.workflow import Outcome

from .days import (
    MONDAY,
    call,
    call_and_finish,
    case_visit,
    clock,
    done,
    log,
    no_show,
    serve,
    shift_of,
)
from .room import make_officer, make_shift, service, take

EIGHT = datetime(2026, 11, 23, 8, 0, tzinfo=WIB)


def row(minute, code, *, visit=1, actor=7, counter=1, **data):
    at = EIGHT + timedelta(minutes=minute)
    return Row(visit, MONDAY, code, at, actor, counter, data)


def course(*rows):
    return courses(rows)[1]


TAKEN = row(0, EventCode.TAKEN, actor=None, counter=None, service="paspor")


def figures_of(day=MONDAY):
    return of_day(day, courses(rows_of_days(day, day)).values())


def by_key(groups):
    return {group.key: group for group in groups}


def test_a_wait_lasts_from_the_number_to_the_first_start():
    found = course(
        TAKEN,
        row(12, EventCode.CALLED),
        row(14, EventCode.STARTED),
        row(20, EventCode.FINISHED, outcome="dijawab"),
    )

    assert (found.waited, found.minutes_served) == (14, 6)
    assert (found.service, found.waited_for, found.outcome) == ("paspor", 1, "dijawab")


def test_the_time_on_hold_is_not_served():
    found = course(
        TAKEN,
        row(10, EventCode.STARTED),
        row(15, EventCode.HELD),
        row(45, EventCode.RESUMED, counter=2),
        row(52, EventCode.FINISHED, outcome="dijawab"),
    )

    assert found.minutes_served == 12
    assert [(stretch.counter, stretch.minutes) for stretch in found.served] == [(1, 5), (2, 7)]


def test_a_transferred_visit_has_one_wait_and_is_served_for_both_services():
    found = course(
        TAKEN,
        row(10, EventCode.STARTED),
        row(13, EventCode.TRANSFERRED, service_before="paspor", service="pengaduan"),
        row(30, EventCode.CALLED, counter=3),
        row(31, EventCode.STARTED, counter=3),
        row(51, EventCode.FINISHED, counter=3, outcome="dirujuk"),
    )

    assert found.waited == 10
    assert [tuple(stretch) for stretch in found.served] == [("paspor", 1, 3), ("pengaduan", 3, 20)]


def test_what_happens_in_between_does_not_end_a_stretch():
    found = course(
        TAKEN,
        row(10, EventCode.STARTED),
        row(11, EventCode.RECORDED, fields=["asked"]),
        row(15, EventCode.CASE_OPENED, case="PG-2026-000001"),
        row(18, EventCode.FINISHED, outcome="kasus_dibuka"),
    )

    assert found.minutes_served == 8
    assert found.outcome == Outcome.CASE_OPENED


def test_a_visit_that_goes_on_has_a_wait_and_nothing_served_yet():
    found = course(TAKEN, row(10, EventCode.STARTED))

    assert (found.waited, found.minutes_served, found.outcome) == (10, None, "")


def test_who_was_never_started_has_no_wait():
    found = course(
        TAKEN, row(10, EventCode.CALLED), row(12, EventCode.MISSED), row(400, EventCode.UNSERVED)
    )

    assert (found.waited, found.minutes_served) == (None, None)
    assert found.is_unserved
    assert found.outcome == Outcome.UNSERVED


def test_a_visit_that_the_clock_ended_is_not_measured():
    found = course(TAKEN, row(10, EventCode.STARTED), row(900, EventCode.FINISHED, actor=None))

    assert (found.waited, found.minutes_served, found.outcome) == (10, None, "")


def test_a_case_remains_the_outcome_of_a_visit_that_the_clock_ended():
    found = course(
        TAKEN,
        row(10, EventCode.STARTED),
        row(15, EventCode.CASE_OPENED, case="PG-2026-000001"),
        row(900, EventCode.FINISHED, actor=None),
    )

    assert found.outcome == Outcome.CASE_OPENED


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [
        ([], None),
        ([7], Spread(1, 7, 7)),
        ([10, 20], Spread(2, 15, 19)),
        (list(range(11)), Spread(11, 5, 9)),
    ],
)
def test_the_middle_and_nine_of_ten(minutes, expected):
    assert spread(minutes) == expected


@pytest.mark.django_db
def test_a_whole_day_equals_what_is_worked_out_by_hand():
    one, two, three = (make_shift(number=n, at=clock("08.00")) for n in (1, 2, 3))
    # Waits 10 and 30, served 20 and 10, at counter 1.
    serve(one, "08.10", "08.20", "08.40")
    serve(one, "08.15", "08.45", "08.55")
    # Waits 5; served 5, put on hold for an hour, then served 10 more at counter 2.
    held = take("izin-tinggal", at=clock("09.00"))
    call(two, "09.05")
    held.refresh_from_db()
    actions.hold(held, two, actor=two.officer, at=clock("09.10"))
    actions.resume(held, two, actor=two.officer, at=clock("10.10"))
    done(held, two, "10.20")
    # Waits 20; 4 for passports at counter 1, then 16 for complaints at counter 3.
    moved = take(at=clock("09.10"))
    moved = call(one, "09.30")
    actions.transfer(moved, one, service("pengaduan"), actor=one.officer, at=clock("09.34"))
    call_and_finish(three, moved, "10.00", "10.16")
    # Nobody came twice; nobody was called; written down afterwards.
    no_show(one, take(at=clock("11.00")), "11.05", "11.15")
    take("informasi", at=clock("11.30"))
    log(one.officer, "08.30", "08.50")
    actions.close_left_open(clock("18.00"))

    found = figures_of()

    assert (found.visits, found.logged, found.no_shows, found.unserved) == (7, 1, 1, 1)
    assert found.waits == spread([10, 30, 5, 20])
    assert (found.waits.middle, found.waits.long) == (15, 27)
    assert found.serves == spread([20, 10, 15, 20])

    services = by_key(found.by_service)
    assert {key: group.visits for key, group in services.items()} == {
        "paspor": 5,
        "izin-tinggal": 1,
        "informasi": 1,
        "pengaduan": 0,
    }
    assert services["paspor"].waits == spread([10, 30, 20])
    assert services["paspor"].serves == spread([20, 10, 4])
    assert services["pengaduan"].waits is None
    assert services["pengaduan"].serves == Spread(1, 16, 16)
    assert services["izin-tinggal"].serves == Spread(1, 15, 15)
    assert (services["informasi"].waits, services["informasi"].serves) == (None, None)

    hours = by_key(found.by_hour)
    assert {key: group.visits for key, group in hours.items()} == {8: 2, 9: 2, 10: 0, 11: 2}
    assert hours[8].waits == spread([10, 30])
    assert hours[9].waits == spread([5, 20])
    assert hours[9].serves == spread([15, 20])
    assert (hours[10].waits, hours[11].waits) == (None, None)

    counters = by_key(found.by_counter)
    assert {key: group.visits for key, group in counters.items()} == {1: 3, 2: 1, 3: 1}
    assert counters[1].waits == spread([10, 30, 20])
    assert counters[1].serves == spread([20, 10, 4])
    assert counters[3].waits is None
    assert counters[3].serves == Spread(1, 16, 16)


@pytest.mark.django_db
def test_a_logged_visit_counts_and_has_no_wait():
    log(make_officer(), "08.30", "08.50")

    found = figures_of()

    assert (found.visits, found.logged, found.waits, found.serves) == (1, 1, None, None)
    assert [(group.key, group.visits) for group in found.by_service] == [("paspor", 1)]
    assert (found.by_hour, found.by_counter) == ([], [])


@pytest.mark.django_db
def test_a_day_without_visits_is_empty():
    found = figures_of()

    assert (found.visits, found.waits, found.by_service) == (0, None, [])


@pytest.mark.django_db
def test_a_month_by_day():
    friday = date(2026, 11, 20)
    shift = make_shift(number=1, at=clock("08.00", friday))
    serve(shift, "08.10", "08.20", "08.30", day=friday)
    serve(shift, "08.12", "08.32", "08.40", day=friday, outcome="dirujuk", referred_to="Dukcapil")
    serve(shift, "08.20", "08.50", "08.55", day=MONDAY)
    no_show(shift, take(at=clock("11.00")), "11.05", "11.15")
    take(at=clock("11.30"))
    actions.close_left_open(clock("18.00"))
    log(shift.officer, "12.00", "12.10", at="19.00")

    days = of_month(
        date(2026, 11, 1), courses(rows_of_days(date(2026, 11, 1), date(2026, 11, 30))).values()
    )
    by_day = {line.day: line for line in days}

    assert len(days) == 30
    assert (by_day[friday].visits, by_day[friday].wait) == (2, 15)
    assert by_day[friday].outcomes["dijawab"] == by_day[friday].outcomes["dirujuk"] == 1
    monday = by_day[MONDAY]
    assert (monday.visits, monday.wait, monday.no_shows, monday.unserved) == (4, 30, 1, 1)
    assert monday.outcomes == {
        "": 0,
        "dijawab": 2,
        "kasus_dibuka": 0,
        "dirujuk": 0,
        "tidak_hadir": 1,
        "tidak_terlayani": 1,
    }
    assert (by_day[date(2026, 11, 1)].visits, by_day[date(2026, 11, 1)].wait) == (0, None)


@pytest.mark.django_db
def test_the_figures_of_a_day_cost_one_query(django_assert_num_queries):
    shift = make_shift(number=1, at=clock("08.00"))
    for minute in range(5):
        serve(
            shift, f"09.{10 * minute:02d}", f"09.{10 * minute + 3:02d}", f"09.{10 * minute + 8:02d}"
        )

    with django_assert_num_queries(1):
        assert figures_of().visits == 5


@pytest.mark.parametrize(("month", "length"), [((2026, 2), 28), ((2028, 2), 29), ((2026, 12), 31)])
def test_a_month_has_its_days(month, length):
    days = figures.days_of_month(date(*month, 1))

    assert (len(days), days[-1].month) == (length, month[1])


@given(st.lists(st.tuples(st.floats(0, 10_000), st.floats(0, 10_000)), max_size=31))
def test_no_bar_leaves_the_drawing(pairs):
    points = [Point(str(n), max(pair), min(pair)) for n, pair in enumerate(pairs)]

    chart = charts.draw(points)

    for bar in chart.bars:
        assert 0 < bar.tall_y <= bar.short_y <= chart.floor
        assert chart.left <= bar.x
        assert bar.x + bar.width <= chart.right
        assert bar.tall_y + bar.tall_height == chart.floor
    assert [line.value for line in chart.lines] == sorted({line.value for line in chart.lines})


def test_a_bar_is_as_high_as_its_line():
    chart = charts.draw([Point("08", 40, 20), Point("09", None)])
    top, half = chart.lines[4], chart.lines[2]

    assert (top.value, half.value) == (40, 20)
    assert (chart.bars[0].tall_y, chart.bars[0].short_y) == (top.y, half.y)
    assert (chart.bars[1].tall_height, chart.bars[1].value) == (0, "")


@pytest.mark.django_db
def test_a_case_remains_the_outcome_of_a_visit_that_ends_without_its_visitor():
    shift = shift_of(3)
    visit, _case = case_visit(shift)
    actions.transfer(visit, shift, service("informasi"), actor=shift.officer, at=clock("08.40"))
    no_show(shift, visit, "08.45", "08.50")
    visit.refresh_from_db()

    found = courses(rows_of_days(MONDAY, MONDAY))[visit.pk]

    assert found.is_no_show
    assert found.outcome == visit.outcome == Outcome.CASE_OPENED
