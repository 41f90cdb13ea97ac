"""Files that the office would upload, and where they end up."""

from io import BytesIO
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from infocontent import media
from infocontent.models import Item, Kind, Media
from office.roles import Role
from tests.factories import make_image, make_pdf, make_user

from .items import make_item

MP4 = b"\0\0\0\x20ftypisom\0\0\2\0isomiso2avc1mp41" + bytes(range(256)) * 8
WEBM = b"\x1a\x45\xdf\xa3\x01\0\0\0\0\0\0\x1f\x42\x86\x81\1\x42\x82\x84webm" + b"\0" * 400
VTT = "WEBVTT\n\n00:01.000 --> 00:04.000\nSelamat datang.\n"


def take(taker: Any, name: str, content: bytes) -> Media:
    return taker(SimpleUploadedFile(name, content), uploader=make_user(Role.HUMAS))


def take_picture(name: str = "foto.jpg", size: tuple[int, int] = (1000, 600)) -> Media:
    return take(media.take_picture, name, make_image(size=size))


def take_pdf(name: str = "brosur.pdf") -> Media:
    return take(media.take_document, name, make_pdf())


def take_video() -> Media:
    return take(media.take_video, "ajakan.mp4", MP4)


def paper_with_pages(number: int) -> bytes:
    """A real PDF as a program writes it."""
    out = BytesIO()
    leaves = [Image.new("L", (40, 60), "white") for _page in range(number)]
    leaves[0].save(out, "PDF", save_all=True, append_images=leaves[1:])
    return out.getvalue()


def read(place: str) -> bytes:
    with default_storage.open(place) as file:
        return file.read()


def on_disk() -> list[str]:
    root = Path(default_storage.location)
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())


def named_by(row: Media) -> list[str]:
    return sorted([row.file, *(one["file"] for one in row.renditions)])


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content)


def infographic(picture: Media, **more: Any) -> Item:
    words = {"kind": Kind.INFOGRAPHIC, "alt": "Sebuah gambar.", **more}
    return make_item(words.pop("slug", "infografis"), picture=picture, **words)


def rendition_address(row: Media, width: int, ending: str = "webp") -> str:
    return f"/informasi/berkas/{row.token}/{width}.{ending}"
