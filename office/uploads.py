"""Files that strangers send: judged by their bytes, stripped of metadata, stored under random
names.

The rule of the house: the file is on the disk, synced, before any row names it. A file without a
row is swept by the hourly job; a row without a file must never exist.
"""

import contextlib
import errno
import hashlib
import os
import re
import secrets
import shutil
import threading
import unicodedata
import warnings
import zipfile
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import PurePosixPath

import filetype
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

MAX_FILES = 5
MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 50_000_000
# A JPEG above this is decoded at half its size; other kinds cannot be and are refused.
FULL_PIXELS = 25_000_000
# The reader of WebP holds four copies of a picture at once: as many as a phone of 12 megapixels
# makes, or a file of 45 kB would take a gigabyte.
WEBP_PIXELS = 12_500_000
# Files are refused before the disk is so full that the cases themselves could not be written.
RESERVED_BYTES = 500 * 1024 * 1024
# One picture at a time in a process: drawing anew takes memory by the hundred megabytes.
one_at_a_time = threading.BoundedSemaphore(1)
MAX_UNPACKED = 30 * 1024 * 1024
MAX_ENTRIES = 2_000

SNIFFED_BYTES = 8192

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# What the bytes may be, the endings that may go with it (the first is given to a name without one).
ENDINGS = {
    "image/jpeg": ("jpg", "jpeg", "jpe"),
    "image/png": ("png",),
    "image/webp": ("webp",),
    "application/pdf": ("pdf",),
    DOCX: ("docx",),
}
IMAGE_FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
ACCEPT = ",".join(f".{ending}" for endings in ENDINGS.values() for ending in endings)
# An ending in the middle of a name that some server or desktop might run.
RUNNABLE = re.compile(
    r"\.(php\d?|phtml|html?|xhtml|svg|js|jsp|asp|aspx|exe|com|bat|cmd|sh|py|pl|cgi|scr|lnk|hta)\.",
    re.I,
)


# The names that `store` gives, and nothing that somebody else has put into the storage.
OURS = re.compile(r"[0-9a-f]{32}\.[a-z0-9]{2,5}")


class UploadRefused(Exception):
    """The file cannot be taken; the message tells the sender why and what to do."""


@dataclass(frozen=True)
class StoredFile:
    """A file in private storage. `token` opens it through a view, `file` is its place in the
    storage.
    """

    token: str
    file: str
    name: str
    content_type: str
    size: int
    sha256: str


def accept(upload: UploadedFile) -> StoredFile:
    """Check one upload, clean it, store it. Raises UploadRefused."""
    name, content, content_type = checked(upload)
    return store(content, name=name, content_type=content_type)


def checked(
    upload: UploadedFile, among: Collection[str] = tuple(ENDINGS)
) -> tuple[str, bytes, str]:
    """The clean name, the clean bytes and what they are. Raises UploadRefused unless that is
    `among` the wanted kinds.
    """
    name = sized_name(upload)
    content = upload.read()
    content_type = _content_type(content)
    if content_type is None or content_type not in among:
        raise UploadRefused(_not_taken(name, among))
    name = matching_name(name, ENDINGS[content_type])
    if content_type in IMAGE_FORMATS:
        content = _reencoded(content, content_type, name)
    elif content_type == DOCX:
        _check_docx(content, name)
    return name, content, content_type


def sized_name(upload: UploadedFile, max_bytes: int = MAX_BYTES) -> str:
    """The clean name of a file that is neither empty nor too big. Raises UploadRefused."""
    name = _clean_name(upload.name or "")
    if upload.size == 0:
        raise UploadRefused(_("Berkas “%(name)s” kosong. Pilih berkas lain.") % {"name": name})
    if upload.size is None or upload.size > max_bytes:
        raise UploadRefused(
            _("Berkas “%(name)s” lebih besar dari %(max)s. Kecilkan atau kirim sebagian saja.")
            % {"name": name, "max": _size_text(max_bytes)}
        )
    return name


def _size_text(size: int) -> str:
    return f"{size // 1024 // 1024} MB" if size >= 1024 * 1024 else f"{size // 1024} kB"


def _not_taken(name: str, among: Collection[str]) -> str:
    if set(among) == set(ENDINGS):
        return _(
            "Berkas “%(name)s” tidak dapat diterima. Yang bisa: foto JPG, PNG, WebP, "
            "dokumen PDF atau DOCX."
        ) % {"name": name}
    kinds = ", ".join(ENDINGS[kind][0].upper() for kind in among)
    return _("Berkas “%(name)s” tidak dapat diterima. Yang bisa: %(kinds)s.") % {
        "name": name,
        "kinds": kinds,
    }


def store(
    content: bytes | File, *, name: str, content_type: str, ending: str = "", folder: str = ""
) -> StoredFile:
    """Write bytes under a random name and make sure that they are on the disk."""
    file = ContentFile(content) if isinstance(content, bytes) else content
    folder = folder or month_folder(timezone.now())
    place = f"{folder}/{secrets.token_hex(16)}.{ending or ENDINGS[content_type][0]}"
    try:
        _keep_reserve()
        place = default_storage.save(place, file)
        _sync(place)
    except OSError as error:
        discard(place)
        raise UploadRefused(
            _(
                "Penyimpanan berkas sedang penuh. Kirim tanpa lampiran dulu; Anda bisa "
                "menambahkannya nanti."
            )
        ) from error
    digest, size = hashlib.sha256(), 0
    file.seek(0)
    for chunk in file.chunks():
        digest.update(chunk)
        size += len(chunk)
    return StoredFile(
        token=secrets.token_urlsafe(32),
        file=place,
        name=name,
        content_type=content_type,
        size=size,
        sha256=digest.hexdigest(),
    )


