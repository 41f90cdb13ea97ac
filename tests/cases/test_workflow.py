import pytest
from cases.workflow import ANSWER_OUTCOMES, FINAL, FLOW, OPEN, Kind, Outcome, Status

from tests.factories import codes, make_case, make_desk

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", [Kind.COMPLAINT, Kind.INFORMATION_REQUEST, Kind.QUESTION])
@pytest.mark.parametrize("status", Status)
def test_the_verbs_lead_every_kind_to_every_status(kind, status):
    case = make_case(kind, status)

    assert case.status == status
    assert codes(case)[0] == "diterima"
