"""What was asked and answered, and visits that are written down afterwards."""

from datetime import datetime, timedelta

import pytest
from django.db import connection

import complaints.actions
from tests.factories import NOW, WIB
from yankomas import actions
from yankomas.models import Visit
from yankomas.workflow import MovedOn, NotAllowed, Origin, Outcome, QueueError, Status

from .room import codes, make_case_of, make_officer, make_shift, make_visit, service, topic

pytestmark = pytest.mark.django_db

TYPED = {
    "visitor_name": "Sari Melati",
    "visitor_contact": "0812 3456 7890",
    "asked": "Apakah paspor anak saya sudah jadi?",
    "answered": "Sudah, silakan diambil besok.",
}


@pytest.mark.parametrize("status", [Status.SERVING, Status.ON_HOLD, Status.DONE])
def test_what_is_typed_is_kept_and_the_history_names_only_the_fields(status):
    visit, shift = make_visit(status)

    actions.record(visit, actor=shift.officer, topic=topic("paspor-anak"), **TYPED)

    visit = Visit.objects.get(pk=visit.pk)
    assert {name: getattr(visit, name) for name in TYPED} == TYPED
    assert visit.topic == topic("paspor-anak")
    assert visit.status == status
    event = visit.events.last()
    assert event.code == "dicatat"
    assert event.data == {
        "fields": ["answered", "asked", "topic", "visitor_contact", "visitor_name"]
    }


def test_only_what_changed_is_named():
    visit, shift = make_visit()
    actions.record(visit, actor=shift.officer, **TYPED)

    actions.record(visit, actor=shift.officer, **{**TYPED, "answered": "Belum."})

    assert visit.events.last().data == {"fields": ["answered"]}


def test_nothing_new_leaves_no_event():
    visit, shift = make_visit()
    actions.record(visit, actor=shift.officer, **TYPED)
    version = visit.version

    actions.record(visit, actor=shift.officer, **TYPED)

    assert (visit.version, codes(visit).count("dicatat")) == (version, 1)


def test_no_event_ever_carries_what_a_person_said():
    visit, shift = make_visit()
    actions.record(visit, actor=shift.officer, **TYPED)
    make_case_of(visit, shift)
    actions.finish(visit, shift, actor=shift.officer, topic=topic())

    history = str(list(visit.events.values()))
    assert not [text for text in TYPED.values() if text in history]


def test_the_columns_of_name_and_contact_are_not_readable():
    visit, shift = make_visit()
    actions.record(visit, actor=shift.officer, **TYPED)

    with connection.cursor() as cursor:
        cursor.execute("SELECT visitor_name, visitor_contact FROM yankomas_visit")
        (row,) = cursor.fetchall()
    assert "Sari" not in str(row[0])
    assert "0812" not in str(row[1])


def test_only_the_fields_of_the_record_are_taken():
    visit, shift = make_visit()

    actions.record(visit, actor=shift.officer, status="selesai", token="x", asked="Apa?")

    visit.refresh_from_db()
    assert visit.status == Status.SERVING
    assert visit.events.last().data == {"fields": ["asked"]}


def test_another_officer_writes_nothing():
    visit, _shift = make_visit()

    with pytest.raises(QueueError, match="petugas yang melayaninya"):
        actions.record(visit, actor=make_officer(), asked="Apa?")

    assert Visit.objects.get().asked == ""


@pytest.mark.parametrize("status", [Status.WAITING, Status.CALLED, Status.NO_SHOW, Status.UNSERVED])
def test_nothing_is_written_of_who_was_not_served(status):
    visit, shift = make_visit(status)

    with pytest.raises(QueueError):
        actions.record(visit, actor=shift.officer, asked="Apa?")


@pytest.mark.parametrize(
    ("at", "is_kept"),
    [
        (datetime(2026, 11, 24, 23, 59, 59, tzinfo=WIB), True),
        (datetime(2026, 11, 25, 0, 0, tzinfo=WIB), False),
    ],
)
def test_a_record_is_open_until_the_end_of_its_day(at, is_kept):
    visit, shift = make_visit(Status.DONE)

    if is_kept:
        actions.record(visit, actor=shift.officer, at=at, asked="Apa?")
    else:
        with pytest.raises(QueueError, match="hari yang sama"):
            actions.record(visit, actor=shift.officer, at=at, asked="Apa?")

    assert Visit.objects.get().asked == ("Apa?" if is_kept else "")


