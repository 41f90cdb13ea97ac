"""The same link or form in many hands at the same moment."""

import pytest
from django.test import Client

from surveys import actions
from surveys.actions import AlreadyAnswered
from surveys.models import FlagReason, Response, SpentKey
from tests.races import at_once, split

from .answers import at_the_counter, make_link, make_sheet, mixed

pytestmark = pytest.mark.usefixtures("committed_db")


def test_a_link_used_many_times_at_once_is_one_answer():
    sheet = make_sheet()

    made, refused = split(at_once(8, lambda n: actions.respond(sheet)))

    assert len(made) == Response.objects.count() == SpentKey.objects.count() == 1
    assert {type(error) for error in refused} == {AlreadyAnswered}


def test_everybody_who_sends_at_once_is_thanked():
    link = make_link()

    # Who comes after the first one has been kept is thanked right away, the others are led there.
    sent = at_once(6, lambda n: Client().post(link, mixed(), follow=True))

    assert {response.status_code for response in sent} == {200}
    assert all("Terima kasih" in response.content.decode() for response in sent)
    assert Response.objects.count() == 1


def test_a_burst_at_once_is_marked_as_a_whole_with_the_next_answer():
    sheets = [at_the_counter("ponsel") for _ in range(6)]

    made, errors = split(at_once(6, lambda n: actions.respond(sheets[n])))
    actions.respond(at_the_counter("ponsel"))

    assert (len(made), errors) == (6, [])
    flags = Response.objects.values_list("flag_reason", flat=True)
    assert list(flags) == [FlagReason.SAME_DEVICE] * 7
