import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.models import Case
from tests.factories import make_case

pytestmark = pytest.mark.django_db

WORDS = ["paspor", "ktp", "loket3", "2026", "3a", "antre", "çay", "ü"]
SIGNS = " /-+.,:;@_&<>=?#~'\"()[]{}|*^!$\\\n\t–…“”"
texts = st.lists(
    st.tuples(st.sampled_from(WORDS), st.text(SIGNS, min_size=1, max_size=3)), max_size=8
)


def found(words):
    return list(Case.objects.matching(words).order_by("pk").values_list("subject", flat=True))


@pytest.fixture
def cases():
    make_case(
        subject="Paspor anak hilang", narrative="Paspor tertinggal di kereta Argo Parahyangan."
    )
    make_case(
        subject="Antrean M-Paspor", narrative="Kuota habis; dan/atau KTP/KK ditolak 24-11-2026."
    )
    make_case(subject="Sikap petugas", narrative="Surel saya budi@contoh.co.id tidak dibalas.")


@pytest.mark.parametrize(
    ("words", "subjects"),
    [
        ("paspor", ["Paspor anak hilang", "Antrean M-Paspor"]),
        ("PASPOR", ["Paspor anak hilang", "Antrean M-Paspor"]),
        ("pasp", ["Paspor anak hilang", "Antrean M-Paspor"]),
        ("aspor", []),
        ("paspor kereta", ["Paspor anak hilang"]),
        ("kereta paspor", ["Paspor anak hilang"]),
        ("paspor kuota kereta", []),
        ("m-paspor", ["Antrean M-Paspor"]),
        ("atau", ["Antrean M-Paspor"]),
        ("kk", ["Antrean M-Paspor"]),
        ("2026", ["Antrean M-Paspor"]),
        ("24-11-2026", ["Antrean M-Paspor"]),
        ("contoh", ["Sikap petugas"]),
        ("budi@contoh.co.id", ["Sikap petugas"]),
        ("tidak_dibalas", ["Sikap petugas"]),
        ("tak ada", []),
        ("", []),
        ("   ", []),
        ("*", []),
        ("-", []),
    ],
)
def test_every_word_must_begin_some_word_of_the_case(cases, words, subjects):
    assert found(words) == subjects


@pytest.mark.parametrize(
    "words",
    [
        "paspor AND kereta",
        "paspor OR kereta",
        "NOT paspor",
        "NEAR(paspor kereta)",
        "subject:paspor",
        '"paspor',
        "'paspor'; DROP TABLE cases_case; --",
        "paspor)",
        "((((",
        "paspor:*",
        "paspor & !kereta | (x)",
        "paspor <-> kereta",
        "^paspor",
        "{paspor}",
        "%paspor%",
        "\\",
        "paspor\x00kereta",
        "\u202epaspor\u200b",
        "ﷺ",
        "\U0001d561\U0001d552\U0001d564",
        "İstanbul",
        "²³",
        "ภาษาไทย",
        "e\u0301tude",
        "\ud800",
        "a" * 5000,
        "kata " * 500,
    ],
)
def test_odd_input_is_only_text(cases, words):
    assert len(found(words)) <= 3


@pytest.mark.parametrize("operator", ["AND", "OR", "NOT", "NEAR"])
def test_words_of_a_query_language_are_words(cases, operator):
    make_case(subject=f"Gerbang {operator}", narrative="Logika")

    assert found(f"{operator} gerbang") == [f"Gerbang {operator}"]


def test_a_changed_text_is_found_by_its_new_words_only(cases):
    case = Case.objects.get(subject="Sikap petugas")
    Case.objects.filter(pk=case.pk).update(subject="Fasilitas", narrative="Kursi kurang")

    assert found("kursi") == ["Fasilitas"]
    assert found("sikap") == []


def test_a_search_keeps_the_limits_of_the_list_it_is_put_on(cases):
    assert list(Case.objects.filter(subject="Sikap petugas").matching("paspor")) == []


@settings(max_examples=40)
@given(texts)
def test_every_word_that_was_written_is_found(parts):
    text = "".join(word + signs for word, signs in parts) or "kosong"
    case = make_case(subject="Perihal", narrative=text)

    for word in re.findall(r"\w+", text.replace("_", " ")):
        assert Case.objects.filter(pk=case.pk).matching(word).exists(), word
        assert Case.objects.filter(pk=case.pk).matching(word[:2].upper()).exists(), word


@settings(max_examples=60)
@given(st.text("abÄßż09_'\"*()-:&|!<>^{}[]\\%;, \n\x00\u0301\u0e20\u202e\U0001f600", max_size=60))
def test_no_input_raises(words):
    list(Case.objects.matching(words)[:1])
