from datetime import datetime, timedelta

import pytest

from cases import actions
from cases.models import Case, Message
from cases.workflow import CaseError, Kind, NotAllowed, Outcome, Status
from tests.factories import NOW, WIB, codes, make_case, make_desk, notices

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return make_desk()


def test_closing_keeps_the_outcome_of_the_answer(desk):
    case = make_case(status=Status.ANSWERED, desk=desk)

    actions.close(case, actor=desk.head, reason="Pelapor menelepon: selesai.")

    assert (case.status, case.outcome) == (Status.DONE, Outcome.PROVEN_FIXED)
    assert case.closing_reason == "Pelapor menelepon: selesai."
    assert case.closed_at
    assert codes(case)[-1] == "ditutup"
    assert notices(case)[-1] == ("ditutup", None)


def test_closing_may_correct_the_outcome(desk):
    case = make_case(status=Status.ANSWERED, desk=desk)

    actions.close(case, actor=desk.head, reason="Diperbaiki.", outcome=Outcome.NOT_PROVEN)

    assert case.outcome == Outcome.NOT_PROVEN


@pytest.mark.parametrize("outcome", [Outcome.DUPLICATE, Outcome.GRANTED, "apa saja"])
def test_a_case_is_not_closed_with_an_outcome_of_something_else(desk, outcome):
    case = make_case(Kind.COMPLAINT, Status.ANSWERED, desk=desk)

    with pytest.raises(CaseError):
        actions.close(case, actor=desk.head, reason="Selesai.", outcome=outcome)


@pytest.mark.parametrize("reason", ["", " \n"])
def test_nothing_ends_without_a_reason(desk, reason):
    answered = make_case(status=Status.ANSWERED, desk=desk)
    verified = make_case(status=Status.VERIFIED, desk=desk)

    for refused in (
        lambda: actions.close(answered, actor=desk.head, reason=reason),
        lambda: actions.archive(verified, actor=desk.head, reason=reason),
        lambda: actions.forward(verified, actor=desk.head, body="Dinas", reason=reason),
        lambda: actions.forward(verified, actor=desk.head, body=reason, reason="Bukan kami."),
    ):
        with pytest.raises(CaseError):
            refused()

    assert Case.objects.open().count() == 2
    assert not verified.messages.exists()


@pytest.mark.parametrize(
    ("at", "closed"),
    [
        # Answered on 24 November; ten working days end with 8 December.
        (NOW + timedelta(days=1), False),
        (datetime(2026, 12, 8, 23, 59, 59, tzinfo=WIB), False),
        (datetime(2026, 12, 9, 0, 0, 0, tzinfo=WIB), True),
    ],
)
def test_silence_closes_a_case_after_the_tenth_working_day_and_not_before(desk, at, closed):
    case = make_case(status=Status.ANSWERED, desk=desk, at=NOW)

    assert actions.close_silent(case, at=at) is closed

    case = Case.objects.get(pk=case.pk)
    assert case.status == (Status.DONE if closed else Status.ANSWERED)
    assert codes(case).count("ditutup") == closed


def test_silence_closes_once(desk):
    case, later = make_case(status=Status.ANSWERED, desk=desk, at=NOW), NOW + timedelta(days=30)

    assert [actions.close_silent(case, at=later) for _ in range(3)] == [True, False, False]

    assert case.events.last().data == {
        "outcome": "terbukti_diperbaiki",
        "by": "sistem",
        "from": "ditanggapi",
        "to": "selesai",
    }
    assert [code for code, _ in notices(case)].count("ditutup") == 1


def test_forwarding_tells_the_citizen_which_body_is_competent(desk):
    case = make_case(status=Status.VERIFIED, desk=desk)

    actions.forward(case, actor=desk.head, body="Disdukcapil", reason="Soal KTP.")

    message = case.messages.public().get()
    assert (message.kind, message.body) == (Message.Kind.INFORMATION, "Disdukcapil: Soal KTP.")
    assert (case.status, case.forwarded_to) == (Status.FORWARDED, "Disdukcapil")
    assert case.outcome == Outcome.FORWARDED
    assert notices(case)[-1] == ("ditutup", None)


def test_a_duplicate_names_the_other_case(desk):
    original = make_case(status=Status.IN_PROGRESS, desk=desk)
    case = make_case(status=Status.VERIFIED, desk=desk)

    actions.mark_duplicate(case, actor=desk.verifier, original=original)

    assert (case.status, case.duplicate_of) == (Status.DUPLICATE, original)
    assert case.events.last().data["original"] == original.reference
    assert codes(original)[-1] == "mulai_dikerjakan"


def test_a_case_is_not_a_duplicate_of_itself(desk):
    case = make_case(status=Status.VERIFIED, desk=desk)

    with pytest.raises(CaseError):
        actions.mark_duplicate(case, actor=desk.verifier, original=Case.objects.get(pk=case.pk))


def test_a_duplicate_of_a_duplicate_is_refused(desk):
    duplicate = make_case(status=Status.DUPLICATE, desk=desk)
    case = make_case(status=Status.VERIFIED, desk=desk)

    with pytest.raises(CaseError, match=duplicate.duplicate_of.reference):
        actions.mark_duplicate(case, actor=desk.verifier, original=duplicate)


