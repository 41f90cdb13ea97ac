from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

import inforequests.actions
from cases import actions
from cases.models import AnswerDraft, Case, DeadlineRule, Message
from cases.workflow import CaseError, Kind, NotAllowed, Outcome, Status
from office.roles import Role
from tests.factories import NOW, WIB, codes, make_case, make_desk, make_stored_file, make_user
from tests.factories import notices as notices_of

pytestmark = pytest.mark.django_db

EXTENSIONS = [
    ("2026-03-13", "2026-04-06", "2026-04-15"),
    ("2026-05-12", "2026-06-02", "2026-06-11"),
    ("2026-11-24", "2026-12-08", "2026-12-17"),
    ("2026-12-18", "2027-01-07", "2027-01-18"),
    ("2027-03-04", "2027-03-30", "2027-04-08"),
]


def moment(day: str, hour: int = 9) -> datetime:
    return datetime.fromisoformat(day).replace(hour=hour, tzinfo=WIB)


def test_a_kept_draft_is_sent_to_nobody():
    desk = make_desk()
    case = make_case(status=Status.IN_PROGRESS, desk=desk)
    before = notices_of(case)

    actions.save_draft(case, actor=desk.officer, body="Kami sedang")
    actions.save_draft(case, actor=desk.officer, body="Kami sedang memeriksa")

    draft = AnswerDraft.objects.get()
    assert (draft.body, draft.author) == ("Kami sedang memeriksa", desk.officer)
    assert codes(case)[-2:] == ["konsep_disimpan", "konsep_disimpan"]
    assert notices_of(case) == before
    assert not case.messages.exists()


def test_the_history_holds_no_word_of_the_draft():
    desk = make_desk()
    case = make_case(status=Status.IN_PROGRESS, desk=desk)

    actions.save_draft(case, actor=desk.officer, body="Rahasia negara")

    assert case.events.last().data == {"length": 14, "outcome": ""}


@pytest.mark.parametrize("body", ["", " \n\t"])
def test_an_empty_draft_is_not_submitted(body):
    desk = make_desk()
    case = make_case(status=Status.IN_PROGRESS, desk=desk)

    with pytest.raises(CaseError):
        actions.submit(case, actor=desk.officer, body=body, outcome=Outcome.EXPLAINED)

    assert not AnswerDraft.objects.exists()


@pytest.mark.parametrize("outcome", ["", Outcome.GRANTED, Outcome.WITHDRAWN, "apa saja"])
def test_the_outcome_of_an_answer_fits_the_kind(outcome):
    desk = make_desk()
    case = make_case(Kind.COMPLAINT, Status.IN_PROGRESS, desk=desk)

    with pytest.raises(CaseError):
        actions.submit(case, actor=desk.officer, body="Sudah.", outcome=outcome)


def test_a_colleague_does_not_write_in_a_held_case():
    desk = make_desk()
    case = make_case(status=Status.IN_PROGRESS, desk=desk)
    colleague = make_user(Role.OFFICER, section=desk.section)

    with pytest.raises(NotAllowed):
        actions.save_draft(case, actor=colleague, body="Saya saja")


def test_approval_sends_the_answer_and_opens_the_time_to_answer_back():
    desk = make_desk()
    case = make_case(status=Status.IN_APPROVAL, desk=desk, at=NOW)

    actions.approve(case, actor=desk.head, at=NOW)

    message = case.messages.public().get()
    assert (message.kind, message.body) == (Message.Kind.ANSWER, "Loket kedua sudah dibuka.")
    assert (case.status, case.answered_at) == (Status.ANSWERED, NOW)
    assert case.reply_until == date(2026, 12, 8)
    assert case.outcome == Outcome.PROVEN_FIXED
    assert case.is_open
    assert not AnswerDraft.objects.exists()
    assert codes(case) == [
        "diterima",
        "diverifikasi",
        "didisposisi",
        "mulai_dikerjakan",
        "konsep_diajukan",
        "ditanggapi",
    ]
    assert case.events.last().data["author"] == desk.officer.pk
    assert notices_of(case)[-1] == ("ditanggapi", None)