def test_an_older_page_does_not_overwrite_a_newer_record():
    visit, shift = make_visit()
    shown = visit.version
    actions.record(visit, actor=shift.officer, asked="Baru")

    with pytest.raises(MovedOn, match="isi dicatat"):
        actions.record(visit, actor=shift.officer, version=shown, asked="Lama")

    assert Visit.objects.get().asked == "Baru"


def test_a_case_is_opened_only_of_who_is_being_served():
    visit, shift = make_visit(Status.CALLED)

    with pytest.raises(QueueError, match="Mulai layani"):
        make_case_of(visit, shift)


def test_a_second_case_is_refused():
    visit, shift = make_visit()
    case = make_case_of(visit, shift)

    with pytest.raises(QueueError, match=case.reference):
        make_case_of(visit, shift)

    assert codes(visit).count("kasus_dibuka") == 1


def test_a_case_at_another_counter_is_refused():
    visit, _shift = make_visit()

    with pytest.raises(NotAllowed):
        make_case_of(visit, make_shift(number=2))


# Visits that had no number


def log(**given):
    fields = {
        "service": service(),
        "arrived_at": NOW - timedelta(hours=2),
        "ended_at": NOW - timedelta(hours=1, minutes=45),
        "topic": topic(),
        "outcome": Outcome.ANSWERED,
        "at": NOW,
        **given,
    }
    return actions.log_visit(actor=fields.pop("actor", None) or make_officer(), **fields)


def test_a_visit_on_paper_is_kept_with_its_real_times():
    officer = make_officer()

    visit = log(actor=officer, **TYPED)

    visit = Visit.objects.get(pk=visit.pk)
    assert (visit.number, visit.origin, visit.status) == (None, Origin.LOGGED, Status.DONE)
    assert visit.arrived_at == NOW - timedelta(hours=2)
    assert visit.ended_at == NOW - timedelta(hours=1, minutes=45)
    assert visit.day == NOW.date()
    assert {name: getattr(visit, name) for name in TYPED} == TYPED
    event = visit.events.get()
    assert (event.code, event.actor, event.at) == ("susulan", officer, NOW)
    assert event.data == {"service": "paspor", "outcome": "dijawab", "topic": "paspor-baru"}


def test_a_visit_on_paper_is_named_by_its_local_time():
    log()

    assert str(Visit.objects.get()) == "Kunjungan 24-11-2026 08.00"


def test_visits_on_paper_take_no_numbers():
    log()
    log()

    assert actions.take_number(service()).number == 1


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"ended_at": NOW + timedelta(minutes=1)}, "masa depan"),
        ({"arrived_at": NOW - timedelta(hours=1)}, "setelah waktu datang"),
        ({"arrived_at": NOW - timedelta(days=1)}, "hari yang sama"),
        (
            {
                "arrived_at": NOW - timedelta(days=31, minutes=1),
                "ended_at": NOW - timedelta(days=31),
            },
            "31 hari",
        ),
        ({"outcome": ""}, "hasil"),
        ({"outcome": Outcome.NO_SHOW}, "hasil"),
        ({"outcome": Outcome.REFERRED, "referred_to": " "}, "ke mana"),
    ],
)
def test_an_impossible_visit_is_not_written_down(given, said):
    with pytest.raises(QueueError, match=said):
        log(**given)

    assert not Visit.objects.exists()


def test_a_visit_of_a_month_ago_is_still_written_down():
    visit = log(
        arrived_at=NOW - timedelta(days=31), ended_at=NOW - timedelta(days=31) + timedelta(hours=1)
    )

    assert visit.day == (NOW - timedelta(days=31)).date()


def test_a_short_visit_may_begin_and_end_in_the_same_minute():
    assert log(arrived_at=NOW, ended_at=NOW).ended_at == NOW


def test_a_referral_on_paper_names_the_place():
    visit = log(outcome=Outcome.REFERRED, referred_to=" Disdukcapil ")

    assert visit.referred_to == "Disdukcapil"


@pytest.mark.parametrize("privacy", ["anonim", "rahasia"])
def test_a_case_that_hides_who_asked_takes_the_name_out_of_the_visit(privacy):
    visit, shift = make_visit(Status.SERVING)
    actions.record(visit, actor=shift.officer, visitor_name="Siti", visitor_contact="0812")
    actions.open_case(
        visit,
        shift,
        complaints.actions.lodge,
        actor=shift.officer,
        subject="Pungutan",
        narrative="Diminta uang.",
        privacy=privacy,
    )
    actions.record(visit, actor=shift.officer, visitor_name="Siti", asked="Diminta uang.")

    visit.refresh_from_db()
    assert (visit.visitor_name, visit.visitor_contact) == ("", "")
    assert visit.asked == "Diminta uang."
