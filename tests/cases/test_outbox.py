import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from cases import actions
from cases.actions import Identity
from cases.models import Notice
from cases.outbox import owe
from cases.workflow import CaseError, Status
from tests.factories import make_case, make_desk, make_user

pytestmark = pytest.mark.django_db


def jobs():
    return [job.args_kwargs["args"] for job in DBTaskResult.objects.order_by("enqueued_at")]


def test_a_notice_and_its_job_are_written_with_the_change():
    notice = make_case().notices.get()

    assert (notice.state, notice.attempts) == (Notice.State.WAITING, 0)
    assert jobs() == [[notice.pk]]


def test_a_change_that_is_taken_back_owes_nothing():
    with transaction.atomic():
        make_case()
        transaction.set_rollback(True)

    assert not Notice.objects.exists()
    assert jobs() == []


def test_a_refused_verb_owes_nothing():
    desk = make_desk()
    case = make_case(status=Status.IN_APPROVAL, desk=desk)
    before = Notice.objects.count(), len(jobs())

    with pytest.raises(CaseError):
        actions.approve(case, actor=desk.officer)

    assert (Notice.objects.count(), len(jobs())) == before


def test_one_event_owes_a_notice_once():
    case = make_case()

    repeated = [owe(case, Notice.Code.RECEIVED, recipient=None, event_seq=1) for _ in range(3)]

    assert {notice.pk for notice in repeated} == {case.notices.get().pk}
    assert len(jobs()) == 1


def test_another_event_owes_it_again():
    case = make_case()

    owe(case, Notice.Code.PUBLIC_STEP, recipient=None, event_seq=2)
    owe(case, Notice.Code.PUBLIC_STEP, recipient=None, event_seq=3)

    assert case.notices.count() == 3


@pytest.mark.parametrize("identity", [None, Identity(full_name="Sari", phone="0812")])
def test_a_citizen_without_an_address_is_owed_nothing(identity):
    case = make_case(identity=identity)

    assert owe(case, Notice.Code.PUBLIC_STEP, recipient=None, event_seq=2) is None
    assert jobs() == []


@pytest.mark.parametrize("more", [{"email": ""}, {"is_active": False}])
def test_an_officer_who_cannot_be_reached_is_owed_nothing(more):
    case, officer = make_case(), make_user(**more)

    assert owe(case, Notice.Code.ASSIGNED, recipient=officer, event_seq=2) is None


def test_a_job_carries_a_number_and_no_address():
    make_case()

    assert "example.com" not in str(list(DBTaskResult.objects.values()))
