"""What people type, and what they find: the same on both databases."""

from datetime import timedelta

import pytest

from infocontent.models import Topic
from infocontent.search import find
from infocontent.search.indexing import rarity, weigh
from infocontent.search.words import english_stem, query_stems, slips, stem

from .items import (
    make_item,
)
from .searching import empty_library, marked, slugs, synonym

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _nothing_to_find(db):
    empty_library()


# Stems


@pytest.mark.parametrize(
    ("family", "root"),
    [
        ("panjang perpanjangan memperpanjang diperpanjang perpanjang", "panjang"),
        ("mohon permohonan pemohon memohon dimohonkan", "mohon"),
        ("adu pengaduan mengadu diadukan mengadukan", "adu"),
        ("layan pelayanan layanan melayani dilayani", "layan"),
        ("bayar pembayaran membayar dibayar bayarkan", "bayar"),
        ("daftar pendaftaran mendaftar terdaftar didaftarkan", "daftar"),
        ("hilang kehilangan menghilangkan hilangnya", "hilang"),
        ("ambil pengambilan mengambil diambil ambilkan", "ambil"),
        ("ganti penggantian mengganti diganti gantinya", "ganti"),
        ("periksa pemeriksaan memeriksa diperiksa", "periksa"),
        ("paspor paspornya paspormu", "paspor"),
    ],
)
def test_words_of_one_family_have_one_stem(family, root):
    assert {stem(word) for word in family.split()} == {root}


@pytest.mark.parametrize("typed", ["perpanjangan", "memperpanjang", "diperpanjang", "PERPANJANG"])
@pytest.mark.parametrize("written", ["Perpanjangan izin", "Cara memperpanjang izin"])
def test_any_form_of_a_word_finds_any_other(typed, written):
    make_item("izin", title=written)

    assert slugs(typed) == ["izin"]


def test_english_has_stems_of_its_own():
    make_item("visa", title_en="Extending your stay", body_en="Applications are free.")

    for typed in ("extend", "extension stay", "application", "applications", "applied free"):
        assert slugs(typed) == ["visa"], typed
    assert english_stem("passports") == "passport"


def test_a_word_of_each_language_finds_the_same_text():
    make_item("lapor", title="Melaporkan orang asing", title_en="Reporting foreigners")

    assert slugs("laporan") == slugs("report") == slugs("foreigner") == ["lapor"]


@pytest.mark.parametrize("query", ["apa itu", "yang di dan", "how to", "saya mau"])
def test_words_that_say_nothing_find_nothing_and_do_not_hurt(query):
    make_item(title="Apa itu yang di dan", title_en="How to")

    assert find(query).total == 0
    assert find(query).key


def test_words_that_say_nothing_are_left_out_beside_others():
    make_item("biaya", title="Biaya paspor")

    assert find("berapa biayanya ya kak").key == "biaya"
    assert slugs("berapa biayanya ya kak") == ["biaya"]


def test_a_word_twice_counts_once():
    assert [stems[0] for stems in query_stems("paspor paspor Paspornya")] == ["paspor"]
    assert find("permohonan pemohon MEMOHON").key == "mohon"


# Slips


@pytest.mark.parametrize(
    "typed",
    [
        "cndrawasih",  # missing
        "ccendrawasih",  # doubled
        "cendraawasih",
        "cemdrawasih",  # wrong
        "xendrawasih",
        "cendrawasix",
        "cednrawasih",  # swapped
        "ecndrawasih",
        "cendrawashi",
    ],
)
def test_one_slip_is_forgiven_and_said(typed):
    make_item("burung", title="Cendrawasih")

    results = find(typed)

    assert [hit.document.item.slug for hit in results.hits] == ["burung"]
    assert results.corrected == "cendrawasih"


@pytest.mark.parametrize("typed", ["cndrwasih", "cendrawasihab", "zendrawasix", "xyz", "cen"])
def test_two_slips_are_another_word(typed):
    make_item("burung", title="Cendrawasih")

    assert find(typed).total == 0
    assert find(typed).corrected == ""


def test_a_right_word_is_never_corrected():
    make_item("satu", title="Biometrik")
    make_item("dua", title="Biometrika")

    assert find("biometrik").corrected == ""
    assert slugs("biometrik") == ["satu"]


def test_numbers_are_not_forgiven():
    make_item("formulir", title="Formulir 27145")

    assert slugs("27145") == ["formulir"]
    assert find("27146").total == find("2714").total == 0


def test_two_words_with_a_slip_each_are_both_forgiven():
    make_item("satu", title="Cendrawasih kasuari")

    results = find("cendrawasi kasuarj")

    assert results.corrected == "cendrawasih kasuari"
    assert [hit.document.item.slug for hit in results.hits] == ["satu"]


def test_two_wrong_words_that_share_a_form_do_not_lose_each_other():
    make_item("satu", title="Katulampa")

    assert slugs("katulampx katulampz") == ["satu"]


@pytest.mark.parametrize(("word", "forms"), [("abc", 1), ("abcd", 5), ("aabb", 3), ("12345", 1)])
def test_a_slip_is_found_by_leaving_one_letter_out(word, forms):
    assert word in slips(word)
    assert len(slips(word)) == forms


# Other people's words


def test_a_word_of_the_citizens_finds_the_word_of_the_office():
    synonym("Ngantri", "antrean")
    make_item("antre", title="Nomor antrean")

    assert slugs("ngantri") == slugs("NGANTRI") == slugs("antrean") == ["antre"]


