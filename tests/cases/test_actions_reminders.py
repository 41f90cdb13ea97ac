from datetime import datetime, timedelta

import pytest

from cases import actions
from cases.models import Case
from cases.workflow import Kind, Status
from office.roles import Role
from tests.factories import NOW, WIB, codes, make_case, make_desk, make_user, notices

pytestmark = pytest.mark.django_db

# Received on 24 November, an information request is due on 8 December.
DUE_DAY = datetime(2026, 12, 8, 9, tzinfo=WIB)
DAY_AFTER = datetime(2026, 12, 9, 0, 0, tzinfo=WIB)


@pytest.fixture
def desk():
    return make_desk()


@pytest.fixture
def case(desk):
    return make_case(Kind.INFORMATION_REQUEST, Status.IN_PROGRESS, desk=desk, at=NOW)


def reminders(case, code):
    return [recipient for found, recipient in notices(case) if found == code]


def test_the_officer_hears_that_the_day_is_near(desk, case):
    assert actions.remind_due_soon(case, at=DUE_DAY)

    assert reminders(case, "segera_jatuh_tempo") == [desk.officer]
    assert case.events.last().data == {"due": "2026-12-08"}


def test_without_an_officer_the_heads_hear_it(desk):
    case = make_case(Kind.INFORMATION_REQUEST, Status.VERIFIED, desk=desk, at=NOW)

    actions.remind_due_soon(case, at=DUE_DAY)

    assert reminders(case, "segera_jatuh_tempo") == [desk.head]


def test_when_it_is_too_late_officer_and_heads_hear_it(desk, case):
    assert actions.remind_overdue(case, at=DAY_AFTER)

    assert reminders(case, "lewat_tenggat") == [desk.officer, desk.head]


def test_nothing_is_overdue_on_the_day_itself(case):
    assert actions.remind_overdue(case, at=DAY_AFTER - timedelta(seconds=1)) is False

    assert "lewat_tenggat" not in codes(case)


def test_what_is_overdue_is_not_due_soon(case):
    assert actions.remind_due_soon(case, at=DAY_AFTER) is False


@pytest.mark.parametrize(
    ("remind", "at"),
    [(actions.remind_due_soon, DUE_DAY), (actions.remind_overdue, DAY_AFTER)],
)
def test_each_is_said_once(case, remind, at):
    assert [remind(case, at=at) for _ in range(3)] == [True, False, False]


def test_a_new_due_date_is_a_new_reason(desk, case):
    actions.remind_due_soon(case, at=DUE_DAY)
    actions.extend(case, actor=desk.head, reason="Belum didokumentasikan.", at=DUE_DAY)

    assert actions.remind_due_soon(case, at=datetime(2026, 12, 16, 9, tzinfo=WIB))

    assert len(reminders(case, "segera_jatuh_tempo")) == 2


def test_a_head_of_a_reported_officer_hears_nothing(desk):
    colleague = make_user(Role.OFFICER, section=desk.section)
    case = make_case(status=Status.VERIFIED, desk=desk, reported=[colleague], at=NOW)

    actions.remind_overdue(case, at=DAY_AFTER + timedelta(days=30))

    assert case.events.last().code == "lewat_tenggat"
    assert reminders(case, "lewat_tenggat") == [desk.verifier]


def test_a_former_head_hears_nothing(desk, case):
    desk.head.is_active = False
    desk.head.save()

    actions.remind_overdue(case, at=DAY_AFTER)

    assert reminders(case, "lewat_tenggat") == [desk.officer]


def test_reminders_do_not_move_the_case(case):
    before = Case.objects.get(pk=case.pk)

    actions.remind_overdue(case, at=DAY_AFTER)

    after = Case.objects.get(pk=case.pk)
    assert (after.status, after.due_on, after.assignee) == (
        before.status,
        before.due_on,
        before.assignee,
    )
