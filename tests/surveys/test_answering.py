"""One questionnaire on its way in."""

from datetime import datetime

import pytest

from surveys import actions
from surveys.actions import AlreadyAnswered, NotComplete
from surveys.bursts import Circumstances
from surveys.models import Answer, FlagReason, Response, Source, SpentKey
from tests.factories import WIB

from .answers import instrument, make_response, make_sheet, mixed, values

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("code", ["skm", "spkp", "spak"])
def test_an_answer_keeps_a_value_for_each_element_and_its_month(code):
    at = datetime(2026, 11, 30, 23, 59, tzinfo=WIB)

    response = make_response(code, at=at, comment="  Kursinya kurang.  ", about={"sex": "p"})

    kept = Response.objects.get(pk=response.pk)
    assert (kept.month.isoformat(), kept.service, kept.sex) == ("2026-11-01", "paspor", "p")
    assert kept.comment == "Kursinya kurang."
    assert not kept.is_flagged
    assert dict(kept.answers.values_list("element__code", "value")) == mixed(code)


def test_a_comment_is_kept_without_what_leads_to_somebody():
    response = make_response(comment="Balas ke 0812-3456-7890 atau budi@contoh.id. Kursi kurang.")

    response.refresh_from_db()
    assert response.comment == "Balas ke … atau …. Kursi kurang."


def test_the_month_is_the_offices_own():
    response = make_response(at=datetime(2026, 12, 1, 0, 30, tzinfo=WIB))

    assert response.month.isoformat() == "2026-12-01"


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"U1": 3},
        {**dict.fromkeys([f"U{n}" for n in range(1, 10)], 3), "U10": 3},
        dict.fromkeys([f"U{n}" for n in range(1, 10)], 5),
        dict.fromkeys([f"U{n}" for n in range(1, 10)], 0),
    ],
)
def test_a_questionnaire_with_gaps_or_foreign_values_is_refused(given):
    with pytest.raises(NotComplete):
        actions.respond(make_sheet(values=given))

    assert not Response.objects.exists()
    assert not SpentKey.objects.exists()


def test_a_second_answer_with_the_same_key_is_refused_and_changes_nothing():
    sheet = make_sheet()
    actions.respond(sheet)

    with pytest.raises(AlreadyAnswered):
        actions.respond(sheet)

    assert Response.objects.count() == 1
    assert Answer.objects.count() == 9


@pytest.mark.parametrize(("seconds", "is_flagged"), [(11.9, True), (12, False), (None, False)])
def test_all_the_same_is_rash_only_when_it_was_fast(seconds, is_flagged):
    seen = Circumstances(seconds=seconds)

    response = make_response(values=values(value=4), circumstances=seen)

    assert response.is_flagged is is_flagged
    assert response.flag_reason == (FlagReason.TOO_FAST if is_flagged else FlagReason.NONE)


def test_a_fast_answer_with_thought_in_it_is_not_rash():
    assert not make_response(circumstances=Circumstances(seconds=5)).is_flagged


@pytest.mark.parametrize("is_installed", [True, False])
def test_a_kiosk_that_nobody_installed_is_counted_apart(is_installed):
    seen = Circumstances(place="kios", is_installed=is_installed)

    response = make_response(source=Source.KIOSK, circumstances=seen)

    assert response.is_flagged is not is_installed
    assert list(Response.objects.counted()) == ([response] if is_installed else [])


def test_when_a_link_was_used_is_not_kept_and_of_a_form_only_the_day():
    make_response(digest="a" * 64)
    make_response(digest="b" * 64, source=Source.QR)

    assert SpentKey.objects.get(digest="a" * 64).spent_on is None
    assert SpentKey.objects.get(digest="b" * 64).spent_on.isoformat() == "2026-11-24"


def test_taking_in_an_answer_costs_few_statements(django_assert_max_num_queries):
    sheet = make_sheet()
    make_response()

    with django_assert_max_num_queries(10):
        actions.respond(sheet)

    assert instrument().has_answers
