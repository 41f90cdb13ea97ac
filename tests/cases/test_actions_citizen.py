from datetime import datetime, timedelta

import pytest

from cases import access_code, actions
from cases.models import Case, Message
from cases.workflow import CaseError, Outcome, Privacy, Status
from tests.factories import NOW, WIB, codes, make_case, make_desk, make_stored_file, notices

pytestmark = pytest.mark.django_db

LAST_MOMENT = datetime(2026, 12, 8, 23, 59, 59, tzinfo=WIB)


def test_added_facts_wait_to_be_read():
    case = make_case(status=Status.IN_PROGRESS)

    actions.add_facts(case, text="Loket 3", files=[make_stored_file()])

    message = case.messages.get()
    assert (message.kind, message.author) == (Message.Kind.CITIZEN, None)
    assert message.attachments.count() == 1
    assert case.citizen_wrote_at
    assert case.status == Status.IN_PROGRESS
    assert case.events.last().data == {"message": message.pk, "files": 1}


def test_completing_brings_the_case_back_to_verification():
    case = make_case(status=Status.INCOMPLETE)

    actions.complete(case, text="Senin pagi")

    assert case.status == Status.RECEIVED
    assert codes(case) == ["diterima", "minta_dilengkapi", "dilengkapi"]


def test_the_files_of_an_anonymous_citizen_stay_neutral_later_too():
    case = make_case(status=Status.IN_PROGRESS, privacy=Privacy.ANONYMOUS)

    actions.add_facts(case, text="", files=[make_stored_file("Sari Melati.jpg")])

    assert case.attachments.get().name == "lampiran-1.jpg"


def test_answering_back_brings_the_case_back_to_work():
    desk = make_desk()
    case = make_case(status=Status.ANSWERED, desk=desk)

    actions.answer_back(case, text="Masih empat jam.")

    assert case.status == Status.IN_PROGRESS
    assert (case.answered_at, case.reply_until, case.outcome) == (None, None, "")
    assert codes(case)[-1] == "warga_menanggapi"
    assert notices(case)[-1] == ("didisposisi", desk.officer)


@pytest.mark.parametrize(
    ("at", "in_time"),
    [
        (NOW + timedelta(minutes=10), True),
        (LAST_MOMENT, True),
        (LAST_MOMENT + timedelta(seconds=1), False),
        (LAST_MOMENT + timedelta(days=300), False),
    ],
)
def test_an_answer_can_be_answered_back_for_ten_working_days(at, in_time):
    case = make_case(status=Status.ANSWERED, at=NOW)

    if in_time:
        actions.answer_back(case, text="Masih lama.", at=at)
    else:
        with pytest.raises(CaseError):
            actions.answer_back(case, text="Masih lama.", at=at)

    assert Case.objects.get(pk=case.pk).status == (
        Status.IN_PROGRESS if in_time else Status.ANSWERED
    )


def test_a_second_answer_opens_ten_new_days():
    desk = make_desk()
    case = make_case(status=Status.ANSWERED, desk=desk, at=NOW)
    later = datetime(2026, 12, 8, 9, tzinfo=WIB)
    actions.answer_back(case, text="Masih lama.", at=later)
    actions.submit(case, actor=desk.officer, body="Kini?", outcome=Outcome.EXPLAINED, at=later)

    actions.approve(case, actor=desk.head, at=later)

    assert case.reply_until.isoformat() == "2026-12-22"
    assert case.messages.filter(kind=Message.Kind.ANSWER).count() == 2


def test_the_citizen_says_that_it_is_solved():
    case = make_case(status=Status.ANSWERED)

    actions.confirm_resolved(case)

    assert (case.status, case.outcome) == (Status.DONE, Outcome.PROVEN_FIXED)
    assert case.events.last().data["by"] == "warga"
    assert notices(case)[-1] == ("ditutup", None)


def test_a_withdrawn_case_stays_in_the_register():
    case = make_case()

    actions.withdraw(case)

    stored = Case.objects.get(reference=case.reference)
    assert (stored.status, stored.outcome) == (Status.WITHDRAWN, Outcome.WITHDRAWN)
    assert stored.closing_reason
    assert codes(stored) == ["diterima", "dicabut"]
    assert notices(stored)[-1] == ("ditutup", None)


def test_a_new_access_code_replaces_the_old_one_at_once():
    old = access_code.make_access_code()
    case = make_case(code=old)

    new = actions.renew_access_code(case)

    assert not Case.objects.filter(access_digest=access_code.digest(old)).exists()
    assert Case.objects.get(access_digest=access_code.digest(new)) == case
    assert case.events.last().data == {}


def test_words_of_the_citizen_are_in_no_event():
    case = make_case(status=Status.ANSWERED)

    actions.answer_back(case, text="ZQTEKS")

    assert "ZQTEKS" not in str(list(case.events.values_list("data", flat=True)))
