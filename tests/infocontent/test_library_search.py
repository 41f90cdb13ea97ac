"""The search of the library as readers use it."""

import re

import pytest
from django.conf import settings
from django.test import Client

from infocontent import search
from infocontent.models import Item, PublicInformation, SearchCount
from tests.factories import NOW

from .items import make_item
from .shelf import fill, text

pytestmark = pytest.mark.django_db

SEARCH = "/informasi/"


@pytest.fixture(autouse=True)
def _only_ours():
    Item.objects.update(state="arsip")
    PublicInformation.objects.update(is_listed=False)
    search.rebuild()


def titles(page):
    """The hits, best first, as a reader hears them."""
    found = re.findall(r'<h2><a href="([^"]+)">(.*?)</a></h2>', text(page))
    return [(address, re.sub(r"</?mark>", "", title)) for address, title in found]


def test_a_search_finds_by_stem_and_marks_what_it_found(client):
    make_item("pengambilan", title="Cara mengambil paspor", body="Datang ke kantor.")
    make_item("lain-lain", "antrean", title="Jam buka kantor", body="Senin sampai Jumat.")

    page = client.get(SEARCH, {"q": "pengambilan"})

    assert titles(page) == [("/informasi/pengambilan/", "Cara mengambil paspor")]
    assert "Cara <mark>mengambil</mark> paspor" in text(page)
    assert "1 hasil untuk “pengambilan”" in text(page)


def test_the_best_hit_comes_first_and_stands_in_main(client):
    make_item("sekilas", title="Jam buka", body="Paspor hilang? Datang ke loket.")
    make_item("tepat", title="Paspor hilang", body="Lapor ke polisi lalu ke kantor.")

    page = client.get(SEARCH, {"q": "paspor hilang"})

    assert [address for address, _title in titles(page)] == [
        "/informasi/tepat/",
        "/informasi/sekilas/",
    ]
    main = text(page)[text(page).index("<main") : text(page).index("</main>")]
    assert "/informasi/tepat/" in main


def test_a_slip_is_forgiven_and_said(client):
    make_item("hilang", title="Paspor hilang")

    page = client.get(SEARCH, {"q": "papsor hilang"})

    assert len(titles(page)) == 1
    assert "Yang Anda maksud: <strong>paspor hilang</strong>?" in text(page)


def test_nothing_found_helps_on(client):
    page = text(client.get(SEARCH, {"q": "zxqwv"}))

    assert "Belum ada yang kami temukan untuk “zxqwv”." in page
    assert 'href="/informasi/topik/paspor/"' in page
    assert 'href="/tanya/"' in page


@pytest.mark.parametrize(
    "typed", ["<script>alert(1)</script>", '"><img src=x>', "a\x00b", "%", "!!!", "x" * 5000]
)
def test_whatever_is_typed_is_only_text(client, typed):
    page = client.get(SEARCH, {"q": typed})

    assert page.status_code == 200
    assert "<script>alert" not in text(page)
    assert "<img src=x>" not in text(page)


@pytest.mark.parametrize(
    ("wish", "found"),
    [
        ({}, {"a", "b", "c"}),
        ({"topic": "paspor"}, {"a", "b"}),
        ({"topic": "paspor-hilang"}, {"b"}),
        ({"kind": "video"}, {"b"}),
        ({"audience": "wna"}, {"a", "b", "c"}),
        ({"audience": "wni"}, {"a", "b"}),
        ({"topic": "paspor", "kind": "faq"}, {"a"}),
    ],
)
@pytest.mark.parametrize("words", ["dokumen", ""])
def test_a_search_is_narrowed_by_topic_kind_and_reader(client, wish, found, words):
    more = {"link": "https://x.id/", "transcript": "Kata."}
    make_item("a", "paspor-baru", title="Dokumen a")
    make_item("b", "paspor-hilang", kind="video", title="Dokumen b", **more)
    make_item("c", "itas", title="Dokumen c", audience="wna")
    if not words and not wish:
        wish = {"kind": ""}
        found = set()

    page = client.get(SEARCH, {"q": words, **wish})

    assert {title[-1] for _address, title in titles(page)} == found


