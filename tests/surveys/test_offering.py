"""When and where a citizen or visitor is asked."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail

from cases.mail import deliver
from cases.models import Notice
from cases.workflow import Status
from surveys import inviting
from surveys.models import Instrument, Invitation
from tests.cases.citizens import CASE, open_case
from tests.factories import NOW, make_case
from tests.yankomas.room import make_visit
from yankomas.workflow import Status as VisitStatus

from .answers import fill_in, text

pytestmark = pytest.mark.django_db

LINK = re.compile(r"/survei/[A-Za-z0-9_-]{22}/")


def links(words):
    return LINK.findall(words)


def close_mail(case):
    notice = Notice.objects.get_or_create(case=case, code="ditutup", recipient=None, event_seq=99)[
        0
    ]
    deliver(notice.pk)
    return mail.outbox[-1].body


@pytest.mark.parametrize(("language", "word"), [("id", "pelayanan kami"), ("en", "How did we do")])
def test_the_letter_about_the_end_of_a_case_has_the_link(client, language, word):
    case = make_case(status=Status.DONE, language=language)

    body = close_mail(case)

    (link,) = links(body)
    assert word in body
    assert f"http://testserver{link}" in body
    assert client.get(link).status_code == 200


def test_the_tracking_page_shows_the_same_link_until_it_is_used(client):
    case = open_case(client, status=Status.DONE)
    assert links(close_mail(case)) == links(text(client.get(CASE)))
    (link,) = links(text(client.get(CASE)))

    fill_in(client, link)

    assert links(text(client.get(CASE))) == []
    invitation = Invitation.objects.get()
    assert (invitation.after, invitation.service) == ("kasus", case.kind)


@pytest.mark.parametrize(
    "status", [status for status in Status if status not in (Status.DONE, Status.DUPLICATE)]
)
def test_only_who_was_answered_is_asked(status):
    case = make_case(status=status)

    assert inviting.after_case(case) == ""
    assert not Invitation.objects.exists()


def test_after_its_time_nobody_is_asked_any_more():
    case = make_case(status=Status.DONE)

    with time_machine.travel(case.closed_at + timedelta(days=32)):
        assert inviting.after_case(case) == ""


def test_where_no_instrument_is_in_force_nobody_is_asked():
    Instrument.objects.update(valid_from=NOW.date() + timedelta(days=1))

    assert inviting.after_case(make_case(status=Status.DONE)) == ""


def test_a_case_closed_again_is_asked_about_again():
    case = make_case(status=Status.DONE)
    first = inviting.after_case(case)
    case.closed_at += timedelta(days=2)

    assert first == inviting.after_case(make_case_again(case))
    assert inviting.after_case(case) != first


def make_case_again(case):
    return type(case).objects.get(pk=case.pk)


def test_a_visitor_who_was_served_is_asked_on_the_page_of_the_number(client):
    visit, _shift = make_visit(VisitStatus.DONE)

    (link,) = links(text(client.get(f"/yankomas/antrean/{visit.token}/")))
    fill_in(client, link)

    assert links(text(client.get(f"/yankomas/antrean/{visit.token}/"))) == []
    assert Invitation.objects.get().service == "paspor"


@pytest.mark.parametrize(
    "status", [VisitStatus.WAITING, VisitStatus.SERVING, VisitStatus.NO_SHOW, VisitStatus.UNSERVED]
)
def test_a_visitor_who_was_not_served_is_not_asked(client, status):
    visit, _shift = make_visit(status)

    assert links(text(client.get(f"/yankomas/antrean/{visit.token}/"))) == []


def test_the_slip_says_that_the_survey_will_be_there(client):
    visit, _shift = make_visit(VisitStatus.WAITING)

    assert "Sesudah dilayani" in text(client.get(f"/yankomas/antrean/{visit.token}/slip/"))
