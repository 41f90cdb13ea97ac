"""Taking pictures, videos, captions and documents of the office: the checks of any other upload,
and smaller sizes of a picture beside it.

As everywhere: the files are on the disk, synced, before the row that names them.
"""

import math
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from io import BytesIO
from typing import Any

import filetype
from django.core.files.base import ContentFile, File
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from PIL import Image

from office import uploads
from office.models import User
from office.uploads import StoredFile, UploadRefused

from .models import Media
from .pages import count_pages

# Of its own, so that the sweep of what citizens send leaves it alone.
FOLDER = "konten"
WIDTHS = (480, 800, 1200, 1600)
# What a phone loads first; wider ones are for wider screens.
FIRST_VIEW_WIDTH = 800
FIRST_VIEW_BYTES = 200_000
QUALITIES = (82, 66, 50, 34, 22)
# The ending in the address, and what comes.
RENDITION_TYPES = {"webp": "image/webp", "jpg": "image/jpeg"}
MAX_SIDES_RATIO = 10

MAX_VIDEO_BYTES = 60 * 1024 * 1024
VIDEO_ENDINGS = {"video/mp4": ("mp4", "m4v"), "video/webm": ("webm",)}
MAX_CAPTIONS_BYTES = 500 * 1024
CAPTIONS_TYPE = "text/vtt"
MOMENT = r"(?:\d{2,4}:)?[0-5]\d:[0-5]\d\.\d{3}"
CUE = re.compile(rf"^({MOMENT})[ \t]+-->[ \t]+({MOMENT})(?:[ \t][^\n]*)?\n[^\n]*\S", re.M)


def take_picture(upload: UploadedFile, *, uploader: User | None) -> Media:
    """Keep a picture in full size, drawn anew without metadata, and in the sizes of WIDTHS."""
    name, content, content_type = uploads.checked(upload, tuple(uploads.IMAGE_FORMATS))
    # The name is the last part of an address; digits alone would be taken for a width.
    name = f"gambar-{name}" if name.rpartition(".")[0].isdecimal() else name
    with uploads.one_at_a_time:
        picture = Image.open(BytesIO(content))
        if max(picture.size) > MAX_SIDES_RATIO * min(picture.size):
            raise UploadRefused(
                f"Gambar “{name}” terlalu panjang dan sempit untuk layar. Potong menjadi "
                "beberapa gambar, lalu unggah satu per satu."
            )
        drawn = list(_renditions(picture))
    folder = _folder()
    with _taking() as taken:
        whole = _kept(taken, content, name=name, content_type=content_type, folder=folder)
        renditions = []
        for smaller, (width, height), kind in drawn:
            stored = _kept(taken, smaller, name=name, content_type=kind, folder=folder)
            renditions.append(
                {
                    "width": width,
                    "height": height,
                    "content_type": kind,
                    "size": stored.size,
                    "file": stored.file,
                }
            )
        return _saved(
            whole,
            Media.Kind.PICTURE,
            uploader,
            width=picture.width,
            height=picture.height,
            renditions=renditions,
        )


def take_video(upload: UploadedFile, *, uploader: User | None) -> Media:
    """Keep a video as it is: MP4 or WebM, which browsers play without anything from elsewhere."""
    name = uploads.sized_name(upload, MAX_VIDEO_BYTES)
    upload.seek(0)
    content_type = filetype.guess_mime(upload.read(uploads.SNIFFED_BYTES))
    if content_type not in VIDEO_ENDINGS:
        raise UploadRefused(
            f"Berkas “{name}” bukan video MP4 atau WebM. Simpan atau ubah menjadi MP4, lalu "
            "unggah lagi."
        )
    endings = VIDEO_ENDINGS[content_type]
    name = uploads.matching_name(name, endings)
    with _taking() as taken:
        upload.seek(0)
        stored = _kept(taken, upload, name=name, content_type=content_type, ending=endings[0])
        return _saved(stored, Media.Kind.VIDEO, uploader)


