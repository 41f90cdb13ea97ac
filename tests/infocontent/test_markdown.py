"""Texts as editors write them and as readers get them."""

import re
from datetime import date
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infocontent.markdown import plain, render, unsafe_links
from office.texts import tidy

from .hostile import words_in, wrong_in
from .items import make_tariff

# What editors may do


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("**tebal** dan *miring*", "<p><strong>tebal</strong> dan <em>miring</em></p>"),
        ("~~lama~~", "<p><s>lama</s></p>"),
        ("satu\ndua", "<p>satu<br>\ndua</p>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("3. c", '<ol start="3">\n<li>c</li>\n</ol>'),
        ("> kutipan", "<blockquote>\n<p>kutipan</p>\n</blockquote>"),
        ("`kode`", "<p><code>kode</code></p>"),
        (
            "[a](https://a.example)",
            '<p><a href="https://a.example" rel="noopener noreferrer">a</a></p>',
        ),
        (
            "[a](mailto:ppid@example.go.id)",
            '<p><a href="mailto:ppid@example.go.id" rel="noopener noreferrer">a</a></p>',
        ),
        ("[a](/dip/)", '<p><a href="/dip/" rel="noopener noreferrer">a</a></p>'),
    ],
)
def test_an_editor_writes_markdown(source, html):
    assert render(source).strip() == html


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("marks", "tag"), [("#", "h2"), ("##", "h3"), ("###", "h4"), ("######", "h4")]
)
def test_headings_begin_below_the_one_of_the_page(marks, tag):
    assert render(f"{marks} Judul") == f"<{tag}>Judul</{tag}>\n"


@pytest.mark.django_db
def test_a_table_has_heads():
    html = render("| a | b |\n|---|---:|\n| 1 | 2 |")

    assert "<th>a</th>" in html
    assert "<td>2</td>" in html
    assert "style" not in html


@pytest.mark.django_db
def test_markup_that_was_typed_is_read_as_typed():
    assert words_in(render("Isi kolom <nama> & tanda <b>")) == "Isi kolom <nama> & tanda <b>"


@pytest.mark.parametrize(
    ("source", "schemes"),
    [
        ("[a](https://a.example) [b](mailto:x@a.example) [c](/dip/)", []),
        ("[a](javascript:x) dan [b]( <DATA:x>)", ["javascript", "DATA"]),
        ("[a](ftp://a.example)", ["ftp"]),
        ("Jam 10:00 (pagi)", []),
    ],
)
def test_an_editor_is_told_which_link_will_not_work(source, schemes):
    assert unsafe_links(source) == schemes


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\r\nb\rc", "a\nb\nc"),
        ("\n\n a \n", "a"),
        ("a\x00\x08\x1b[31mb", "a[31mb"),
        ("a\u202eb\u2066c\ufeff\u200b", "abc"),
        ("a\tb", "a\tb"),
        ("Ñandú 日本 é", "Ñandú 日本 é"),
    ],
)
def test_a_text_is_stored_without_signs_that_nobody_sees(typed, kept):
    assert tidy(typed) == kept


@given(st.text())
def test_tidying_twice_is_tidying_once(text):
    assert tidy(tidy(text)) == tidy(text)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("# Judul\n\nSatu **dua**.\n\n- tiga\n- empat", "Judul Satu dua. tiga empat"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "a b 1 2"),
        ("satu  \ndua", "satu dua"),
        ("[tautan](https://a.example)", "tautan"),
        ("5 < 6 & 7", "5 < 6 & 7"),
        ("", ""),
    ],
)
def test_plain_words_are_those_that_a_reader_hears(source, words):
    assert plain(source) == words


# Facts


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name",
    [
        "<script>alert(1)</script>",
        "Paspor | visa",
        "[x](javascript:alert(1))",
        "![x](https://evil.example/a.png)",
        "`kode` **tebal** ~~lama~~",
        "&lt;b&gt; &amp; &copy;",
        "A\\| B",
        "[[tarif uji]]",
        "<https://evil.example>",
    ],
)
def test_a_fact_means_exactly_its_own_words(name):
    make_tariff(1000, date(2026, 1, 1), name=name, unit=name, source=name[:150])

    html = render("Sebelum\n[[tabel-tarif kelompok-uji]]\nSesudah")

    assert wrong_in(html) == []
    assert html.count("<tr>") == 2
    assert html.count("<td>") == 4
    assert "<a " not in html
    cells = [unescape(re.sub(r"<[^>]+>", "", cell)) for cell in re.findall(r"<td>(.*?)</td>", html)]
    assert cells == [name, f"Rp1.000 / {name}", "1 Januari 2026", name]
    assert html.strip().startswith("<p>Sebelum</p>")
    assert html.strip().endswith("<p>Sesudah</p>")


@pytest.mark.django_db
def test_a_fact_in_code_or_in_a_link_carries_no_script_either():
    make_tariff(1000, date(2026, 1, 1), name='"><script>alert(1)</script>')

    for source in (
        "`[[tabel-tarif kelompok-uji]]`",
        "[x]([[tarif uji]])",
        '[x](https://a.example "[[tabel-tarif kelompok-uji]]")',
    ):
        assert wrong_in(render(source)) == []