def test_a_filter_that_is_not_offered_is_ignored_and_said(client):
    make_item("a", title="Dokumen a")

    page = client.get(SEARCH, {"q": "dokumen", "topic": "tidak-ada"})

    assert len(titles(page)) == 1
    assert "Saringan ini tidak dikenal dan diabaikan: Topik" in text(page)


def test_more_hits_have_pages_that_keep_the_words_and_the_filter(client):
    fill(45)

    first = client.get(SEARCH, {"q": "paspor", "kind": "faq"})
    third = client.get(SEARCH, {"q": "paspor", "kind": "faq", "hal": "3"})
    beyond = client.get(SEARCH, {"q": "paspor", "kind": "faq", "hal": "9"})

    assert len(titles(first)) == 20
    assert 'href="?q=paspor&amp;kind=faq&amp;hal=2"' in text(first)
    assert len(titles(third)) == 5
    assert titles(beyond) == titles(third)


# Counting


def test_a_search_is_counted_once_a_day_and_words(client):
    for words in ("paspor hilang", "hilang paspor", "PASPOR  hilang"):
        client.get(SEARCH, {"q": words})

    counted = SearchCount.objects.get()
    assert (counted.words, counted.day, counted.found, counted.count) == (
        "paspor hilang",
        NOW.date(),
        0,
        3,
    )


def test_a_search_with_a_long_number_does_not_keep_it(client):
    client.get(SEARCH, {"q": "paspor 3273014507900003"})

    counted = SearchCount.objects.get()
    assert "3273" not in counted.words + counted.key


def test_one_address_does_not_fill_the_list_of_what_to_write(client):
    for _number in range(61):
        answer = client.get(SEARCH, {"q": "zxqwv"})
    Client(REMOTE_ADDR="203.0.113.9").get(SEARCH, {"q": "zxqwv"})

    assert answer.status_code == 200
    assert SearchCount.objects.get().count == 61


@pytest.mark.parametrize(
    ("wish", "headers"),
    [
        ({"q": ""}, {}),
        ({"q": "   "}, {}),
        ({"q": "paspor", "hal": "2"}, {}),
        ({"q": "paspor", "kind": "faq"}, {}),
        ({"q": "paspor"}, {"Sec-Purpose": "prefetch;prerender"}),
        ({"q": "paspor"}, {"Purpose": "prefetch"}),
        ({"q": "paspor"}, {"X-Moz": "prefetch"}),
    ],
)
def test_what_no_reader_asked_for_anew_is_not_counted(client, wish, headers):
    fill(45)

    client.get(SEARCH, wish, headers=headers)

    assert not SearchCount.objects.exists()


def test_a_checker_of_links_is_not_counted(client):
    assert client.head(SEARCH, {"q": "paspor"}).status_code == 200

    assert not SearchCount.objects.exists()


# Cost and language


@pytest.mark.parametrize("number", [5, 60])
def test_a_search_needs_at_most_six_queries(client, django_assert_max_num_queries, number):
    fill(number)
    client.get(SEARCH, {"q": "lain"})

    for words in ("paspor", "papsor nomor", "zxqwv", "pertanyaan nomor 003"):
        with django_assert_max_num_queries(6):
            assert client.get(SEARCH, {"q": words}).status_code == 200


def test_an_indonesian_hit_names_its_language_on_an_english_page(client):
    make_item("a", title="Paspor hilang")
    make_item("b", title="Paspor rusak", title_en="Damaged passport", body_en="Bring the passport.")
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"

    page = text(client.get(SEARCH, {"q": "paspor"}))

    assert re.search(r'<li lang="id">\s*<h2><a href="/informasi/a/">', page)
    assert re.search(r'<li>\s*<h2><a href="/informasi/b/">Damaged', page)
