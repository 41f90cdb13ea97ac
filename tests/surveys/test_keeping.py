"""What staff do with instruments, QR codes and comments."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import DatabaseError

from cases.workflow import CaseError, NotAllowed
from infocontent.models import Topic
from office.roles import Role
from surveys import actions
from surveys.models import Answer, EventCode, Instrument, SurveyEvent
from surveys.starter import add_surveys
from tests.factories import NOW, make_user

from .answers import instrument, make_counter, make_response

pytestmark = pytest.mark.django_db

TODAY = NOW.date()
TOMORROW = TODAY + timedelta(days=1)


def events():
    return list(SurveyEvent.objects.values_list("code", flat=True))


def topic():
    return Topic.objects.choosable()[0]


def test_the_office_begins_with_the_three_instruments():
    found = {row.code: row for row in Instrument.objects.in_force(TODAY)}

    assert set(found) == {"skm", "spkp", "spak"}
    counts = {code: row.elements.count() for code, row in found.items()}
    assert counts == {"skm": 9, "spkp": 8, "spak": 5}
    assert {code: row.scale for code, row in found.items()} == {"skm": 4, "spkp": 6, "spak": 6}
    assert (found["skm"].factor, found["spkp"].factor * 6) == (25, 4)
    bands = found["skm"].bands.values_list("grade", "lower", "upper")
    assert [tuple(map(str, row)) for row in bands] == [
        ("D", "25.00", "64.99"),
        ("C", "65.00", "76.60"),
        ("B", "76.61", "88.30"),
        ("A", "88.31", "100.00"),
    ]
    for row in found["skm"].elements.all():
        assert len(row.options) == len(row.options_en) == 4


def test_what_the_office_changed_stays_when_it_is_loaded_again():
    instrument("spak").thresholds.filter(name="WBK").update(minimum="3.70")

    assert add_surveys({"services": [], "instruments": []}) == 0

    assert str(instrument("spak").thresholds.get(name="WBK").minimum) == "3.70"


def test_an_answered_instrument_is_copied_and_its_answers_stay_with_the_old_one():
    old, actor = instrument(), make_user(Role.ADMINISTRATOR)
    make_response()

    made = actions.make_version(old, actor=actor, valid_from=TOMORROW)

    assert (made.version, made.valid_from, made.has_answers) == (2, TOMORROW, False)
    for part in ("elements", "bands", "thresholds"):
        before = [str(row) for row in getattr(old, part).all()]
        assert [str(row) for row in getattr(made, part).all()] == before
    assert made.elements.get(code="U3").options == old.elements.get(code="U3").options
    assert Instrument.objects.current("skm", TODAY) == old
    assert Instrument.objects.current("skm", TOMORROW) == made
    assert events() == [EventCode.VERSION_MADE]
    made.elements.filter(code="U1").update(statement="Diubah?")
    assert old.elements.get(code="U1").statement != "Diubah?"


@pytest.mark.parametrize("day", [TODAY, TODAY - timedelta(days=1)])
def test_a_version_never_begins_today_or_in_the_past(day):
    with pytest.raises(CaseError):
        actions.make_version(instrument(), actor=make_user(Role.ADMINISTRATOR), valid_from=day)

    assert events() == []


def test_versions_follow_each_other():
    actor = make_user(Role.ADMINISTRATOR)
    later = TOMORROW + timedelta(days=9)
    actions.make_version(instrument(), actor=actor, valid_from=later)

    with pytest.raises(CaseError):
        actions.make_version(instrument(), actor=actor, valid_from=TOMORROW)
    assert Instrument.objects.filter(code="skm").count() == 2


@pytest.mark.parametrize(
    "change",
    [
        lambda one: Instrument.objects.filter(pk=one.pk).update(title="Diubah"),
        lambda one: one.elements.filter(code="U1").update(statement="Diubah"),
        lambda one: one.elements.filter(code="U1").delete(),
        lambda one: one.bands.update(grade="A"),
        lambda one: one.bands.create(value=5, lower=101, upper=102, grade="E", label="x"),
        lambda one: one.thresholds.create(name="Lain", minimum=1),
        lambda one: Answer.objects.update(value=1),
        lambda one: Answer.objects.all().delete(),
        lambda one: SurveyEvent.objects.update(data={}),
    ],
)
def test_the_database_refuses_to_change_what_was_answered(change):
    one = instrument()
    make_response()
    make_counter()

    with pytest.raises(DatabaseError), transaction.atomic():
        change(one)


def test_an_instrument_that_nobody_answered_can_still_be_changed():
    assert instrument("spak").elements.filter(code="P1").update(statement="Diubah") == 1


@pytest.mark.parametrize("value", [0, 7])
def test_the_database_knows_the_scale(value):
    response = make_response()
    element = instrument("spak").elements.first()

    with pytest.raises(IntegrityError), transaction.atomic():
        Answer.objects.create(response=response, element=element, value=value)


def test_a_code_for_a_counter_cannot_be_guessed_and_ends_once():
    first, second = make_counter(), make_counter()
    actor = make_user(Role.HUMAS)

    assert first.code != second.code
    assert re.fullmatch(r"[0-9a-hjkmnp-tv-z]{12}", first.code)
    actions.retire_counter(first, actor=actor)
    with pytest.raises(CaseError):
        actions.retire_counter(first, actor=actor)

    assert (first.is_open, first.retired_on) == (False, TODAY)
    assert events() == [EventCode.COUNTER_OPENED] * 2 + [EventCode.COUNTER_RETIRED]


def test_a_code_needs_a_place():
    with pytest.raises(CaseError):
        actions.open_counter(actor=make_user(Role.YANKOMAS), name="  ")


def test_a_comment_gets_a_topic_and_loses_it_again():
    response, actor = make_response(comment="Kursi kurang."), make_user(Role.HUMAS)

    actions.give_topic(response, actor=actor, topic=topic())
    actions.give_topic(response, actor=actor, topic=topic())
    assert response.comment_topic == topic()
    actions.give_topic(response, actor=actor, topic=None)

    assert response.comment_topic is None
    data = SurveyEvent.objects.values_list("data", flat=True)
    assert list(data) == [{"topic": topic().code}, {"topic": ""}]


def test_an_answer_without_a_comment_has_no_topic():
    with pytest.raises(CaseError):
        actions.give_topic(make_response(), actor=make_user(Role.HUMAS), topic=topic())


@pytest.mark.parametrize("role", [Role.OFFICER, Role.SECTION_HEAD, Role.VERIFIER])
def test_who_has_no_such_duty_is_refused(role):
    actor = make_user(role)
    counter, response = make_counter(), make_response(comment="Bagus.")
    before = events()

    for verb in (
        lambda: actions.make_version(instrument(), actor=actor, valid_from=TOMORROW),
        lambda: actions.open_counter(actor=actor, name="Loket 3"),
        lambda: actions.retire_counter(counter, actor=actor),
        lambda: actions.give_topic(response, actor=actor, topic=topic()),
    ):
        with pytest.raises(NotAllowed):
            verb()

    assert events() == before
