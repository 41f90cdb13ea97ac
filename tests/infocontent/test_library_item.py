"""The page of one item: what it says, for whom, and what becomes of its address."""

import re
from datetime import timedelta

import pytest
import segno
from django.conf import settings
from django.test import Client
from django.utils import timezone

from infocontent import actions
from infocontent.models import Item
from infocontent.workflow import VersionState
from office.calendar import today
from office.roles import Role
from tests.factories import make_user
from tests.kanim_portal.english import assert_english

from .items import make_draft, make_item, put_out
from .shelf import fill, text

pytestmark = pytest.mark.django_db

PAGE = "/informasi/syarat-paspor/"


def preview_of(item):
    return item.open_version.get_absolute_url()


# What it says


def test_an_answer_names_its_law_and_its_dates(client):
    make_item(legal_source="UU 14/2008 Pasal 22", valid_from="2024-12-17")

    page = text(client.get(PAGE))

    assert "<dt>Dasar hukum</dt><dd>UU 14/2008 Pasal 22</dd>" in page
    assert "<dt>Berlaku sejak</dt><dd>17 Desember 2024</dd>" in page
    assert "<dt>Diperiksa terakhir</dt><dd>24 November 2026</dd>" in page
    assert 'href="/informasi/topik/paspor-baru/"' in page
    assert '<a href="/informasi/faq/">Tanya jawab</a>' in page


def test_an_answer_that_nobody_of_the_office_has_checked_says_so(client):
    make_item()
    Item.objects.update(checked_on=None)

    page = text(client.get(PAGE))

    assert "<dt>Diperiksa terakhir</dt><dd>Belum diperiksa kantor ini</dd>" in page


def test_the_text_is_markdown_and_never_markup_of_its_own(client):
    make_item(body="**Tebal**\n\n- satu\n\n<script>alert(1)</script>\n\n[x](javascript:alert(1))")

    page = text(client.get(PAGE))

    assert "<strong>Tebal</strong>" in page
    assert "<li>satu</li>" in page
    assert "<script>alert" not in page
    assert 'href="javascript:' not in page


def test_the_page_has_one_heading_a_description_and_an_address_of_its_own(client, settings):
    settings.SITE_URL = "https://portal.example"
    make_item(body="Bawa **KTP** & kartu keluarga.\n\n" + "Lalu datang. " * 40)

    page = text(client.get(f"{PAGE}?utm_source=ig", headers={"Host": "localhost"}))

    assert len(re.findall("<h1", page)) == 1
    assert '<link rel="canonical" href="https://portal.example/informasi/syarat-paspor/">' in page
    description = re.search(r'<meta name="description" content="([^"]*)">', page)[1]
    assert description.startswith("Bawa KTP &amp; kartu keluarga. Lalu datang.")
    assert len(description) < 170


def test_a_question_is_told_to_search_engines_as_one_and_other_kinds_are_not(client):
    make_item()
    video = {"link": "https://video.example/", "transcript": "Kata."}
    make_item("sebuah-video", kind="video", **video)

    page = text(client.get(PAGE))
    other = text(client.get("/informasi/sebuah-video/"))

    for mark in ("FAQPage", "Question", "Answer"):
        assert f'itemscope itemtype="https://schema.org/{mark}"' in page
    assert re.search(r'<h1 itemprop="name"[^>]*>Judul syarat-paspor</h1>', page)
    assert page.index('itemprop="acceptedAnswer"') < page.index('itemprop="text"')
    assert "<script>" not in page
    assert "schema.org" not in other


def test_a_text_past_its_review_warns_the_reader(client):
    item = make_item()
    assert "Mungkin sudah tidak berlaku." not in text(client.get(PAGE))

    Item.objects.filter(pk=item.pk).update(review_by=today() - timedelta(days=1))

    assert "Mungkin sudah tidak berlaku." in text(client.get(PAGE))


def test_others_of_the_same_topic_are_named(client):
    make_item()
    make_item("saudara", title="Judul saudara")
    make_item("jauh", "itas", title="Judul jauh")
    make_item("konsep", title="Judul konsep", is_published=False)

    page = text(client.get(PAGE))

    assert "Judul saudara" in page
    assert "Judul jauh" not in page
    assert "Judul konsep" not in page
    assert page.count("Judul syarat-paspor</a>") == 0


@pytest.mark.parametrize(
    ("role", "sees"),
    [(None, False), (Role.HUMAS, True), (Role.PPID, True), (Role.ADMINISTRATOR, False)],
)
def test_only_those_who_keep_the_library_see_what_is_to_be_checked(client, role, sees):
    item = make_item()
    Item.objects.filter(pk=item.pk).update(needs_check=True)
    if role:
        client.force_login(make_user(role))

    page = text(client.get(PAGE))

    assert ('<span class="periksa">' in page) == sees
    assert ("/admin/" in page) == sees


def test_the_code_leads_to_the_short_address(client, settings, monkeypatch):
    item = make_item()
    settings.SITE_URL = "https://portal.example"
    drawn = []
    draw = segno.make_qr
    monkeypatch.setattr(
        "infocontent.views.library.segno.make_qr",
        lambda content, **more: drawn.append(content) or draw(content, **more),
    )

    answer = client.get(f"{PAGE}qr.svg")

    assert answer["Content-Type"] == "image/svg+xml"
    assert drawn == [f"https://portal.example/q/{item.short_code}/"]
    page = text(client.get(PAGE))
    assert f'src="{PAGE}qr.svg"' in page
    assert f"https://portal.example/q/{item.short_code}/" in page
    assert "data-print" in page


