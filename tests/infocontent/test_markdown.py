"""Whatever somebody typed, the reader gets words, never a script."""

import re
import time
from datetime import date
from html import unescape
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.utils.html import escape
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from infocontent.markdown import ATTRIBUTES, TAGS, plain, render, tidy, unsafe_links
from infocontent.models import Item, Version

from .items import make_item, make_tariff

HOSTILE = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example/x.js></sCrIpT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><a xlink:href='javascript:alert(1)'>x</a></svg>",
    "<svg/onload=alert(1)//",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data='data:text/html,<script>alert(1)</script>'></object>",
    "<embed src=//evil.example/x.swf>",
    "<style>*{background:url(//evil.example)}</style>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<form action=//evil.example><input name=nik autofocus onfocus=alert(1)></form>",
    "<details open ontoggle=alert(1)>x</details>",
    "<math><mtext><mglyph><style><img src=x onerror=alert(1)></style></mglyph></mtext></math>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<!--><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<a href='javascript:alert(1)'>x</a>",
    "<p onclick=alert(1) style='position:fixed' id=main class=tombol>x</p>",
    "\" onmouseover=\"alert(1)",
    "' onmouseover='alert(1)",
    '"><img src=x onerror=alert(1)>',
    "</textarea></title></script><script>alert(1)</script>",
    "{{7*7}}{% debug %}${7*7}<%= 7*7 %>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "\uff1cscript\uff1ealert(1)\uff1c/script\uff1e",
    "\x00<scr\x00ipt>alert(1)</scr\x00ipt>",
    "\u202e<script>\u2066alert(1)</script>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](java&#115;cript:alert(1))",
    "[x](java&Tab;script:alert(1))",
    "[x](&#106;avascript&colon;alert(1))",
    "[x](<javascript:alert(1)>)",
    "[x]( \x01javascript:alert(1))",
    "[x](vbscript:msgbox(1))",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[x](data:image/svg+xml,<svg onload=alert(1)>)",
    "[x](file:///etc/passwd)",
    "[x](intent://evil.example#Intent;scheme=https;end)",
    "[x](view-source:https://evil.example)",
    "[x][k]\n\n[k]: javascript:alert(1)",
    "<javascript:alert(1)>",
    "<data:text/html,x>",
    '[x](https://a.example "onmouseover=alert(1) \\"><script>")',
    '[x](https://a.example/"onmouseover="alert(1))',
    "[x](https://a.example/<script>alert(1)</script>)",
    "![x](https://evil.example/a.png)",
    "![x](javascript:alert(1))",
    "![x][k]\n\n[k]: https://evil.example/a.png",
    "[![x](https://evil.example/a.png)](https://a.example)",
    "[<img src=x onerror=alert(1)>](https://a.example)",
    "`<script>alert(1)</script>`",
    "```html\" onload=\"alert(1)\n<script>alert(1)</script>\n```",
    "    <script>alert(1)</script>",
    "| a | b |\n|---|---|\n| <script>alert(1)</script> | [x](javascript:alert(1)) |",
    "[[tarif <script>alert(1)</script>]]",
    "[[tabel-tarif \" onload=\"alert(1)]]",
    "[[kantor ]](javascript:alert(1))",
    "[[[x](javascript:alert(1))]]",
]  # fmt: skip
PLACES = {
    "body": "{}",
    "heading": "# {}",
    "list": "- {}",
    "quote": "> {}",
    "table": "| a |\n|---|\n| {} |",
    "link text": "[{}](https://a.example)",
    "link target": "[x]({})",
    "pointed link target": "[x](<{}>)",
    "link title": '[x](https://a.example "{}")',
    "reference": "[x]\n\n[x]: {}",
    "code": "`{}`",
    "fence": "```{}\n{}\n```",
    "picture": "![{}]({})",
    "fact": "[[tarif {}]]",
    "table of facts": "[[tabel-tarif {}]]",
    "kind of fact": "[[{}]]",
}
# What an <a> may carry besides what an editor can give it.
GIVEN_BY_US = {"a": {"rel"}}


