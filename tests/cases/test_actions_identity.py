import pytest

from cases import actions
from cases.models import AccessLog
from cases.workflow import CaseError, NotAllowed, Privacy, Status
from tests.factories import IDENTITY, codes, make_case, make_desk

pytestmark = pytest.mark.django_db

PURPOSE = "Menelepon pelapor untuk janji temu"


@pytest.mark.parametrize("who", ["officer", "head", "verifier", "ppid", "office_head"])
def test_opening_an_identity_is_logged_with_its_purpose(who):
    desk = make_desk()
    case = make_case(status=Status.IN_PROGRESS, desk=desk)
    actor = getattr(desk, who)

    shown = actions.reveal_identity(case, actor=actor, purpose=PURPOSE)

    log = AccessLog.objects.get()
    assert shown.full_name == IDENTITY.full_name
    assert (log.what, log.user, log.case, log.purpose) == ("identitas", actor, case, PURPOSE)
    assert codes(case)[-1] == "identitas_dibuka"
    assert IDENTITY.full_name not in str(case.events.last().data) + log.purpose + str(log.data)


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("officer", False),
        ("head", False),
        ("ppid", False),
        ("verifier", True),
        ("office_head", True),
    ],
)
def test_a_confidential_identity_opens_for_two_roles_only(who, may):
    desk = make_desk()
    case = make_case(status=Status.IN_PROGRESS, desk=desk, privacy=Privacy.CONFIDENTIAL)

    if may:
        assert actions.reveal_identity(case, actor=getattr(desk, who), purpose=PURPOSE)
    else:
        with pytest.raises(NotAllowed):
            actions.reveal_identity(case, actor=getattr(desk, who), purpose=PURPOSE)

    assert AccessLog.objects.count() == codes(case).count("identitas_dibuka") == may


@pytest.mark.parametrize("purpose", ["", "    ", "  a  ", "abcd"])
def test_an_identity_is_not_opened_without_a_purpose(purpose):
    desk, case = make_desk(), make_case()

    with pytest.raises(CaseError):
        actions.reveal_identity(case, actor=desk.verifier, purpose=purpose)

    assert not AccessLog.objects.exists()


def test_an_anonymous_case_has_nobody_to_show():
    desk, case = make_desk(), make_case(privacy=Privacy.ANONYMOUS)

    with pytest.raises(CaseError):
        actions.reveal_identity(case, actor=desk.office_head, purpose=PURPOSE)

    assert not AccessLog.objects.exists()


def test_a_reported_officer_never_learns_who_reported():
    desk = make_desk()
    case = make_case(status=Status.VERIFIED, desk=desk, reported=[desk.officer])

    for actor in (desk.officer, desk.head):
        with pytest.raises(NotAllowed):
            actions.reveal_identity(case, actor=actor, purpose=PURPOSE)
