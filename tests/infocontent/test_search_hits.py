"""What is shown of what was found, and what nobody can break by typing."""

import time
from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from infocontent import actions, search
from infocontent.models import Document, Term
from infocontent.search import Hit, find, finding
from infocontent.search.finding import _Marker
from infocontent.search.words import query_stems
from office.roles import Role
from tests.factories import NOW, make_user

from .items import (
    content,
    make_announcement,
    make_draft,
    make_information,
    make_item,
    make_tariff,
    put_out,
    stored_counts,
    true_counts,
)
from .searching import empty_library, marked, slugs, synonym

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _nothing_to_find(db):
    empty_library()


# Pages of results


def test_results_come_in_pages_with_one_total():
    for number in range(7):
        make_item(f"bahan-{number}", title="Cendrawasih")

    pages = [find("cendrawasih", offset=offset, limit=3) for offset in (0, 3, 6, 9)]

    assert [page.total for page in pages] == [7] * 4
    assert [len(page.hits) for page in pages] == [3, 3, 1, 0]
    found = [hit.document.pk for page in pages for hit in page.hits]
    assert len(set(found)) == 7


def test_a_search_can_be_narrowed():
    make_item("tanya", title="Cendrawasih", audience="wna")
    make_item("gambar", title="Cendrawasih", kind="infografis", drawing="jam-ppid", alt="Bagan.")
    make_announcement("Cendrawasih")

    every = Document.objects.all()

    assert find("cendrawasih").total == 3
    assert slugs("cendrawasih", documents=every.filter(kind="infografis")) == ["gambar"]
    assert slugs("cendrawasih", documents=every.filter(audience="wna")) == ["tanya"]
    assert find("cendrawasih", documents=every.none()).total == 0
    assert find("cendrawasih", documents=every.filter(kind="dip")).total == 0


@pytest.mark.parametrize("number", [1, 30])
def test_a_search_costs_four_queries_however_much_it_finds(django_assert_max_num_queries, number):
    for n in range(number):
        make_item(f"bahan-{n}", title="Cendrawasih kasuari", body="Isi yang panjang. " * 20)
    find("pemanasan")

    for query in ("cendrawasih kasuari", "cendrawasi kasuarj bahan lain", "tidakadasamasekali"):
        with django_assert_max_num_queries(4):
            assert find(query).query == query
    with django_assert_max_num_queries(5):
        find("cendrawasih kas", is_typing=True)


# Who can be found


def test_what_is_not_public_is_never_found():
    make_draft("konsep", title="Cendrawasih")
    put_out(make_draft("jadwal", title="Cendrawasih", plan={"publish_at": NOW + HOUR}), at=NOW)
    archived = make_item("arsip", title="Cendrawasih")
    actions.archive(archived, actor=make_user(Role.PPID), reason="Lama.")
    put_out(make_draft("lewat", title="Cendrawasih", plan={"expires_at": NOW}), at=NOW - HOUR)
    make_announcement("Cendrawasih", starts_at=NOW + HOUR, at=NOW)
    actions.draft_announcement(actor=make_user(Role.HUMAS), title="Cendrawasih")
    make_information(summary="Cendrawasih", is_listed=False)

    results = find("cendrawasih", at=NOW)

    assert (results.total, results.hits) == (0, [])


def test_what_goes_while_it_is_being_found_is_left_out(monkeypatch):
    leaving = make_item("pergi", title="Cendrawasih pergi")
    make_item("tinggal", title="Cendrawasih tinggal")
    rank = finding._rank

    def archived_meanwhile(*args):
        ranked = rank(*args)
        actions.archive(leaving, actor=make_user(Role.PPID), reason="Aturan baru")
        return ranked

    monkeypatch.setattr(finding, "_rank", archived_meanwhile)

    assert slugs("cendrawasih") == ["tinggal"]


def test_the_words_of_a_new_draft_are_not_found_before_it_is_live():
    item = make_item("satu", title="Kasuari")
    actions.save(item, actor=make_user(Role.HUMAS), content=content(title="Cendrawasih"))
    assert find("cendrawasih").total == 0
    assert slugs("kasuari") == ["satu"]

    put_out(item)

    assert slugs("cendrawasih") == ["satu"]
    assert find("kasuari").total == 0


def test_all_kinds_of_things_are_found_with_their_addresses():
    item = make_item("satu", title="Cendrawasih")
    announcement = make_announcement("Cendrawasih")
    row = make_information(summary="Cendrawasih")

    addresses = {hit.document.address for hit in find("cendrawasih").hits}

    assert addresses == {thing.get_absolute_url() for thing in (item, announcement, row)}


def test_a_row_that_is_taken_off_the_list_is_not_found_any_more():
    row = make_information(summary="Cendrawasih", holder="Kasuari")
    assert find("kasuari").total == 1

    row.is_listed = False
    row.save()
    search.index_information(row)

    assert find("cendrawasih kasuari").total == 0
    assert stored_counts() == true_counts()


# What is shown of a hit


def test_the_words_that_were_searched_are_marked_in_all_their_forms():
    make_item(title="Perpanjangan paspor", body="Anda memperpanjang paspornya di kantor.")

    hit = find("diperpanjang paspor").hits[0]

    assert marked(hit.title) == ["Perpanjangan", "paspor"]
    assert marked(hit.excerpt) == ["memperpanjang", "paspornya"]