class Reader(HTMLParser):
    """Notes whatever a browser would find that the list of allowed things does not hold."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.wrong: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag not in TAGS:
            self.wrong.append(f"<{tag}>")
        for name, value in attrs:
            if name not in ATTRIBUTES.get(tag, set()) | GIVEN_BY_US.get(tag, set()):
                self.wrong.append(f"<{tag} {name}>")
            # As browsers do: signs up to the blank are dropped, wherever they stand.
            address = re.sub(r"[\x00-\x20]", "", value or "")
            if name == "href" and urlsplit(address).scheme not in {
                "", "http", "https", "mailto", "tel",
            }:  # fmt: skip
                self.wrong.append(f"{name}={value}")

    def handle_endtag(self, tag):
        if tag not in TAGS:
            self.wrong.append(f"</{tag}>")

    def handle_data(self, data):
        self.words.append(data)

    def handle_comment(self, data):
        self.wrong.append(f"<!--{data}-->")

    def handle_decl(self, decl):
        self.wrong.append(f"<!{decl}>")

    def handle_pi(self, data):
        self.wrong.append(f"<?{data}>")

    def unknown_decl(self, data):
        self.wrong.append(f"<![{data}]>")


def read(html):
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader


def wrong_in(html):
    return read(html).wrong


def words_in(html):
    return " ".join("".join(read(html).words).split())


@pytest.mark.parametrize(
    "html",
    [
        "<script>x</script>", "<p onclick=x>", "<a href='javascript:x'>", "<!-- x -->",
        "<img src=x>", "<a href='java\nscript:x'>", "<p style=x>", "<!doctype html>",
        "<?php x ?>", "</style>", "<a href='data:x'>", "<h1>x</h1>",
    ],
)  # fmt: skip
def test_the_reader_of_these_tests_sees_what_is_wrong(html):
    assert wrong_in(html)


@pytest.mark.django_db
@pytest.mark.parametrize("place", PLACES)
def test_nothing_hostile_survives_wherever_it_stands(place):
    made = {
        payload: wrong
        for payload in HOSTILE
        if (wrong := wrong_in(render(PLACES[place].replace("{}", payload))))
    }

    assert made == {}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "source",
    [
        "![peta](https://evil.example/a.png)",
        "![peta](/static/img/ikon.svg)",
        "![peta][k]\n\n[k]: https://evil.example/a.png",
        "[![peta](https://evil.example/a.png)](https://a.example)",
        '<img src="https://evil.example/a.png" alt="peta">',
    ],
)
def test_no_text_loads_a_picture(source):
    html = render(source)

    assert "<img" not in html
    assert "peta" in html


@given(st.text(max_size=400))
@hypothesis_settings(max_examples=150)
@pytest.mark.django_db
def test_no_text_at_all_makes_more_than_the_allowed_tags(text):
    assert wrong_in(render(text)) == []
    assert wrong_in(render(tidy(text))) == []


MARKS = [
    "[", "](", ")", "<", ">", "!", "`", "```", "|", "\n", "\n\n", "|---|", "&", "&#x", ";", '"',
    "javascript:", "https://a.example", "data:", "script", "img", " onerror=", "src=", "[[", "]]",
    "tarif ", "*", "_", "~~", "'", "# ", "> ", "- ", "    ", "\\", "\x00", "\t", "svg", "/", "a",
]  # fmt: skip


@given(st.lists(st.sampled_from(MARKS), max_size=40).map("".join))
@hypothesis_settings(max_examples=300)
@pytest.mark.django_db
def test_no_heap_of_marks_makes_more_than_the_allowed_tags(text):
    assert wrong_in(render(text)) == []


@given(st.text(max_size=300))
@hypothesis_settings(max_examples=150)
@pytest.mark.django_db
def test_plain_words_are_one_line_and_harmless_where_they_are_shown(text):
    words = plain(text)

    assert "\n" not in words
    assert words == " ".join(words.split())
    assert wrong_in(escape(words)) == []


@pytest.mark.parametrize("payload", HOSTILE)
@pytest.mark.django_db
def test_plain_words_hold_no_tag_that_the_renderer_made(payload):
    words = plain(f"**tebal** {payload}\n\n- butir")

    assert "<strong>" not in words
    assert "<li>" not in words
    assert "tebal" in words


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


# How long it takes

UNITS = ["[", "*", "_a ", "![", "[a](", "<", "`", "| ", "> ", "[[a ", "***a**b", "[a]: b\n", "&"]


@pytest.mark.django_db
@pytest.mark.parametrize("unit", UNITS)
def test_no_text_keeps_the_server_busy(unit):
    begun = time.process_time()

    render((unit * 20_000)[:20_000])

    # A tenth of this is usual; what grows with the square of the length would take minutes.
    assert time.process_time() - begun < 5


@pytest.mark.django_db
@pytest.mark.parametrize(
    "source", ["[[ab" + " " * 19_000, "[[ab x" + " " * 19_000, "[[" + " " * 19_000]
)
def test_brackets_that_never_close_keep_the_server_busy_no_longer(source):
    begun = time.process_time()

    render(source)

    assert time.process_time() - begun < 2


# The page


class Page(HTMLParser):
    """Every tag of a page with its attributes, and what stands in its scripts."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.scripts: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data):
        if self.cdata_elem == "script":
            self.scripts.append(data)

    @property
    def dangers(self):
        found = [name for _, attrs in self.tags for name in attrs if name.startswith("on")]
        for tag, attrs in self.tags:
            address = re.sub(r"[\x00-\x20]", "", attrs.get("href") or attrs.get("src") or "")
            if urlsplit(address).scheme not in {"", "http", "https", "mailto", "tel"}:
                found.append(address)
            if tag != "a" and "evil.example" in address:
                found.append(address)
            if tag == "script" and not address and attrs.get("type") != "application/ld+json":
                found.append("<script>")
            if tag in {"iframe", "object", "embed", "base", "style", "math"}:
                found.append(f"<{tag}>")
        return found + [script for script in self.scripts if "<" in script]


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["id", "en"])
def test_a_text_that_came_in_by_other_means_is_as_harmless_on_its_page(client, language):
    item = make_item(body="Isi.")
    everything = "\n\n".join(HOSTILE).replace("\x00", "")
    Item.objects.filter(pk=item.pk).update(
        title='<script>alert("judul")</script>',
        body=everything,
        title_en='</script><script>alert("title")</script>',
        body_en=everything,
        legal_source='"><script>alert("dasar")</script>',
    )
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language

    page = client.get(item.get_absolute_url()).content.decode()

    assert "alert(1)" in page
    assert Page(page).dangers == []


@pytest.mark.django_db
def test_a_draft_is_as_harmless_in_its_preview(client):
    item = make_item(is_published=False)
    everything = "\n\n".join(HOSTILE).replace("\x00", "")
    Version.objects.filter(item=item).update(body=everything, title=HOSTILE[0])

    page = client.get(item.versions.get().get_absolute_url()).content.decode()

    assert "alert(1)" in page
    assert Page(page).dangers == []