def test_a_case_with_duplicates_does_not_become_one(desk):
    duplicate = make_case(status=Status.DUPLICATE, desk=desk)
    case = make_case(status=Status.VERIFIED, desk=desk)

    with pytest.raises(CaseError):
        actions.mark_duplicate(duplicate.duplicate_of, actor=desk.verifier, original=case)


def test_two_cases_are_not_marked_crosswise(desk):
    first, second = (make_case(status=Status.VERIFIED, desk=desk) for _ in range(2))
    first_as_shown, second_as_shown = Case.objects.order_by("pk")
    actions.mark_duplicate(first, actor=desk.verifier, original=second)

    with pytest.raises(CaseError):
        actions.mark_duplicate(second_as_shown, actor=desk.verifier, original=first_as_shown)

    assert Case.objects.filter(status=Status.DUPLICATE).count() == 1


@pytest.mark.parametrize("is_older", [True, False])
def test_an_original_that_became_a_duplicate_meanwhile_is_refused(desk, is_older):
    cases = [make_case(status=Status.VERIFIED, desk=desk) for _ in range(2)]
    original, case = cases if is_older else reversed(cases)
    as_shown = Case.objects.get(pk=original.pk)
    third = make_case(status=Status.VERIFIED, desk=desk)
    actions.mark_duplicate(original, actor=desk.verifier, original=third)

    with pytest.raises(CaseError, match=third.reference):
        actions.mark_duplicate(case, actor=desk.verifier, original=as_shown)


def test_a_case_that_cannot_be_seen_is_no_original(desk):
    elsewhere = make_case(status=Status.VERIFIED, desk=make_desk("lantaskim"))
    case = make_case(status=Status.VERIFIED, desk=desk)

    with pytest.raises(NotAllowed):
        actions.mark_duplicate(case, actor=desk.head, original=elsewhere)


@pytest.mark.parametrize("outcome", [Outcome.ARCHIVED, Outcome.INCOMPLETE_LAPSED])
def test_an_archived_case_says_why(desk, outcome):
    case = make_case(status=Status.INCOMPLETE)

    actions.archive(case, actor=desk.verifier, reason="Tidak dilengkapi.", outcome=outcome)

    assert (case.status, case.outcome) == (Status.ARCHIVED, outcome)
    assert case.answered_at is None


def test_an_archived_case_has_no_outcome_of_an_answer(desk):
    case = make_case(status=Status.VERIFIED, desk=desk)

    with pytest.raises(CaseError):
        actions.archive(case, actor=desk.head, reason="Beres.", outcome=Outcome.PROVEN_FIXED)


@pytest.mark.parametrize("status", [Status.DONE, Status.ARCHIVED])
def test_a_closed_case_comes_back_to_work(desk, status):
    case = make_case(status=status, desk=desk)

    actions.reopen(case, actor=desk.head, reason="Ternyata belum selesai.")

    assert (case.status, case.closed_at, case.outcome) == (Status.IN_PROGRESS, None, "")
    assert (case.answered_at, case.closing_reason) == (None, "")
    assert codes(case)[-1] == "dibuka_kembali"
    assert case.messages.last().is_internal


def test_a_reopened_request_has_its_time_and_its_extension_from_that_day(desk):
    case = make_case(Kind.INFORMATION_REQUEST, Status.DONE, desk=desk, at=NOW)
    reopened_at = datetime(2027, 3, 4, 9, tzinfo=WIB)

    actions.reopen(case, actor=desk.head, reason="Belum selesai.", at=reopened_at)
    assert case.due_on.isoformat() == "2027-03-30"

    actions.extend(case, actor=desk.head, reason="Belum didokumentasikan.", at=reopened_at)
    assert case.due_on.isoformat() == "2027-04-08"


def test_a_case_is_reopened_once_only(desk):
    case = make_case(status=Status.DONE, desk=desk)
    actions.reopen(case, actor=desk.head, reason="Ternyata belum selesai.")
    actions.archive(case, actor=desk.head, reason="Sudah.")

    with pytest.raises(CaseError):
        actions.reopen(case, actor=desk.head, reason="Sekali lagi.")

    assert codes(case).count("dibuka_kembali") == 1


def test_a_case_is_not_reopened_without_a_reason(desk):
    case = make_case(status=Status.DONE, desk=desk)

    with pytest.raises(CaseError):
        actions.reopen(case, actor=desk.head, reason=" ")

    assert case.status == Status.DONE


def test_a_case_that_never_had_a_section_is_not_reopened(desk):
    case = make_case()
    actions.archive(case, actor=desk.verifier, reason="Isi tidak terbaca.")

    with pytest.raises(CaseError):
        actions.reopen(case, actor=desk.verifier, reason="Ternyata terbaca.")


def test_the_holder_hears_of_the_reopening(desk):
    case = make_case(status=Status.DONE, desk=desk)

    actions.reopen(case, actor=desk.head, reason="Ternyata belum selesai.")

    assert notices(case)[-2:] == [("perkembangan", None), ("didisposisi", desk.officer)]
