"""The verb that writes down an objection that came by word of mouth, by letter, by phone or on
paper.
"""

from datetime import date, datetime, timedelta

import pytest

from cases import actions
from cases.actions import Identity
from cases.models import Case, DeadlineRule
from cases.workflow import CaseError, Channel, Kind, NotAllowed
from inforequests.actions import (
    ReceiptRefused,
    RequestNotFound,
    enter_objection,
    find_request,
)
from inforequests.actions.paper import CHANNELS
from inforequests.grounds import FiledTooLate, NoGroundYet
from office.roles import Role
from tests.cases.snapshot import snapshot
from tests.factories import IDENTITY, NOW, WIB, codes, make_case, make_desk, make_user

from .objections import AGO, REFUSED, decide, lapsed, make_decided
from .paper import MAY_ENTER, MAY_NOT, make_officer

pytestmark = pytest.mark.django_db
MONDAY = NOW - timedelta(days=1)
CODE = "ABCD2345EFGH6789"


def enter(request, actor=None, **given):
    objection = {
        "received_at": MONDAY,
        "channel": Channel.LETTER,
        "grounds": "c",
        "narrative": "Permohonan saya tidak dijawab.",
    }
    return enter_objection(request=request, actor=actor or make_officer(), **{**objection, **given})


def periodic(actor=None, **given):
    about = {"periodic_information": "Laporan keuangan 2025", "identity": IDENTITY, "grounds": "b"}
    return enter(None, actor, **{**about, **given})


@pytest.mark.parametrize("role", MAY_ENTER)
def test_who_may_enter_does_and_both_histories_name_the_hour(role):
    actor, request = make_user(role), lapsed()

    objection = enter(request, actor)

    received, told = objection.events.get(), request.events.last()
    assert (received.code, received.actor, received.at) == ("diterima", actor, MONDAY)
    assert codes(request) == ["diterima", "keberatan_diajukan"]
    assert told.data["objection"] == objection.reference
    for event in (received, told):
        assert datetime.fromisoformat(event.data["entered_at"]) - NOW < timedelta(minutes=1)
    assert "assisted" not in received.data


@pytest.mark.parametrize("role", MAY_NOT)
def test_nobody_else_enters(role):
    request = lapsed()
    before, actor = snapshot(request), make_user(role, section="tikkim")

    for forbidden in (lambda: enter(request, actor), lambda: periodic(actor)):
        with pytest.raises(NotAllowed):
            forbidden()

    assert snapshot(request) == before
    assert not Case.objects.filter(kind=Kind.OBJECTION).exists()


@pytest.mark.parametrize("channel", CHANNELS)
def test_every_way_without_the_web_gives_a_received_objection(channel):
    objection = enter(lapsed(), channel=channel)

    assert (objection.channel, objection.status) == (channel, "diterima")
    assert objection.reference == "KB-2026-000001"


@pytest.mark.parametrize("channel", [Channel.WEB, Channel.WHATSAPP, ""])
def test_another_channel_is_refused(channel):
    with pytest.raises(CaseError):
        enter(lapsed(), channel=channel)


def test_applicant_subject_and_purpose_are_those_of_the_request():
    request = lapsed()

    objection = enter(request)

    assert objection.identity.nik == request.identity.nik
    assert objection.subject == request.subject
    assert objection.detail.purpose == request.detail.purpose
    assert enter(lapsed(), purpose="Skripsi").detail.purpose == "Skripsi"


def test_the_thirty_days_to_answer_count_from_the_real_date():
    friday = datetime(2026, 11, 20, 17, 0, tzinfo=WIB)

    objection = enter(lapsed(), received_at=friday)

    assert objection.received_at == friday
    assert objection.clock_started_on == date(2026, 11, 20)


def test_a_letter_that_came_in_time_is_in_time_however_late_it_is_entered():
    request = make_decided(make_desk(), NOW - timedelta(days=60), REFUSED)
    until = enter(request, grounds="a", received_at=NOW - timedelta(days=30)).detail.file_until

    assert until < NOW.date()


def test_a_letter_that_came_too_late_is_refused_until_a_later_finding_is_named():
    request = make_decided(make_desk(), NOW - timedelta(days=60), REFUSED)

    with pytest.raises(FiledTooLate):
        enter(request, grounds="a")

    found = NOW.date() - timedelta(days=5)
    assert enter(request, grounds="a", found_on=found).detail.found_on == found


