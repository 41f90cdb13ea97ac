"""Whose start page counts a decision or an answer to an objection: the next hand's and no other."""

from datetime import timedelta

import pytest

from cases import actions
from cases.desk.todo import Todo, lines_for, waiting
from cases.models import Case
from cases.workflow import Kind, Status
from inforequests.actions import check_decision, submit_answer, submit_decision
from office.roles import Role
from tests.cases.desk import client_of, see
from tests.factories import DECISION, NOW, make_case, make_desk, make_user

from .objections import REFUSED, bring, make_decided, make_objection, order

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return make_desk()


def waits_for(case, user):
    return case in waiting(Case.objects.visible_to(user), Todo.APPROVE, user)


def hands(desk, case):
    people = ("officer", "head", "ppid", "office_head", "verifier")
    return {name for name in people if waits_for(case, getattr(desk, name))}


def test_a_decision_waits_for_the_head_and_then_for_the_ppid(desk):
    case = make_case(Kind.INFORMATION_REQUEST, Status.IN_PROGRESS, desk=desk)
    submit_decision(case, actor=desk.officer, **DECISION)
    assert hands(desk, case) == {"head"}

    check_decision(case, actor=desk.head)

    assert hands(desk, case) == {"ppid"}


def test_who_drafted_a_decision_does_not_find_it_to_check(desk):
    case = make_case(Kind.INFORMATION_REQUEST, Status.IN_PROGRESS, desk=desk)
    submit_decision(case, actor=desk.head, **DECISION)

    assert hands(desk, case) == set()


def test_an_objection_waits_for_the_superior_alone(desk):
    request = make_decided(desk, NOW - timedelta(days=10), REFUSED)
    objection = bring(make_objection(request), desk, answer=order())

    assert hands(desk, objection) == {"office_head"}


def test_an_objection_does_not_wait_for_who_signed_the_decision(desk):
    desk.ppid.groups.add(desk.office_head.groups.get(name=Role.PPID_SUPERIOR.value))
    request = make_decided(desk, NOW - timedelta(days=10), REFUSED)
    objection = bring(make_objection(request), desk)
    submit_answer(objection, actor=desk.officer, **order())

    assert hands(desk, objection) == {"office_head"}


def test_a_complaint_waits_for_who_approves_answers(desk):
    case = make_case(desk=desk, status=Status.IN_PROGRESS)
    actions.submit(case, actor=desk.officer, body="Sudah.", outcome="terbukti_diperbaiki")

    assert {"head", "ppid"} <= hands(desk, case)
    assert "officer" not in hands(desk, case)


@pytest.mark.parametrize(
    ("role", "is_asked"),
    [
        (Role.PPID_SUPERIOR, True),
        (Role.PPID, True),
        (Role.SECTION_HEAD, True),
        (Role.OFFICER, False),
        (Role.VERIFIER, False),
    ],
)
def test_whoever_has_a_last_word_is_asked_for_it(role, is_asked):
    user = make_user(role, section="tikkim")

    assert (Todo.APPROVE.label in [line.label for line in lines_for(user)]) == is_asked


def test_the_superior_finds_the_objection_from_the_start_page(desk):
    request = make_decided(desk, NOW - timedelta(days=10), REFUSED)
    objection = bring(make_objection(request), desk, answer=order())
    superior = make_user(Role.PPID_SUPERIOR)

    assert "todo=persetujuan" in see(superior, "/admin/")
    page = client_of(superior).get("/admin/cases/case/", {"todo": "persetujuan"})
    assert objection.reference in page.content.decode()
