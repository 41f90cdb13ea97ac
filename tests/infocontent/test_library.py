"""The front page of the library, its lists and its price list."""

from datetime import date

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from infocontent import actions
from infocontent.models import Item, Kind, Tariff, Topic
from office.roles import Role
from tests.factories import make_user
from tests.kanim_portal.english import assert_english

from .items import make_item
from .shelf import fill, text

pytestmark = pytest.mark.django_db

PAGES = [
    "/informasi/",
    "/informasi/faq/",
    "/informasi/topik/paspor/",
    "/informasi/topik/paspor-hilang/",
    "/informasi/tarif/",
    "/informasi/?kind=faq",
    "/informasi/bahan-000/",
    "/informasi/rss.xml",
    "/sitemap.xml",
    "/",
]


@pytest.fixture
def no_items():
    """The shelves as they are before anything was written; starter texts are set aside."""
    Item.objects.update(state="arsip")


def make_tariff(code="paspor-uji", valid_from="2024-12-17", **more):
    return Tariff.objects.create(
        **{
            "code": code,
            "group": "paspor",
            "name": "Paspor uji",
            "amount": 650_000,
            "valid_from": valid_from,
            "source": "PP 45/2024",
            **more,
        }
    )


# The front page


def test_the_front_page_begins_with_the_search(client):
    page = text(client.get("/informasi/"))

    main = page[page.index("<main") :]
    assert main.index('name="q"') < main.index("<h2")
    assert '<form class="cari" role="search" method="get" action="/informasi/">' in main


@pytest.mark.parametrize(
    "address",
    ["/informasi/tarif/", "/informasi/dip/", "/informasi/dikecualikan/", "/pengumuman/", "/tanya/"],
)
def test_the_front_page_leads_to_the_official_lists_and_to_asking(client, address):
    assert f'href="{address}' in text(client.get("/informasi/"))


def test_the_front_page_counts_what_stands_on_each_shelf(client, no_items):
    make_item("satu")
    make_item("dua", "paspor-hilang")
    make_item("konsep", "itas", is_published=False)

    page = text(client.get("/informasi/"))

    assert '<a href="/informasi/topik/paspor/">Paspor (WNI)</a> <span class="jumlah">2<' in page
    assert 'href="/informasi/topik/paspor-hilang/"' in page
    assert 'href="/informasi/topik/itas/"' not in page


def test_an_empty_library_says_so_and_where_to_ask(client, no_items):
    page = text(client.get("/informasi/"))

    assert "Belum ada bahan yang terbit." in page
    assert 'href="/tanya/"' in page


def test_what_helped_comes_first_on_the_front_page_and_at_home(client):
    make_item("biasa", title="Yang biasa")
    useful = make_item("berguna", title="Yang berguna")
    cache.clear()
    for visitor in ("a", "b"):
        actions.vote(useful, visitor=visitor, is_helpful=True)
    actions.count_deflection(useful)

    for address in ("/informasi/", "/"):
        page = text(client.get(address))
        first = page[page.index('<ul class="berguna">') :]
        assert first.index("Yang berguna") == min(
            first.index(title) for title in ("Yang berguna", "Yang biasa") if title in first
        )


def test_what_was_archived_is_no_longer_named_as_useful(client):
    item = make_item("berguna", title="Yang berguna")
    assert "Yang berguna" in text(client.get("/"))

    actions.archive(item, actor=make_user(Role.PPID), reason="Aturan baru")

    assert "Yang berguna" not in text(client.get("/"))


def test_home_has_the_search_and_every_page_leads_to_the_library(client):
    home = text(client.get("/"))

    assert "Cari jawaban dulu" in home
    assert 'action="/informasi/"' in home
    privacy = text(client.get("/privasi/"))
    for address in ("/informasi/", "/informasi/dip/", "/pengumuman/"):
        assert f'href="{address}"' in privacy


# Lists


@pytest.mark.parametrize("kind", Kind)
def test_a_kind_has_a_page_of_its_own_even_when_there_is_nothing_yet(client, no_items, kind):
    page = text(client.get(f"/informasi/{kind.value}/"))

    assert f"<h1>{kind.label}</h1>" in page
    assert "Belum ada bahan jenis ini." in page


def test_a_list_of_a_kind_holds_only_what_is_published_of_it(client, no_items):
    make_item("tampil", title="Pertanyaan yang tampil")
    make_item("konsep", title="Masih konsep", is_published=False)
    video = {"link": "https://video.example/", "transcript": "Kata."}
    make_item("video-a", kind=Kind.VIDEO, title="Sebuah video", **video)

    page = text(client.get("/informasi/faq/"))

    assert "Pertanyaan yang tampil" in page
    assert "Masih konsep" not in page
    assert "Sebuah video" not in page


@pytest.mark.parametrize(
    ("code", "shown"),
    [("paspor", {"satu", "dua"}), ("paspor-baru", {"satu"}), ("izin-tinggal", set())],
)
def test_a_topic_shows_its_own_items_and_a_group_those_of_all_its_leaves(
    client, no_items, code, shown
):
    make_item("satu", "paspor-baru", title="Judul satu")
    make_item("dua", "paspor-hilang", title="Judul dua")

    page = text(client.get(f"/informasi/topik/{code}/"))

    assert {name for name in ("satu", "dua") if f"Judul {name}" in page} == shown


