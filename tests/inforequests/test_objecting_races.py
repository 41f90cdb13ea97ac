"""Many people in the same moment, each with a connection of their own."""

from datetime import timedelta

import pytest

from cases.models import Case
from cases.workflow import CaseError, Kind, Status
from inforequests import actions
from inforequests.models import Objection
from office.roles import Role
from tests.factories import NOW, codes, make_case, make_desk, make_user
from tests.races import at_once, split

from .objections import REFUSED, bring, make_decided, make_objection, order

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("committed_db", "plain_paper"),
]


def test_of_ten_objections_to_one_request_one_is_received():
    request = make_case(Kind.INFORMATION_REQUEST, at=NOW - timedelta(days=28))

    made, refused = split(
        at_once(10, lambda n: make_objection(Case.objects.get(pk=request.pk)).reference)
    )

    assert made == ["KB-2026-000001"]
    assert all(isinstance(error, CaseError) for error in refused)
    assert Objection.objects.count() == 1
    assert codes(request).count("keberatan_diajukan") == 1


def test_of_six_superiors_one_decides_and_the_request_is_ordered_once():
    desk = make_desk()
    request = make_decided(desk, NOW - timedelta(days=28), REFUSED)
    case = bring(make_objection(request), desk, answer=order())
    superiors = [make_user(Role.PPID_SUPERIOR) for _ in range(6)]

    made, refused = split(
        at_once(
            6,
            lambda n: actions.decide_objection(
                Case.objects.get(pk=case.pk), actor=superiors[n], at=NOW
            ),
        )
    )

    assert len(made) == 1
    assert all(isinstance(error, CaseError) for error in refused)
    assert case.letters.count() == 1
    assert codes(request).count("diperintahkan") == 1
    assert Case.objects.get(pk=request.pk).status == Status.IN_PROGRESS
