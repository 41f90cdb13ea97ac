"""The figures of a month: counted like the rows themselves, whatever was done to them."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.models import Case
from cases.workflow import Kind, Status
from reports.recap.models import MonthMark, MonthSummary
from reports.recap.months import Times, figures_of_months, read
from reports.recap.refreshing import rebuild, refresh_months
from tests.factories import NOW, WIB, make_case, make_desk
from tests.yankomas.days import case_visit, log, shift_of
from tests.yankomas.room import make_officer, make_visit
from yankomas.workflow import Status as VisitStatus

from .world import World, raw_cases, raw_contacts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_paper")]
YEAR = (date(2025, 12, 1), date(2026, 12, 1))
TODAY = NOW.date()
NOVEMBER = date(2026, 11, 1)
# The lock, the marks, eight counts, the calendar, and what is written.
QUERIES_A_MONTH = 16


def contacts() -> dict[tuple[str, str], int]:
    return {
        (f"{month.month:%Y-%m}", channel): n
        for month in figures_of_months(*YEAR)
        for channel, n in month.contacts.items()
        if n
    }


def november():
    return figures_of_months(NOVEMBER, NOVEMBER)[0]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_after_any_sequence_of_verbs_the_recap_says_what_the_rows_say(seed):
    world = World(seed, make_desk())

    for turn in range(36):
        world.step()
        if turn % 9 == 0:
            refresh_months()

    assert contacts() == raw_contacts()
    for month in figures_of_months(*YEAR):
        for name, n in raw_cases(month.month, TODAY).items():
            assert getattr(month, name) == n, (month.month, name)


def test_the_recap_of_a_year_adds_up_to_an_independent_count():
    world = World(7, make_desk())
    for deed in (world.lodge, world.visit, world.tally, world.contact, world.comment) * 4:
        deed()
    world.become()
    case_visit(shift_of())

    months = figures_of_months(*YEAR)

    raw = raw_contacts()
    assert {channel for _month, channel in raw} >= {"yankomas", "ulasan_aplikasi", "web"}
    assert sum(month.contacts_total for month in months) == sum(raw.values())
    assert sum(sum(month.topics_of_contacts.values()) for month in months) == sum(raw.values())


def test_every_way_of_dividing_the_cases_adds_up_to_those_received():
    world = World(8, make_desk())
    for _ in range(4):
        world.lodge()
        world.move()

    for month in figures_of_months(*YEAR):
        assert sum(month.by_kind.values()) == month.received
        assert sum(month.by_outcome.values()) == month.received
        assert sum(month.topics_of_cases.values()) == month.received
        assert sum(section.received for section in month.sections.values()) == month.received
        assert sum(month.days.values()) == month.answered


def test_months_without_anything_are_there_with_zeros():
    months = figures_of_months(date(2024, 2, 17), date(2024, 4, 1))

    assert [month.month for month in months] == [date(2024, n, 1) for n in (2, 3, 4)]
    assert {month.contacts_total for month in months} == {0}
    assert {month.median for month in months} == {month.p90 for month in months} == {None}


@pytest.mark.parametrize(
    ("received", "month"),
    [
        (datetime(2026, 9, 30, 23, 59, tzinfo=WIB), 9),
        (datetime(2026, 10, 1, 0, 0, tzinfo=WIB), 10),
        (datetime(2026, 10, 1, 6, 59, tzinfo=WIB), 10),
    ],
)
def test_a_month_begins_at_midnight_of_the_offices_own_clock(received, month):
    make_case(at=received)

    found = figures_of_months(date(2026, 9, 1), date(2026, 10, 1))

    assert [one.month.month for one in found if one.received] == [month]


def test_a_case_that_came_of_a_visit_counts_as_the_visit():
    case_visit(shift_of())

    month = november()

    assert (month.received, month.contacts["yankomas"], month.contacts_total) == (1, 1, 1)
    assert month.topics_of_contacts == {Case.objects.get().topic_id: 1}


@pytest.mark.parametrize(
    ("status", "counted"),
    [
        (VisitStatus.WAITING, 0),
        (VisitStatus.SERVING, 0),
        (VisitStatus.NO_SHOW, 0),
        (VisitStatus.UNSERVED, 0),
        (VisitStatus.DONE, 1),
    ],
)
def test_a_visit_is_a_contact_when_somebody_was_served(status, counted):
    make_visit(status)

    assert november().contacts["yankomas"] == counted


def test_a_visit_written_down_afterwards_is_a_contact():
    log(make_officer(), "09.00", "09.10")

    assert november().contacts["yankomas"] == 1


def test_a_case_becomes_late_by_the_passing_of_time_alone():
    case = make_case()
    refresh_months()

    def late(today: date) -> int:
        return figures_of_months(NOVEMBER, NOVEMBER, today)[0].late

    assert MonthMark.objects.count() == 0
    assert late(case.due_on) == 0
    assert late(case.due_on + timedelta(days=1)) == 1


def test_a_section_answers_for_its_own_cases():
    desk = make_desk("lantaskim")
    make_case(status=Status.ANSWERED, desk=desk)
    make_case(status=Status.ASSIGNED, desk=desk)
    make_case()

    sections = november().sections

    own = sections[desk.section.pk]
    assert (own.received, own.answered, own.on_time, own.open) == (2, 1, 1, 2)
    assert (sections[None].received, sections[None].answered) == (1, 0)


def test_an_objection_is_a_case_of_its_kind_and_counted_as_an_appeal():
    make_case(Kind.OBJECTION)

    month = november()

    assert month.objections == month.by_kind[Kind.OBJECTION] == 1


@pytest.mark.parametrize(
    ("days", "median", "p90"),
    [
        ({}, None, None),
        ({3: 1}, Decimal(3), 3),
        ({1: 1, 2: 1}, Decimal("1.5"), 2),
        ({0: 5, 1: 4, 30: 1}, Decimal("0.5"), 1),
        ({0: 4, 1: 4, 30: 2}, Decimal(1), 30),
        ({2: 9, 4: 1}, Decimal(2), 2),
    ],
)
def test_half_and_nine_of_ten_answers(days, median, p90):
    times = Times(days=days)

    assert (times.median, times.p90) == (median, p90)


def test_nothing_judged_has_no_share():
    assert Times().on_time_share is None
    assert Times(on_time=3, late=1).on_time_share == 75


def test_reading_costs_two_queries_and_counts_what_changed_first(django_assert_num_queries):
    make_case()
    assert november().received == 1

    with django_assert_num_queries(2):
        figures_of_months(*YEAR)


def test_the_queries_of_a_counting_do_not_grow_with_the_rows():
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            refresh_months([NOVEMBER])
        return len(captured)

    make_case(status=Status.ANSWERED, desk=make_desk())
    refresh_months()
    few = queries()
    for _ in range(4):
        make_case(Kind.QUESTION)
        make_case(status=Status.ANSWERED, desk=make_desk("lantaskim"))
        log(make_officer(), "09.00", "09.10")
    MonthMark.objects.all().delete()

    assert queries() == few <= QUERIES_A_MONTH


def test_everything_can_be_counted_anew():
    make_case(at=datetime(2026, 3, 3, 9, tzinfo=WIB))
    make_case()
    refresh_months()
    MonthSummary.objects.update(figures={})

    call_command("rebuild_recap", verbosity=0)

    assert {month.month.month for month in figures_of_months(*YEAR) if month.received} == {3, 11}


def test_an_office_without_rows_can_be_counted_anew_too():
    assert rebuild() == 0


def test_what_was_kept_by_nobody_is_all_zeros():
    assert read(NOVEMBER, {}, TODAY).received == 0
