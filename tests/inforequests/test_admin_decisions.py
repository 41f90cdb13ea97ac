"""The list of signed decisions."""

import pytest

from cases.workflow import Kind, Outcome, Status
from inforequests import actions
from office.roles import Role
from tests.cases.desk import client_of, see
from tests.factories import make_case, make_desk, make_user

from .exclusions import make_exclusion

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_paper")]
LIST = "/admin/inforequests/decision/"


def refuse(desk, exclusion):
    case = make_case(Kind.INFORMATION_REQUEST, Status.IN_PROGRESS, desk=desk)
    actions.submit_decision(
        case,
        actor=desk.officer,
        outcome=Outcome.REFUSED,
        is_held=True,
        ground="h",
        exclusion=exclusion,
        explanation="Memuat data pribadi.",
    )
    actions.check_decision(case, actor=desk.head)
    actions.sign_decision(case, actor=desk.ppid)
    return case


def test_the_decisions_that_point_at_an_exclusion_are_found():
    desk = make_desk()
    first, second = make_exclusion(), make_exclusion(title="Rencana operasi")
    case, other = refuse(desk, first), refuse(desk, second)

    page = see(desk.ppid, f"{LIST}?exclusion__id__exact={first.pk}")

    assert case.reference in page
    assert other.reference not in page


def test_a_decision_in_the_making_is_not_listed():
    desk = make_desk()
    case = make_case(Kind.INFORMATION_REQUEST, Status.IN_APPROVAL, desk=desk)

    assert case.reference not in see(desk.ppid, LIST)


def test_another_section_sees_none_of_them():
    desk = make_desk()
    case = refuse(desk, make_exclusion())

    assert case.reference in see(desk.officer, LIST)
    assert case.reference not in see(make_user(Role.OFFICER, section="lantaskim"), LIST)


def test_who_sees_no_cases_sees_no_decisions():
    assert client_of(make_user(Role.HUMAS)).get(LIST).status_code == 403
