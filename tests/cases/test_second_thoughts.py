"""Rules that look odd until one has seen what happens without them."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from cases import actions
from cases.desk.bulk import BULK_MOVES
from cases.desk.todo import Todo, waiting
from cases.models import AnswerDraft, Case
from cases.workflow import CaseError, Privacy, Status
from inforequests.actions import adopt
from office.roles import Role

from ..factories import IDENTITY, make_case, make_desk, make_stored_file, make_user, notices
from .desk import act, client_of, page_of

pytestmark = pytest.mark.django_db


def test_a_form_error_does_not_hide_that_somebody_else_saved():
    desk = make_desk()
    case = make_case(status=Status.IN_PROGRESS, desk=desk)
    opened_at = case.version
    actions.save_draft(case, actor=desk.head, body="Versi kepala.")

    refused = client_of(desk.officer).post(
        f"/admin/cases/case/{case.pk}/lakukan/ajukan/",
        {"version": opened_at, "body": "Versi petugas.", "outcome": ""},
    )
    assert f'name="version" value="{opened_at}"' in refused.content.decode()
    again = client_of(desk.officer).post(
        f"/admin/cases/case/{case.pk}/lakukan/ajukan/",
        {"version": opened_at, "body": "Versi petugas.", "outcome": "dijelaskan"},
    )

    assert again.status_code == 409
    assert "Versi petugas." in again.content.decode()
    assert AnswerDraft.objects.get().body == "Versi kepala."


def test_a_complaint_that_names_somebody_is_not_verified_without_a_word_about_it():
    desk = make_desk()
    case = make_case(about_whom="Petugas loket 3, Andi")
    typed = {"section": desk.section.pk, "service_class": ""}

    refused = act(desk.verifier, case, "verifikasi", **typed)
    assert refused.status_code == 200
    assert "Petugas loket 3, Andi" in refused.content.decode()
    case.refresh_from_db()
    assert case.status == Status.RECEIVED

    act(desk.verifier, case, "verifikasi", **typed, nobody_here="on")
    case.refresh_from_db()
    assert case.status == Status.VERIFIED


def test_a_complaint_that_names_somebody_is_not_verified_in_bulk():
    desk = make_desk()
    case = make_case(about_whom="Andi")

    with pytest.raises(CaseError, match="satu per satu"):
        BULK_MOVES["verifikasi"].action(
            case, actor=desk.verifier, section=desk.section, version=case.version
        )


def test_a_case_that_lost_its_officer_waits_to_be_assigned():
    desk = make_desk()
    case = make_case(status=Status.IN_PROGRESS, desk=desk)
    actions.name_reported(case, actor=desk.verifier, reported=[desk.officer])

    assert case in waiting(Case.objects.all(), Todo.ASSIGN, desk.verifier)


@pytest.mark.parametrize("privacy", [Privacy.CONFIDENTIAL, Privacy.ANONYMOUS])
def test_file_names_of_hidden_people_do_not_reach_the_section(privacy):
    identity = IDENTITY if privacy == Privacy.CONFIDENTIAL else None
    case = make_case(
        privacy=privacy, identity=identity, files=[make_stored_file("KTP-Sari-Melati.jpg")]
    )

    assert case.attachments.get().name == "lampiran-1.jpg"


def test_a_change_of_officer_inside_the_section_is_no_news_for_the_citizen():
    desk = make_desk()
    case = make_case(status=Status.ASSIGNED, desk=desk)
    before = len(notices(case))
    colleague = make_user(Role.OFFICER, section=desk.section)

    actions.assign(case, actor=desk.head, section=desk.section, assignee=colleague)

    assert notices(case)[before:] == [("didisposisi", colleague)]


def test_reading_an_identity_and_a_reminder_make_no_open_form_stale():
    desk = make_desk()
    case = make_case(status=Status.IN_PROGRESS, desk=desk)
    opened_at = case.version
    actions.reveal_identity(case, actor=desk.head, purpose="Menghubungi pelapor")
    with time_machine.travel(timezone.now() + timedelta(days=60), tick=False):
        assert actions.remind_overdue(case)

    actions.note(case, actor=desk.officer, text="Sudah ditelepon.", version=opened_at)


@pytest.mark.parametrize("way", ["answer_back", "reopen"])
def test_a_case_that_comes_back_gets_the_full_time_again(way):
    desk = make_desk()
    status = Status.ANSWERED if way == "answer_back" else Status.DONE
    case = make_case("pertanyaan", status, desk=desk)
    first_due = case.due_on
    with time_machine.travel(timezone.now() + timedelta(days=6), tick=False):
        if way == "answer_back":
            actions.answer_back(case, text="Belum jelas.")
        else:
            actions.reopen(case, actor=desk.head, reason="Warga menelepon lagi.")

        assert case.due_on > first_due
        assert case not in Case.objects.overdue()


def test_an_anonymous_case_cannot_become_an_information_request():
    desk = make_desk()
    case = make_case(privacy=Privacy.ANONYMOUS, identity=None)

    with pytest.raises(CaseError, match="anonim"):
        adopt(case, actor=desk.verifier, purpose="Skripsi")


def test_an_overdue_case_that_nobody_has_reminds_the_desk():
    desk = make_desk()
    case = make_case()
    with time_machine.travel(timezone.now() + timedelta(days=90), tick=False):
        actions.remind_overdue(case)

    assert ("lewat_tenggat", desk.verifier) in notices(case)


def test_the_case_page_shows_the_version_of_an_untouched_form():
    desk = make_desk()
    case = make_case(status=Status.IN_PROGRESS, desk=desk)

    page = client_of(desk.officer).get(page_of(case)).content.decode()

    assert f'name="version" value="{case.version}"' in page
