"""Opening and closing counters, and the end of the day."""

from datetime import datetime, timedelta

import pytest

from tests.factories import NOW, WIB
from yankomas import actions
from yankomas.models import Counter, Shift, Visit
from yankomas.workflow import MovedOn, Outcome, QueueError, Status

from .room import codes, make_case_of, make_officer, make_shift, make_visit, service, take

pytestmark = pytest.mark.django_db

CLOSING = datetime(2026, 11, 24, 15, 0, tzinfo=WIB)
AFTER_GRACE = CLOSING + timedelta(minutes=30)
TOMORROW = datetime(2026, 11, 25, 0, 0, 1, tzinfo=WIB)


def everything():
    """All that the closing of the day could change."""
    shifts = Shift.objects.order_by("pk").values("closed_at", "closed_by_clock")
    return list(shifts), list(Visit.objects.order_by("pk").values("status", "version", "ended_at"))


def test_an_officer_opens_a_counter():
    officer = make_officer()

    shift = actions.open_counter(Counter.objects.get(number=2), actor=officer, at=NOW)

    shift.refresh_from_db()
    assert (shift.counter.number, shift.officer, shift.opened_at) == (2, officer, NOW)
    assert (shift.closed_at, shift.closed_by_clock) == (None, False)


def test_any_counter_means_one_that_is_free_and_in_use():
    make_shift(number=1)
    Counter.objects.filter(number=2).update(is_active=False)

    assert make_shift().counter.number == 3


def test_a_counter_closed_earlier_is_free_again():
    for _ in range(2):
        shift = make_shift(number=1)
        actions.close_counter(shift, actor=shift.officer)

    assert make_shift().counter.number == 1


def test_without_a_free_counter_none_is_opened():
    for number in (1, 2, 3):
        make_shift(number=number)

    with pytest.raises(QueueError, match="Semua loket"):
        make_shift()


def test_a_counter_in_use_says_by_whom_and_since_when():
    officer = make_officer()
    make_shift(officer, number=2, at=datetime(2026, 11, 24, 8, 5, tzinfo=WIB))

    with pytest.raises(QueueError, match=rf"Loket 2 .*{officer}.*08\.05"):
        make_shift(number=2)

    assert Shift.objects.count() == 1


def test_one_officer_may_cover_two_counters():
    officer = make_officer()

    assert {make_shift(officer, number=n).counter.number for n in (1, 2)} == {1, 2}


def test_an_empty_counter_is_closed():
    shift = make_shift(number=1)

    actions.close_counter(shift, actor=shift.officer, at=CLOSING)

    shift.refresh_from_db()
    assert (shift.closed_at, shift.closed_by_clock) == (CLOSING, False)


@pytest.mark.parametrize("status", [Status.CALLED, Status.SERVING])
def test_a_counter_with_a_visitor_is_not_closed(status):
    _visit, shift = make_visit(status)

    with pytest.raises(QueueError, match="A001 masih di loket ini"):
        actions.close_counter(shift, actor=shift.officer)

    shift.refresh_from_db()
    assert shift.closed_at is None


@pytest.mark.parametrize("status", [Status.WAITING, Status.ON_HOLD, Status.DONE])
def test_visitors_elsewhere_do_not_keep_a_counter_open(status):
    _visit, shift = make_visit(status)

    actions.close_counter(shift, actor=shift.officer)

    assert not Shift.objects.filter(closed_at=None).exists()


def test_a_counter_is_closed_once():
    shift = make_shift(number=1, at=NOW)
    actions.close_counter(shift, actor=shift.officer, at=NOW + timedelta(minutes=3))

    with pytest.raises(MovedOn, match=r"sudah ditutup pukul 10\.03"):
        actions.close_counter(shift, actor=shift.officer)


@pytest.mark.parametrize("at", [NOW, CLOSING, AFTER_GRACE - timedelta(seconds=1)])
def test_until_half_an_hour_after_closing_everything_stays(at):
    make_visit(Status.CALLED)
    take()
    before = everything()

    assert actions.close_left_open(at) == 0

    assert everything() == before