def take_captions(upload: UploadedFile, *, uploader: User | None) -> Media:
    """Keep captions (WebVTT)."""
    name = uploads.sized_name(upload, MAX_CAPTIONS_BYTES)
    name = uploads.matching_name(name, ("vtt",))
    text = _caption_text(upload.read(), name)
    with _taking() as taken:
        stored = _kept(taken, text.encode(), name=name, content_type=CAPTIONS_TYPE, ending="vtt")
        return _saved(stored, Media.Kind.CAPTIONS, uploader)


def take_document(upload: UploadedFile, *, uploader: User | None) -> Media:
    """Keep a PDF, with the number of its pages where it can be counted."""
    name, content, content_type = uploads.checked(upload, ("application/pdf",))
    with _taking() as taken:
        stored = _kept(taken, content, name=name, content_type=content_type)
        return _saved(stored, Media.Kind.DOCUMENT, uploader, pages=count_pages(content))


def _renditions(picture: Image.Image) -> Iterator[tuple[bytes, tuple[int, int], str]]:
    alpha = "A" in picture.mode or "transparency" in picture.info
    picture = picture.convert("RGBA" if alpha else "RGB")
    for width in sorted({min(width, picture.width) for width in WIDTHS}):
        for content_type in RENDITION_TYPES.values():
            kind = uploads.IMAGE_FORMATS[content_type]
            yield *_fitting(picture, width, kind), content_type


def _fitting(picture: Image.Image, width: int, kind: str) -> tuple[bytes, tuple[int, int]]:
    """The best quality that a phone can load; noise that no quality makes small gets narrower."""
    while True:
        size = (width, max(1, round(picture.height * width / picture.width)))
        smaller = picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=3)
        if kind == "JPEG" and smaller.mode == "RGBA":
            paper = Image.new("RGB", size, "white")
            paper.paste(smaller, mask=smaller.getchannel("A"))
            smaller = paper
        for quality in QUALITIES:
            out = BytesIO()
            smaller.save(out, kind, quality=quality)
            if width > FIRST_VIEW_WIDTH or out.tell() <= FIRST_VIEW_BYTES:
                return out.getvalue(), size
        width = int(width * max(0.5, min(0.9, math.sqrt(FIRST_VIEW_BYTES / out.tell()))))


def _caption_text(content: bytes, name: str) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UploadRefused(
            f"Takarir “{name}” tidak terbaca. Simpan sebagai UTF-8, lalu unggah lagi."
        ) from error
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text or not re.match(r"WEBVTT(?:[ \t\n]|$)", text):
        raise UploadRefused(
            f"Takarir “{name}” bukan WebVTT: baris pertamanya harus WEBVTT. Simpan takarir "
            "sebagai WebVTT (.vtt), lalu unggah lagi."
        )
    if not any(_seconds(cue[1]) < _seconds(cue[2]) for cue in CUE.finditer(text)):
        raise UploadRefused(
            f"Takarir “{name}” tidak berisi satu kalimat pun dengan waktunya, misalnya "
            "“00:01.000 --> 00:04.000” lalu kalimatnya. Lengkapi, lalu unggah lagi."
        )
    return text


def _seconds(moment: str) -> float:
    *hours, minutes, seconds = moment.split(":")
    return int(hours[0] if hours else 0) * 3600 + int(minutes) * 60 + float(seconds)


def _folder() -> str:
    return f"{FOLDER}/{uploads.month_folder(timezone.now())}"


@contextmanager
def _taking() -> Iterator[list[str]]:
    """The places of what is written; all of it goes again if anything fails."""
    taken: list[str] = []
    try:
        yield taken
    except BaseException:
        for place in taken:
            uploads.discard(place)
        raise


def _kept(
    taken: list[str],
    content: bytes | File,
    *,
    name: str,
    content_type: str,
    ending: str = "",
    folder: str = "",
) -> StoredFile:
    # A file too big for memory is read from where it lies, in pieces.
    file = content if isinstance(content, File) else ContentFile(content)
    stored = uploads.store(
        file, name=name, content_type=content_type, ending=ending, folder=folder or _folder()
    )
    taken.append(stored.file)
    return stored


def _saved(stored: StoredFile, kind: str, uploader: User | None, **more: Any) -> Media:
    return Media.objects.create(**asdict(stored), kind=kind, uploader=uploader, **more)
