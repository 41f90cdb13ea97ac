import json
from datetime import date, datetime

import pytest
from django.core.cache import cache

from cases.deadlines import (
    Computation,
    DeadlineRuleMissing,
    DueDates,
    Step,
    Unit,
    compute,
    due_dates,
    rule_for,
    step_due,
)
from cases.models import Case, DeadlineRule
from cases.workflow import Kind
from office.calendar import Calendar
from tests.factories import NOW, WIB, make_case

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 24)


def test_the_earlier_of_two_laws_is_the_date_to_keep():
    due = due_dates(Kind.COMPLAINT, DAY)

    assert (due.working_on, due.calendar_on) == (date(2026, 12, 14), date(2027, 1, 23))
    assert due.on == due.working_on
    assert due_dates(Kind.COMPLAINT, DAY, "berkadar_pengawasan").on == due.calendar_on


def test_every_step_on_the_way_has_its_own_date():
    steps = {(c.step, c.unit): c.due for c in due_dates(Kind.COMPLAINT, DAY).computations}

    assert steps == {
        ("verifikasi", "hari_kerja"): date(2026, 11, 27),
        ("kelengkapan", "hari_kalender"): date(2026, 12, 8),
        ("jawaban", "hari_kerja"): date(2026, 12, 14),
        ("jawaban", "hari_kalender"): date(2027, 1, 23),
    }


def test_a_computation_names_each_skipped_day():
    rule = rule_for(Kind.INFORMATION_REQUEST, Step.ANSWER, Unit.WORKING, date(2026, 12, 18))

    computation = compute(rule, date(2026, 12, 18))

    assert computation.due == date(2027, 1, 7)
    assert computation.law == "UU 14/2008 Pasal 22 ayat (7)"
    assert [day for day, _ in computation.skipped_days] == [
        date(2026, 12, day) for day in (19, 20, 24, 25, 26, 27)
    ] + [date(2027, 1, day) for day in (1, 2, 3, 5)]
    assert dict(computation.skipped)["2026-12-24"].startswith("Cuti Bersama")


def test_calendar_days_skip_nothing():
    rule = rule_for(Kind.COMPLAINT, Step.ANSWER, Unit.CALENDAR, DAY)

    assert compute(rule, DAY).skipped == []


def test_a_stored_computation_can_be_shown_again():
    stored = Case.objects.get(pk=make_case(at=NOW).pk).due_basis

    shown = [Computation.from_json(row) for row in stored]

    assert [c.due for c in shown] == [c.due for c in due_dates(Kind.COMPLAINT, DAY).computations]
    assert json.loads(json.dumps([c.as_json() for c in shown])) == stored
    assert str(shown[0].step_label) == "Verifikasi dan penerusan"
    assert str(shown[0].unit_label) == "hari kerja"


def test_a_new_law_counts_from_its_first_day_and_leaves_older_cases():
    DeadlineRule.objects.create(
        kind=Kind.QUESTION,
        step=Step.ANSWER,
        unit=Unit.WORKING,
        days=3,
        law="Peraturan baru",
        valid_from=DAY,
    )
    cache.clear()

    assert due_dates(Kind.QUESTION, date(2026, 11, 23)).on == date(2026, 11, 30)
    assert due_dates(Kind.QUESTION, DAY).on == date(2026, 11, 27)


def test_a_rule_of_the_class_goes_before_the_general_one():
    general = rule_for(Kind.COMPLAINT, Step.ANSWER, Unit.WORKING, DAY)
    special = rule_for(Kind.COMPLAINT, Step.ANSWER, Unit.WORKING, DAY, "berkadar_pengawasan")

    assert (general.days, special.days) == (14, 60)
    assert rule_for(Kind.COMPLAINT, Step.ANSWER, Unit.WORKING, DAY, "aspirasi") == general


def test_no_rule_is_in_force_before_its_law():
    assert rule_for(Kind.COMPLAINT, Step.ANSWER, Unit.WORKING, date(2018, 12, 6)) is None


def test_a_kind_without_a_rule_is_an_error_and_never_a_guess():
    DeadlineRule.objects.filter(kind=Kind.QUESTION, step=Step.ANSWER).delete()
    cache.clear()

    with pytest.raises(DeadlineRuleMissing):
        due_dates(Kind.QUESTION, DAY)


def test_a_missing_decree_leaves_the_date_open():
    rule = rule_for(Kind.COMPLAINT, Step.ANSWER, Unit.WORKING, date(2027, 12, 20))

    computation = compute(rule, date(2027, 12, 20))

    assert (computation.due, computation.skipped) == (None, [])
    assert Computation.from_json(computation.as_json()) == computation


def test_nothing_to_compute_means_no_date():
    assert DueDates([]).on is None


def test_a_single_step_has_whichever_unit_its_rule_has():
    assert step_due(Kind.COMPLAINT, Step.COMPLETION, DAY).due == date(2026, 12, 24)
    assert step_due(Kind.QUESTION, Step.COMPLETION, DAY).due == date(2026, 12, 8)
    assert step_due(Kind.QUESTION, Step.EXTENSION, DAY) is None


def test_the_rules_are_read_once(django_assert_num_queries):
    due_dates(Kind.COMPLAINT, DAY)

    with django_assert_num_queries(0):
        due_dates(Kind.COMPLAINT, DAY)


def test_due_dates_of_all_kinds_fall_on_working_days():
    for kind in Kind:
        assert Calendar().is_working_day(due_dates(kind, DAY).working_on)


@pytest.mark.parametrize(
    ("moment", "overdue"),
    [
        (datetime(2026, 12, 8, 23, 59, 59, tzinfo=WIB), False),
        (datetime(2026, 12, 9, 0, 0, 0, tzinfo=WIB), True),
    ],
)
def test_a_case_is_overdue_from_the_offices_midnight(time_machine, moment, overdue):
    make_case(Kind.INFORMATION_REQUEST, at=NOW)
    time_machine.move_to(moment)

    assert Case.objects.overdue().exists() is overdue
    assert Case.objects.due_by(date(2026, 12, 31)).exists() is not overdue