def test_a_silence_that_was_ended_after_the_letter_came_is_still_a_ground():
    desk, letter = make_desk(), NOW - timedelta(days=8)
    request = make_case("permohonan", "diproses", desk=desk, at=AGO)

    decide(request, desk, NOW - timedelta(days=6))

    objection = enter(Case.objects.get(pk=request.pk), received_at=letter, grounds="cg")

    assert objection.detail.found_on == request.due_on + timedelta(days=1)


def test_a_letter_that_came_before_the_answer_was_due_has_no_ground_yet():
    with pytest.raises(NoGroundYet):
        enter(lapsed(), received_at=AGO + timedelta(days=2))


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (NOW + timedelta(minutes=5), "belum terjadi"),
        (AGO - timedelta(hours=1), "tidak mungkin sebelum itu"),
        (datetime(2024, 12, 31, 23, 59, tzinfo=WIB), "paling lama tahun 2025"),
    ],
)
def test_an_impossible_moment_is_refused(moment, words):
    request = lapsed()
    before = snapshot(request)

    with pytest.raises(ReceiptRefused, match=words):
        enter(request, received_at=moment)

    assert snapshot(request) == before


def test_a_day_without_a_law_row_cannot_enter_the_register():
    DeadlineRule.objects.filter(kind="keberatan", step="jawaban").update(valid_from=NOW.date())
    request = lapsed()

    with pytest.raises(ReceiptRefused, match="belum ada aturan tenggat"):
        enter(request)


def test_periodic_information_needs_no_request_and_an_applicant():
    objection = periodic(by_proxy=True, is_assisted=True)

    assert objection.detail.request is None
    assert objection.detail.grounds == "b"
    assert objection.detail.by_proxy
    assert objection.identity.full_name == IDENTITY.full_name
    assert objection.events.get().data["assisted"] is True


@pytest.mark.parametrize("given", [{"grounds": "c"}, {"periodic_information": " "}])
def test_without_a_request_there_is_only_ground_b(given):
    with pytest.raises(CaseError, match="huruf b"):
        periodic(**given)


def test_there_is_one_objection_at_a_time():
    request = lapsed()
    enter(request)

    with pytest.raises(CaseError, match="masih diproses"):
        enter(request)


# Who is shown to be the applicant


@pytest.mark.parametrize(
    "proof", [IDENTITY.nik, "3273 0145 0790 0003", f" {CODE} ", "abcd-2345-efgh-6789"]
)
def test_nik_or_code_show_whose_request_it_is(proof):
    request = make_case("permohonan", code=CODE)

    assert find_request(request.reference, proof, actor=make_officer()) == request


def test_a_legal_body_shows_its_decree():
    body = Identity(kind="badan_hukum", full_name="PT Maju", legal_entity_number="AHU-1/2020")
    request = make_case("permohonan", identity=body)

    assert find_request(request.reference, " ahu-1/2020", actor=make_officer()) == request


@pytest.mark.parametrize(
    "proof", ["", "  ", "3273014507900004", "WXYZ2345EFGH6789", "AHU-1", "\x00"]
)
def test_without_proof_an_officer_who_may_not_open_it_finds_nothing(proof):
    request = make_case("permohonan", code=CODE)

    with pytest.raises(RequestNotFound):
        find_request(request.reference, proof, actor=make_officer())


def test_whoever_may_open_the_request_needs_no_proof():
    request = make_case("permohonan")

    assert find_request(request.reference, "", actor=make_user(Role.VERIFIER)) == request


@pytest.mark.parametrize("kind", ["pengaduan", "pertanyaan", "keberatan"])
def test_only_requests_are_found(kind):
    case = make_case(kind)

    with pytest.raises(RequestNotFound):
        find_request(case.reference, IDENTITY.nik, actor=make_user(Role.VERIFIER))


def test_who_is_reported_in_a_request_does_not_find_it():
    desk, officer = make_desk(), make_officer()
    request = make_case("permohonan")
    actions.verify(request, actor=desk.verifier, section=desk.section, reported=[officer])

    with pytest.raises(RequestNotFound):
        find_request(request.reference, IDENTITY.nik, actor=officer)
