"""Many people in the same moment, each with a connection of their own."""

import pytest
from django.db import transaction

from cases import actions
from cases.models import Case, CaseEvent, Message, ReferenceCounter
from cases.workflow import CaseError, Kind, Outcome, StaleCase, Status
from office.roles import Role
from tests.factories import codes, make_case, make_desk, make_user
from tests.races import at_once, split

pytestmark = pytest.mark.usefixtures("committed_db")


def numbers(references):
    return sorted(int(reference.rpartition("-")[2]) for reference in references)


def test_twenty_people_filing_at_once_get_twenty_numbers_in_a_row():
    made, errors = split(at_once(20, lambda n: make_case(Kind.QUESTION).reference))

    assert errors == []
    assert numbers(made) == list(range(1, 21))


def test_an_intake_that_fails_among_others_leaves_no_gap():
    def file(number):
        with transaction.atomic():
            case = make_case(Kind.QUESTION)
            if number % 4 == 0:
                raise RuntimeError("power cut")
        return case.reference

    made, errors = split(at_once(16, file))

    assert len(errors) == 4
    assert numbers(made) == list(range(1, 13))
    assert ReferenceCounter.objects.get().last == Case.objects.count() == 12


def test_of_ten_officers_who_start_a_case_one_gets_it():
    desk, case = make_desk(), make_case(status=Status.VERIFIED)
    actions.assign(case, actor=desk.verifier, section=desk.section)
    officers = [make_user(Role.OFFICER, section=desk.section) for _ in range(10)]

    started, refused = split(
        at_once(10, lambda n: actions.start(Case.objects.get(pk=case.pk), actor=officers[n]))
    )

    case = Case.objects.get(pk=case.pk)
    assert len(started) == 1
    assert all(isinstance(error, CaseError) for error in refused)
    assert codes(case).count("mulai_dikerjakan") == 1
    assert case.assignee in officers
    assert case.events.last().actor == case.assignee


def test_of_two_saves_of_the_same_page_one_is_told_that_it_is_late():
    desk = make_desk()
    case = make_case(status=Status.IN_PROGRESS, desk=desk)
    shown = case.version

    def save(number):
        return actions.save_draft(
            Case.objects.get(pk=case.pk), actor=desk.officer, body=f"Isi {number}", version=shown
        )

    saved, refused = split(at_once(2, save))

    assert len(saved) == 1
    assert [type(error) for error in refused] == [StaleCase]
    assert codes(case).count("konsep_disimpan") == 1


def test_approval_and_withdrawal_at_once_never_both_win():
    desk = make_desk()
    cases = [make_case(status=Status.IN_APPROVAL, desk=desk) for _ in range(4)]

    def act(number):
        case = Case.objects.get(pk=cases[number // 2].pk)
        return actions.withdraw(case) if number % 2 else actions.approve(case, actor=desk.head)

    at_once(8, act)

    for case in cases:
        case = Case.objects.get(pk=case.pk)
        # Whoever came first: an answered case may be withdrawn, a withdrawn one is not answered.
        assert case.status == Status.WITHDRAWN
        assert codes(case)[-1] == "dicabut"


def test_two_approvals_send_one_answer():
    desk = make_desk()
    case = make_case(status=Status.IN_APPROVAL, desk=desk)
    approvers = [desk.head, desk.ppid, desk.office_head]

    sent, refused = split(
        at_once(3, lambda n: actions.approve(Case.objects.get(pk=case.pk), actor=approvers[n]))
    )

    assert (len(sent), len(refused)) == (1, 2)
    assert Message.objects.filter(kind=Message.Kind.ANSWER).count() == 1
    assert case.notices.filter(code="ditanggapi").count() == 1


def test_the_hourly_job_run_twice_at_once_reminds_once():
    desk = make_desk()
    case = make_case(Kind.INFORMATION_REQUEST, Status.IN_PROGRESS, desk=desk)

    said, errors = split(
        at_once(6, lambda n: actions.remind_due_soon(Case.objects.get(pk=case.pk)))
    )

    assert errors == []
    assert sorted(said) == [False] * 5 + [True]
    assert case.notices.filter(code="segera_jatuh_tempo").count() == 1


def test_two_cases_marked_crosswise_at_once_end_with_one_duplicate():
    desk = make_desk()
    first, second = (make_case(status=Status.VERIFIED, desk=desk).pk for _ in range(2))
    pairs = [(first, second), (second, first)]

    def mark(number):
        case, original = (Case.objects.get(pk=pk) for pk in pairs[number])
        return actions.mark_duplicate(case, actor=desk.verifier, original=original)

    marked, refused = split(at_once(2, mark))

    assert len(marked) == 1
    assert all(isinstance(error, CaseError) for error in refused)
    assert Case.objects.filter(status=Status.DUPLICATE).count() == 1


def test_twenty_messages_at_once_are_one_unbroken_history():
    case = make_case()

    _, errors = split(
        at_once(20, lambda n: actions.add_facts(Case.objects.get(pk=case.pk), text=f"Fakta {n}"))
    )

    events = CaseEvent.objects.filter(case=case).order_by("seq")
    assert errors == []
    assert list(events.values_list("seq", flat=True)) == list(range(1, 22))
    assert Case.objects.get(pk=case.pk).version == 21
    assert case.messages.count() == 20


def test_after_a_test_with_real_commits_the_office_is_there_again():
    desk = make_desk()

    assert desk.head.may("head_section")
    assert not Case.objects.exists()
    assert make_case(status=Status.ANSWERED, desk=desk).outcome == Outcome.PROVEN_FIXED
