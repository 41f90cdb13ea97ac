import pytest

from cases import actions
from cases.models import Case
from cases.workflow import CaseError, NotAllowed, Status, TransitionError
from office.models import Section
from office.roles import Role
from tests.factories import codes, make_case, make_desk, make_user, notices

pytestmark = pytest.mark.django_db


def test_disposisi_gives_the_case_to_section_and_officer_and_tells_both_sides():
    desk, case = make_desk(), make_case(status=Status.VERIFIED)

    actions.assign(case, actor=desk.ppid, section=desk.section, assignee=desk.officer)

    assert (case.section, case.assignee, case.status) == (
        desk.section,
        desk.officer,
        Status.ASSIGNED,
    )
    assert codes(case) == ["diterima", "diverifikasi", "didisposisi"]
    assert notices(case)[-2:] == [("perkembangan", None), ("didisposisi", desk.officer)]


def test_disposisi_may_leave_the_choice_of_officer_to_the_section():
    desk, case = make_desk("lantaskim"), make_case(status=Status.VERIFIED)

    actions.assign(case, actor=desk.verifier, section=desk.section)

    assert (case.section, case.assignee) == (desk.section, None)
    assert notices(case)[-1] == ("perkembangan", None)


def test_a_note_with_the_disposisi_stays_inside():
    desk, case = make_desk(), make_case(status=Status.VERIFIED)

    actions.assign(case, actor=desk.verifier, section=desk.section, note="Mohon segera.")

    message = case.messages.get()
    assert (message.body, message.is_internal) == ("Mohon segera.", True)
    assert case.events.last().data["message"] == message.pk


def test_a_new_officer_takes_over_a_running_case():
    desk = make_desk()
    case = make_case(status=Status.IN_PROGRESS, desk=desk)
    colleague = make_user(Role.OFFICER, section=desk.section)

    actions.assign(case, actor=desk.head, section=desk.section, assignee=colleague)

    event = case.events.last()
    assert (case.assignee, case.status) == (colleague, Status.ASSIGNED)
    assert (event.data["assignee_from"], event.data["assignee"]) == (
        desk.officer.pk,
        colleague.pk,
    )
    with pytest.raises(NotAllowed):
        actions.start(case, actor=desk.officer)


def test_a_head_who_gives_a_case_to_another_section_loses_it():
    desk, case = make_desk(), make_case(status=Status.ASSIGNED)
    other = Section.objects.get(code="lantaskim")

    actions.assign(case, actor=desk.head, section=other)

    assert not Case.objects.visible_to(desk.head).exists()


@pytest.mark.parametrize(
    ("roles", "section", "more"),
    [
        ([Role.OFFICER], "lantaskim", {}),
        ([Role.OFFICER], None, {}),
        ([Role.HUMAS], "tikkim", {}),
        ([], "tikkim", {}),
        ([Role.OFFICER], "tikkim", {"is_active": False}),
    ],
)
def test_only_a_working_officer_of_the_section_can_get_its_case(roles, section, more):
    desk, case = make_desk(), make_case(status=Status.VERIFIED)
    stranger = make_user(*roles, section=section, **more)

    with pytest.raises(CaseError, match=str(stranger)):
        actions.assign(case, actor=desk.verifier, section=desk.section, assignee=stranger)

    assert codes(case) == ["diterima", "diverifikasi"]


def test_nobody_gets_a_case_about_themselves():
    desk = make_desk()
    case = make_case(status=Status.VERIFIED, reported=[desk.officer])

    with pytest.raises(CaseError, match=str(desk.officer)):
        actions.assign(case, actor=desk.verifier, section=desk.section, assignee=desk.officer)


def test_nobody_gets_a_case_about_their_own_staff():
    desk = make_desk()
    case = make_case(status=Status.VERIFIED, reported=[desk.officer])

    with pytest.raises(CaseError, match=str(desk.head)):
        actions.assign(case, actor=desk.verifier, section=desk.section, assignee=desk.head)


def test_a_colleague_of_the_reported_officer_may_get_it():
    desk = make_desk()
    colleague = make_user(Role.OFFICER, section=desk.section)
    case = make_case(status=Status.VERIFIED, reported=[desk.officer])

    actions.assign(case, actor=desk.verifier, section=desk.section, assignee=colleague)

    assert case.assignee == colleague


def test_who_starts_an_unheld_case_becomes_its_holder():
    desk, case = make_desk(), make_case(status=Status.VERIFIED)
    actions.assign(case, actor=desk.verifier, section=desk.section)

    actions.start(case, actor=desk.officer)

    assert case.assignee == desk.officer
    assert codes(case)[-1] == "mulai_dikerjakan"
    assert notices(case)[-1] == ("perkembangan", None)


def test_a_held_case_is_not_taken_away_by_a_colleague():
    desk = make_desk()
    case = make_case(status=Status.ASSIGNED, desk=desk)
    colleague = make_user(Role.OFFICER, section=desk.section)

    with pytest.raises(NotAllowed, match=str(desk.officer)):
        actions.start(case, actor=colleague)


def test_the_head_may_start_an_officers_case_without_taking_it():
    desk = make_desk()
    case = make_case(status=Status.ASSIGNED, desk=desk)

    actions.start(case, actor=desk.head)

    assert case.assignee == desk.officer


def test_a_case_that_runs_already_says_so_when_it_is_started_again():
    desk = make_desk()
    case = make_case(status=Status.IN_PROGRESS, desk=desk)

    with pytest.raises(TransitionError, match="Diproses"):
        actions.start(case, actor=desk.officer)


def test_an_officer_without_an_address_gets_no_notice():
    desk = make_desk()
    silent = make_user(Role.OFFICER, section=desk.section, email="")
    case = make_case(status=Status.VERIFIED)

    actions.assign(case, actor=desk.verifier, section=desk.section, assignee=silent)

    assert notices(case)[-1] == ("perkembangan", None)
