"""What the office publishes: its pages, who writes it, and what the database refuses."""

import json

import pytest
import segno
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone, translation

from infocontent import actions
from infocontent.models import Item, Topic
from kanim_portal.management.commands.load_office import DEFAULTS
from office.roles import Role
from tests.conftest import load_office
from tests.factories import NOW, make_user
from tests.kanim_portal.english import assert_english

from .items import make_item

pytestmark = pytest.mark.django_db

LIST = "/admin/infocontent/item/"
OTHERS = [role for role in Role if role != Role.HUMAS]


def text(response):
    return response.content.decode()


# The page


def test_a_published_item_has_a_page_and_a_code_to_scan(client):
    item = make_item(link="https://example.go.id/paspor.pdf")

    page = text(client.get("/informasi/syarat-paspor/"))

    assert "<h1>Judul syarat-paspor</h1>" in page
    assert "<p>Isi pertama.</p>" in page
    assert "<p>Isi kedua.</p>" in page
    assert '<a href="https://example.go.id/paspor.pdf">' in page
    assert "Tanya jawab · Paspor baru" in page
    assert f'src="{item.get_absolute_url()}qr.svg"' in page
    assert "http://testserver/informasi/syarat-paspor/" in page


def test_line_breaks_are_kept_and_markup_is_only_text(client):
    make_item(body="Satu\nDua <script>alert(1)</script>")

    page = text(client.get("/informasi/syarat-paspor/"))

    assert "<p>Satu<br>Dua &lt;script&gt;alert(1)&lt;/script&gt;</p>" in page


def test_the_code_is_a_picture_of_the_public_address(client, settings, monkeypatch):
    make_item()
    settings.SITE_URL = "https://portal.example"
    drawn = []
    draw = segno.make_qr
    monkeypatch.setattr(
        "infocontent.views.segno.make_qr",
        lambda content, **more: drawn.append(content) or draw(content, **more),
    )

    answer = client.get("/informasi/syarat-paspor/qr.svg")

    assert answer["Content-Type"] == "image/svg+xml"
    assert answer.content.startswith(b"<?xml")
    assert drawn == ["https://portal.example/informasi/syarat-paspor/"]


@pytest.mark.parametrize("tail", ["", "qr.svg"])
def test_what_is_not_published_is_not_there(client, tail):
    item = make_item(is_published=False)
    assert client.get(f"{item.get_absolute_url()}{tail}").status_code == 404

    actions.publish(item, actor=make_user(Role.HUMAS))
    assert client.get(f"{item.get_absolute_url()}{tail}").status_code == 200

    actions.unpublish(item, actor=make_user(Role.HUMAS))
    assert client.get(f"{item.get_absolute_url()}{tail}").status_code == 404


