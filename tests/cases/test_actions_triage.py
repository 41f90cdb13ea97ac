from datetime import date

import pytest
from django.db import IntegrityError

import complaints.actions
import inforequests.actions
from cases import actions
from cases.models import Case, Message
from cases.workflow import CaseError, Kind, NotAllowed, ServiceClass, Status
from complaints.models import Complaint
from inforequests.models import InformationRequest
from office.models import Section
from office.roles import Role
from tests.factories import NOW, codes, make_case, make_desk, make_user, notices

pytestmark = pytest.mark.django_db


def test_asking_for_completion_tells_the_citizen_and_does_not_stop_the_clock():
    desk, case = make_desk(), make_case(Kind.INFORMATION_REQUEST, at=NOW)
    due = case.due_on

    actions.request_completion(case, actor=desk.verifier, text="Tahun berapa?", at=NOW)

    message = case.messages.get()
    assert (message.kind, message.body) == (Message.Kind.QUESTION, "Tahun berapa?")
    assert case.due_on == due
    assert case.events.last().data["until"] == "2026-11-27"
    assert notices(case) == [("diterima", None), ("minta_dilengkapi", None)]


def test_a_question_without_words_is_not_sent():
    desk, case = make_desk(), make_case()

    with pytest.raises(CaseError):
        actions.request_completion(case, actor=desk.verifier, text=" \n")

    assert codes(case) == ["diterima"]


def test_verification_hands_the_case_to_a_section():
    desk, case = make_desk("lantaskim"), make_case()

    actions.verify(case, actor=desk.verifier, section=desk.section)

    assert case.section == desk.section
    assert codes(case) == ["diterima", "diverifikasi"]
    assert case.events.last().data == {
        "section": "lantaskim",
        "class": "",
        "reported": [],
        "from": "diterima",
        "to": "terverifikasi",
    }
    assert notices(case) == [("diterima", None), ("perkembangan", None)]


@pytest.mark.parametrize(
    ("service_class", "working", "due"),
    [
        (ServiceClass.NONE, date(2026, 12, 14), date(2026, 12, 14)),
        (ServiceClass.ORDINARY, date(2026, 12, 14), date(2026, 12, 14)),
        # 60 working days end after the 60 calendar days of UU 25/2009, which then bind.
        (ServiceClass.SUPERVISORY, date(2027, 2, 23), date(2027, 1, 23)),
    ],
)
def test_the_class_of_a_complaint_decides_its_clock(service_class, working, due):
    desk, case = make_desk(), make_case(at=NOW)

    actions.verify(case, actor=desk.verifier, section=desk.section, service_class=service_class)

    assert case.due_working_on == working
    assert case.due_on == due
    assert case.service_class == service_class


def test_an_information_request_has_no_class():
    desk, case = make_desk(), make_case(Kind.INFORMATION_REQUEST, at=NOW)

    actions.verify(
        case, actor=desk.verifier, section=desk.section, service_class=ServiceClass.SUPERVISORY
    )

    assert (case.service_class, case.due_on) == ("", date(2026, 12, 8))


def test_a_reported_officer_and_that_officers_head_lose_sight_of_the_case():
    desk = make_desk()
    colleague = make_user(Role.OFFICER, section=desk.section)
    case = make_case()

    actions.verify(case, actor=desk.verifier, section=desk.section, reported=[desk.officer])

    def sees(user):
        return Case.objects.visible_to(user).filter(pk=case.pk).exists()

    assert not sees(desk.officer)
    assert not sees(desk.head)
    assert sees(colleague)
    assert sees(desk.verifier)
    assert sees(desk.ppid)
    assert sees(desk.office_head)


def test_a_reported_holder_loses_the_case_to_the_section():
    desk, case = make_desk(), make_case(status=Status.VERIFIED)
    actions.assign(case, actor=desk.verifier, section=desk.section, assignee=desk.officer)

    actions.name_reported(case, actor=desk.verifier, reported=[desk.officer])

    assert case.assignee is None
    assert case.status == Status.ASSIGNED
    assert codes(case)[-1] == "terlapor_dicatat"
    with pytest.raises(NotAllowed):
        actions.start(case, actor=desk.officer)


def test_a_holder_whose_own_officer_is_reported_loses_the_case_too():
    desk, case = make_desk(), make_case(status=Status.VERIFIED)
    actions.assign(case, actor=desk.verifier, section=desk.section, assignee=desk.head)

    actions.name_reported(case, actor=desk.verifier, reported=[desk.officer])

    assert case.assignee is None


def test_naming_another_officer_leaves_the_holder():
    desk = make_desk()
    case = make_case(status=Status.IN_PROGRESS, desk=desk)

    actions.name_reported(
        case, actor=desk.verifier, reported=[make_user(Role.OFFICER, section="tata-usaha")]
    )

    assert case.assignee == desk.officer


def test_naming_the_same_officer_twice_is_refused():
    desk, case = make_desk(), make_case()
    actions.name_reported(case, actor=desk.verifier, reported=[desk.officer])

    with pytest.raises(CaseError):
        actions.name_reported(case, actor=desk.verifier, reported=[desk.officer])

    assert codes(case) == ["diterima", "terlapor_dicatat"]