def test_a_word_can_mean_several_words_and_one_with_a_hyphen():
    synonym("epas", "e-paspor elektronik")
    make_item("satu", title="Tentang e-paspor")
    make_item("dua", title="Dokumen elektronik")

    assert set(slugs("epas")) == {"satu", "dua"}


def test_a_word_that_means_nothing_stays_itself():
    synonym("kasuari", " - ")
    make_item("satu", title="Kasuari")

    assert slugs("kasuari") == ["satu"]


def test_keywords_find_a_text_and_are_never_shown():
    make_item("satu", keywords="cendrawasih, kasuari")

    hit = find("cendrawasih").hits[0]

    assert hit.document.item.slug == "satu"
    assert "endrawasih" not in hit.document.title + hit.document.text
    assert marked(hit.title) == marked(hit.excerpt) == []


def test_the_topic_finds_a_text_in_both_languages():
    topic = Topic.objects.get(code="paspor-haji-umrah")
    Topic.objects.filter(pk=topic.pk).update(name="Cendrawasih", name_en="Birds")
    make_item("satu", topic=topic.code)

    assert slugs("cendrawasih") == slugs("bird") == ["satu"]


# While typing


@pytest.mark.parametrize("typed", ["cen", "cendr", "cendrawas", "kasuari cend"])
def test_the_beginning_of_the_last_word_is_enough_while_typing(typed):
    make_item("burung", title="Cendrawasih kasuari")

    assert slugs(typed, is_typing=True) == ["burung"]
    if " " not in typed:
        assert find(typed).total == 0


@pytest.mark.parametrize("typed", ["c", "ce", ""])
def test_too_few_letters_wait_for_more(typed):
    make_item("burung", title="Cendrawasih")

    assert find(typed, is_typing=True).total == 0


def test_what_was_typed_stands_before_what_only_begins_so():
    make_item("dua", title="Katulampa")
    make_item("satu", title="Katul")

    assert slugs("katul", is_typing=True) == ["satu", "dua"]


@pytest.mark.parametrize("typed", ["%%%", "___", "ce%", "c_nd", "cen%"])
def test_signs_of_a_pattern_are_no_pattern(typed):
    make_item("burung", title="Cendrawasih")

    found = find(typed, is_typing=True).total

    assert found == (typed == "cen%")


# The order


def test_a_title_says_more_than_a_text_and_both_more_than_one():
    filler = " ".join(f"isi{n}" for n in range(60))
    make_item("teks", title="Lain", body=f"{filler} cendrawasih")
    make_item("judul", title="Cendrawasih", body=filler)
    make_item("keduanya", title="Cendrawasih", body=f"{filler} cendrawasih")

    assert slugs("cendrawasih") == ["keduanya", "judul", "teks"]


def test_a_rare_word_says_more_than_a_common_one():
    for number in range(6):
        make_item(f"biasa-{number}", title="Kasuari")
    make_item("jarang", title="Cendrawasih")

    assert slugs("kasuari cendrawasih")[0] == "jarang"


def test_all_words_are_better_than_one():
    make_item("satu", title="Kasuari")
    make_item("dua", title="Cendrawasih")
    make_item("keduanya", title="Kasuari cendrawasih")

    assert slugs("kasuari cendrawasih")[0] == "keduanya"


def test_the_order_of_a_small_library_is_the_same_everywhere():
    texts = {
        "perpanjang": ("Memperpanjang paspor", "Paspor lama, KTP dan KK."),
        "baru": ("Paspor baru", "Bawa KTP, KK dan akta lahir ke kantor."),
        "hilang": ("Paspor hilang", "Lapor polisi, lalu datang. Ada denda."),
        "denda": ("Denda izin tinggal", "Denda per hari dibayar di kantor."),
        "itas": ("Izin tinggal terbatas", "Penjamin memperpanjang izin tinggal."),
    }
    for slug, (title, body) in texts.items():
        make_item(slug, "lain", title=title, body=body)

    asked = ["perpanjangan paspor", "denda paspor hilang", "izin tinggal diperpanjang penjamin"]

    assert [slugs(words) for words in asked] == [
        ["perpanjang", "baru", "hilang", "itas"],
        ["hilang", "denda", "perpanjang", "baru"],
        ["itas", "denda", "perpanjang"],
    ]


def test_equals_stand_in_the_order_in_which_they_came():
    for number in range(5):
        make_item(f"sama-{number}", title="Cendrawasih", body="Sama.")

    assert slugs("cendrawasih") == [f"sama-{number}" for number in range(5)]


def test_more_of_a_word_says_more_but_less_and_less():
    one, two, many = (weigh([(1.0, ["kata"] * times)])["kata"] for times in (1, 2, 50))

    assert one < two < many < 2.3 * one


def test_in_a_long_text_a_word_says_less():
    short = weigh([(1.0, ["kata"])])["kata"]
    long = weigh([(1.0, ["kata", *(f"isi{n}" for n in range(300))])])["kata"]

    assert 0 < long < short


@pytest.mark.parametrize(("documents", "of"), [(0, 1), (1, 1), (5, 10), (10, 10)])
def test_every_word_says_something(documents, of):
    assert rarity(documents, of) > 0


def test_the_weight_of_any_text_fits_its_column():
    huge = weigh([(100.0, ["kata"] * 9000)] * 100)

    assert 0 < huge["kata"] <= 32_000
