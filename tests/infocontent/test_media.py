import os
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from infocontent import media, pages
from infocontent.models import Media
from office import uploads
from office.uploads import UploadRefused
from tests.factories import make_image, make_pdf

from .files import (
    MP4,
    VTT,
    WEBM,
    body,
    infographic,
    named_by,
    on_disk,
    paper_with_pages,
    read,
    take,
    take_picture,
)

pytestmark = pytest.mark.django_db


def noise(size, kind="JPEG", **save):
    picture = Image.frombytes("RGB", size, os.urandom(3 * size[0] * size[1]))
    out = BytesIO()
    picture.save(out, kind, **save)
    return out.getvalue()


def test_a_picture_keeps_its_full_size_and_gets_smaller_ones_beside_it():
    row = take_picture(size=(1000, 600))

    assert (row.kind, row.width, row.height) == (Media.Kind.PICTURE, 1000, 600)
    assert Image.open(BytesIO(read(row.file))).size == (1000, 600)
    assert [(one["width"], one["height"], one["content_type"]) for one in row.renditions] == [
        (480, 288, "image/webp"),
        (480, 288, "image/jpeg"),
        (800, 480, "image/webp"),
        (800, 480, "image/jpeg"),
        (1000, 600, "image/webp"),
        (1000, 600, "image/jpeg"),
    ]
    for one in row.renditions:
        drawn = Image.open(BytesIO(read(one["file"])))
        assert (drawn.size, drawn.get_format_mimetype()) == (
            (one["width"], one["height"]),
            one["content_type"],
        )
        assert one["size"] == len(read(one["file"]))
    assert on_disk() == named_by(row)


def test_a_small_picture_is_never_made_larger():
    row = take_picture(size=(300, 200))

    assert {one["width"] for one in row.renditions} == {300}


def test_what_a_phone_loads_first_has_at_most_200_kilobytes_whatever_the_picture():
    row = take(media.take_picture, "derau.jpg", noise((3000, 4000), quality=45))

    widths = {one["width"] for one in row.renditions}
    first = [one["size"] for one in row.renditions if one["width"] <= 800]
    assert widths == {480, 800, 1200, 1600}
    assert len(first) == 4
    assert max(first) <= 200_000
    assert row.size > 1_000_000


def test_noise_that_no_quality_makes_small_gets_narrower():
    row = take(media.take_picture, "derau.png", noise((800, 1900), "PNG"))

    assert max(one["size"] for one in row.renditions) <= 200_000
    assert min(one["width"] for one in row.renditions) < 480
    for one in row.renditions:
        assert Image.open(BytesIO(read(one["file"]))).width == one["width"]


def test_nothing_of_a_picture_tells_who_took_it_and_where():
    row = take(media.take_picture, "a.jpg", make_image(size=(900, 500), artist="ZQARTIST"))

    for place in named_by(row):
        assert b"ZQARTIST" not in read(place)
        assert not Image.open(BytesIO(read(place))).getexif()


def test_what_is_transparent_stands_on_white_in_a_jpeg_and_stays_in_a_webp():
    out = BytesIO()
    Image.new("RGBA", (600, 400), (255, 0, 0, 0)).save(out, "PNG")

    row = take(media.take_picture, "tembus.png", out.getvalue())

    files = {one["content_type"]: read(one["file"]) for one in row.renditions}
    assert Image.open(BytesIO(files["image/jpeg"])).getpixel((5, 5)) == (255, 255, 255)
    assert Image.open(BytesIO(files["image/webp"])).getpixel((5, 5))[3] == 0


@pytest.mark.parametrize("mode", ["P", "L", "LA", "1"])
def test_pictures_without_full_colours_are_taken_too(mode):
    out = BytesIO()
    Image.new("RGBA", (600, 400), "teal").convert(mode).save(out, "PNG")

    row = take(media.take_picture, "sederhana.png", out.getvalue())

    assert {one["width"] for one in row.renditions} == {480, 600}


def test_a_name_of_digits_is_not_taken_for_a_width(client):
    row = take_picture("800.jpg")
    infographic(row)

    response = client.get(row.get_absolute_url())

    assert row.name == "gambar-800.jpg"
    assert Image.open(BytesIO(body(response))).width == 1000


@pytest.mark.parametrize(
    ("name", "content", "kind"), [("a.mp4", MP4, "video/mp4"), ("a.webm", WEBM, "video/webm")]
)
def test_a_video_is_kept_byte_for_byte(name, content, kind):
    row = take(media.take_video, name, content)

    assert (row.kind, row.content_type, row.size) == (Media.Kind.VIDEO, kind, len(content))
    assert read(row.file) == content


def test_captions_are_kept_as_webvtt_with_plain_line_ends():
    row = take(media.take_captions, "a.vtt", b"\xef\xbb\xbf" + VTT.replace("\n", "\r\n").encode())

    assert (row.kind, row.content_type) == (Media.Kind.CAPTIONS, "text/vtt")
    assert read(row.file).decode() == VTT


@pytest.mark.parametrize("number", [1, 3])
def test_the_pages_of_a_document_are_counted(number):
    row = take(media.take_document, "brosur.pdf", paper_with_pages(number))

    assert (row.kind, row.pages) == (Media.Kind.DOCUMENT, number)


