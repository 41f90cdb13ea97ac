"""What the officer at a counter does with a visitor: when, who, and what stays of it."""

from datetime import timedelta

import pytest

from office.roles import Role
from tests.factories import NOW, make_user
from yankomas import actions
from yankomas.models import Visit
from yankomas.workflow import MovedOn, NobodyWaits, NotAllowed, Outcome, QueueError, Status

from .room import codes, make_case_of, make_officer, make_shift, make_visit, service, take, topic

pytestmark = pytest.mark.django_db


def finish(visit, shift, **more):
    given = {"actor": shift.officer, "topic": topic(), "outcome": Outcome.ANSWERED, **more}
    return actions.finish(visit, shift, **given)


def transfer(visit, shift, **more):
    return actions.transfer(visit, shift, service("pengaduan"), **more)


# Verb, the statuses in which it can be done, the status and the event it leads to.
VERBS = {
    "call_again": (actions.call_again, {"dipanggil"}, "dipanggil", "dipanggil_lagi"),
    "miss": (actions.miss, {"dipanggil"}, "menunggu", "tidak_datang"),
    "start": (actions.start, {"dipanggil"}, "dilayani", "mulai"),
    "hold": (actions.hold, {"dilayani"}, "ditahan", "ditahan"),
    "resume": (actions.resume, {"ditahan"}, "dilayani", "dilanjutkan"),
    "transfer": (transfer, {"dipanggil", "dilayani"}, "menunggu", "dipindah"),
    "finish": (finish, {"dilayani", "ditahan"}, "selesai", "selesai"),
}
POSSIBLE = [(name, status) for name, verb in VERBS.items() for status in sorted(verb[1])]
IMPOSSIBLE = [
    (name, str(status))
    for name, verb in VERBS.items()
    for status in Status
    if status not in verb[1]
]
OTHER_ROLES = [role for role in Role if role != Role.YANKOMAS]


@pytest.mark.parametrize(("name", "status"), POSSIBLE)
def test_a_verb_changes_the_status_and_leaves_exactly_its_event(name, status):
    verb, _, target, code = VERBS[name]
    visit, shift = make_visit(status)
    before, version = codes(visit), visit.version

    verb(visit, shift, actor=shift.officer, version=version, at=NOW + timedelta(minutes=5))

    visit = Visit.objects.get(pk=visit.pk)
    event = visit.events.last()
    assert visit.status == target
    assert codes(visit) == [*before, code]
    assert (event.actor, event.counter) == (shift.officer, shift.counter)
    assert event.at == NOW + timedelta(minutes=5)
    assert (visit.version, visit.events_count) == (version + 1, event.seq)
    assert (visit.ended_at is not None) == (target == "selesai")


@pytest.mark.parametrize(("name", "status"), IMPOSSIBLE)
def test_a_verb_refuses_every_other_status_and_changes_nothing(name, status):
    visit, shift = make_visit(status)
    before = Visit.objects.values().get(pk=visit.pk)

    with pytest.raises(MovedOn):
        VERBS[name][0](visit, shift, actor=shift.officer)

    assert Visit.objects.values().get(pk=visit.pk) == before
    assert visit.events.count() == before["events_count"]


@pytest.mark.parametrize("role", OTHER_ROLES)
def test_no_other_role_serves_visitors(role):
    visit, shift = make_visit(Status.CALLED)
    actor = make_user(role)

    for name in VERBS:
        with pytest.raises(NotAllowed):
            VERBS[name][0](visit, shift, actor=actor)
    for verb in (actions.call_next, actions.close_counter):
        with pytest.raises(NotAllowed):
            verb(shift, actor=actor)
    with pytest.raises(NotAllowed):
        actions.record(visit, actor=actor, asked="Apa?")
    with pytest.raises(NotAllowed):
        actions.open_counter(None, actor=actor)

    assert codes(visit) == ["diambil", "dipanggil"]


def test_a_dismissed_officer_serves_nobody():
    visit, shift = make_visit(Status.CALLED)
    dismissed = make_user(Role.YANKOMAS, is_active=False)

    with pytest.raises(NotAllowed):
        actions.start(visit, shift, actor=dismissed)


def test_calling_brings_the_first_of_the_line_to_the_counter():
    first, second = take(), take()
    shift = make_shift(number=1)

    visit = actions.call_next(shift, actor=shift.officer, at=NOW)

    assert visit == first
    assert (visit.status, visit.calls, visit.called_at) == (Status.CALLED, 1, NOW)
    assert (visit.counter, visit.officer) == (shift.counter, shift.officer)
    assert visit.events.last().data == {"call": 1, "from": "menunggu", "to": "dipanggil"}
    assert codes(second) == ["diambil"]


@pytest.mark.parametrize("status", [Status.CALLED, Status.SERVING])
def test_two_clicks_are_one_call(status):
    visit, shift = make_visit(status)
    take()
    before = codes(visit)

    assert actions.call_next(shift, actor=shift.officer) == visit

    assert codes(visit) == before
    assert Visit.objects.waiting().count() == 1


def test_a_counter_calls_only_for_its_own_services():
    take("izin-tinggal")
    shift = make_shift(number=1)

    with pytest.raises(NobodyWaits, match="Tidak ada yang menunggu"):
        actions.call_next(shift, actor=shift.officer)


