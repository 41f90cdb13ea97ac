from datetime import date, datetime

import pytest

from office.models import Holiday
from office.roles import Role
from tests.factories import NOW, WIB, make_user
from yankomas import actions
from yankomas.models import DayNumber, Visit
from yankomas.workflow import Closed, Lane, NotAllowed, Origin, PriorityReason, QueueError, Status

from .room import codes, make_officer, service, take

pytestmark = pytest.mark.django_db


def test_numbers_of_a_service_count_up_from_one():
    assert [take().label for _ in range(3)] == ["A001", "A002", "A003"]


def test_every_service_has_its_own_series():
    taken = [take(code).label for code in ("paspor", "pengaduan", "paspor", "informasi")]

    assert taken == ["A001", "C001", "A002", "D001"]


def test_the_numbers_begin_again_at_local_midnight():
    officer = make_officer()
    moments = [
        datetime(2026, 11, 24, 23, 58, tzinfo=WIB),
        datetime(2026, 11, 24, 23, 59, 59, tzinfo=WIB),
        datetime(2026, 11, 25, 0, 0, tzinfo=WIB),
    ]

    taken = [actions.take_number(service(), actor=officer, at=at) for at in moments]

    assert [visit.number for visit in taken] == [1, 2, 1]
    assert [visit.day for visit in taken] == [date(2026, 11, 24)] * 2 + [date(2026, 11, 25)]


def test_the_day_of_utc_starts_no_new_series():
    officer = make_officer()
    # 06.59 and 07.00 WIB lie on two days of UTC.
    before = actions.take_number(
        service(), actor=officer, at=datetime(2026, 11, 24, 6, 59, tzinfo=WIB)
    )
    after = actions.take_number(
        service(), actor=officer, at=datetime(2026, 11, 24, 7, 0, tzinfo=WIB)
    )

    assert (before.number, after.number) == (1, 2)
    assert before.day == after.day


def test_a_visitor_begins_in_the_ordinary_line():
    visit = take(at=NOW)

    visit.refresh_from_db()
    assert (visit.status, visit.lane) == (Status.WAITING, Lane.ORDINARY)
    assert (visit.service, visit.series) == (service(), service())
    assert visit.arrived_at == visit.queued_at == NOW
    assert (visit.counter, visit.officer, visit.ended_at) == (None, None, None)
    assert visit.origin == Origin.KIOSK


@pytest.mark.parametrize("reason", [reason for reason in PriorityReason if reason])
def test_a_reason_leads_to_the_priority_lane(reason):
    visit = take(reason=reason)

    assert (visit.lane, visit.priority_reason) == (Lane.PRIORITY, reason)


def test_both_lanes_share_one_series():
    assert [take(reason=reason).number for reason in ("", "lansia", "")] == [1, 2, 3]


def test_taking_leaves_exactly_its_event():
    visit = take(reason="difabel", at=NOW)

    event = visit.events.get()
    assert (event.seq, event.code, event.at, event.actor) == (1, "diambil", NOW, None)
    assert event.data == {"service": "paspor", "lane": "prioritas", "origin": "kios"}
    assert visit.events_count == 1


def test_a_token_is_long_and_never_the_same():
    tokens = {take().token for _ in range(20)}

    assert len(tokens) == 20
    assert all(len(token) == 22 for token in tokens)


@pytest.mark.parametrize(
    "at",
    [
        datetime(2026, 11, 24, 7, 59, 59, tzinfo=WIB),
        datetime(2026, 11, 24, 15, 0, tzinfo=WIB),
        datetime(2026, 11, 28, 10, 0, tzinfo=WIB),  # a Saturday
        datetime(2026, 12, 25, 10, 0, tzinfo=WIB),
    ],
)
def test_outside_the_hours_only_staff_take_a_number(at):
    with pytest.raises(Closed):
        take(at=at)
    assert not Visit.objects.exists()
    assert not DayNumber.objects.exists()

    visit = actions.take_number(service(), actor=make_officer(), at=at)

    assert (visit.number, visit.origin) == (1, Origin.STAFF)
    assert codes(visit) == ["diambil"]
    assert visit.events.get().actor.username.startswith("yankomas")


def test_a_local_closure_closes_the_kiosk():
    Holiday.objects.create(date=date(2026, 11, 24), name="Pilkada", category=Holiday.Category.LOCAL)

    with pytest.raises(Closed):
        take()


@pytest.mark.parametrize("is_staff", [True, False])
def test_a_service_that_is_not_offered_gives_no_number(is_staff):
    paspor = service()
    paspor.is_active = False
    paspor.save()

    with pytest.raises(QueueError, match="tidak tersedia"):
        actions.take_number(paspor, actor=make_officer() if is_staff else None)

    assert not Visit.objects.exists()


@pytest.mark.parametrize("role", [role for role in Role if role != Role.YANKOMAS])
def test_no_other_role_takes_numbers_for_visitors(role):
    with pytest.raises(NotAllowed):
        actions.take_number(service(), actor=make_user(role))

    assert not Visit.objects.exists()


def test_the_language_of_the_kiosk_is_kept():
    assert actions.take_number(service(), language="en").language == "en"
    assert take().language == "id"