@pytest.mark.parametrize(
    "content",
    [
        make_pdf(),
        b"%PDF-1.7\n" + os.urandom(20_000) + b"\n%%EOF",
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Count 9/Kids[2 0 R 2 0 R]>>endobj\n"
        b"trailer<</Root 1 0 R>>\n%%EOF",
        b"%PDF-1.4\n" + b"[" * 200_000 + b"\n%%EOF",
    ],
)
def test_a_broken_document_is_taken_without_a_number_of_pages(content):
    row = take(media.take_document, "aneh.pdf", content)

    assert row.pages is None
    assert read(row.file) == content


@pytest.mark.parametrize(
    "hostile", ["while True: pass", "x = bytearray(4 << 30)", "import nothing"]
)
def test_a_counter_that_hangs_or_grows_is_ended(monkeypatch, hostile):
    limits = pages.COUNTER.partition("logging.disable()")[0].replace(f"({pages.SECONDS},", "(1,")
    monkeypatch.setattr(pages, "COUNTER", f"{limits}\n{hostile}")
    monkeypatch.setattr(pages, "SECONDS", 1)

    assert pages.count_pages(make_pdf()) is None


@pytest.mark.parametrize(
    ("taker", "name", "content", "says"),
    [
        (media.take_picture, "a.pdf", make_pdf(), "JPG, PNG, WEBP"),
        (media.take_picture, "a.gif", make_image("GIF"), "JPG, PNG, WEBP"),
        (media.take_picture, "a.svg", b"<svg onload='1'/>", "JPG, PNG, WEBP"),
        (media.take_picture, "a.jpg", make_image()[:40], "rusak"),
        (media.take_picture, "a.png", make_image(), "tidak cocok"),
        (media.take_picture, "a.jpg", b"", "kosong"),
        (media.take_picture, "a.png", make_image("PNG", (10, 2000)), "Potong"),
        (media.take_document, "a.pdf", make_image(), "PDF"),
        (media.take_document, "a.pdf", b"<html>%PDF-1.4 %%EOF", "PDF"),
        (media.take_document, "a.pdf.html", make_pdf(), "tidak cocok"),
        (media.take_document, "a.pdf", make_pdf() + b"\0" * uploads.MAX_BYTES, "10 MB"),
        (media.take_video, "a.mp4", make_pdf(), "MP4"),
        (media.take_video, "a.mov", b"\0\0\0\x14ftypqt  \0\0\0\0qt  " + b"\0" * 99, "MP4"),
        (media.take_video, "a.mp4", WEBM, "tidak cocok"),
        (media.take_video, "a.mp4", b"", "kosong"),
        (media.take_captions, "a.vtt", b"", "kosong"),
        (media.take_captions, "a.srt", VTT.encode(), "VTT"),
        (media.take_captions, "a.vtt", VTT.encode("utf-16"), "UTF-8"),
        (media.take_captions, "a.vtt", VTT[8:].encode(), "baris pertamanya harus WEBVTT"),
        (media.take_captions, "a.vtt", b"WEBVTTX\n\n" + VTT[8:].encode(), "baris pertamanya"),
        (media.take_captions, "a.vtt", VTT.encode() + b"\0", "WebVTT"),
        (media.take_captions, "a.vtt", b"WEBVTT\n\nSelamat datang.\n", "dengan waktunya"),
        (
            media.take_captions,
            "a.vtt",
            b"WEBVTT\n\n00:04.000 --> 00:01.000\nMundur.\n",
            "dengan waktunya",
        ),
        (media.take_captions, "a.vtt", b"WEBVTT\n\n00:01.000 --> 00:04.000\n\n", "waktunya"),
        (media.take_captions, "a.vtt", VTT.encode() + b"a" * 512_000, "500 kB"),
    ],
)
def test_what_is_refused_says_why_and_leaves_nothing(taker, name, content, says):
    with pytest.raises(UploadRefused, match=says):
        take(taker, name, content)

    assert on_disk() == []
    assert not Media.objects.exists()


def test_a_video_larger_than_60_megabytes_is_refused_before_it_is_read(monkeypatch):
    upload = SimpleUploadedFile("a.mp4", MP4)
    upload.size = 60 * 1024 * 1024 + 1

    with pytest.raises(UploadRefused, match="60 MB"):
        media.take_video(upload, uploader=None)

    assert on_disk() == []


def test_a_disk_that_fills_up_half_way_leaves_nothing(monkeypatch):
    save, saved = default_storage.save, []

    def save_three(place, content):
        if len(saved) == 3:
            raise OSError(28, "No space left on device")
        saved.append(place)
        return save(place, content)

    monkeypatch.setattr(default_storage, "save", save_three)

    with pytest.raises(UploadRefused, match="penuh"):
        take_picture()

    assert len(saved) == 3
    assert on_disk() == []
    assert not Media.objects.exists()


def test_a_row_that_cannot_be_written_leaves_no_files(monkeypatch):
    def fail(**fields):
        raise RuntimeError

    monkeypatch.setattr(Media.objects, "create", fail)

    with pytest.raises(RuntimeError):
        take_picture()

    assert on_disk() == []
