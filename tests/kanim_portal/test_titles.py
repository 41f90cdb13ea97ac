"""A refused form is told of once in the title of the page, in the same word everywhere."""

import html
import re
from datetime import date

import pytest
from django.test import Client

from office.models import Section
from office.roles import Role
from reports.recap.actions import freeze_month
from tests.cases.desk import client_of
from tests.factories import make_user

pytestmark = pytest.mark.django_db
REFUSED = [
    (Role.ADMINISTRATOR, "/admin/office/section/add/", {"name": ""}),
    (Role.ADMINISTRATOR, "/admin/office/holiday/add/", {"date": "x"}),
    (Role.ADMINISTRATOR, "/admin/office/user/add/", {"username": ""}),
    (Role.VERIFIER, "/admin/password_change/", {"old_password": "x"}),
    (Role.VERIFIER, "/admin/channels/contact/add/", {"summary": ""}),
    (Role.VERIFIER, "/admin/channels/comment/impor/", {"periksa": ""}),
    (Role.VERIFIER, "/admin/inforequests/paperform/catat/", {"subject": ""}),
    (Role.OFFICE_HEAD, "/admin/rekap/bulan/?bulan=2026-03", {"text": ""}),
    (Role.VERIFIER, "/admin/cases/case/?received_from=kemarin", None),
]


def title_of(answer) -> str:
    page = answer.content.decode()
    return html.unescape(re.search(r"<title>(.*?)</title>", page, re.S)[1]).strip()


@pytest.mark.parametrize(("role", "address", "typed"), REFUSED)
def test_the_title_of_a_refused_form_begins_with_one_word_for_it(role, address, typed):
    freeze_month(date(2026, 3, 1), actor=make_user(Role.OFFICE_HEAD))
    browser = client_of(make_user(role))

    answer = browser.get(address) if typed is None else browser.post(address, typed)

    assert answer.status_code == 200
    assert re.match(r"Galat: (?!Galat)\w", title_of(answer)), title_of(answer)
    assert "Kesalahan" not in title_of(answer)


def test_the_title_of_a_changed_row_that_is_refused_says_so_once():
    section = Section.objects.first()
    browser = client_of(make_user(Role.ADMINISTRATOR))
    address = f"/admin/office/section/{section.pk}/change/"

    assert not title_of(browser.get(address)).startswith("Galat")
    assert title_of(browser.post(address, {"name": ""})).count("Galat: ") == 1


def test_the_title_of_a_refused_login_says_so_once():
    answer = Client().post("/admin/login/", {"username": "x", "password": "y"})

    assert title_of(answer).startswith("Galat: Masuk")


@pytest.mark.parametrize("address", sorted({row[1].split("?")[0] for row in REFUSED}))
def test_a_page_that_refused_nothing_has_no_such_word(address):
    browser = client_of(make_user(Role.VERIFIER))
    if address.startswith("/admin/office/"):
        browser = client_of(make_user(Role.ADMINISTRATOR))
    address += "?bulan=2026-03" if address.endswith("bulan/") else ""

    answer = browser.get(address)

    assert answer.status_code == 200
    assert "Galat" not in title_of(answer)