# Its address through its life


@pytest.mark.parametrize("tail", ["", "qr.svg"])
def test_what_was_never_published_is_not_there(client, tail):
    make_draft()

    assert client.get(f"{PAGE}{tail}").status_code == 404


def test_an_old_address_leads_on_for_good(client):
    item = make_item()
    actions.rename(item, actor=make_user(Role.HUMAS), slug="baru")
    actions.rename(item, actor=make_user(Role.HUMAS), slug="lebih-baru")

    for old in (PAGE, "/informasi/baru/"):
        answer = client.get(old)
        assert (answer.status_code, answer["Location"]) == (301, "/informasi/lebih-baru/")


def test_an_old_address_of_a_draft_tells_nothing(client):
    item = make_draft()
    actions.rename(item, actor=make_user(Role.HUMAS), slug="baru")

    assert client.get(PAGE).status_code == 404


@pytest.mark.parametrize("is_renamed", [True, False])
def test_what_was_taken_back_is_gone_and_offers_the_search(client, is_renamed):
    item = make_item(body="Isi yang lama sekali.")
    if is_renamed:
        actions.rename(item, actor=make_user(Role.HUMAS), slug="baru")
    actions.archive(item, actor=make_user(Role.PPID), reason="Aturan baru")

    page = client.get(PAGE)

    assert page.status_code == 410
    assert "Bahan ini sudah tidak berlaku" in text(page)
    assert 'name="q"' in text(page)
    assert "Isi yang lama sekali" not in text(page)
    assert client.get(f"{PAGE}qr.svg").status_code == 404


def test_what_has_shown_as_long_as_it_was_meant_to_is_gone_at_once(client):
    now = timezone.now()
    item = make_draft(at=now, plan={"expires_at": now + timedelta(hours=1)})
    put_out(item, at=now)
    assert client.get(PAGE).status_code == 200

    Item.objects.update(expires_at=now - timedelta(seconds=1))

    assert client.get(PAGE).status_code == 410


def test_a_page_is_only_read(client):
    make_item()

    assert client.head(PAGE).status_code == 200
    assert client.post(PAGE).status_code == 405


# The preview


def test_the_preview_shows_the_version_under_work_and_says_that_it_is_one(client):
    item = make_item(body="Yang terbit.")
    actions.save(
        item,
        actor=make_user(Role.HUMAS),
        content={"body": "Yang baru.", "title": "Judul baru"},
    )

    page = client.get(preview_of(item))

    assert "Pratinjau, belum terbit." in text(page)
    assert "Yang baru." in text(page)
    assert "Yang terbit." not in text(page)
    assert "Apakah ini membantu?" not in text(page)
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in page["Cache-Control"]
    assert "Yang baru." not in text(client.get(PAGE))


def test_the_preview_of_what_went_out_leads_to_the_page(client):
    item = make_draft()
    address = preview_of(item)
    put_out(item)

    answer = client.get(address)

    assert (answer.status_code, answer["Location"]) == (302, PAGE)


def test_the_preview_of_a_discarded_or_past_version_is_gone(client):
    dropped = make_draft("satu")
    discarded = preview_of(dropped)
    actions.discard(dropped, actor=make_user(Role.HUMAS))
    item = make_draft("dua")
    past = preview_of(item)
    put_out(item)
    item.versions.update(state=VersionState.PAST)

    assert client.get(discarded).status_code == 404
    assert client.get(past).status_code == 404


@pytest.mark.parametrize("token", ["%00", "tebak%00an", "%0A"])
def test_a_preview_address_that_no_database_can_be_asked_for_is_not_there(client, token):
    assert client.get(f"/informasi/pratinjau/{token}/").status_code == 404


def test_a_guessed_preview_is_not_there(client):
    make_draft()

    assert client.get("/informasi/pratinjau/tidak-ada/").status_code == 404


# English


def english(client, address):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return text(client.get(address))


def test_an_english_reader_gets_the_english_text(client):
    make_item(title_en="Passport requirements", body_en="First.\n\nSecond.")

    page = english(client, PAGE)

    assert re.search(r"<h1[^>]*>Passport requirements</h1>", page)
    assert "<p>Second.</p>" in page
    assert "Isi kedua" not in page
    assert "only available in Indonesian" not in page


def test_without_english_the_reader_gets_indonesian_and_is_told_so(client):
    make_item(title_en="Passport requirements")

    page = english(client, PAGE)

    assert re.search(r"<h1[^>]*>Passport requirements</h1>", page)
    assert "This text is only available in Indonesian." in page
    assert re.search(r'<div class="isi-teks"[^>]* lang="id"><p>Isi pertama.</p>', page)


def test_the_page_of_a_translated_item_is_english_throughout():
    make_item(title_en="Requirements", body_en="First.")
    Item.objects.exclude(slug="syarat-paspor").update(state="arsip")

    assert_english(Client(), lambda client: client.get(PAGE))


def test_the_gone_page_is_english_throughout():
    actions.archive(make_item(), actor=make_user(Role.PPID), reason="Aturan baru")

    assert_english(Client(), lambda client: client.get(PAGE))


# Cost


def test_a_page_with_many_prices_asks_for_them_once(client, django_assert_max_num_queries):
    fill(5)
    names = " ".join(f"[[tarif {code}-{n}]]" for code in ("paspor-biasa", "visa") for n in range(9))
    make_item(body=names)
    client.get("/informasi/")

    with django_assert_max_num_queries(8):
        client.get(PAGE)