def test_a_forgiven_word_is_marked_as_it_is_written():
    make_item(title="Cendrawasih, kasuari")

    assert marked(find("cendrawasi").hits[0].title) == ["Cendrawasih"]


def test_a_synonym_is_marked_as_it_is_written():
    synonym("ngantri", "antrean")
    make_item(title="Nomor antrean, yang orang sebut ngantri")

    assert marked(find("ngantri").hits[0].title) == ["antrean", "ngantri"]


def test_the_excerpt_is_where_the_words_are():
    before = "Kalimat pembuka yang panjang sekali. " * 20
    make_item(body=f"{before}Di sini ada cendrawasih. {before}")

    excerpt = "".join(text for text, _ in find("cendrawasih").hits[0].excerpt)

    assert excerpt.startswith("… Di sini ada cendrawasih.")
    assert excerpt.endswith(" …")
    assert len(excerpt) < 240


def test_a_short_text_is_shown_whole():
    make_item(body="Ada **cendrawasih**.")

    assert find("cendrawasih").hits[0].excerpt == [
        ("Ada ", False), ("cendrawasih", True), (".", False),
    ]  # fmt: skip


def test_an_excerpt_holds_no_price_that_would_outlive_its_day_and_no_marks():
    make_tariff(650_000, date(2024, 12, 17))
    make_item(body="# Cendrawasih\n\nBiayanya [[tarif uji]], lihat [daftar](/informasi/tarif/).")

    excerpt = "".join(text for text, _ in find("cendrawasih").hits[0].excerpt)

    assert excerpt == "Cendrawasih Biayanya Rp…, lihat daftar."


def test_an_english_reader_gets_the_english_words():
    make_item("satu", title="Cendrawasih", title_en="Bird of paradise", body_en="It flies.")
    make_item("dua", title="Kasuari")

    with override("en"):
        english, fallback = find("paradise").hits[0], find("kasuari").hits[0]

    assert (marked(english.title), english.language) == (["paradise"], "en")
    assert english.excerpt == [("It flies.", False)]
    assert (marked(fallback.title), fallback.language) == (["Kasuari"], "id")


LETTERS = st.text(alphabet="ab cé.İß\u0301\n-_%'\"<&日\U0001f426²", max_size=400)


@given(title=st.text(max_size=120), body=LETTERS, query=st.text(max_size=60))
@hypothesis_settings(max_examples=60)
def test_pieces_always_join_to_the_text_they_came_from(title, body, query):
    document = Document(title=title, text=body)

    hit = Hit.unmarked(document)
    assert "".join(text for text, _ in hit.title) == title

    # The only way to mark without an index.
    marker = _Marker({one for word in query_stems(query, {}) for one in word}, {})
    for text in (title, body, f"{title} {query} {body}"):
        pieces = marker.marked(text)
        assert "".join(piece for piece, _ in pieces) == text
        assert all(first[1] != second[1] for first, second in pairwise(pieces))


# What else people type


GARBAGE = [
    "\x00",
    "pas\x00por",
    "\U0001f426\U0001f1ee\U0001f1e9",
    "x" * 5000,
    "kata " * 5000,
    "'",
    '"',
    "' OR '1'='1",
    "'; DROP TABLE infocontent_document; --",
    "%",
    "_",
    "\\",
    "<script>alert(1)</script>",
    "{{ 7*7 }}",
    "(((((",
    "paspor & | ! :* <->",
    "-paspor +visa \"izin tinggal\"",
    "\u202epaspor",
    "İstanbul ß ﬃ Ǆ",
    "日本 عربي",
    "²³①",
    "a\u0301" * 100,
    "\ufffe\uffff",
    "9" * 400,
    "\n\t\r",
]  # fmt: skip


@pytest.mark.parametrize("is_typing", [False, True])
@pytest.mark.parametrize("query", GARBAGE)
def test_nothing_that_is_typed_breaks_the_search(query, is_typing):
    make_item("satu", title="Paspor", title_en="Passport")

    results = find(query, is_typing=is_typing)

    assert len(results.query) <= 200
    assert "\x00" not in results.query
    assert len(results.key) <= 120
    assert results.total == len(results.hits) <= 1
    assert Document.objects.filter(item__slug="satu").exists()


@pytest.mark.parametrize("text", GARBAGE)
def test_nothing_that_is_written_breaks_the_index(text):
    make_item("satu", title="Cendrawasih", body=f"{text[:20_000]} a", keywords=text[:100])

    assert slugs("cendrawasih") == ["satu"]
    assert stored_counts() == true_counts()
    assert not Term.objects.filter(text="").exists()


@given(st.text(max_size=80), st.booleans())
@hypothesis_settings(max_examples=80)
def test_no_text_at_all_breaks_the_search(query, is_typing):
    results = find(query.encode("utf-8", "ignore").decode(), is_typing=is_typing)

    assert results.total >= len(results.hits)


def test_a_very_long_question_is_answered_in_time():
    make_item("satu", title="Cendrawasih")
    begun = time.process_time()

    find(" ".join(f"mempertanggungjawabkannya{n}" for n in range(5000)))

    assert time.process_time() - begun < 5
