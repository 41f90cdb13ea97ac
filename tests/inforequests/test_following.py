"""What the tracking page tells of the days on which a right ends."""

from datetime import timedelta

import pytest
from django.core.cache import cache

from cases import access_code
from cases.models import DeadlineRule
from cases.workflow import Kind
from inforequests.actions import decide_objection
from tests.cases.citizens import page, unlock
from tests.factories import NOW, UPHELD, make_desk

from .objections import REFUSED, bring, make_decided, make_objection

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_paper")]
AGO = NOW - timedelta(days=28)
HOW = "hari kerja, dihitung mulai hari setelah"


def refused(client, desk):
    code = access_code.make_access_code()
    unlock(client, make_decided(desk, AGO, REFUSED, code=code), code)


def test_after_the_answer_the_days_of_the_case_can_still_be_followed(client):
    refused(client, make_desk())

    assert "/lacak/kasus/tenggat/" in page(client)


def test_until_when_one_may_object_is_counted_day_by_day(client):
    refused(client, make_desk())

    shown = page(client)

    assert f"30 {HOW} Selasa, 27 Oktober 2026" in shown
    assert "<li>Sabtu, 31 Oktober 2026: Sabtu</li>" in shown


@pytest.fixture
def answered(client):
    """The page of an objection that the Atasan PPID has answered is open."""
    desk, code = make_desk(), access_code.make_access_code()
    request = make_decided(desk, AGO, REFUSED)
    case = bring(make_objection(request, code=code), desk, answer=UPHELD)
    decide_objection(case, actor=desk.office_head, at=NOW)
    unlock(client, case, code)


@pytest.mark.usefixtures("answered")
def test_until_when_the_commission_may_be_asked_is_counted_day_by_day(client):
    assert f"14 {HOW} Selasa, 24 November 2026" in page(client)


@pytest.mark.usefixtures("answered")
def test_a_day_that_is_not_counted_so_any_more_stands_without_its_counting(client):
    DeadlineRule.objects.filter(kind=Kind.OBJECTION, step="sengketa").update(days=20)
    cache.clear()

    shown = page(client)

    assert "Senin, 14 Desember 2026" in shown
    assert HOW not in shown
