"""What marks a month, and that no mark is lost between a writer and the counting."""

from datetime import date, timedelta
from threading import Event, Thread

import pytest
from django.db import DatabaseError, connection, connections, transaction

from cases import actions
from cases.models import Case
from cases.workflow import Kind, Status
from channels.models import Contact, Tally
from channels.vocabulary import ContactChannel
from infocontent.models import Topic
from office.calendar import days_changed
from office.models import Holiday
from office.roles import Role
from reports.recap import refreshing
from reports.recap.actions import freeze_month, note_correction
from reports.recap.models import MonthMark
from reports.recap.months import figures_of_months
from reports.recap.refreshing import dirty_months, refresh_months
from tests.factories import NOW, make_case, make_desk, make_user
from tests.races import at_once, split
from tests.yankomas.room import take

NOVEMBER, OCTOBER = date(2026, 11, 1), date(2026, 10, 1)
db = pytest.mark.django_db
committed = pytest.mark.usefixtures("committed_db")


def dirty_after(change) -> list[date]:
    """The months that the change marks, when none was marked before."""
    MonthMark.objects.all().delete()
    change()
    return dirty_months()


@db
@pytest.mark.parametrize(
    "changes",
    [
        {"kind": Kind.QUESTION},
        {"channel": "surat"},
        {"topic_id": None},
        {"section_id": None},
        {"due_on": date(2027, 1, 4)},
        {"answered_at": NOW},
        {"outcome": "dijelaskan"},
        {"is_reopened": True},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_whatever_the_recap_counts_by_marks_the_month(changes):
    case = make_case(topic=Topic.objects.choosable()[0])
    Case.objects.update(section=make_desk().section)

    dirty = dirty_after(lambda: Case.objects.filter(pk=case.pk).update(**changes))

    assert dirty == [NOVEMBER]


@db
@pytest.mark.parametrize(
    "changes",
    [
        {"version": 9},
        {"events_seal": "x" * 64, "events_count": 9},
        {"subject": "Lain", "narrative": "Lain."},
        {"citizen_wrote_at": NOW},
        {"privacy": "rahasia"},
        {"kind": Kind.COMPLAINT, "outcome": ""},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_whatever_else_changes_in_a_case_marks_nothing(changes):
    case = make_case(Kind.COMPLAINT)

    assert dirty_after(lambda: Case.objects.filter(pk=case.pk).update(**changes)) == []


@db
def test_a_case_that_moves_to_another_month_marks_both():
    case = make_case()
    before = NOW - timedelta(days=40)

    dirty = dirty_after(lambda: Case.objects.filter(pk=case.pk).update(received_at=before))

    assert dirty == [OCTOBER, NOVEMBER]


@db
def test_taking_a_number_marks_nothing():
    assert dirty_after(lambda: take()) == []


@db
def test_a_case_made_of_a_contact_marks_the_month_of_each():
    case = make_case(at=NOW - timedelta(days=40))
    contact = Contact.objects.create(
        at=NOW, month=NOVEMBER, channel="telepon", summary="Tanya", author=make_user()
    )

    dirty = dirty_after(lambda: Contact.objects.filter(pk=contact.pk).update(case=case))

    assert dirty == [OCTOBER, NOVEMBER]


@db
def test_a_figure_that_is_taken_away_marks_its_month():
    tally = Tally.objects.create(month=OCTOBER, channel=ContactChannel.WHATSAPP, count=3)

    assert dirty_after(tally.delete) == [OCTOBER]


@db
def test_a_change_of_the_calendar_has_every_month_counted_again():
    make_case(at=NOW - timedelta(days=40))
    make_case()
    refresh_months()

    assert dirty_after(days_changed) == [OCTOBER, NOVEMBER]


@db
def test_a_new_closed_day_changes_how_long_answers_took():
    received = NOW - timedelta(days=7)
    case = make_case(status=Status.ANSWERED, desk=make_desk(), at=received)
    Case.objects.filter(pk=case.pk).update(answered_at=received + timedelta(days=2))
    assert figures_of_months(NOVEMBER, NOVEMBER)[0].days == {2: 1}

    closed = received.date() + timedelta(days=1)
    Holiday.objects.create(date=closed, name="Listrik padam", category=Holiday.Category.LOCAL)
    days_changed()

    assert figures_of_months(NOVEMBER, NOVEMBER)[0].days == {1: 1}


@db
def test_of_much_the_reader_counts_nothing_and_says_so(monkeypatch):
    make_case()
    refresh_months()
    make_case()
    monkeypatch.setattr(refreshing, "CHEAP", 1)

    month = figures_of_months(NOVEMBER, NOVEMBER)[0]

    assert (month.is_stale, month.received) == (True, 1)
    refresh_months()
    month = figures_of_months(NOVEMBER, NOVEMBER)[0]
    assert (month.is_stale, month.received) == (False, 2)


@committed
def test_many_writers_at_once_are_all_counted():
    results = at_once(6, lambda number: [make_case().pk for _ in range(2)])

    good, errors = split(results)
    assert errors == []
    assert figures_of_months(NOVEMBER, NOVEMBER)[0].received == 2 * len(good) == 12


@committed
def test_a_change_that_is_committed_after_the_counting_is_not_lost():
    """The counting sees neither the case nor its mark, so it must leave the mark alone."""
    make_case()
    if connection.vendor == "sqlite":
        # Whoever writes is alone: the writer waits until the counting is done.
        refresh_months()
        make_case()
    else:
        written, may_commit = Event(), Event()

        def write() -> None:
            try:
                with transaction.atomic():
                    make_case()
                    written.set()
                    assert may_commit.wait(20)
            finally:
                connections.close_all()

        writer = Thread(target=write)
        writer.start()
        assert written.wait(20)
        refresh_months()
        assert figures_of_months(NOVEMBER, NOVEMBER)[0].received == 1
        may_commit.set()
        writer.join()

    assert figures_of_months(NOVEMBER, NOVEMBER)[0].received == 2


@committed
def test_counting_while_others_write_ends_with_the_true_number():
    def work(number: int) -> int:
        if number % 2:
            return refresh_months()
        return len([make_case() for _ in range(3)])

    _good, errors = split(at_once(6, work))

    assert errors == []
    assert figures_of_months(NOVEMBER, NOVEMBER)[0].received == Case.objects.count() == 9


@db
@pytest.mark.parametrize(
    "table", ["reports_frozenmonth", "reports_freezenote", "reports_recapevent"]
)
def test_what_was_frozen_cannot_be_taken_away_past_the_code(table):
    head = make_user(Role.OFFICE_HEAD)
    note_correction(freeze_month(OCTOBER, actor=head), actor=head, text="Terlewat.")

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table}")


@db
def test_a_verb_marks_its_month():
    case = make_case()

    assert dirty_after(lambda: actions.withdraw(case)) == [NOVEMBER]