def test_nobody_approves_a_draft_of_their_own():
    desk = make_desk()
    case = make_case(status=Status.IN_PROGRESS, desk=desk)
    actions.submit(case, actor=desk.head, body="Sudah.", outcome=Outcome.EXPLAINED)

    with pytest.raises(NotAllowed):
        actions.approve(case, actor=desk.head)

    assert case.status == Status.IN_APPROVAL
    assert not case.messages.exists()
    actions.approve(case, actor=desk.ppid)
    assert case.status == Status.ANSWERED


def test_a_person_with_both_roles_still_needs_a_second_pair_of_eyes():
    desk = make_desk()
    both = make_user(Role.OFFICER, Role.SECTION_HEAD, Role.PPID, section=desk.section)
    case = make_case(status=Status.IN_PROGRESS, desk=desk)
    actions.submit(case, actor=both, body="Sudah.", outcome=Outcome.EXPLAINED)

    with pytest.raises(NotAllowed):
        actions.approve(case, actor=both)


def test_a_returned_draft_comes_back_with_remarks_that_stay_inside():
    desk = make_desk()
    case = make_case(status=Status.IN_APPROVAL, desk=desk)

    actions.return_draft(case, actor=desk.head, remarks="Sebutkan tanggalnya.")

    message = case.messages.get()
    assert (message.kind, message.is_internal) == (Message.Kind.REMARK, True)
    assert case.status == Status.IN_PROGRESS
    assert AnswerDraft.objects.get().body == "Loket kedua sudah dibuka."
    assert notices_of(case)[-1] == ("didisposisi", desk.officer)


def test_a_draft_is_not_returned_without_a_word():
    desk = make_desk()
    case = make_case(status=Status.IN_APPROVAL, desk=desk)

    with pytest.raises(CaseError):
        actions.return_draft(case, actor=desk.head, remarks="")


def test_only_files_meant_for_the_citizen_leave_with_the_answer():
    desk = make_desk()
    case = make_case(status=Status.IN_PROGRESS, desk=desk, files=[make_stored_file()])
    for is_internal in (True, False):
        files = [make_stored_file(f"internal-{is_internal}.jpg")]
        actions.add_files(case, actor=desk.officer, files=files, is_internal=is_internal)
    actions.submit(case, actor=desk.officer, body="Terlampir.", outcome=Outcome.EXPLAINED)

    actions.approve(case, actor=desk.head)

    answer = case.messages.public().get()
    assert [file.name for file in answer.attachments.all()] == ["internal-False.jpg"]


def test_a_draft_for_another_kind_is_not_approved():
    desk = make_desk()
    case = make_case(Kind.COMPLAINT, Status.IN_APPROVAL, desk=desk)
    inforequests.actions.adopt(case, actor=desk.verifier, purpose="Penelitian")

    with pytest.raises(CaseError):
        actions.approve(case, actor=desk.head)

    assert case.status == Status.IN_APPROVAL


def test_an_answer_after_the_last_decreed_year_can_still_be_answered_back():
    desk = make_desk()
    case = make_case(status=Status.IN_APPROVAL, desk=desk, at=moment("2027-12-20"))

    actions.approve(case, actor=desk.head, at=moment("2027-12-21"))

    assert case.reply_until is None
    assert case.can_be_answered_back()
    assert actions.close_silent(case, at=moment("2028-03-01")) is False


