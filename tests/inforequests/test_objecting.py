"""When and by whom an objection may be filed (UU 14/2008 Ps 35, 36(1))."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction

from cases import actions as cases_actions
from cases.actions import Identity
from cases.workflow import CaseError, Kind, Status
from inforequests import actions
from inforequests.following import request_part
from inforequests.grounds import FiledTooLate, NoGroundYet, evident
from inforequests.models import Ground, Objection
from office.calendar import add_working_days
from office.models import Holiday
from tests.factories import IDENTITY, NOW, UPHELD, codes, make_case, make_desk

from .objections import (
    AGO,
    GRANTED,
    NOT_HELD,
    PARTLY,
    REFUSED,
    again,
    bring,
    decide,
    lapsed,
    make_decided,
    make_objection,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_paper")]
R, KB = Kind.INFORMATION_REQUEST, Kind.OBJECTION
TODAY = NOW.date()


@pytest.fixture
def desk():
    return make_desk()


@pytest.mark.parametrize("ground", Ground)
def test_each_of_the_seven_grounds_can_be_objected_with(ground):
    request = lapsed()

    case = make_objection(request, grounds=ground.value)

    assert case.reference == "KB-2026-000001"
    assert case.detail.grounds == ground.value
    assert case.detail.ground_labels == [f"{ground.value}. {ground.label}"]


def test_an_objection_has_its_own_clock_and_leaves_an_event_on_both_cases():
    request = lapsed()

    case = make_objection(request, grounds="gc")

    assert case.due_on == add_working_days(TODAY, 30)
    assert (codes(case), codes(request)) == (["diterima"], ["diterima", "keberatan_diajukan"])
    event = request.events.last()
    assert event.data == {"objection": case.reference, "grounds": "cg"}
    assert request.status == Status.RECEIVED


def test_the_applicant_of_the_request_is_the_applicant_of_the_objection():
    case = make_objection(lapsed())

    copied = case.identity
    assert (copied.full_name, copied.nik) == (IDENTITY.full_name, IDENTITY.nik)
    assert copied.nik_index
    assert (case.subject, case.detail.by_proxy) == ("Antrean loket terlalu lama", False)


@pytest.mark.parametrize("grounds", ["", "h", "ah", "A"])
def test_unknown_grounds_are_refused(grounds):
    with pytest.raises(CaseError):
        make_objection(lapsed(), grounds=grounds)
    assert not Objection.objects.exists()


def test_only_ground_b_needs_no_request():
    case = make_objection(
        None, grounds="b", periodic_information="Laporan keuangan 2025", identity=IDENTITY
    )
    assert (case.subject, case.detail.found_on) == ("Laporan keuangan 2025", None)

    for wrong in (
        {"grounds": "bc"},
        {"grounds": "a"},
        {"grounds": "b", "periodic_information": ""},
    ):
        with pytest.raises(CaseError):
            make_objection(None, identity=Identity(), **{"periodic_information": "x", **wrong})


def test_the_database_wants_a_request_for_any_other_ground():
    case = make_objection(lapsed(), grounds="c")

    with pytest.raises(IntegrityError), transaction.atomic():
        Objection.objects.filter(case=case).update(request=None)


# When it may be filed: 30 working days from the day the ground could be known.


def test_while_the_time_to_answer_runs_there_is_no_ground_yet():
    request = make_case(R, at=NOW - timedelta(days=3))

    with pytest.raises(NoGroundYet, match="4 Desember 2026"):
        make_objection(request, grounds="c")


def test_on_the_due_date_itself_the_answer_may_still_come():
    request = lapsed()
    due = NOW.replace(month=request.due_on.month, day=request.due_on.day)

    with pytest.raises(NoGroundYet):
        make_objection(request, due)
    case = make_objection(request, due + timedelta(days=1))

    assert case.detail.found_on == request.due_on + timedelta(days=1)


def test_a_lapse_counts_from_the_day_after_the_due_date():
    request = lapsed()

    detail = make_objection(request, grounds="cg").detail

    assert detail.found_on == request.due_on + timedelta(days=1)
    assert detail.file_until == add_working_days(detail.found_on, 30)


def test_a_decision_counts_from_its_signature(desk):
    request = make_decided(desk, AGO)

    detail = make_objection(request, grounds="d").detail

    assert detail.found_on == AGO.date()


def test_an_extension_can_be_objected_to(desk):
    request = make_case(R, Status.IN_PROGRESS, desk=desk, at=NOW - timedelta(days=5))
    cases_actions.extend(request, actor=desk.head, reason="Data tersebar.", at=NOW)

    assert make_objection(request, grounds="g").detail.found_on == TODAY


def test_a_request_put_aside_counts_from_its_closing(desk):
    request = make_case(R, Status.ARCHIVED, desk=desk, at=NOW - timedelta(days=2))

    assert make_objection(request, grounds="e").detail.found_on == (NOW - timedelta(days=2)).date()


def test_the_last_day_is_in_time_and_the_next_is_refused_with_the_day(desk):
    request = make_decided(desk, AGO)
    until = add_working_days(AGO.date(), 30)
    late = NOW + (until - TODAY) + timedelta(days=1)

    with pytest.raises(FiledTooLate, match=f"{until.day} Desember 2026") as refusal:
        make_objection(request, late)
    assert refusal.value.until == until
    case = make_objection(request, late - timedelta(days=1))

    assert case.detail.file_until == until


def test_a_later_find_is_believed_for_30_working_days_more(desk):
    request = make_decided(desk, NOW - timedelta(days=120))

    with pytest.raises(FiledTooLate):
        make_objection(request)
    for impossible in (TODAY + timedelta(days=1), TODAY - timedelta(days=200)):
        with pytest.raises(CaseError):
            make_objection(request, found_on=impossible)
    with pytest.raises(FiledTooLate):
        make_objection(request, found_on=TODAY - timedelta(days=90))
    detail = make_objection(request, found_on=TODAY - timedelta(days=10)).detail

    assert detail.found_on == TODAY - timedelta(days=10)
    assert detail.file_until == add_working_days(detail.found_on, 30)


def test_the_citizens_own_day_does_not_matter_while_the_offices_runs(desk):
    request = make_decided(desk, AGO)

    assert make_objection(request, found_on=TODAY).detail.found_on == AGO.date()


def test_while_no_decree_tells_the_last_day_the_right_does_not_lapse(desk):
    request = make_decided(desk, AGO)
    Holiday.objects.all().delete()
    cache.clear()

    detail = make_objection(request).detail

    assert (detail.found_on, detail.file_until) == (AGO.date(), None)


def test_one_objection_at_a_time():
    request = lapsed()
    first = make_objection(request)

    with pytest.raises(CaseError, match=first.reference):
        make_objection(request)
    cases_actions.withdraw(first)

    assert make_objection(request).reference == "KB-2026-000002"


def test_what_the_superior_has_answered_goes_to_the_commission_and_not_back(desk):
    request = make_decided(desk, AGO, REFUSED)
    case = bring(make_objection(request), desk, answer=UPHELD)
    actions.decide_objection(case, actor=desk.office_head)

    with pytest.raises(CaseError, match="Komisi Informasi"):
        make_objection(again(request))


def test_an_objection_typed_with_the_minute_of_the_signature_came_after_it(desk):
    signed = AGO + timedelta(minutes=5, seconds=42)
    request = make_decided(desk, signed - timedelta(minutes=5), REFUSED)
    objection = make_objection(request, signed.replace(second=0))

    actions.decide_objection(bring(objection, desk, answer=UPHELD), actor=desk.office_head)

    with pytest.raises(CaseError, match="Komisi Informasi"):
        make_objection(again(request))
    assert request_part(again(request), NOW.date()) is None


@pytest.mark.parametrize("status", [Status.WITHDRAWN, Status.DUPLICATE])
def test_what_was_taken_back_cannot_be_objected_to(desk, status):
    with pytest.raises(CaseError):
        make_objection(make_case(R, status, desk=desk, at=AGO))


def test_only_a_request_can_be_objected_to():
    with pytest.raises(CaseError):
        make_objection(make_case(at=AGO))


# What the office can tell by itself.


@pytest.mark.parametrize(
    ("decision", "letters"), [(GRANTED, ""), (REFUSED, "a"), (PARTLY, "d"), (NOT_HELD, "e")]
)
def test_a_decision_suggests_its_ground(desk, decision, letters):
    assert evident(make_decided(desk, AGO, decision), TODAY) == letters


def test_a_late_refusal_suggests_lateness_too(desk):
    request = make_case(R, Status.IN_PROGRESS, desk=desk, at=AGO)
    assert evident(request, TODAY) == "cg"
    decide(request, desk, NOW, **NOT_HELD)

    assert evident(again(request), TODAY) == "eg"
