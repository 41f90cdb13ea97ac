"""What a browser may keep of the library, and when it has to ask anew."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.utils import timezone

from infocontent import actions
from infocontent.models import Announcement, Item, PublicInformation, Tariff
from office.roles import Role
from tests.factories import NOW, make_user

from .items import make_draft, make_item, put_out
from .shelf import text

pytestmark = pytest.mark.django_db

PAGES = [
    "/informasi/",
    "/informasi/?q=paspor",
    "/informasi/faq/",
    "/informasi/topik/paspor/",
    "/informasi/tarif/",
    "/informasi/syarat-paspor/",
    "/informasi/rss.xml",
    "/sitemap.xml",
]


@pytest.fixture
def item():
    return make_item()


@pytest.fixture
def reader(client, item):
    """A browser that has been here before: it has its form cookie."""
    client.get("/informasi/syarat-paspor/")
    return client


def again(reader, page, address="/informasi/syarat-paspor/", **headers):
    """What the browser is told when it asks whether its copy still holds."""
    return reader.get(address, headers={"If-None-Match": page["ETag"], **headers}).status_code


@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_kept_for_a_minute_by_the_reader_alone(reader, address):
    page = reader.get(address)

    assert set(page["Cache-Control"].split(", ")) == {"private", "max-age=60"}
    assert "Cookie" in page["Vary"]
    assert re.fullmatch('"[0-9a-f]{32}"', page["ETag"])


@pytest.mark.parametrize("address", PAGES)
def test_an_unchanged_page_is_not_sent_twice(reader, django_assert_num_queries, address):
    page = reader.get(address)

    with django_assert_num_queries(1):
        answer = reader.get(address, headers={"If-None-Match": page["ETag"]})

    assert (answer.status_code, answer.content) == (304, b"")
    assert "max-age=60" in answer["Cache-Control"]


def rename_topic():
    """As the admin does it: the table has no verbs, but every change is logged."""
    LogEntry.objects.create(
        user=make_user(Role.HUMAS),
        content_type=ContentType.objects.get_for_model(Item),
        action_flag=CHANGE,
        object_repr="Topik",
    )


def announce():
    announcement = actions.draft_announcement(actor=make_user(Role.HUMAS), title="Gangguan")
    actions.publish_announcement(announcement, actor=make_user(Role.PPID))


CHANGES = {
    "published": lambda: make_item("lain"),
    "archived": lambda: actions.archive(
        Item.objects.get(slug="syarat-paspor"), actor=make_user(Role.PPID), reason="Aturan baru"
    ),
    "checked": lambda: actions.confirm_current(
        Item.objects.get(slug="syarat-paspor"), actor=make_user(Role.HUMAS)
    ),
    "announced": announce,
    "listed": lambda: PublicInformation.objects.create(number=999, summary="Laporan"),
    "updated": lambda: PublicInformation.objects.filter(number=998).update(
        updated_at=timezone.now() + timedelta(days=9)
    ),
    "priced": lambda: Tariff.objects.create(
        code="baru", group="paspor", name="Baru", amount=1, valid_from="2026-01-01", source="PP"
    ),
    "edited": rename_topic,
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_changes_the_library_makes_pages_new(reader, change):
    PublicInformation.objects.create(number=998, summary="Anggaran")
    page = reader.get("/informasi/syarat-paspor/")
    assert again(reader, page) == 304

    CHANGES[change]()

    assert again(reader, page) in (200, 410)


def test_pages_become_new_when_something_ends_or_begins_by_itself(reader):
    short = make_draft("sebentar", at=NOW, plan={"expires_at": NOW + timedelta(hours=1)})
    put_out(short, at=NOW)
    page = reader.get("/informasi/syarat-paspor/")
    assert again(reader, page) == 304

    with time_machine.travel(NOW + timedelta(hours=2)):
        assert again(reader, page) == 200


def test_pages_become_new_when_an_announcement_begins(reader):
    Announcement.objects.create(
        title="Nanti",
        slug="nanti",
        state="terbit",
        is_emergency=True,
        published_at=NOW,
        starts_at=NOW + timedelta(hours=1),
    )
    page = reader.get("/informasi/syarat-paspor/")

    with time_machine.travel(NOW + timedelta(hours=2)):
        assert again(reader, page) == 200


def test_pages_become_new_with_the_day_of_the_office(reader):
    page = reader.get("/informasi/syarat-paspor/")

    with time_machine.travel(NOW.replace(hour=23, minute=59)):
        assert again(reader, page) == 304
    with time_machine.travel(NOW.replace(hour=0, minute=1) + timedelta(days=1)):
        assert again(reader, page) == 200


def test_another_language_is_another_page(reader):
    page = reader.get("/informasi/syarat-paspor/")

    reader.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"

    assert again(reader, page) == 200


def test_another_form_cookie_gets_a_form_that_fits_it(reader):
    page = reader.get("/informasi/syarat-paspor/")

    reader.cookies[settings.CSRF_COOKIE_NAME] = "a" * 32

    assert again(reader, page) == 200


def test_other_words_are_another_page(reader):
    page = reader.get("/informasi/?q=paspor")

    assert again(reader, page, "/informasi/?q=visa") == 200


def test_staff_get_every_page_anew(reader):
    reader.force_login(make_user(Role.HUMAS))

    page = reader.get("/informasi/syarat-paspor/")

    assert not page.has_header("ETag")
    assert set(page["Cache-Control"].split(", ")) == {"private", "no-cache"}


def test_a_page_that_tells_a_reader_something_is_not_kept(reader):
    page = reader.get("/informasi/")
    reader.cookies["messages"] = "rusak"

    answer = reader.get("/informasi/", headers={"If-None-Match": page["ETag"]})

    assert answer.status_code == 200
    assert "no-cache" in answer["Cache-Control"]


def test_the_form_of_a_kept_page_still_works(item):
    browser = Client(enforce_csrf_checks=True)
    browser.get("/informasi/syarat-paspor/")
    page = browser.get("/informasi/syarat-paspor/")
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', text(page))[1]
    assert again(browser, page) == 304

    sent = browser.post(
        "/informasi/syarat-paspor/suara/", {"answer": "ya", "csrfmiddlewaretoken": token}
    )

    assert sent.status_code == 302
