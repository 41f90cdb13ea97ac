"""A month is frozen once, by a person with the duty, and only when it is over."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from cases.models import Case
from channels import actions as channel_actions
from channels.vocabulary import ContactChannel
from office.refusals import NotAllowed, Refusal
from office.roles import Role
from reports.recap.actions import FrozenAlready, NotOver, freeze_month, note_correction
from reports.recap.models import FrozenMonth, RecapEvent
from reports.recap.year import recap_of
from tests.factories import NOW, WIB, make_case, make_user

pytestmark = pytest.mark.django_db
MARCH = date(2026, 3, 1)
WHATSAPP = ContactChannel.WHATSAPP
FREEZERS = {Role.PPID, Role.OFFICE_HEAD}


@pytest.fixture
def head():
    return make_user(Role.OFFICE_HEAD)


def enter(count: int) -> None:
    channel_actions.import_month(MARCH, {WHATSAPP: count})


def line():
    return recap_of(2026).lines[2]


def test_a_frozen_month_keeps_who_when_and_the_figures(head):
    enter(700)

    frozen = freeze_month(MARCH, actor=head)

    assert (frozen.month, frozen.frozen_by) == (MARCH, head)
    assert frozen.figures["contacts"]["catatan"]["whatsapp"] == {"": 700}
    assert [event.code for event in frozen.events.all()] == [RecapEvent.Code.FROZEN]
    assert line().corrections == []


def test_what_is_counted_otherwise_later_shows_as_a_correction(head):
    enter(700)
    freeze_month(MARCH, actor=head)

    enter(761)

    found = [(one.label, one.then, one.now, one.difference) for one in line().corrections]
    assert found == [("WhatsApp", 700, 761, 61), ("Jumlah kontak", 700, 761, 61)]
    assert line().figures.contacts[WHATSAPP] == 761


def test_what_became_of_the_cases_since_is_no_mistake(head):
    case = make_case(at=datetime(2026, 3, 30, 9, tzinfo=WIB))
    freeze_month(MARCH, actor=head)

    Case.objects.filter(pk=case.pk).update(is_reopened=True)

    assert [(one.label, one.is_progress) for one in line().corrections] == [
        ("Dibuka kembali", True)
    ]


def test_being_late_is_judged_on_the_day_of_the_freezing(head):
    case = make_case(at=datetime(2026, 3, 30, 9, tzinfo=WIB))

    freeze_month(MARCH, actor=head, at=datetime(2026, 4, 1, 9, tzinfo=WIB))

    (late,) = (one for one in line().corrections if one.label == "Terlambat")
    assert case.due_on > date(2026, 4, 1)
    assert (late.then, late.now, late.is_progress) == (0, 1, True)


@pytest.mark.parametrize("role", [role for role in Role if role not in FREEZERS])
def test_nobody_else_freezes_or_explains(role, head):
    person = make_user(role)

    with pytest.raises(NotAllowed):
        freeze_month(MARCH, actor=person)
    frozen = freeze_month(MARCH, actor=head)
    with pytest.raises(NotAllowed):
        note_correction(frozen, actor=person, text="Sebab")

    assert frozen.events.count() == 1


@pytest.mark.parametrize(
    ("at", "is_over"),
    [
        (datetime(2026, 3, 31, 23, 59, tzinfo=WIB), False),
        (datetime(2026, 4, 1, 0, 0, tzinfo=WIB), True),
    ],
)
def test_only_a_month_that_is_over_is_frozen(head, at, is_over):
    if is_over:
        assert freeze_month(MARCH, actor=head, at=at).pk
    else:
        with pytest.raises(NotOver):
            freeze_month(MARCH, actor=head, at=at)
        assert FrozenMonth.objects.count() == 0


def test_a_month_is_frozen_once(head):
    freeze_month(MARCH, actor=head)

    with pytest.raises(FrozenAlready, match="Maret 2026 sudah dibekukan"):
        freeze_month(MARCH, actor=make_user(Role.PPID))

    assert RecapEvent.objects.count() == 1


def test_a_correction_is_explained_and_the_words_are_kept_apart_from_the_event(head):
    frozen = freeze_month(MARCH, actor=head)

    note = note_correction(frozen, actor=head, text=" Rekap pagi terlewat. ")

    assert note.text == "Rekap pagi terlewat."
    assert [event.code for event in frozen.events.all()] == ["dibekukan", "dicatat"]
    assert frozen.events.last().data == {"note": note.pk}


@pytest.mark.parametrize("text", ["", "   ", "x" * 2001])
def test_an_explanation_says_something_and_not_too_much(head, text):
    frozen = freeze_month(MARCH, actor=head)

    with pytest.raises(Refusal):
        note_correction(frozen, actor=head, text=text)

    assert frozen.notes.count() == 0


@pytest.mark.parametrize(
    "change", [lambda row: row.save(), lambda row: row.delete()], ids=["save", "delete"]
)
def test_there_is_no_way_back(head, change):
    frozen = freeze_month(MARCH, actor=head)

    for row in (frozen, frozen.events.get()):
        with pytest.raises(TypeError):
            change(row)


def test_the_database_knows_months_by_their_first_day(head):
    with pytest.raises(IntegrityError), transaction.atomic():
        FrozenMonth.objects.create(month=MARCH + timedelta(days=1), frozen_by=head, frozen_at=NOW)
