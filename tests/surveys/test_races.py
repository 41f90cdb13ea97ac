"""The same link or form in many hands at the same moment."""

from datetime import date

import pytest
from django.test import Client

from office.roles import Role
from surveys import actions
from surveys.actions import AlreadyAnswered
from surveys.models import FlagReason, Response, SpentKey, SurveyReport
from surveys.period import Period
from surveys.reporting.actions import LeavesFew, publish_report
from tests.factories import make_user
from tests.races import at_once, split

from .answers import at_the_counter, make_link, make_sheet, mixed
from .writing import make_draft, make_published, many_answers

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


@pytest.mark.usefixtures("plain_paper")
def test_two_periods_that_tell_of_a_few_together_do_not_come_out_at_once():
    for month, people in ((7, 10), (8, 10), (9, 3)):
        many_answers(people, date(2026, month, 1))
    ppid = make_user(Role.PPID)
    make_published(ppid, Period(2026, "t3"), people=0)
    drafts = [make_draft(ppid, Period(2026, month)) for month in ("07", "08")]

    made, refused = split(at_once(2, lambda n: publish_report(drafts[n], actor=ppid)))

    assert len(made) == 1
    assert [type(error) for error in refused] == [LeavesFew]
    assert SurveyReport.objects.published().filter(months=1).count() == 1