def month_folder(at: datetime) -> str:
    return f"{at:%Y/%m}"


def discard(place: str) -> None:
    """Take away what was written for nothing; the hourly job takes what resists."""
    with contextlib.suppress(OSError):
        default_storage.delete(place)


def sweep_folder(folder: str, known: Collection[str], before: datetime) -> int:
    """Delete files older than `before` that `known` does not name; says how many."""
    try:
        names = default_storage.listdir(folder)[1]
    except FileNotFoundError:
        return 0
    places = [f"{folder}/{name}" for name in names if OURS.fullmatch(name)]
    orphans = [
        place
        for place in places
        if place not in known and default_storage.get_modified_time(place) < before
    ]
    for place in orphans:
        default_storage.delete(place)
    return len(orphans)


def _keep_reserve() -> None:
    try:
        free = shutil.disk_usage(default_storage.path("")).free
    except (NotImplementedError, FileNotFoundError):
        return  # an object store, or a folder that the first file makes
    if free < RESERVED_BYTES:
        raise OSError(errno.ENOSPC, "kept for the cases themselves")


def _sync(place: str) -> None:
    try:
        path = default_storage.path(place)
    except NotImplementedError:
        return  # an object store answers only when the object is safe
    for target in (path, os.path.dirname(path)):
        handle = os.open(target, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _clean_name(name: str) -> str:
    """The last part of the name without control, bidirectional or path signs, at most 100 signs
    long.
    """
    name = PurePosixPath(name.replace("\\", "/")).name
    name = "".join(
        sign for sign in name if unicodedata.category(sign)[0] != "C" and sign not in '<>:"/|?*;%'
    )
    name = " ".join(name.split()).strip(". ")
    stem, dot, ending = name.rpartition(".")
    return f"{stem[:90]}.{ending[:9]}" if dot else name[:100] or "berkas"


def _content_type(content: bytes) -> str | None:
    found = filetype.guess_mime(content[:SNIFFED_BYTES])
    if found == "application/zip" or (found and "openxmlformats" in found):
        return DOCX if _looks_like_docx(content) else None
    if found == "application/pdf" and b"%%EOF" not in content[-2048:] and b"%%EOF" not in content:
        return None
    return found if found in ENDINGS else None


def _looks_like_docx(content: bytes) -> bool:
    try:
        names = set(zipfile.ZipFile(BytesIO(content)).namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, UnicodeDecodeError):
        return False
    return {"[Content_Types].xml", "word/document.xml"} <= names


def _check_docx(content: bytes, name: str) -> None:
    entries = zipfile.ZipFile(BytesIO(content)).infolist()
    too_big = len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED
    with_macro = any(
        entry.filename.lower().endswith(("vbaproject.bin", ".exe", ".dll", ".js"))
        for entry in entries
    )
    if too_big or with_macro:
        raise UploadRefused(
            _(
                "Dokumen “%(name)s” berisi makro atau terlalu besar setelah dibuka. Simpan "
                "sebagai PDF, lalu kirim lagi."
            )
            % {"name": name}
        )


def matching_name(name: str, endings: Collection[str]) -> str:
    """The name with an ending that goes with the content. Raises UploadRefused."""
    first = next(iter(endings))
    stem, dot, ending = name.rpartition(".")
    if not dot:
        return f"{name}.{first}"
    if ending.lower() not in endings or RUNNABLE.search(f"{name}."):
        raise UploadRefused(
            _(
                "Nama berkas “%(name)s” tidak cocok dengan isinya (%(kind)s). Ganti namanya, "
                "lalu kirim lagi."
            )
            % {"name": name, "kind": first.upper()}
        )
    return f"{stem or 'berkas'}.{ending}"


def _reencoded(content: bytes, content_type: str, name: str) -> bytes:
    """The same picture drawn anew: no EXIF, no GPS, no trailing bytes, upright."""
    try:
        with one_at_a_time, warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _drawn_anew(content, IMAGE_FORMATS[content_type])
    except Exception as error:  # Pillow raises many kinds for a broken file
        raise UploadRefused(
            _("Gambar “%(name)s” rusak atau terlalu besar. Kirim foto lain.") % {"name": name}
        ) from error


def _drawn_anew(content: bytes, kind: str) -> bytes:
    # The header alone tells the size; nothing is decoded before that is known to be sane.
    image = Image.open(BytesIO(content), formats=[kind])
    pixels = image.width * image.height
    if pixels > {"JPEG": MAX_PIXELS, "WEBP": WEBP_PIXELS}.get(kind, FULL_PIXELS):
        raise ValueError("too many pixels")
    if pixels > FULL_PIXELS:
        image.draft("RGB", (image.width // 2, image.height // 2))
    image.load()
    ImageOps.exif_transpose(image, in_place=True)
    clean = _copied(image, kind)
    # Let go before the new file is written: that takes as much memory again.
    del image
    out = BytesIO()
    clean.save(out, kind, **({} if kind == "PNG" else {"quality": 88}))
    return out.getvalue()


def _copied(image: Image.Image, kind: str) -> Image.Image:
    """The pixels alone, in a mode that the kind of file knows."""
    wanted = ("RGB", "L") if kind == "JPEG" else ("RGB", "RGBA", "L", "LA", "P", "1")
    if image.mode not in wanted:
        image = image.convert("RGB")
    clean = Image.new(image.mode, image.size)
    if palette := image.getpalette() if image.mode == "P" else None:
        clean.putpalette(palette)
    clean.paste(image)
    return clean
