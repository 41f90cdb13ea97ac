"""Whatever somebody typed, the reader gets words, never a script."""

import time

import pytest
from django.conf import settings
from django.utils.html import escape
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from infocontent.markdown import plain, render, unsafe_links
from infocontent.models import Item, Version
from office.texts import tidy

from .hostile import HOSTILE, PLACES, Page, wrong_in
from .items import make_item


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


@pytest.mark.parametrize(
    "source", ["](" + " " * 19_000, "](<" + " " * 19_000, "](" + " " * 9_000 + "<" + " " * 9_000]
)
def test_a_link_that_never_comes_keeps_the_editor_waiting_no_longer(source):
    begun = time.process_time()

    unsafe_links(source)

    assert time.process_time() - begun < 0.5


# The page


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
