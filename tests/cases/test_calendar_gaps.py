from datetime import date, datetime
from io import StringIO

import pytest
from django.core.checks import run_checks
from django.core.management import call_command

from cases.calendar_gaps import calendar_gaps
from cases.models import Case
from cases.workflow import Kind, Status
from office.calendar import days_changed
from office.models import Holiday
from office.roles import Role
from tests.factories import NOW, WIB, make_case, make_desk, make_user

from .desk import see

pytestmark = pytest.mark.django_db

REQUEST = Kind.INFORMATION_REQUEST
LATE_2026 = datetime(2026, 12, 21, 9, tzinfo=WIB)
LATE_2027 = datetime(2027, 12, 21, 9, tzinfo=WIB)


def gaps():
    return [(gap.year, gap.is_missing) for gap in calendar_gaps()]


def warnings():
    found = run_checks(databases=["default"])
    return [(w.id, w.msg) for w in found if w.id.startswith("cases.")]


def undecree(year):
    Holiday.objects.filter(date__year=year, category="cuti_bersama").delete()
    days_changed()


def test_deadlines_in_sure_years_need_no_warning():
    make_case(REQUEST, at=NOW)

    assert gaps() == warnings() == []


def test_no_open_deadline_no_warning():
    make_case(REQUEST, Status.WITHDRAWN, at=LATE_2026)
    undecree(2027)

    assert gaps() == []


def test_a_year_with_estimated_days_is_warned_of():
    make_case(REQUEST, at=LATE_2026)

    assert gaps() == [(2027, False)]
    assert warnings() == [("cases.W002", "Hari libur 2027 sebagian masih perkiraan")]


def test_estimates_that_were_confirmed_are_not():
    make_case(REQUEST, at=LATE_2026)
    Holiday.objects.update(is_estimate=False)

    assert gaps() == []


def test_a_year_that_lost_its_decree_is_warned_of():
    make_case(REQUEST, at=LATE_2026)
    undecree(2027)

    assert gaps() == [(2027, True)]


def test_a_case_without_a_date_names_the_year_it_waits_for():
    make_case(REQUEST, at=LATE_2027)

    assert gaps() == [(2028, True)]
    (warning,) = [w for w in run_checks(databases=["default"]) if w.id == "cases.W001"]
    assert "2028" in warning.msg
    assert "load_holidays 2028" in warning.hint


@pytest.mark.parametrize(
    ("at", "found"), [(NOW, []), (LATE_2026, [(2027, False)]), (LATE_2027, [(2028, True)])]
)
def test_the_days_to_answer_back_are_deadlines_too(at, found):
    case = make_case(REQUEST, Status.ANSWERED, at=at)
    Case.objects.filter(pk=case.pk).update(due_working_on=date(2026, 12, 8))

    assert gaps() == found


def test_without_a_database_the_check_says_nothing():
    make_case(REQUEST, at=LATE_2026)

    assert [w for w in run_checks() if w.id.startswith("cases.")] == []


def test_the_hourly_job_warns(caplog):
    make_case(REQUEST, at=LATE_2027)
    out = StringIO()

    call_command("hourly", at=NOW, stdout=out)

    assert "tahun yang kalendernya belum pasti: 1" in out.getvalue()
    assert "Cuti bersama 2028 belum ada di kalender" in caplog.text


@pytest.mark.parametrize(
    ("role", "leads_there"),
    [(Role.ADMINISTRATOR, True), (Role.PPID, False), (Role.VERIFIER, False)],
)
def test_who_can_do_something_about_it_sees_it_on_the_start_page(role, leads_there):
    make_case(REQUEST, at=LATE_2027)

    page = see(make_user(role), "/admin/")

    assert "Cuti bersama 2028 belum ada di kalender" in page
    assert "SKB 3 Menteri" in page
    assert ('<a href="/admin/office/holiday/"><span class="angka">' in page) is leads_there


@pytest.mark.parametrize("role", [Role.OFFICER, Role.HUMAS, Role.YANKOMAS])
def test_nobody_else_is_bothered(role):
    make_case(REQUEST, at=LATE_2027)

    assert "Cuti bersama" not in see(make_user(role, section=make_desk().section), "/admin/")


def test_the_question_costs_two_queries_however_many_cases(django_assert_num_queries):
    for _ in range(5):
        make_case(Kind.QUESTION, at=NOW)

    with django_assert_num_queries(2):
        calendar_gaps()
