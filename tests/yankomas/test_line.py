"""The order of the line: priority, people who do not come, people who change the line."""

from datetime import timedelta

import pytest
from django.core.cache import cache

from tests.factories import NOW
from yankomas import actions
from yankomas.models import QueueRules, Visit
from yankomas.workflow import Outcome, QueueError, Status

from .room import codes, make_case_of, make_shift, make_visit, service, take

pytestmark = pytest.mark.django_db


def minutes(number):
    return NOW + timedelta(minutes=number)


def set_most_priority(number):
    QueueRules.objects.update(most_priority_in_a_row=number)
    cache.clear()


def call_all(shift, number):
    """Call and serve so many visitors, a minute each; their labels."""
    labels = []
    for n in range(number):
        visit = actions.call_next(shift, actor=shift.officer, at=minutes(30 + n))
        actions.start(visit, shift, actor=shift.officer)
        actions.hold(visit, shift, actor=shift.officer)
        labels.append(visit.label)
    return labels


@pytest.mark.parametrize(
    ("most", "order"),
    [
        (1, [3, 1, 4, 2, 5, 6]),
        (2, [3, 4, 1, 5, 6, 2]),
        (3, [3, 4, 5, 1, 6, 2]),
        (9, [3, 4, 5, 6, 1, 2]),
    ],
)
def test_priority_goes_first_but_only_so_often_in_a_row(most, order):
    set_most_priority(most)
    for n in range(6):
        take(reason="" if n < 2 else "lansia", at=minutes(n))

    assert call_all(make_shift(number=1), 6) == [f"A{n:03d}" for n in order]


def test_priority_calls_of_other_counters_count_as_well():
    for n in range(4):
        take(reason="" if n == 0 else "difabel", at=minutes(n))

    called = [call_all(make_shift(number=number), 1) for number in (1, 2)]
    third = make_shift(number=3)
    third.counter.services.add(service())

    assert called == [["A002"], ["A003"]]
    assert call_all(third, 1) == ["A001"]


def test_without_ordinary_visitors_priority_goes_on():
    for n in range(4):
        take(reason="lansia", at=minutes(n))

    assert call_all(make_shift(number=1), 4) == ["A001", "A002", "A003", "A004"]


def test_services_of_one_counter_are_one_line_by_arrival():
    for n, code in enumerate(["pengaduan", "paspor", "informasi", "paspor"]):
        take(code, at=minutes(n))

    assert call_all(make_shift(number=1), 4) == ["C001", "A001", "D001", "A002"]


def test_who_does_not_come_goes_to_the_end_of_the_line_once():
    first, second = take(at=minutes(0)), take(at=minutes(1))
    shift = make_shift(number=1)
    actions.call_next(shift, actor=shift.officer)
    first.refresh_from_db()

    actions.miss(first, shift, actor=shift.officer, at=minutes(20))

    assert (first.status, first.has_missed) == (Status.WAITING, True)
    assert (first.counter, first.officer) == (None, None)
    assert first.arrived_at == minutes(0)
    assert actions.call_next(shift, actor=shift.officer) == second


def test_who_does_not_come_again_is_closed():
    visit, shift = make_visit(Status.CALLED)
    actions.miss(visit, shift, actor=shift.officer)
    actions.call_next(shift, actor=shift.officer)
    visit.refresh_from_db()

    actions.miss(visit, shift, actor=shift.officer, at=minutes(20))

    assert (visit.status, visit.outcome) == (Status.NO_SHOW, Outcome.NO_SHOW)
    assert visit.ended_at == minutes(20)
    assert codes(visit) == ["diambil", "dipanggil", "tidak_datang", "dipanggil", "tidak_hadir"]


def test_who_opened_a_case_and_then_did_not_come_keeps_the_case_as_outcome():
    visit, shift = make_visit(Status.SERVING)
    make_case_of(visit, shift)
    actions.transfer(visit, shift, service("informasi"), actor=shift.officer)
    for _ in range(2):
        actions.call_next(shift, actor=shift.officer)
        visit.refresh_from_db()
        actions.miss(visit, shift, actor=shift.officer)

    visit.refresh_from_db()
    assert (visit.status, visit.outcome) == (Status.NO_SHOW, Outcome.CASE_OPENED)


def test_a_visitor_sent_to_another_line_stands_there_by_arrival():
    early = take(at=minutes(0))
    waiting = [take("izin-tinggal", at=minutes(n)) for n in (1, 2)]
    shift, other = make_shift(number=1), make_shift(number=3)
    actions.call_next(shift, actor=shift.officer)
    early.refresh_from_db()
    actions.start(early, shift, actor=shift.officer)

    actions.transfer(early, shift, service("izin-tinggal"), actor=shift.officer, at=minutes(15))

    assert (early.status, early.service, early.counter) == (
        Status.WAITING,
        service("izin-tinggal"),
        None,
    )
    assert early.label == "A001"
    assert early.events.last().data["service_before"] == "paspor"
    assert call_all(other, 3) == ["A001", *(visit.label for visit in waiting)]


def test_a_transfer_needs_another_line_that_is_offered():
    visit, shift = make_visit()
    gone = service("informasi")
    gone.is_active = False
    gone.save()

    for target in (service(), gone):
        with pytest.raises(QueueError, match="layanan lain"):
            actions.transfer(visit, shift, target, actor=shift.officer)

    assert Visit.objects.get().status == Status.SERVING
