"""Disputes before the Komisi Informasi (UU 14/2008 Ps 37-38)."""

from datetime import date, timedelta

import pytest

from cases import actions as cases_actions
from cases.models import Case
from cases.workflow import CaseError, Kind, NotAllowed, Status
from inforequests import actions
from office.roles import Role
from tests.factories import NOW, codes, make_case, make_desk, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_paper")]
R, KB = Kind.INFORMATION_REQUEST, Kind.OBJECTION
TODAY = NOW.date()


@pytest.fixture
def desk():
    return make_desk()


def dispute(case, actor, **more):
    return actions.record_dispute(
        case, actor=actor, at=NOW, **{"number": "12/KI-JBR/2026", "filed_on": TODAY, **more}
    )


@pytest.mark.parametrize("role", Role)
def test_the_ppid_and_the_superior_record_a_dispute(desk, role):
    case = make_case(KB, Status.ANSWERED, desk=desk)
    person = make_user(role, section=desk.section)

    if role in (Role.PPID, Role.PPID_SUPERIOR):
        dispute(case, person)
        assert codes(case)[-1] == "sengketa_dicatat"
    else:
        with pytest.raises(NotAllowed):
            dispute(case, person)


def test_a_dispute_is_recorded_once_and_then_kept_up_to_date(desk):
    case = make_case(KB, Status.ANSWERED, desk=desk)
    dispute(case, desk.ppid)
    with pytest.raises(CaseError, match="sudah dicatat"):
        dispute(case, desk.ppid)

    later = NOW + timedelta(days=60)
    actions.update_dispute(
        case,
        actor=desk.office_head,
        at=later,
        route="mediasi",
        result="kesepakatan",
        decided_on=later.date(),
        carried_out="Data diberikan.",
    )

    assert (case.dispute.result, case.dispute.recorded_by) == ("kesepakatan", desk.office_head)
    assert case.events.last().data["result"] == "kesepakatan"
    # Silence does not close what the Komisi Informasi has before it.
    assert not cases_actions.close_silent(case, at=later)


@pytest.mark.parametrize(
    "wrong",
    [
        {"number": " "},
        {"filed_on": TODAY + timedelta(days=1)},
        {"filed_on": date(2026, 1, 1)},
        {"result": "ditolak"},
        {"decided_on": TODAY},
        {"result": "ditolak", "decided_on": TODAY - timedelta(days=30)},
    ],
)
def test_a_dispute_that_cannot_be_is_refused(desk, wrong):
    case = make_case(KB, Status.ANSWERED, desk=desk)

    with pytest.raises(CaseError):
        dispute(case, desk.ppid, **wrong)
    assert codes(case)[-1] == "ditanggapi"


def test_a_dispute_follows_an_answer_or_its_lapse(desk):
    case = make_case(KB, Status.IN_PROGRESS, desk=desk, at=NOW - timedelta(days=10))
    with pytest.raises(CaseError, match="ditanggapi"):
        dispute(case, desk.ppid)
    with pytest.raises(CaseError):
        actions.update_dispute(make_case(KB, Status.ANSWERED), actor=desk.ppid)
    with pytest.raises(CaseError):
        dispute(make_case(), desk.ppid)

    Case.objects.filter(pk=case.pk).update(due_on=TODAY - timedelta(days=1))

    assert dispute(case, desk.ppid).case == case
