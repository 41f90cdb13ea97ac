"""The same proposal found, or decided, by several people in the same moment."""

from datetime import date

import pytest

from cases.actions.due_changes import StaleProposal, decide, propose
from cases.models import Case, DueChange, DueProposal
from cases.workflow import Kind
from office.models import Holiday, User
from tests.factories import NOW, codes, make_case, make_desk
from tests.races import at_once, split

from .holidays import close_on

pytestmark = pytest.mark.usefixtures("committed_db")


def test_found_by_many_it_is_one_proposal_with_one_row_for_each_case():
    for _ in range(3):
        make_case(Kind.QUESTION, at=NOW)
    Holiday.objects.create(date=date(2026, 11, 26), name="Pilkada", category="libur_setempat")

    found, errors = split(at_once(6, lambda n: propose()))

    assert errors == []
    assert found == [3] * 6
    assert DueProposal.objects.get().changes.count() == 3


def test_accepted_by_two_each_case_moves_once():
    desk = make_desk()
    cases = [make_case(Kind.QUESTION, at=NOW) for _ in range(4)]
    close_on("2026-11-26")
    proposal = DueProposal.objects.get()
    people = [desk.ppid.pk, desk.verifier.pk]

    def accept(number):
        actor = User.objects.get(pk=people[number])
        return decide(DueProposal.objects.get(pk=proposal.pk), actor=actor, is_accepted=True)

    decided, errors = split(at_once(2, accept))

    assert all(isinstance(error, StaleProposal) for error in errors)
    assert sum(len(one.done) for one in decided) == 4
    for case in cases:
        assert codes(case).count("tenggat_digeser") == 1
        assert f"{Case.objects.get(pk=case.pk).due_on}" == "2026-12-02"


def test_accepted_by_one_and_refused_by_another_each_row_has_one_decision():
    desk = make_desk()
    cases = [make_case(Kind.QUESTION, at=NOW) for _ in range(4)]
    close_on("2026-11-26")
    proposal = DueProposal.objects.get()

    def settle(number):
        actor = User.objects.get(pk=desk.ppid.pk)
        fresh = DueProposal.objects.get(pk=proposal.pk)
        return decide(fresh, actor=actor, is_accepted=bool(number))

    _decided, errors = split(at_once(2, settle))

    assert all(isinstance(error, StaleProposal) for error in errors)
    assert not DueChange.objects.filter(state="menunggu").exists()
    for case in cases:
        state = case.due_changes.get().state
        assert codes(case).count("tenggat_digeser") == (state == "diterima")
    assert DueProposal.objects.get().state == "selesai"
