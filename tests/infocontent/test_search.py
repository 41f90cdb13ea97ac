"""What people type, and what they find: the same on both databases."""

import time
from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.conf import settings
from django.core.cache import cache
from django.utils.translation import override
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from infocontent import actions, search
from infocontent.models import (
    Document,
    Item,
    Misspelling,
    Posting,
    PublicInformation,
    Synonym,
    Term,
    Topic,
)
from infocontent.search import Hit, find
from infocontent.search.finding import _Marker
from infocontent.search.indexing import rarity, weigh
from infocontent.search.words import english_stem, query_stems, slips, stem, stems_of
from infocontent.workflow import ItemState
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

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _no_synonyms():
    Synonym.objects.all().delete()
    cache.delete("search-synonyms")


@pytest.fixture
def _empty_library():
    Item.objects.update(state=ItemState.ARCHIVED)
    PublicInformation.objects.update(is_listed=False)
    search.rebuild()


def slugs(query, **more):
    """The items found, best first."""
    return [hit.document.item.slug for hit in find(query, **more).hits]


def synonym(word, means):
    Synonym.objects.create(word=word, means=means)
    cache.delete("search-synonyms")


def marked(pieces):
    return [text for text, is_match in pieces if is_match]


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


@pytest.mark.usefixtures("_empty_library")
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


# The index stays true


def steps():
    return st.lists(
        st.tuples(
            st.sampled_from(["save", "put out", "archive", "rename", "rebuild", "announce", "row"]),
            st.integers(0, 2),
            st.lists(st.sampled_from(["kasuari", "nuri", "elang", "paspor", "visa"]), max_size=4),
        ),
        min_size=4,
        max_size=10,
    )


@pytest.mark.usefixtures("_empty_library")
@given(steps())
@hypothesis_settings(max_examples=12)
def test_whatever_happens_the_index_counts_right(actions_done):
    humas, ppid = make_user(Role.HUMAS), make_user(Role.PPID)
    slugs_used = [f"bahan-{Item.objects.count()}-{n}" for n in range(3)]
    items = [make_draft(slug, author=humas) for slug in slugs_used]

    for number, (what, which, words) in enumerate(actions_done):
        item = items[which]
        item.refresh_from_db()
        if what == "save":
            actions.save(item, actor=humas, content=content(body=" ".join(["isi", *words])))
        elif what == "put out" and item.open_version:
            put_out(item)
        elif what == "archive" and item.state == "terbit":
            actions.archive(item, actor=ppid, reason="Lama.")
        elif what == "rename":
            actions.rename(item, actor=humas, slug=f"{slugs_used[which]}-{number}")
        elif what == "rebuild":
            search.rebuild()
        elif what == "announce":
            announcement = make_announcement(" ".join(["Baru", *words]))
            if which:
                actions.withdraw_announcement(announcement, actor=ppid)
        elif what == "row":
            number = 9001 + Document.objects.count() + len(words) + 100 * number
            make_information(number, summary=" ".join(["Isi", *words]), is_listed=which > 0)

    assert stored_counts() == true_counts()
    live = set(Item.objects.filter(state="terbit").values_list("pk", flat=True))
    assert live == set(Document.objects.exclude(item=None).values_list("item", flat=True))


def index():
    """The whole index in words, without the numbers of its rows."""
    return {
        "documents": set(
            Document.objects.values_list(
                "address", "title", "text", "text_en", "visible_from", "visible_until"
            )
        ),
        "postings": set(Posting.objects.values_list("term__text", "document__address", "weight")),
        "slips": set(
            Misspelling.objects.filter(term__documents__gt=0).values_list("form", "term__text")
        ),
        "counts": stored_counts(),
    }


@pytest.mark.usefixtures("_empty_library")
def test_an_index_made_anew_is_the_one_that_grew():
    humas = make_user(Role.HUMAS)
    item = make_item("satu", title="Kasuari", body="Satu dua.", title_en="Cassowary")
    actions.save(item, actor=humas, content=content(title="Cendrawasih", body="Tiga [[x]]."))
    put_out(item)
    actions.rename(item, actor=humas, slug="lain")
    archived = make_item("arsip", title="Nuri")
    actions.archive(archived, actor=humas, reason="Lama.")
    make_announcement("Elang terbang", body="Besok **libur**.")
    make_information(summary="Laporan kinerja")
    grown = index()

    number = search.rebuild()

    assert index() == grown
    assert number == len(grown["documents"])
    assert not Term.objects.filter(documents=0).exists()


def test_publishing_the_same_again_changes_nothing_in_the_index():
    item = make_item("satu", title="Kasuari", body="Satu dua.")
    before = index()

    search.index_item(item)

    assert index() == before


def test_what_is_no_longer_held_by_anything_is_not_found_by_a_slip():
    item = make_item("satu", title="Cendrawasih")
    actions.archive(item, actor=make_user(Role.PPID), reason="Lama.")

    results = find("cendrawasi")

    assert (results.total, results.corrected) == (0, "")


def test_stems_of_a_text_keep_their_order_and_drop_what_says_nothing():
    assert stems_of("Cara memperpanjang paspor yang hilang") == ["panjang", "paspor", "hilang"]


def test_the_page_of_results_shows_what_was_typed_as_text(client):
    make_item(title="Paspor <b>baru</b>", body="<script>alert(1)</script> paspor")
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "id"

    page = client.get("/informasi/", {"q": 'paspor"><svg onload=x>'}).content.decode()

    assert "alert(1)" in page
    assert "<script>alert" not in page
    assert "<svg onload" not in page
    assert "&lt;b&gt;" in page
