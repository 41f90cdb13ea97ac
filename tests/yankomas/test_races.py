"""Many people in the same moment, each with a connection of their own."""

import time
from threading import Event, Thread

import pytest
from django.db import connection, connections, transaction
from django.test import Client

from tests.races import at_once, split
from yankomas import actions, board
from yankomas.board import kept_snapshot
from yankomas.models import DayNumber, Service, Shift, Visit, VisitEvent
from yankomas.workflow import MovedOn, NobodyWaits, Outcome, QueueError, Status

from .room import codes, make_counter, make_officer, make_shift, make_visit, service, take, topic

pytestmark = pytest.mark.usefixtures("committed_db")


def open_counters(number):
    """So many open counters for passports."""
    return [
        actions.open_counter(make_counter("paspor"), actor=make_officer()) for _ in range(number)
    ]


def test_thirty_visitors_at_once_get_thirty_numbers_in_a_row():
    paspor = service()

    taken, errors = split(at_once(30, lambda n: actions.take_number(paspor).number))

    assert errors == []
    assert sorted(taken) == list(range(1, 31))
    assert DayNumber.objects.get().last == VisitEvent.objects.count() == 30


def test_a_number_that_was_not_kept_leaves_no_gap():
    paspor = service()

    def press(number):
        with transaction.atomic():
            visit = actions.take_number(paspor)
            if number % 4 == 0:
                raise RuntimeError("power cut")
        return visit.number

    taken, errors = split(at_once(12, press))

    assert len(errors) == 3
    assert sorted(taken) == list(range(1, 10))


def test_two_services_at_once_keep_their_series_apart():
    services = list(Service.objects.filter(code__in=("paspor", "pengaduan")))

    taken, errors = split(at_once(12, lambda n: actions.take_number(services[n % 2]).label))

    assert errors == []
    assert sorted(taken) == [f"{letter}{n:03d}" for letter in "AC" for n in range(1, 7)]


def test_twelve_counters_at_once_call_twelve_different_visitors():
    shifts = open_counters(12)
    waiting = [take(reason="lansia" if n % 3 == 0 else "") for n in range(15)]

    called, errors = split(
        at_once(12, lambda n: actions.call_next(shifts[n], actor=shifts[n].officer).pk)
    )

    assert errors == []
    assert len(set(called)) == 12
    assert Visit.objects.filter(status=Status.WAITING).count() == len(waiting) - 12
    at_counters = Visit.objects.filter(status=Status.CALLED).values_list("counter", flat=True)
    assert sorted(at_counters) == sorted(shift.counter_id for shift in shifts)


def test_more_counters_than_visitors_leave_the_others_empty_handed():
    shifts = open_counters(6)
    for _ in range(4):
        take()

    called, refused = split(
        at_once(6, lambda n: actions.call_next(shifts[n], actor=shifts[n].officer).pk)
    )

    assert len(set(called)) == 4
    assert [type(error) for error in refused] == [NobodyWaits] * 2


def test_twelve_clicks_at_one_counter_are_one_call():
    (shift,) = open_counters(1)
    first = take()
    for _ in range(3):
        take()

    called, errors = split(
        at_once(
            12,
            lambda n: actions.call_next(Shift.objects.get(pk=shift.pk), actor=shift.officer).pk,
        )
    )

    assert errors == []
    assert set(called) == {first.pk}
    assert codes(first) == ["diambil", "dipanggil"]
    assert VisitEvent.objects.filter(code="dipanggil").count() == 1


def test_of_eight_clicks_on_finished_one_ends_the_visit():
    visit, shift = make_visit()
    shown = visit.version

    def press(number):
        return actions.finish(
            Visit.objects.get(pk=visit.pk),
            Shift.objects.get(pk=shift.pk),
            actor=shift.officer,
            topic=topic(),
            outcome=Outcome.ANSWERED,
            version=shown,
        )

    done, refused = split(at_once(8, press))

    assert len(done) == 1
    assert [type(error) for error in refused] == [MovedOn] * 7
    assert codes(visit).count("selesai") == 1


def test_a_visitor_on_hold_goes_on_at_one_counter_only():
    visit, _shift = make_visit(Status.ON_HOLD)
    shifts = open_counters(4)

    resumed, refused = split(
        at_once(
            4,
            lambda n: actions.resume(
                Visit.objects.get(pk=visit.pk), shifts[n], actor=shifts[n].officer
            ),
        )
    )

    assert len(resumed) == 1
    assert all(isinstance(error, MovedOn) for error in refused)
    assert codes(visit).count("dilanjutkan") == 1


