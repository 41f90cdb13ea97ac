"""Who is next, who is ahead, and how long it usually takes."""

from datetime import timedelta

import pytest
from django.core.cache import cache

from tests.factories import NOW
from yankomas import actions
from yankomas.models import Counter, QueueRules, Service
from yankomas.queue import Wait, ahead_of, next_visit, usual_wait
from yankomas.workflow import Outcome, Status

from .room import make_officer, make_shift, make_visit, service, take, topic

pytestmark = pytest.mark.django_db


def minutes(number):
    return NOW + timedelta(minutes=number)


def serve(length, at, officer=None):
    """A whole visit at a counter that took so many minutes."""
    shift = make_shift(officer, number=1, at=at)
    visit = actions.take_number(service(), actor=shift.officer, at=at)
    actions.call_next(shift, actor=shift.officer, at=at)
    visit.refresh_from_db()
    actions.start(visit, shift, actor=shift.officer, at=at)
    ended = at + timedelta(minutes=length)
    actions.finish(
        visit, shift, actor=shift.officer, topic=topic(), outcome=Outcome.ANSWERED, at=ended
    )
    actions.close_counter(shift, actor=shift.officer, at=ended)


def serve_many(lengths, days_ago=1):
    officer = make_officer()
    for n, length in enumerate(lengths):
        serve(length, NOW - timedelta(days=days_ago) + timedelta(seconds=n), officer)


def next_label(*codes):
    rules = QueueRules.objects.get()
    services = Service.objects.filter(code__in=codes or ["paspor"])
    visit = next_visit(list(services), NOW.date(), rules)
    return visit and visit.label


def test_nobody_is_next_in_an_empty_room():
    take("pengaduan")
    take(at=NOW - timedelta(days=1))

    assert next_label() is None
    assert next_label("pengaduan") == "C001"


def test_the_first_of_all_the_lines_is_next():
    take("pengaduan", at=minutes(1))
    take("paspor", at=minutes(0))

    assert next_label("paspor", "pengaduan") == "A001"


def test_a_priority_visitor_is_next_before_earlier_ordinary_ones():
    take(at=minutes(0))
    take(reason="hamil_anak", at=minutes(5))

    assert next_label() == "A002"


def test_of_two_in_the_same_moment_the_lower_number_is_next():
    for _ in range(3):
        take(at=NOW)

    assert next_label() == "A001"


def test_ahead_are_the_earlier_visitors_of_the_same_line():
    visits = [take(at=minutes(n)) for n in range(4)]
    take("pengaduan", at=minutes(0))

    assert [ahead_of(visit) for visit in visits] == [0, 1, 2, 3]


def test_in_the_same_moment_the_lower_number_is_ahead():
    assert [ahead_of(visit) for visit in [take(at=NOW) for _ in range(3)]] == [0, 1, 2]


def test_priority_visitors_are_ahead_as_far_as_the_rule_lets_them():
    ordinary = [take(at=minutes(n)) for n in range(2)]
    for n in range(5):
        take(reason="lansia", at=minutes(10 + n))

    # Two in a row, then an ordinary one, then two more.
    assert [ahead_of(visit) for visit in ordinary] == [2, 5]


def test_an_ordinary_visitor_in_between_is_ahead_of_a_priority_one():
    take(at=minutes(0))
    priority = [take(reason="lansia", at=minutes(10 + n)) for n in range(4)]

    assert [ahead_of(visit) for visit in priority] == [0, 1, 3, 4]


@pytest.mark.parametrize("status", [status for status in Status if status != Status.WAITING])
def test_nobody_is_ahead_of_who_does_not_wait(status):
    visit, _shift = make_visit(status)
    take()

    assert ahead_of(visit) == 0


def test_who_was_called_is_ahead_of_nobody():
    make_visit(Status.CALLED)

    assert ahead_of(take()) == 0


@pytest.mark.parametrize(
    ("ahead", "counters", "wait"),
    [
        # 8 to 20 minutes a visit: ahead x 8, and (ahead + 1) x 20, up to the next five.
        (0, 0, Wait(0, 20)),
        (1, 0, Wait(10, 40)),
        (3, 1, Wait(25, 80)),
        (3, 2, Wait(15, 40)),
    ],
)
def test_while_few_visits_are_known_the_rule_says_how_long_it_takes(ahead, counters, wait):
    for number in range(1, counters + 1):
        make_shift(number=number)

    assert usual_wait(service(), ahead, at=NOW) == wait


def test_counters_for_other_services_do_not_shorten_the_wait():
    make_shift(number=3)
    assert service() not in Counter.objects.get(number=3).services.all()

    assert usual_wait(service(), 3, at=NOW) == Wait(25, 80)


def test_the_rule_can_be_changed():
    QueueRules.objects.update(usual_minutes_low=5, usual_minutes_high=6)
    cache.clear()

    assert usual_wait(service(), 2, at=NOW) == Wait(10, 20)


def test_twenty_visits_are_enough_to_know_how_long_it_takes():
    # Half of them take up to 10 minutes, nine of ten up to 20; the rule says 8 and 20.
    serve_many([10] * 11 + [20] * 8)
    assert usual_wait(service(), 4, at=NOW) == Wait(35, 100)

    cache.clear()
    serve_many([60])
    assert usual_wait(service(), 4, at=NOW) == Wait(40, 100)


def test_half_take_the_middle_and_nine_of_ten_no_more_than_the_long_one():
    serve_many([6] * 15 + [31] * 5)

    assert usual_wait(service(), 5, at=NOW) == Wait(30, 190)


def test_visits_of_long_ago_say_nothing():
    serve_many([1] * 20, days_ago=29)

    assert usual_wait(service(), 1, at=NOW) == Wait(10, 40)


def test_visits_on_paper_say_nothing_about_the_length():
    for _ in range(20):
        actions.log_visit(
            service=service(),
            arrived_at=NOW - timedelta(hours=2),
            ended_at=NOW - timedelta(hours=1),
            topic=topic(),
            outcome=Outcome.ANSWERED,
            actor=make_officer(),
        )

    assert usual_wait(service(), 1, at=NOW) == Wait(10, 40)