@pytest.mark.parametrize("address", ["/informasi/topik/tidak-ada/", "/informasi/tidak-ada/"])
def test_a_made_up_address_is_not_there(client, address):
    assert client.get(address).status_code == 404


def test_a_topic_that_is_switched_off_has_no_page(client):
    Topic.objects.filter(code="paspor-baru").update(is_active=False)
    cache.clear()

    assert client.get("/informasi/topik/paspor-baru/").status_code == 404


def test_long_lists_have_pages(client, no_items):
    fill(45)

    first = text(client.get("/informasi/faq/"))
    last = text(client.get("/informasi/faq/?hal=3"))

    assert first.count("<h2><a href=") == 20
    assert 'rel="next" href="?hal=2"' in first
    assert last.count("<h2><a href=") == 5
    assert "Halaman 3 dari 3" in last
    assert 'rel="next"' not in last


@pytest.mark.parametrize("number", ["x", "0", "-1", "999", "", "1e9", "२"])
def test_a_made_up_page_number_leads_to_a_page_that_exists(client, number):
    assert client.get("/informasi/faq/", {"hal": number}).status_code == 200


def test_an_item_for_foreigners_says_so_in_the_list(client):
    make_item("untuk-wna", title="Hanya orang asing", audience="wna")

    page = text(client.get("/informasi/topik/paspor-baru/"))

    card = page[page.index("Hanya orang asing") :]
    assert "<span>Orang asing</span>" in card[: card.index("</li>")]


# Prices


def test_the_price_list_shows_what_holds_with_source_and_first_day(client):
    make_tariff()

    page = text(client.get("/informasi/tarif/"))

    row = page[page.index('<tr id="paspor-uji">') :]
    row = row[: row.index("</tr>")]
    assert "Rp650.000" in row
    assert "PP 45/2024" in row
    assert "17 Desember 2024" in row


def test_earlier_and_coming_prices_stand_beside_what_holds_today(client):
    make_tariff(amount=300_000, valid_from="2019-05-03", source="PP 28/2019")
    make_tariff()
    make_tariff(amount=700_000, valid_from="2027-01-01", source="PP baru")

    page = text(client.get("/informasi/tarif/"))

    row = page[page.index('<tr id="paspor-uji">') :]
    row = row[: row.index("</tr>")]
    assert row.index("Mulai 1 Januari 2027: Rp700.000") < row.index("<details>")
    assert "Rp300.000 sejak 3 Mei 2019" in row[row.index("<details>") :]
    assert '<td data-label="Tarif" class="angka">Rp650.000</td>' in row


def test_a_price_that_has_not_begun_is_not_shown_as_one_that_holds(client):
    make_tariff(valid_from=str(date(2027, 1, 1)))

    page = text(client.get("/informasi/tarif/"))

    row = page[page.index('<tr id="paspor-uji">') :]
    assert "Belum berlaku" in row[: row.index("</tr>")]


def test_an_empty_price_list_says_what_to_do(client):
    Tariff.objects.all().delete()

    assert "Tanyakan tarif layanan kepada kami sebelum membayar." in text(
        client.get("/informasi/tarif/")
    )


@pytest.mark.parametrize(
    ("role", "sees"),
    [(None, False), (Role.HUMAS, True), (Role.PPID, True)],
)
def test_only_editors_see_which_price_is_to_be_checked(client, role, sees):
    make_tariff(needs_check=True)
    if role:
        client.force_login(make_user(role))

    page = text(client.get("/informasi/tarif/"))

    row = page[page.index('<tr id="paspor-uji">') :]
    assert ('<span class="periksa">' in row[: row.index("</tr>")]) == sees


# Cost and language


@pytest.mark.parametrize("number", [5, 60])
def test_a_page_of_the_library_needs_at_most_eight_queries(
    client, django_assert_max_num_queries, number
):
    fill(number)
    make_tariff()
    client.get("/informasi/")

    for address in PAGES:
        with django_assert_max_num_queries(8):
            assert client.get(address).status_code == 200


@pytest.mark.parametrize("address", ["/informasi/", "/informasi/tarif/", "/informasi/brosur/"])
def test_the_fixed_pages_are_english_throughout(address):
    Item.objects.update(state="arsip")
    Tariff.objects.all().delete()

    assert_english(Client(), lambda client: client.get(address))


def test_a_first_visit_stays_below_a_hundred_kilobytes(client):
    import brotli

    fill(60)
    page = client.get("/informasi/").content
    static = settings.BASE_DIR / "static"
    own = [static / "css/portal.css", static / "css/informasi.css", static / "js/portal.js"]
    shown = [static / "img/lambang.svg", static / "img/ikon.svg", static / "img/roset.svg"]

    squeezed = sum(len(brotli.compress(path.read_bytes())) for path in (*own, *shown))

    assert len(brotli.compress(page)) < 8_000
    assert len(brotli.compress((static / "css/informasi.css").read_bytes())) < 3_000
    assert squeezed < 40_000