@pytest.mark.parametrize("status", [Status.WAITING, Status.CALLED, Status.ON_HOLD])
def test_half_an_hour_after_closing_whoever_waits_was_not_served(status):
    visit, shift = make_visit(status)

    assert actions.close_left_open(AFTER_GRACE) == 2

    shift.refresh_from_db()
    visit.refresh_from_db()
    assert (shift.closed_at, shift.closed_by_clock) == (AFTER_GRACE, True)
    assert (visit.status, visit.outcome) == (Status.UNSERVED, Outcome.UNSERVED)
    assert visit.ended_at == AFTER_GRACE
    event = visit.events.last()
    assert (event.code, event.actor) == ("tidak_terlayani", None)


@pytest.mark.parametrize("status", [Status.ON_HOLD, Status.WAITING])
def test_who_opened_a_case_and_was_not_served_to_the_end_keeps_the_case_as_outcome(status):
    visit, shift = make_visit()
    make_case_of(visit, shift)
    if status == Status.ON_HOLD:
        actions.hold(visit, shift, actor=shift.officer)
    else:
        actions.transfer(visit, shift, service("informasi"), actor=shift.officer)

    actions.close_left_open(AFTER_GRACE)

    visit.refresh_from_db()
    assert (visit.status, visit.outcome) == (Status.UNSERVED, Outcome.CASE_OPENED)


def test_who_is_being_served_is_left_in_peace_until_the_next_day():
    visit, shift = make_visit()
    elsewhere = take("izin-tinggal")

    assert actions.close_left_open(AFTER_GRACE) == 1

    elsewhere.refresh_from_db()
    assert elsewhere.status == Status.UNSERVED
    assert codes(visit)[-1] == "mulai"

    assert actions.close_left_open(TOMORROW - timedelta(seconds=2)) == 0
    assert actions.close_left_open(TOMORROW) == 2

    visit.refresh_from_db()
    shift.refresh_from_db()
    assert (visit.status, visit.outcome, visit.topic) == (Status.DONE, "", None)
    assert codes(visit)[-1] == "selesai"
    assert visit.events.last().actor is None
    assert shift.closed_by_clock


def test_the_officer_who_still_serves_may_call_the_others_of_the_line():
    visit, shift = make_visit()
    waiting = take()

    actions.close_left_open(AFTER_GRACE)
    actions.hold(visit, shift, actor=shift.officer)

    assert actions.call_next(shift, actor=shift.officer) == waiting


def test_what_was_left_of_yesterday_is_closed_in_the_morning():
    yesterday = NOW - timedelta(days=1)
    shift, visit = make_shift(number=1, at=yesterday), take(at=yesterday)
    today = take()

    assert actions.close_left_open(NOW) == 2

    shift.refresh_from_db()
    visit.refresh_from_db()
    assert shift.closed_by_clock
    assert visit.status == Status.UNSERVED
    assert codes(today) == ["diambil"]


def test_closing_the_day_twice_changes_nothing_more():
    make_visit(Status.ON_HOLD)
    for code in ("paspor", "pengaduan", "izin-tinggal"):
        take(code)
    assert actions.close_left_open(AFTER_GRACE) == 5
    before = everything()

    assert actions.close_left_open(AFTER_GRACE + timedelta(hours=1)) == 0

    assert everything() == before


@pytest.mark.parametrize("status", [Status.DONE, Status.NO_SHOW, Status.UNSERVED])
def test_what_ended_stays_as_it_is(status):
    visit, _shift = make_visit(status)
    before = codes(visit)

    actions.close_left_open(TOMORROW + timedelta(days=1))

    assert codes(visit) == before


def test_a_visitor_who_was_not_called_cannot_be_any_more():
    take()
    actions.close_left_open(AFTER_GRACE)
    shift = make_shift(number=1)

    with pytest.raises(QueueError, match="Tidak ada yang menunggu"):
        actions.call_next(shift, actor=shift.officer)