def test_calling_and_going_on_at_once_bring_one_visitor_to_the_counter():
    visit, shift = make_visit(Status.ON_HOLD)
    take()

    def press(number):
        here = Shift.objects.get(pk=shift.pk)
        if number % 2:
            return actions.call_next(here, actor=shift.officer)
        return actions.resume(Visit.objects.get(pk=visit.pk), here, actor=shift.officer)

    _, refused = split(at_once(6, press))

    assert all(isinstance(error, QueueError) for error in refused)
    here = Visit.objects.filter(counter=shift.counter)
    assert here.filter(status__in=(Status.CALLED, Status.SERVING)).count() == 1


def test_officers_who_want_any_counter_at_once_get_different_ones():
    officers = [make_officer() for _ in range(5)]

    opened, refused = split(
        at_once(5, lambda n: actions.open_counter(None, actor=officers[n]).counter_id)
    )

    assert len(set(opened)) == len(opened) == 3
    assert [type(error) for error in refused] == [QueueError] * 2


def test_closing_and_calling_at_once_leave_nobody_at_a_closed_counter():
    shift = make_shift(number=1)
    take()

    def press(number):
        here = Shift.objects.get(pk=shift.pk)
        if number % 2:
            return actions.close_counter(here, actor=shift.officer)
        return actions.call_next(here, actor=shift.officer)

    _, refused = split(at_once(6, press))

    shift.refresh_from_db()
    assert all(isinstance(error, QueueError) for error in refused)
    assert (shift.closed_at is None) == Visit.objects.filter(status=Status.CALLED).exists()


def test_the_closing_of_the_day_run_twice_at_once_ends_every_visit_once():
    visits = [take() for _ in range(5)]
    late = visits[0].arrived_at.replace(hour=23)

    changed, errors = split(at_once(4, lambda n: actions.close_left_open(late)))

    assert errors == []
    assert sorted(changed) == [0, 0, 0, 5]
    assert all(codes(visit) == ["diambil", "tidak_terlayani"] for visit in visits)


def test_buttons_of_many_windows_at_once_are_answered_with_a_page():
    officer = make_officer()
    visit, _shift = make_visit(officer=officer)
    given = {"visit": visit.pk, "version": visit.version, "topic": "paspor-baru"}
    given |= {"outcome": "dijawab", "asked": "Apa?", "service": service("informasi").pk}
    moves = ["selesai", "panggil-lagi", "tahan", "tidak-datang", "pindah", "mulai", "simpan"]
    windows = []
    for _ in range(14):
        windows.append(Client())
        windows[-1].force_login(officer)

    answers, errors = split(
        at_once(
            14, lambda n: windows[n].post(f"/yankomas/loket/{moves[n % 7]}/", given).status_code
        )
    )

    assert errors == []
    assert set(answers) <= {302, 409}
    # The first one to save moves the visit on; everybody else has an older page.
    after = codes(visit)[3:]
    assert after[0] == "dicatat"
    assert len(after) <= 2


def test_the_board_shows_a_number_that_is_committed_after_a_later_one():
    """Numbers of two services are given at the same time; whoever began first may end last."""
    has_begun, may_end = Event(), Event()
    # One database lets only one writer in; there the order is that of the commits.
    can_wait = connection.vendor == "postgresql"

    def slow():
        try:
            with transaction.atomic():
                take("paspor")
                has_begun.set()
                if can_wait:
                    may_end.wait(20)
        finally:
            connections.close_all()

    thread = Thread(target=slow)
    thread.start()
    assert has_begun.wait(20)
    take("pengaduan")
    first = kept_snapshot()["next"]
    may_end.set()
    thread.join(20)
    board._kept["until"] = 0.0

    assert set(first) <= {"A001", "C001"}
    assert kept_snapshot()["next"] == ["A001", "C001"]


def test_a_note_and_another_button_do_not_wait_for_each_other(monkeypatch):
    """Every verb locks the counter before the visitor, also when a note is kept first."""
    officer = make_officer()
    visit, _shift = make_visit(officer=officer)
    given = {"visit": visit.pk, "version": visit.version, "asked": "Apa?"}
    windows = [Client(), Client()]
    for window in windows:
        window.force_login(officer)
    record, has_noted = actions.record, Event()

    def record_and_dawdle(*args, **kwargs):
        record(*args, **kwargs)
        has_noted.set()
        time.sleep(1.5)

    monkeypatch.setattr("yankomas.actions.record", record_and_dawdle)

    def press(number):
        if number:
            has_noted.wait(20)
        move = ("tahan", "panggil-lagi")[number]
        return windows[number].post(f"/yankomas/loket/{move}/", given).status_code

    assert at_once(2, press) == [302, 409]
    assert codes(visit)[-2:] == ["dicatat", "ditahan"]
