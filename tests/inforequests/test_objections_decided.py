"""The Atasan PPID's answer (UU 14/2008 Ps 36(2)-(3)), and the request that comes back to work."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from cases import actions as cases_actions
from cases.models import Case, ReportedOfficer
from cases.workflow import CaseError, Kind, NotAllowed, Outcome, Status, TransitionError
from inforequests import actions
from inforequests.models import ObjectionAnswer
from inforequests.requirements import ANSWER_REQUIRED
from office.calendar import add_working_days
from office.roles import Role
from tests.factories import NOW, UPHELD, codes, make_case, make_desk, make_user, notices

from .objections import (
    AGO,
    REFUSED,
    again,
    bring,
    decide,
    lapsed,
    make_decided,
    make_objection,
    order,
    uphold,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_paper")]
R, KB = Kind.INFORMATION_REQUEST, Kind.OBJECTION
TODAY = NOW.date()


@pytest.fixture
def desk():
    return make_desk()


# The answer.


def test_an_officer_drafts_and_the_superior_signs_a_letter(desk):
    case = bring(make_objection(lapsed()), desk)
    actions.draft_answer(case, actor=desk.officer, outcome="", answer="Sedang kami periksa")
    actions.submit_answer(case, actor=desk.officer, **UPHELD)
    assert case.status == Status.IN_APPROVAL

    actions.decide_objection(case, actor=desk.office_head)

    answer, letter = case.objection_answers.get(), case.letters.get()
    assert (case.status, case.outcome) == (Status.ANSWERED, Outcome.REFUSED)
    assert (answer.author, answer.signed_by, answer.letter) == (
        desk.officer,
        desk.office_head,
        letter,
    )
    assert codes(case)[-3:] == ["konsep_disimpan", "konsep_diajukan", "ditanggapi"]
    data = case.events.last().data
    assert (data["letter"], data["sha256"]) == (letter.number, letter.sha256)
    assert ("ditanggapi", None) in notices(case)


def test_the_letter_names_request_grounds_reasons_and_the_way_to_the_commission(desk):
    case = bring(make_objection(lapsed(), grounds="cg"), desk, answer=UPHELD)

    actions.decide_objection(case, actor=desk.office_head)

    text = case.messages.get(kind="jawaban").body
    assert case.detail.request.reference in text
    assert "huruf c: Permohonan tidak ditanggapi" in text
    assert UPHELD["reasons"] in text
    assert "Komisi Informasi dalam 14 hari kerja" in text
    assert "Perintah" not in text
    assert "{" not in text


def test_an_english_letter_names_the_day_of_the_order(desk):
    request = make_case(R, at=AGO, language="en")
    case = bring(make_objection(request, language="en"), desk, answer=order())

    actions.decide_objection(case, actor=desk.office_head)

    text = case.messages.get(kind="jawaban").body
    assert "1 December 2026" in text
    assert "Information Commission within 14 working days" in text


def test_the_window_stays_open_as_long_as_the_commission_can_be_asked(desk):
    case = make_case(KB, Status.ANSWERED, desk=desk, at=NOW)

    until = add_working_days(TODAY, 14)
    assert case.reply_until == until
    assert case.events.last().data["dispute_until"] == until.isoformat()
    assert not cases_actions.close_silent(case, at=NOW + (until - TODAY))
    assert cases_actions.close_silent(case, at=NOW + (until - TODAY) + timedelta(days=1))
    assert case.status == Status.DONE


def test_accepting_the_answer_ends_the_case_and_answering_back_does_not_exist(desk):
    case = make_case(KB, Status.ANSWERED, desk=desk, at=NOW)

    with pytest.raises(CaseError, match="Komisi Informasi"):
        cases_actions.answer_back(case, text="Masih belum.")
    assert not case.can_be_answered_back()
    cases_actions.confirm_resolved(case)

    assert case.status == Status.DONE


@pytest.mark.parametrize(
    "status",
    [Status.RECEIVED, Status.VERIFIED, Status.IN_PROGRESS, Status.IN_APPROVAL, Status.ANSWERED],
)
def test_an_objection_can_be_withdrawn_at_any_step(desk, status):
    case = make_case(KB, status, desk=desk)

    cases_actions.withdraw(case)

    assert case.status == Status.WITHDRAWN


@pytest.mark.parametrize(
    ("outcome", "item"), [(o, item) for o, items in ANSWER_REQUIRED.items() for item in items]
)
def test_no_required_item_of_an_answer_may_be_blank(desk, outcome, item):
    case = bring(make_objection(lapsed()), desk)
    items = {**UPHELD, **order(), "outcome": outcome, item: None if item == "order_until" else " "}

    with pytest.raises(actions.AnswerIncomplete) as refusal:
        actions.submit_answer(case, actor=desk.officer, **items)

    assert refusal.value.items == [item]
    assert again(case).status == Status.IN_PROGRESS


def test_an_order_cannot_end_before_it_is_given(desk):
    case = bring(make_objection(lapsed()), desk)
    with pytest.raises(CaseError, match="sudah lewat"):
        actions.submit_answer(case, actor=desk.officer, **order(days=-1))
    actions.submit_answer(case, actor=desk.officer, **order(days=1))

    with pytest.raises(CaseError, match="sudah lewat"):
        actions.decide_objection(case, actor=desk.office_head, at=NOW + timedelta(days=2))


def test_the_database_wants_an_order_or_reasons(desk):
    case = make_case(KB, Status.ANSWERED, desk=desk)

    for wrong in ({"reasons": ""}, {"outcome": Outcome.GRANTED}, {"outcome": ""}, {"answer": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ObjectionAnswer.objects.filter(case=case).update(**wrong)


# Who may decide.


@pytest.mark.parametrize("role", Role)
def test_only_the_superior_decides(desk, role):
    case = bring(make_objection(lapsed()), desk, answer=UPHELD)
    person = make_user(role, section=desk.section)

    if role == Role.PPID_SUPERIOR:
        actions.decide_objection(case, actor=person)
        assert case.status == Status.ANSWERED
    else:
        with pytest.raises(NotAllowed):
            actions.decide_objection(case, actor=person)


@pytest.mark.parametrize("role", Role)
def test_officers_and_heads_of_the_section_draft(desk, role):
    case = bring(make_objection(lapsed()), desk)
    Case.objects.filter(pk=case.pk).update(assignee=None)
    person = make_user(role, section=desk.section)

    for verb in (actions.draft_answer, actions.submit_answer):
        if role in (Role.OFFICER, Role.SECTION_HEAD):
            verb(again(case), actor=person, **UPHELD)
        else:
            with pytest.raises(NotAllowed):
                verb(again(case), actor=person, **UPHELD)


def make_everything(desk):
    """Somebody who is officer, PPID and superior at once, as in a small office."""
    return make_user(Role.OFFICER, Role.PPID, Role.PPID_SUPERIOR, section=desk.section)


def test_who_signed_the_decision_never_decides_the_objection(desk):
    both = make_everything(desk)
    desk = desk.__class__(**{**vars(desk), "ppid": both})
    case = bring(make_objection(make_decided(desk, AGO)), desk, answer=UPHELD)

    with pytest.raises(NotAllowed, match="menandatangani keputusan"):
        actions.decide_objection(case, actor=both)
    assert again(case).status == Status.IN_APPROVAL
    actions.decide_objection(case, actor=desk.office_head)

    answer = case.objection_answers.get()
    assert answer.decision_signer == both
    with pytest.raises(IntegrityError), transaction.atomic():
        ObjectionAnswer.objects.filter(pk=answer.pk).update(signed_by=both)


def test_who_signed_an_earlier_decision_does_not_decide_either(desk):
    both = make_everything(desk)
    first = desk.__class__(**{**vars(desk), "ppid": both})
    request = make_decided(first, AGO)
    uphold(request, desk)
    decide(again(request), desk, NOW)
    case = bring(make_objection(again(request)), desk, answer=UPHELD)

    with pytest.raises(NotAllowed, match="menandatangani keputusan"):
        actions.decide_objection(case, actor=both)

    assert again(case).objection_answers.get().decision_signer == desk.ppid


def test_the_author_does_not_decide(desk):
    both = make_everything(desk)
    case = bring(make_objection(lapsed()), desk)
    Case.objects.filter(pk=case.pk).update(assignee=both)
    actions.submit_answer(again(case), actor=both, **UPHELD)

    with pytest.raises(NotAllowed, match="menyusun"):
        actions.decide_objection(again(case), actor=both)


@pytest.mark.parametrize("where", ["keberatan", "permohonan"])
def test_nobody_who_is_reported_decides(desk, where):
    request = lapsed()
    case = bring(make_objection(request), desk, answer=UPHELD)
    about = case if where == "keberatan" else request
    ReportedOfficer.objects.create(case=about, user=desk.office_head)

    with pytest.raises(NotAllowed):
        actions.decide_objection(case, actor=desk.office_head)


def test_the_superior_sends_a_draft_back_and_the_ppid_cannot(desk):
    case = bring(make_objection(lapsed()), desk, answer=UPHELD)

    with pytest.raises(NotAllowed):
        cases_actions.return_draft(case, actor=desk.ppid, remarks="Jangan.")
    cases_actions.return_draft(case, actor=desk.office_head, remarks="Sebutkan pasalnya.")

    assert case.status == Status.IN_PROGRESS


def test_an_answer_is_decided_once_and_only_when_it_is_there(desk):
    case = bring(make_objection(lapsed()), desk)

    with pytest.raises(TransitionError):
        actions.decide_objection(case, actor=desk.office_head)
    with pytest.raises(CaseError):
        actions.draft_answer(case.detail.request, actor=desk.officer, answer="x")
    actions.submit_answer(case, actor=desk.officer, **UPHELD)
    actions.decide_objection(case, actor=desk.office_head)
    with pytest.raises(TransitionError):
        actions.decide_objection(case, actor=desk.office_head)


# An objection that holds.


@pytest.mark.parametrize("outcome", [Outcome.GRANTED, Outcome.GRANTED_PARTLY])
@pytest.mark.parametrize("status", [Status.ANSWERED, Status.DONE])
def test_an_upheld_objection_brings_the_request_back_to_work(desk, status, outcome):
    request = make_decided(desk, AGO, REFUSED)
    if status == Status.DONE:
        cases_actions.confirm_resolved(request)
    case = bring(make_objection(request), desk, answer={**order(), "outcome": outcome})

    actions.decide_objection(case, actor=desk.office_head, at=NOW)

    request = again(request)
    until = TODAY + timedelta(days=7)
    assert (request.status, request.due_on) == (Status.IN_PROGRESS, until)
    assert (request.answered_at, request.closed_at, request.outcome) == (None, None, "")
    assert codes(request)[-1] == "diperintahkan"
    data = request.events.last().data
    assert (data["objection"], data["until"]) == (case.reference, until.isoformat())
    assert ("didisposisi", desk.officer) in notices(request)
    assert not cases_actions.set_due(request)


def test_the_new_decision_follows_and_can_be_objected_to_again(desk):
    request = make_decided(desk, AGO, REFUSED)
    uphold(request, desk)

    decide(again(request), desk, NOW)

    request = again(request)
    assert (request.status, request.outcome) == (Status.ANSWERED, Outcome.GRANTED)
    assert request.decisions.signed().count() == 2
    assert make_objection(request, grounds="d").detail.found_on == TODAY


@pytest.mark.parametrize(
    "status",
    [
        Status.RECEIVED,
        Status.INCOMPLETE,
        Status.VERIFIED,
        Status.ASSIGNED,
        Status.IN_PROGRESS,
        Status.IN_APPROVAL,
    ],
)
def test_a_request_still_being_worked_on_only_learns_of_the_order(desk, status):
    request = make_case(R, status, desk=desk, at=AGO)
    due = request.due_on

    uphold(request, desk)

    request = again(request)
    assert (request.status, request.due_on) == (status, due)
    assert codes(request)[-1] == "diperintahkan"


@pytest.mark.parametrize("status", [Status.ARCHIVED, Status.FORWARDED])
def test_a_request_put_aside_comes_back_too(desk, status):
    request = make_case(R, status, desk=desk, at=NOW - timedelta(days=2))
    Case.objects.filter(pk=request.pk).update(section=None)

    uphold(request, desk)

    request = again(request)
    assert (request.status, request.section) == (Status.IN_PROGRESS, desk.section)
    assert request.closed_at is None


def test_a_request_withdrawn_meanwhile_stays_withdrawn(desk):
    request = lapsed()
    case = bring(make_objection(request), desk, answer=order())
    cases_actions.withdraw(request)

    actions.decide_objection(case, actor=desk.office_head)

    assert again(request).status == Status.WITHDRAWN


def test_a_refused_objection_leaves_the_request_alone(desk):
    request = make_decided(desk, AGO, REFUSED)
    case = bring(make_objection(request), desk, answer=UPHELD)

    actions.decide_objection(case, actor=desk.office_head)

    assert (again(request).status, codes(request)[-1]) == (Status.ANSWERED, "keberatan_diajukan")


def test_an_ordered_day_cannot_be_extended(desk):
    request = make_decided(desk, AGO, REFUSED)
    uphold(request, desk)

    with pytest.raises(CaseError, match="Atasan PPID"):
        cases_actions.extend(again(request), actor=desk.head, reason="Data tersebar.")
