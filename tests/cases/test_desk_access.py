import pytest

from cases import actions
from cases.models import AccessLog
from cases.workflow import CaseError, Status
from tests.factories import make_case, make_desk

from .desk import client_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("number", [2**63 - 1, 2**63, 12345678901234567890123])
@pytest.mark.parametrize("page", ["change/", "lakukan/verifikasi/", "identitas/"])
def test_a_number_beyond_every_row_is_no_page(number, page):
    client = client_of(make_desk().verifier)

    assert client.get(f"/admin/cases/case/{number}/{page}").status_code == 404
    assert not AccessLog.objects.exists()


def test_an_identity_that_cannot_be_opened_any_more_says_so(monkeypatch):
    desk = make_desk()
    case = make_case(status=Status.IN_PROGRESS, desk=desk)

    def too_late(*args, **kwargs):
        raise CaseError("Kasus ini tidak menyimpan identitas.")

    monkeypatch.setattr(actions, "reveal_identity", too_late)
    response = client_of(desk.verifier).post(
        f"/admin/cases/case/{case.pk}/identitas/", {"purpose": "Menelepon pelapor"}
    )

    assert response.status_code == 200
    assert "Kasus ini tidak menyimpan identitas." in response.content.decode()
