"""Two officers with the same paper, and a crowd at the printer."""

import pytest

from cases.models import Case
from inforequests.actions import PaperFormRefused, print_forms, void_form
from inforequests.models import PaperForm
from tests.races import at_once, split

from .paper import ENTER, TYPED, browser_of, make_officer
from .test_paper_entering import enter, make_form

pytestmark = pytest.mark.usefixtures("committed_db")


def test_one_of_two_officers_uses_the_number():
    form, officers = make_form(), [make_officer() for _ in range(4)]

    made, refused = split(
        at_once(4, lambda n: enter(officers[n], form_number=form.number).reference)
    )

    assert len(made) == Case.objects.count() == 1
    assert {type(error) for error in refused} == {PaperFormRefused}
    form.refresh_from_db()
    assert form.case.reference == made[0] == "PI-2026-000001"


def test_a_form_is_either_used_or_voided():
    form, officer = make_form(), make_officer()
    work = [
        lambda: enter(officer, form_number=form.number),
        lambda: void_form(PaperForm.objects.get(), actor=officer, reason="Sobek"),
    ]

    _done, refused = split(at_once(2, lambda n: work[n]()))

    form.refresh_from_db()
    assert len(refused) == 1
    assert isinstance(refused[0], PaperFormRefused)
    assert bool(form.case_id) is not bool(form.voided_at)


def test_printers_at_once_share_one_series_without_gap():
    officer = make_officer()

    runs, errors = split(at_once(6, lambda n: print_forms(n + 1, actor=officer)))

    assert errors == []
    serials = [form.serial for run in runs for form in run]
    assert sorted(serials) == list(range(1, 22))


def test_a_double_click_makes_one_case():
    officer = make_officer()
    browsers = [browser_of(officer) for _ in range(3)]

    answers, errors = split(at_once(3, lambda n: browsers[n].post(ENTER, TYPED)))

    assert errors == []
    assert {answer.status_code for answer in answers} == {302}
    assert Case.objects.count() == 1
