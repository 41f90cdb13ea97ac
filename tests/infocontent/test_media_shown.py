import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from infocontent import media
from infocontent.models import Kind

from .files import (
    VTT,
    infographic,
    paper_with_pages,
    take,
    take_picture,
    take_video,
)
from .items import make_draft, make_item

pytestmark = pytest.mark.django_db


def shown(content, language="id"):
    with override(language):
        return render_to_string("infocontent/_media.html", {"content": content})


def test_a_phone_chooses_only_among_the_small_sizes():
    row = take_picture(size=(2000, 1000))

    page = shown(infographic(row))

    for_phones, for_others = page.split("<source type=", 1)
    assert for_phones.count("480w") == for_phones.count("800w") == 2
    assert "1200w" not in for_phones
    assert "1600w" in for_others
    assert 'width="2000" height="1000"' in page
    assert 'alt="Sebuah gambar."' in page
    assert row.get_absolute_url() in page


def test_a_reader_of_english_gets_the_english_alternative_or_is_told_its_language():
    item = infographic(take_picture())
    indonesian = shown(item, "en")
    item.alt_en = "A picture."

    english = shown(item, "en")

    assert 'alt="Sebuah gambar." lang="id"' in indonesian
    assert 'alt="A picture." loading' in english


def test_the_preview_of_a_draft_carries_its_secret_to_every_file():
    item = make_draft(kind=Kind.INFOGRAPHIC, picture=take_picture(), alt="x")
    version = item.open_version

    page = shown(version)

    assert page.count(f"?pratinjau={version.preview_token}") == page.count("/informasi/berkas/") > 5


def test_a_video_has_captions_a_transcript_and_is_not_loaded_before_it_is_wanted():
    captions = take(media.take_captions, "a.vtt", VTT.encode())
    item = make_item(
        kind=Kind.VIDEO,
        video=take_video(),
        captions=captions,
        transcript="Selamat *datang*. <script>",
    )

    page = shown(item)

    assert 'preload="none"' in page
    assert f'<track kind="captions" src="{captions.get_absolute_url()}"' in page
    assert "Selamat <em>datang</em>." in page
    assert "<script>" not in page
    assert "MP4, 2,0 KB" in page.replace("\xa0", " ")


@pytest.mark.parametrize(
    ("language", "number", "says"),
    [("id", 4, "PDF, 4 halaman, "), ("en", 4, "PDF, 4 pages, "), ("en", 1, "PDF, 1 page, ")],
)
def test_a_document_says_its_type_pages_and_size(language, number, says):
    row = take(media.take_document, "brosur.pdf", paper_with_pages(number))

    page = shown(make_item(kind=Kind.BROCHURE, document=row), language)

    assert says in page.replace("\xa0", " ")


def test_an_item_without_files_shows_nothing():
    assert shown(make_item()).strip() == ""


def test_the_whole_page_shows_its_picture(client):
    row = take_picture()
    item = infographic(row)

    page = client.get(item.get_absolute_url()).content.decode()

    assert f"/informasi/berkas/{row.token}/480.webp 480w" in page