def test_yesterdays_numbers_are_not_called():
    take(at=NOW - timedelta(days=1))
    shift = make_shift(number=1)

    with pytest.raises(NobodyWaits):
        actions.call_next(shift, actor=shift.officer)


def test_calling_again_counts_and_speaks_once_more():
    visit, shift = make_visit(Status.CALLED)

    for _ in range(2):
        actions.call_again(visit, shift, actor=shift.officer)

    assert visit.calls == 3
    assert [event.data["call"] for event in visit.events.all()[1:]] == [1, 2, 3]


def test_a_counter_closed_meanwhile_does_nothing_more():
    shift = make_shift(number=1, at=NOW)
    actions.close_counter(shift, actor=shift.officer, at=NOW + timedelta(minutes=7))
    take()

    with pytest.raises(MovedOn, match=r"Loket 1 sudah ditutup pukul 10\.07"):
        actions.call_next(shift, actor=shift.officer)


def test_a_visitor_of_another_counter_is_left_alone():
    visit, _ = make_visit(Status.CALLED)
    other = make_shift(number=2)

    with pytest.raises(NotAllowed, match="A001 ada di Loket 1"):
        actions.start(visit, other, actor=other.officer)


def test_an_older_page_hears_what_happened_since():
    visit, shift = make_visit(Status.CALLED)
    shown = visit.version
    actions.start(visit, shift, actor=shift.officer, at=NOW + timedelta(minutes=12))

    with pytest.raises(MovedOn) as refusal:
        actions.miss(visit, shift, actor=shift.officer, version=shown)

    said = str(refusal.value)
    assert "A001: mulai dilayani pukul 10.12" in said
    assert "Loket 1" in said
    assert str(shift.officer) in said


def test_serving_begins_once_even_after_a_transfer():
    visit, shift = make_visit(Status.CALLED)
    actions.start(visit, shift, actor=shift.officer, at=NOW)
    transfer(visit, shift, actor=shift.officer)
    other = make_shift(number=3)
    actions.call_next(other, actor=other.officer)
    visit.refresh_from_db()

    actions.start(visit, other, actor=other.officer, at=NOW + timedelta(minutes=9))

    assert visit.started_at == NOW


def test_on_hold_the_counter_is_free_and_another_one_may_go_on():
    visit, shift = make_visit(Status.ON_HOLD)
    take()
    assert actions.call_next(shift, actor=shift.officer) != visit
    other = make_shift(number=2)

    actions.resume(visit, other, actor=other.officer)

    assert (visit.status, visit.counter) == (Status.SERVING, other.counter)
    assert visit.officer == other.officer
    assert visit.events.last().data["counter_before"] == 1


def test_nobody_goes_on_at_a_counter_that_is_taken():
    visit, shift = make_visit(Status.ON_HOLD)
    take()
    actions.call_next(shift, actor=shift.officer)

    with pytest.raises(QueueError, match="A002 masih di loket ini"):
        actions.resume(visit, shift, actor=shift.officer)

    assert codes(visit)[-1] == "ditahan"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"outcome": ""}, "hasil"),
        ({"outcome": Outcome.NO_SHOW}, "hasil"),
        ({"outcome": Outcome.CASE_OPENED}, "hasil"),
        ({"topic": None}, "topik"),
        ({"outcome": Outcome.REFERRED}, "ke mana"),
        ({"outcome": Outcome.REFERRED, "referred_to": " "}, "ke mana"),
    ],
)
def test_a_visit_does_not_end_without_topic_and_outcome(given, said):
    visit, shift = make_visit()

    with pytest.raises(QueueError, match=said):
        finish(visit, shift, **given)

    assert codes(visit)[-1] == "mulai"


def test_a_finished_visit_keeps_what_came_of_it():
    visit, shift = make_visit()

    finish(visit, shift, outcome=Outcome.REFERRED, referred_to=" Disdukcapil ", at=NOW)

    assert (visit.outcome, visit.referred_to) == (Outcome.REFERRED, "Disdukcapil")
    assert (visit.topic, visit.ended_at) == (topic(), NOW)
    data = visit.events.last().data
    assert data == {
        "outcome": "dirujuk",
        "topic": "paspor-baru",
        "from": "dilayani",
        "to": "selesai",
    }


def test_a_place_is_kept_only_of_a_referral():
    visit, shift = make_visit()

    finish(visit, shift, referred_to="Disdukcapil")

    assert visit.referred_to == ""


def test_the_topic_that_was_recorded_is_enough():
    visit, shift = make_visit()
    actions.record(visit, actor=shift.officer, topic=topic("paspor-anak"))

    finish(visit, shift, topic=None)

    assert visit.topic == topic("paspor-anak")


def test_an_opened_case_is_the_outcome():
    visit, shift = make_visit()
    make_case_of(visit, shift)

    finish(visit, shift, outcome="")

    assert (visit.status, visit.outcome) == (Status.DONE, Outcome.CASE_OPENED)


def test_another_officer_takes_over_at_a_counter_of_their_own_only():
    visit, _shift = make_visit(Status.SERVING)
    stranger = make_shift(make_officer(), number=2)

    with pytest.raises(NotAllowed):
        finish(visit, stranger)
