"""What is counted apart because of where and how fast it came."""

from datetime import timedelta

import pytest
from django.core.management import call_command

from surveys import actions, bursts
from surveys.bursts import Circumstances, device_digest
from surveys.models import AskingRules, FlagReason, Response, Source, SpentKey, Trace
from tests.factories import NOW

from .answers import at_the_counter, make_response, make_sheet

pytestmark = pytest.mark.django_db


def flags():
    return list(Response.objects.order_by("pk").values_list("flag_reason", flat=True))


def test_from_the_third_answer_of_one_phone_on_all_of_them_are_marked():
    for minute in range(2):
        actions.respond(at_the_counter("ponsel"), at=NOW + timedelta(minutes=minute))
    assert flags() == ["", ""]

    actions.respond(at_the_counter("ponsel"), at=NOW + timedelta(minutes=3))

    assert flags() == [FlagReason.SAME_DEVICE] * 3
    assert Response.objects.counted().count() == 0


def test_different_phones_and_long_pauses_are_no_burst():
    for number in range(4):
        actions.respond(at_the_counter(f"ponsel-{number}"), at=NOW)
        actions.respond(at_the_counter("lama"), at=NOW + timedelta(minutes=10 * number))

    assert set(flags()) == {""}


def test_going_on_to_the_other_questionnaires_is_no_burst():
    for code in ("skm", "spkp", "spak"):
        for _ in range(2):
            actions.respond(at_the_counter("ponsel", code=code), at=NOW)

    assert set(flags()) == {""}


def test_many_answers_of_one_code_in_a_minute_are_marked_also_the_first():
    for number in range(7):
        actions.respond(at_the_counter(f"ponsel-{number}"), at=NOW + timedelta(seconds=5 * number))
    actions.respond(at_the_counter("lain", place="loket-tiga"), at=NOW)

    assert flags() == [FlagReason.CROWD] * 7 + [""]


def test_the_kiosk_is_one_device_for_everybody():
    seen = Circumstances(place="kios", is_installed=True, seconds=30)
    for minute in range(5):
        make_response(source=Source.KIOSK, circumstances=seen, at=NOW + timedelta(minutes=minute))

    assert set(flags()) == {""}


def test_the_limits_are_the_offices_own():
    AskingRules.objects.update(device_answers=1)

    for _ in range(2):
        actions.respond(at_the_counter("ponsel"), at=NOW)

    assert set(flags()) == {FlagReason.SAME_DEVICE}


def test_an_answer_by_link_leaves_no_trace():
    seen = Circumstances(device="ponsel", place="x", seconds=5)

    actions.respond(make_sheet(circumstances=seen))

    assert not Trace.objects.exists()


def test_traces_are_forgotten_after_two_hours_and_forms_after_a_week():
    actions.respond(at_the_counter("ponsel"), at=NOW)
    make_response(digest="a" * 64)

    assert bursts.sweep(NOW + timedelta(hours=2)) == 0
    assert bursts.sweep(NOW + timedelta(hours=2, minutes=1)) == 1
    call_command("hourly", at=NOW + timedelta(days=8))

    # The used link stays used for ever.
    assert list(SpentKey.objects.values_list("digest", flat=True)) == ["a" * 64]


def test_the_next_answer_sweeps_as_well():
    actions.respond(at_the_counter("ponsel"), at=NOW)
    actions.respond(at_the_counter("lain"), at=NOW + timedelta(hours=3))

    assert Trace.objects.get().device == "lain"


def test_a_device_is_another_one_tomorrow():
    today = device_digest("203.0.113.7", "Firefox", NOW)

    assert today == device_digest("203.0.113.7", "Firefox", NOW + timedelta(hours=1))
    assert today != device_digest("203.0.113.7", "Chrome", NOW)
    assert today != device_digest("203.0.113.7", "Firefox", NOW + timedelta(days=1))
    assert "203" not in today