@pytest.mark.parametrize(("received", "due", "extended"), EXTENSIONS)
def test_an_extension_ends_seventeen_working_days_after_receipt(received, due, extended):
    desk = make_desk()
    case = make_case(Kind.INFORMATION_REQUEST, Status.IN_PROGRESS, desk=desk, at=moment(received))
    assert case.due_on == date.fromisoformat(due)

    actions.extend(case, actor=desk.head, reason="Belum didokumentasikan.", at=moment(due))

    case = Case.objects.get(pk=case.pk)
    assert case.due_on == case.due_working_on == date.fromisoformat(extended)
    assert case.is_extended
    assert (case.due_basis[-1]["step"], case.due_basis[-1]["days"]) == ("perpanjangan", 17)
    assert case.due_basis[-1]["start"] == received
    assert codes(case)[-1] == "diperpanjang"
    letter = case.letters.get()
    sent = case.messages.public().get()
    assert letter.attachment.message == sent
    assert "Alasan: Belum didokumentasikan." in sent.body
    assert "7 hari kerja" in sent.body
    assert notices_of(case)[-1] == ("perkembangan", None)


def test_a_request_is_extended_once_only():
    desk = make_desk()
    case = make_case(Kind.INFORMATION_REQUEST, Status.IN_PROGRESS, desk=desk)
    actions.extend(case, actor=desk.head, reason="Belum didokumentasikan.")
    due = case.due_on

    with pytest.raises(CaseError):
        actions.extend(case, actor=desk.head, reason="Sekali lagi.")

    assert (case.due_on, codes(case).count("diperpanjang")) == (due, 1)


def test_a_detour_over_another_kind_gives_no_second_extension():
    desk = make_desk()
    case = make_case(Kind.INFORMATION_REQUEST, Status.IN_PROGRESS, desk=desk)
    actions.extend(case, actor=desk.head, reason="Belum didokumentasikan.")
    actions.reclassify(case, actor=desk.verifier, kind=Kind.QUESTION, detail=None)
    inforequests.actions.adopt(case, actor=desk.verifier, purpose="Penelitian")

    with pytest.raises(CaseError):
        actions.extend(case, actor=desk.head, reason="Sekali lagi.")


def test_the_law_rows_are_not_changed_by_an_extension():
    desk = make_desk()
    for _ in range(2):
        case = make_case(Kind.INFORMATION_REQUEST, Status.VERIFIED, desk=desk, at=NOW)
        actions.extend(case, actor=desk.head, reason="Belum didokumentasikan.")
        assert case.due_on == date(2026, 12, 17)

    assert DeadlineRule.objects.get(kind="permohonan", step="perpanjangan").days == 7


@pytest.mark.parametrize("kind", [Kind.COMPLAINT, Kind.QUESTION])
def test_only_information_requests_are_extended(kind):
    desk = make_desk()
    case = make_case(kind, Status.IN_PROGRESS, desk=desk)

    with pytest.raises(CaseError):
        actions.extend(case, actor=desk.head, reason="Banyak pekerjaan.")


@pytest.mark.parametrize("reason", ["", "  "])
def test_an_extension_needs_written_reasons(reason):
    desk = make_desk()
    case = make_case(Kind.INFORMATION_REQUEST, Status.IN_PROGRESS, desk=desk)

    with pytest.raises(CaseError):
        actions.extend(case, actor=desk.head, reason=reason)

    assert not case.is_extended


def test_the_time_is_not_extended_after_it_has_passed():
    desk = make_desk()
    case = make_case(Kind.INFORMATION_REQUEST, Status.IN_PROGRESS, desk=desk, at=NOW)
    last_moment = datetime(2026, 12, 8, 23, 59, 59, tzinfo=WIB)

    with pytest.raises(CaseError):
        actions.extend(
            case, actor=desk.head, reason="Terlambat.", at=last_moment + timedelta(seconds=1)
        )

    actions.extend(case, actor=desk.head, reason="Tepat waktu.", at=last_moment)
    assert case.is_extended


def test_extending_in_approval_keeps_the_draft():
    desk = make_desk()
    case = make_case(Kind.INFORMATION_REQUEST, Status.IN_APPROVAL, desk=desk)

    actions.extend(case, actor=desk.head, reason="Menunggu uji konsekuensi.")

    assert case.status == Status.IN_APPROVAL
    assert case.decisions.in_the_making().exists()
    assert case.events.last().at <= timezone.now()
