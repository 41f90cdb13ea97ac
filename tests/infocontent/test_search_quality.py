"""Whether people find what they ask in their own words, among the texts an office begins with."""

from collections import Counter

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from bench.search_quality import FIRST, PHRASES, ask, share
from infocontent import search
from infocontent.models import Document, Posting, Synonym, Term
from infocontent.search import find, finding
from infocontent.starter import publish_starter
from tests.factories import NOW

from .items import make_item
from .shelf import fill

pytestmark = pytest.mark.django_db


def found(query, **more):
    return [hit.document.address for hit in find(query, **more).hits]


def test_the_phrases_are_many_and_mostly_as_people_typed_them():
    asked = ask()

    sources = Counter(one.source for one in asked)
    assert sources["ulasan"] >= 45
    assert len(asked) >= 70
    assert len({one.slug for one in asked}) >= 30
    assert Counter(one.part for one in asked)["setelan"] == 50
    assert len({one.phrase for one in asked}) == len(asked), PHRASES


@pytest.mark.parametrize("part", ["setelan", "simpanan", "acak"])
def test_most_find_their_answer_among_the_first_three(part):
    asked = [one for one in ask() if one.part == part]

    missed = [(one.phrase, one.slug, one.instead) for one in asked if not 0 < one.place <= FIRST]
    assert share(asked) >= 0.85, missed


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("laporan kinerja", "Laporan kinerja instansi pemerintah"),
        ("Laporan Keuangan", "Laporan keuangan yang telah diperiksa"),
        ("perjanjian kerja sama", "Perjanjian kerja sama dengan pihak lain"),
        ("DIP", "Daftar Informasi Publik"),
        ("LHKPN", "Ringkasan laporan harta kekayaan pejabat yang wajib melapor"),
        ("sop paspor", "Prosedur operasional standar pelayanan paspor"),
    ],
)
def test_public_information_is_found_by_its_title_and_by_its_usual_short_name(typed, title):
    assert find(typed).hits[0].document.title == title


def test_a_word_of_citizens_finds_the_word_of_the_office():
    make_item("loket-baru", title="Loket berwarna jingga", body="Isi.")
    Synonym.objects.create(word="orens", means="Jingga")
    cache.clear()

    assert found("loket orens")[0] == "/informasi/loket-baru/"


def test_a_word_of_citizens_in_an_old_text_is_known_once_the_index_is_made_anew():
    make_item("loket-baru", title="Loket orens", body="Isi.")
    Synonym.objects.create(word="orens", means="jingga")
    cache.clear()
    assert "/informasi/loket-baru/" not in found("jingga")

    search.rebuild()

    assert found("jingga") == ["/informasi/loket-baru/"]


def test_what_holds_all_words_comes_before_what_holds_one_of_them_often():
    make_item("sering", title="Nilam nilam", body="nilam nilam nilam nilam")
    make_item("semua", title="Tentang nilam", body="Nilam dan zamrud.")

    assert found("nilam zamrud") == ["/informasi/semua/", "/informasi/sering/"]


def test_a_word_that_half_the_library_holds_only_puts_the_others_in_order(monkeypatch):
    monkeypatch.setattr(finding, "READ", 3)
    fill(12)
    make_item("nilam", title="Paspor nilam", body="Isi.")
    make_item("nilam-lain", title="Nilam", body="Isi.")

    assert found("paspor nilam") == ["/informasi/nilam/", "/informasi/nilam-lain/"]
    assert len(found("paspor")) == 3


def test_an_index_made_anew_is_the_one_that_publishing_made():
    make_item("satu", title="Paspor nilam", body="Zamrud [[tarif paspor-biasa-5]].")
    made = _index()

    assert search.rebuild() == Document.objects.count()

    assert _index() == made


def test_a_hundred_more_texts_need_few_more_statements():
    few = _statements_of_making_it_anew()
    rows = [
        {
            "slug": f"bahan-{number}",
            "topic": "antrean",
            "title": f"Judul {number}",
            "body": f"Isi nomor {number} tentang antrean.",
        }
        for number in range(100)
    ]
    publish_starter(rows, at=NOW)

    assert _statements_of_making_it_anew() <= few + 2


def _statements_of_making_it_anew():
    with CaptureQueriesContext(connection) as statements:
        search.rebuild()
    return len(statements)


def test_a_search_asks_four_times_at_most(django_assert_max_num_queries, monkeypatch):
    monkeypatch.setattr(finding, "READ", 3)
    fill(30)
    find("paspor")

    with django_assert_max_num_queries(4):
        find("pertanyan paspor nomor 003")


@pytest.mark.parametrize("query", ["", " ", "???", "yang dan di", "\x00", "a" * 500, "١٢٣", "🙂"])
def test_whatever_is_typed_is_searched_without_an_error(query):
    assert find(query).total >= 0


def test_the_excerpt_shows_where_the_words_stand():
    make_item("panjang", title="Judul", body="Kalimat kosong. " * 40 + "Di sini ada zamrud.")

    hit = find("zamrud").hits[0]

    assert ("zamrud", True) in hit.excerpt
    assert "<mark>zamrud</mark>" in hit.marked_excerpt


def test_marks_never_carry_what_a_text_holds_as_signs_of_html():
    make_item("tanda", title="Judul <b>zamrud</b> & lainnya", body="Isi.")

    assert find("zamrud").hits[0].marked_title == (
        "Judul &lt;b&gt;<mark>zamrud</mark>&lt;/b&gt; &amp; lainnya"
    )


def test_a_reader_of_english_sees_the_english_words():
    with override("en"):
        hit = find("lost passport").hits[0]

    assert hit.language == "en"
    assert "lost" in hit.marked_title


def _index():
    postings = Posting.objects.values_list("document__address", "term__text", "weight")
    terms = Term.objects.filter(documents__gt=0).values_list("text", "documents")
    return sorted(postings), sorted(terms)