@pytest.mark.parametrize("address", ["/informasi/tidak-ada/", "/informasi/", "/informasi/a%00b/"])
def test_a_made_up_address_is_not_there(client, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("tail", ["", "qr.svg"])
def test_a_page_is_asked_for_again_and_only_read(client, tail):
    address = f"{make_item().get_absolute_url()}{tail}"

    assert client.get(address)["Cache-Control"] == "private, no-cache"
    assert client.head(address).status_code == 200
    assert client.post(address).status_code == 405


def test_a_page_needs_one_query_of_its_own(client, django_assert_num_queries):
    address = make_item().get_absolute_url()
    client.get(address)

    with django_assert_num_queries(1):
        client.get(address)
    with django_assert_num_queries(1):
        client.get(f"{address}qr.svg")


# English


def test_an_english_reader_gets_the_english_text(client):
    make_item(title_en="Passport requirements", body_en="First.\n\nSecond.")
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"

    page = text(client.get("/informasi/syarat-paspor/"))

    assert "<h1>Passport requirements</h1>" in page
    assert "<p>Second.</p>" in page
    assert "Isi kedua" not in page
    assert "only available in Indonesian" not in page


def test_without_english_the_reader_gets_indonesian_and_is_told_so(client):
    make_item(title_en="Passport requirements")
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"

    page = text(client.get("/informasi/syarat-paspor/"))

    assert "<h1>Passport requirements</h1>" in page
    assert "This text is only available in Indonesian." in page
    assert '<div lang="id"><p>Isi pertama.</p>' in page


def test_a_missing_english_title_falls_back():
    item = Item(title="Judul", body="Isi", body_en="Text")

    with translation.override("en"):
        assert (item.label, item.text) == ("Judul", "Text")
    with translation.override("id"):
        assert (item.label, item.text) == ("Judul", "Isi")


def test_the_page_of_a_translated_item_is_english_throughout():
    address = make_item(title_en="Requirements", body_en="First.").get_absolute_url()

    assert_english(Client(), lambda client: client.get(address))


# Verbs


def test_publishing_says_when_and_twice_is_once():
    item, humas = make_item(is_published=False), make_user(Role.HUMAS)

    actions.publish(item, actor=humas, at=NOW)
    actions.publish(item, actor=humas, at=NOW.replace(hour=12))

    item.refresh_from_db()
    assert (item.is_published, item.published_at) == (True, NOW)


def test_what_was_taken_back_and_published_again_has_the_new_moment():
    item, humas = make_item(is_published=False), make_user(Role.HUMAS)
    actions.publish(item, actor=humas, at=NOW)
    actions.unpublish(item, actor=humas)
    assert (item.is_published, item.published_at) == (False, NOW)

    actions.publish(item, actor=humas, at=NOW.replace(hour=12))

    assert item.published_at == NOW.replace(hour=12)


@pytest.mark.parametrize("role", OTHERS)
@pytest.mark.parametrize("verb", [actions.publish, actions.unpublish])
def test_only_humas_publishes_and_takes_back(role, verb):
    item = make_item(is_published=verb == actions.unpublish)
    before = item.is_published

    with pytest.raises(PermissionDenied):
        verb(item, actor=make_user(role))

    item.refresh_from_db()
    assert item.is_published == before


def test_published_is_what_everybody_may_see():
    Item.objects.all().delete()
    seen = make_item("terlihat")
    make_item("konsep", is_published=False)

    assert list(Item.objects.published()) == [seen]


@pytest.mark.parametrize(
    ("wrong", "constraint"),
    [
        ({"is_published": True, "published_at": None}, "item_published_says_when"),
        ({"body": "", "link": ""}, "item_is_not_empty"),
        ({"link": "http://example.go.id/"}, "item_link_is_https"),
        ({"link": "javascript:alert(1)"}, "item_link_is_https"),
        ({"slug": "lain"}, "slug"),
    ],
)
def test_the_database_refuses_what_cannot_be(wrong, constraint):
    make_item("lain", is_published=False)
    item = make_item(is_published=False)

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Item.objects.filter(pk=item.pk).update(**wrong)


# The admin


@pytest.fixture
def humas(client):
    client.force_login(make_user(Role.HUMAS))
    return client


def given(**more):
    return {
        "kind": "faq",
        "topic": Topic.objects.get(code="paspor-baru").pk,
        "title": "Syarat paspor baru",
        "title_en": "",
        "body": "Bawa KTP dan KK.",
        "body_en": "",
        "link": "",
        "slug": "syarat-baru",
        **more,
    }


def test_humas_writes_a_draft_and_publishes_it_later(humas):
    assert humas.post(f"{LIST}add/", given()).status_code == 302
    item = Item.objects.get(slug="syarat-baru")
    assert (item.is_published, item.published_at) == (False, None)

    humas.post(f"{LIST}{item.pk}/change/", given(is_published="on"))

    item.refresh_from_db()
    assert item.is_published
    assert abs(timezone.now() - item.published_at).total_seconds() < 60
    assert "/informasi/syarat-baru/" in text(humas.get(f"{LIST}{item.pk}/change/"))


def test_humas_publishes_at_once_and_takes_back(humas):
    assert humas.post(f"{LIST}add/", given(is_published="on")).status_code == 302
    item = Item.objects.get(slug="syarat-baru")
    assert item.published_at

    humas.post(f"{LIST}{item.pk}/change/", given())

    item.refresh_from_db()
    assert not item.is_published


def test_the_address_of_an_item_never_changes(humas):
    item = make_item()

    humas.post(f"{LIST}{item.pk}/change/", given(is_published="on", slug="lain"))

    item.refresh_from_db()
    assert (item.slug, item.title) == ("syarat-paspor", "Syarat paspor baru")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"body": " ", "link": ""}, "Tulis isinya, atau beri tautan."),
        ({"link": "http://example.go.id/"}, "errorlist"),
        ({"link": "javascript:alert(1)"}, "errorlist"),
        ({"slug": "dua kata"}, "errorlist"),
    ],
)
def test_a_wrong_item_is_not_kept(humas, wrong, said):
    page = humas.post(f"{LIST}add/", given(**wrong))

    assert page.status_code == 200
    assert said in text(page)
    assert not Item.objects.filter(title="Syarat paspor baru").exists()


def test_an_address_without_a_scheme_is_https(humas):
    humas.post(f"{LIST}add/", given(link="example.go.id/a"))

    assert Item.objects.get(slug="syarat-baru").link == "https://example.go.id/a"


def test_only_a_topic_that_people_choose_can_be_given(humas):
    group = Topic.objects.get(code="paspor")

    assert humas.post(f"{LIST}add/", given(topic=group.pk)).status_code == 200
    assert not Item.objects.filter(slug="syarat-baru").exists()


def test_nobody_deletes_an_item(humas):
    item = make_item()

    assert humas.post(f"{LIST}{item.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Item.objects.filter(pk=item.pk).exists()


@pytest.mark.parametrize("role", OTHERS)
def test_no_other_role_opens_the_items(client, role):
    item = make_item()
    client.force_login(make_user(role))

    for address in (LIST, f"{LIST}add/", f"{LIST}{item.pk}/change/"):
        assert client.get(address).status_code == 403
    assert client.post(f"{LIST}add/", given()).status_code == 403


def test_the_list_needs_no_more_queries_for_more_items(humas, django_assert_max_num_queries):
    humas.get(LIST)
    with django_assert_max_num_queries(8) as before:
        assert humas.get(LIST).status_code == 200

    for number in range(5):
        make_item(f"bahan-{number}")

    with django_assert_max_num_queries(len(before)):
        assert "Judul bahan-4" in text(humas.get(LIST))


# What an office begins with


def test_the_office_begins_with_six_items_four_of_them_in_english():
    items = json.loads((DEFAULTS / "items.json").read_text())

    assert Item.objects.published().count() == len(items) == 6
    assert Item.objects.exclude(title_en="").exclude(body_en="").count() == 4
    for item in Item.objects.select_related("topic"):
        item.full_clean()
        assert item.topic.parent_id


def test_an_office_with_items_of_its_own_keeps_only_those():
    Item.objects.all().delete()
    own = make_item()

    load_office()

    assert list(Item.objects.all()) == [own]
