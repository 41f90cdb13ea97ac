from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from cases.workflow import NotAllowed
from channels.actions.tallying import figures
from channels.models import ChannelEvent, Tally, TallyMonth
from channels.refusals import BadFigure, NotYet, Overwritten, TwiceCounted
from infocontent.models import Topic
from office.roles import Role
from tests.factories import make_user

from .people import DAY, MONTH, OUTSIDERS, READERS, WRITERS, codes, enter, make_writer

pytestmark = pytest.mark.django_db

WHATSAPP, PHONE = ("whatsapp", None), ("telepon", None)


@pytest.mark.parametrize("role", WRITERS)
def test_who_may_enter_enters(role):
    assert enter({WHATSAPP: 12}, actor=make_user(role)) == 1

    assert figures(MONTH, DAY) == {WHATSAPP: 12}
    assert codes() == ["angka_diisi"]


@pytest.mark.parametrize("role", [*READERS, *OUTSIDERS])
def test_who_may_not_enter_changes_nothing(role):
    with pytest.raises(NotAllowed):
        enter({WHATSAPP: 12}, actor=make_user(role))

    assert not Tally.objects.exists()
    assert codes() == []


def test_a_blank_and_a_zero_differ():
    enter({WHATSAPP: 0, PHONE: None})

    assert figures(MONTH, DAY) == {WHATSAPP: 0}

    enter({WHATSAPP: None}, version=1)

    assert figures(MONTH, DAY) == {}


def test_a_correction_keeps_who_when_and_both_numbers():
    first, second = make_writer(), make_writer()
    topic = Topic.objects.get(code="paspor-anak")
    enter({WHATSAPP: 12, ("telepon", topic.pk): 3}, actor=first)

    enter({WHATSAPP: 15, ("telepon", topic.pk): 3}, actor=second, version=1)

    events = ChannelEvent.objects.order_by("pk")
    assert [event.actor for event in events] == [first, second]
    assert events[0].data["day"] == "2026-11-23"
    assert sorted(events[0].data["cells"], key=str) == [
        ["telepon", topic.pk, None, 3],
        ["whatsapp", None, None, 12],
    ]
    assert events[1].data["cells"] == [["whatsapp", None, 12, 15]]


def test_what_did_not_change_leaves_no_event():
    enter({WHATSAPP: 12})

    assert enter({WHATSAPP: 12}, version=1) == 0
    assert codes() == ["angka_diisi"]


def test_two_people_who_fill_in_different_cells_both_count():
    enter({WHATSAPP: 12, PHONE: None})

    # Opened before the line above was saved: the telephone is typed, WhatsApp was still blank.
    enter({WHATSAPP: None, PHONE: 4}, version=0)

    assert figures(MONTH, DAY) == {WHATSAPP: 12, PHONE: 4}


def test_two_people_who_type_the_same_number_agree():
    enter({WHATSAPP: 12})

    assert enter({WHATSAPP: 12}, version=0) == 0


def test_nobody_overwrites_a_number_they_have_not_seen():
    colleague = make_user(Role.HUMAS, first_name="Rina")
    enter({WHATSAPP: 12, PHONE: 1})
    enter({WHATSAPP: 13, PHONE: 1}, version=1, actor=colleague)

    with pytest.raises(Overwritten, match="Rina") as refused:
        enter({WHATSAPP: 14, PHONE: 2}, version=1)

    assert refused.value.cells == {WHATSAPP: 13}
    assert refused.value.merged == {WHATSAPP: 14, PHONE: 2}
    assert figures(MONTH, DAY) == {WHATSAPP: 13, PHONE: 1}
    enter(refused.value.merged, version=refused.value.version)
    assert figures(MONTH, DAY) == {WHATSAPP: 14, PHONE: 2}


def test_a_change_of_another_day_is_no_conflict():
    enter({WHATSAPP: 12})
    enter({WHATSAPP: 5}, day=DAY - timedelta(days=1), version=0)

    assert enter({WHATSAPP: 13}, version=1) == 1


def test_a_number_that_was_taken_back_is_not_overwritten_either():
    enter({WHATSAPP: 12})
    enter({WHATSAPP: None}, version=1)

    with pytest.raises(Overwritten):
        enter({WHATSAPP: 14}, version=1)


@pytest.mark.parametrize(
    ("day", "month"),
    [(date(2026, 11, 25), MONTH), (None, date(2026, 12, 1))],
)
def test_what_has_not_begun_has_no_figures(day, month):
    with pytest.raises(NotYet):
        enter({WHATSAPP: 1}, day=day, month=month)


@pytest.mark.parametrize(("day", "count"), [(DAY, 10_000), (DAY, -1), (None, 100_000)])
def test_a_figure_that_no_office_can_have_is_refused(day, count):
    with pytest.raises(BadFigure):
        enter({WHATSAPP: count}, day=day)


def test_a_channel_is_told_by_the_day_or_for_the_month():
    enter({WHATSAPP: 12})

    with pytest.raises(TwiceCounted, match="WhatsApp"):
        enter({WHATSAPP: 300}, day=None, version=1)
    enter({PHONE: 40}, day=None, version=1)
    with pytest.raises(TwiceCounted, match="sekaligus"):
        enter({PHONE: 2}, version=2)
    enter({WHATSAPP: None}, version=2)
    enter({WHATSAPP: 300}, day=None, version=3)

    assert figures(MONTH, None) == {WHATSAPP: 300, PHONE: 40}


@pytest.mark.parametrize(
    "wrong",
    [
        {"count": 10_000},
        {"day": date(2026, 10, 31)},
        {"month": date(2026, 11, 2)},
        {"channel": "merpati"},
        {"channel": "whatsapp"},
    ],
)
def test_the_database_keeps_out_what_the_verbs_keep_out(wrong):
    enter({WHATSAPP: 1})
    row = {"month": MONTH, "day": DAY, "channel": "telepon", "count": 1}

    with pytest.raises(IntegrityError), transaction.atomic():
        Tally.objects.create(**{**row, **wrong})


def test_a_sheet_begins_on_the_first():
    with pytest.raises(IntegrityError), transaction.atomic():
        TallyMonth.objects.create(month=DAY)


def test_the_history_cannot_be_changed():
    enter({WHATSAPP: 1})
    event = ChannelEvent.objects.get()

    with pytest.raises(TypeError):
        event.save()
    with pytest.raises(TypeError):
        event.delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        ChannelEvent.objects.update(code="angka_diimpor")
    with pytest.raises(DatabaseError), transaction.atomic():
        ChannelEvent.objects.all().delete()