def test_a_verifier_who_is_reported_cannot_touch_the_case():
    desk, case = make_desk(), make_case()
    other = make_user(Role.VERIFIER)
    actions.name_reported(case, actor=other, reported=[desk.verifier])

    with pytest.raises(NotAllowed):
        actions.verify(case, actor=desk.verifier, section=desk.section)


def test_another_kind_keeps_number_receipt_and_history():
    desk = make_desk()
    case = make_case(Kind.COMPLAINT, Status.IN_PROGRESS, desk=desk, at=NOW, place="Loket 3")
    before, events = Case.objects.filter(pk=case.pk).values().get(), codes(case)

    inforequests.actions.adopt(case, actor=desk.verifier, purpose="Penelitian")

    case = Case.objects.get(pk=case.pk)
    assert case.kind == Kind.INFORMATION_REQUEST
    for kept in (
        "reference",
        "received_at",
        "status",
        "section_id",
        "assignee_id",
        "access_digest",
    ):
        assert getattr(case, kept) == before[kept]
    assert codes(case) == [*events, "jenis_diubah"]
    assert case.detail.purpose == "Penelitian"
    assert not Complaint.objects.exists()


def test_another_kind_has_the_other_kinds_clock_and_says_so():
    desk, case = make_desk(), make_case(Kind.QUESTION, at=NOW)

    complaints.actions.adopt(case, actor=desk.verifier)

    assert case.due_on == date(2026, 12, 14)
    assert {row["law"] for row in case.due_basis} >= {"PermenPANRB 62/2018"}
    data = case.events.last().data
    assert (data["kind_from"], data["kind_to"]) == ("pertanyaan", "pengaduan")
    assert (data["due_from"], data["due_to"]) == ("2026-12-01", "2026-12-14")
    assert notices(case)[-1] == ("perkembangan", None)


def test_the_old_kinds_answers_stay_as_an_internal_note():
    desk, case = make_desk(), make_case(Kind.COMPLAINT, place="Loket 3", loss="Cuti satu hari")

    actions.reclassify(case, actor=desk.verifier, kind=Kind.QUESTION, detail=None)

    note = case.messages.get()
    assert note.kind == Message.Kind.NOTE
    assert "Loket 3" in note.body
    assert "Cuti satu hari" in note.body
    assert not case.messages.public().exists()
    assert Case.objects.get(pk=case.pk).detail is None


def test_a_case_can_go_to_another_kind_and_back():
    desk, case = make_desk(), make_case(Kind.COMPLAINT)

    inforequests.actions.adopt(case, actor=desk.verifier, purpose="Penelitian")
    complaints.actions.adopt(case, actor=desk.verifier)

    assert Complaint.objects.get().case == case
    assert not InformationRequest.objects.exists()
    assert codes(case) == ["diterima", "jenis_diubah", "jenis_diubah"]


def test_the_class_goes_with_the_kind():
    desk = make_desk()
    case = make_case(status=Status.VERIFIED, desk=desk, service_class=ServiceClass.SUPERVISORY)

    actions.reclassify(case, actor=desk.verifier, kind=Kind.QUESTION, detail=None)

    assert case.service_class == ""


@pytest.mark.parametrize("kind", [Kind.COMPLAINT, Kind.INFORMATION_REQUEST])
def test_a_kind_with_a_detail_is_not_taken_without_one(kind):
    desk, case = make_desk(), make_case(Kind.QUESTION)

    with pytest.raises(ValueError, match=kind):
        actions.reclassify(case, actor=desk.verifier, kind=kind, detail=None)

    assert Case.objects.get(pk=case.pk).kind == Kind.QUESTION


def test_the_same_kind_again_is_refused():
    desk, case = make_desk(), make_case(Kind.COMPLAINT)

    with pytest.raises(CaseError):
        complaints.actions.adopt(case, actor=desk.verifier)

    assert Complaint.objects.count() == 1


def test_a_failed_adoption_leaves_the_old_kind():
    desk, case = make_desk(), make_case(Kind.COMPLAINT)

    with pytest.raises(IntegrityError):
        inforequests.actions.adopt(case, actor=desk.verifier, purpose=None)

    case = Case.objects.get(pk=case.pk)
    assert (case.kind, codes(case)) == (Kind.COMPLAINT, ["diterima"])
    assert case.detail


def test_a_note_stays_inside_the_office():
    desk, case = make_desk(), make_case()

    actions.note(case, actor=desk.verifier, text="Sudah pernah melapor.")

    assert case.messages.get().is_internal
    assert not case.messages.public().exists()
    assert notices(case) == [("diterima", None)]


def test_what_the_citizen_added_is_read_once():
    desk, case = make_desk(), make_case()
    actions.add_facts(case, text="Loket 3")

    actions.mark_read(case, actor=desk.verifier)

    assert case.citizen_wrote_at is None
    with pytest.raises(CaseError):
        actions.mark_read(case, actor=desk.verifier)


def test_a_case_may_be_verified_for_any_section():
    desk, case = make_desk(), make_case()
    section = Section.objects.get(code="inteldakim")

    actions.verify(case, actor=desk.verifier, section=section)

    assert case.section == section
