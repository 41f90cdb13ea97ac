"""Infographics that the portal draws itself, so that no price and no length of the law on them is
ever typed.

SVG knows no line breaks: every place is computed here, and the templates only paint.
"""

from collections.abc import Callable, Iterable
from dataclasses import astuple, dataclass, field, replace
from functools import cache

import segno
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from PIL import ImageFont

from office.calendar import today
from office.models import Office

from .facts import FACTS
from .models import Drawing, Item, Tariff, Version

HEIGHT = 1350
MIN_FOOTER = 200
# How much wider than the font that measures a reader's own may be; a bold one is wider still.
SLACK, BOLD_SLACK = 1.14, 1.28
# Of the letters, in percent.
SMALLEST = 55
MIN_GAP, MAX_GAP = 8, 36


@dataclass(frozen=True)
class Line:
    text: str
    y: int


@dataclass
class Block:
    """One row of a drawing: a price, or a step. `mark` is what stands out in it."""

    heading: str
    body: str = ""
    small: str = ""
    mark: str = ""
    number: int = 0
    top: int = 0
    height: int = 0
    headings: list[Line] = field(default_factory=list)
    bodies: list[Line] = field(default_factory=list)
    smalls: list[Line] = field(default_factory=list)

    @property
    def middle(self) -> int:
        return self.top + self.height // 2

    @property
    def beside(self) -> int:
        """The middle of the first line, where number and mark of a step stand."""
        return self.headings[0].y - 12

    def set_lines(self, type_: "Type", width: int) -> None:
        """Break the texts into lines below `top`; sets the height that they take."""
        y = self.top + type_.padding
        self.headings, y = _set(self.heading, y, width, type_.heading, is_bold=True)
        self.bodies, y = _set(self.body, y + 8 * bool(self.body), width, type_.body)
        self.smalls, y = _set(self.small, y + 8 * bool(self.small), width, type_.small)
        self.height = y + type_.padding - self.top


@dataclass(frozen=True)
class Type:
    """Sizes of letters, which shrink together when there is much to say."""

    heading: int
    body: int
    small: int
    mark: int
    padding: int

    def scaled(self, percent: int) -> "Type":
        return Type(*(size * percent // 100 for size in astuple(self)))


@dataclass
class Picture:
    """What one drawing says."""

    template: str
    title: str
    lead: str
    blocks: list[Block]
    foot: list[str]
    type_: Type
    text_width: int
    mark_width: int = 0
    empty: str = ""


def draw(content: Item | Version) -> str:
    """The drawing that an item or a version names, as SVG in the current language."""
    item = content.item if isinstance(content, Version) else content
    picture = PICTURES[Drawing(content.drawing)]()
    title, y = _set(picture.title, 112, 940, 62, is_bold=True)
    lead, y = _set(picture.lead, y + 10, 900, 32)
    header = y + 36
    address = settings.SITE_URL + item.short_url
    foot = [_("Keadaan %(day)s") % {"day": date_format(today(), "j F Y")}, *picture.foot]
    _lines, y = _set("\n".join(foot), 0, 720, 26)
    footer = HEIGHT - max(MIN_FOOTER, y + 100)
    lines, y = _set("\n".join(foot), footer + 26, 720, 26)
    where, y = _set(address.partition("://")[2], y + 8, 720, 28, is_bold=True)
    return render_to_string(
        f"infocontent/drawings/{picture.template}.svg",
        {
            "language": get_language(),
            "office": Office.objects.current().name,
            "picture": picture,
            "type": _fill(picture, header + 38, footer - 26),
            "alt": content.in_language("alt"),
            "title": title,
            "lead": lead,
            "header": header,
            "footer": footer,
            "foot": lines,
            "where": where,
            "qr": _qr(address),
        },
    )


def _passport_tariffs() -> Picture:
    rows = [row for row in Tariff.objects.in_force() if row.group == "paspor"]
    since = {row.valid_from for row in rows}
    sources = {row.source for row in rows}
    blocks = [
        Block(
            heading=row.label,
            body=_("per %(unit)s") % {"unit": row.per} if row.per else "",
            small="" if len(since) == len(sources) == 1 else f"{_since(row)} · {row.source}",
            mark=row.rupiah,
        )
        for row in rows
    ]
    return Picture(
        template="tariffs",
        title=_("Tarif paspor"),
        lead=_since(rows[0]) if len(since) == 1 else "",
        blocks=blocks,
        foot=[
            *([_("Dasar hukum: %(law)s") % {"law": sources.pop()}] if len(sources) == 1 else []),
            _("Semua tarif, selalu yang terbaru, ada di alamat ini:"),
        ],
        type_=Type(heading=36, body=28, small=22, mark=46, padding=16),
        text_width=570,
        mark_width=290,
        empty=_("Tarif belum tersedia. Tanyakan kepada petugas kami."),
    )


def _since(row: Tariff) -> str:
    return _("Berlaku sejak %(day)s") % {"day": date_format(row.valid_from, "j F Y")}


def _passport_steps() -> Picture:
    steps = [
        (
            _("Ajukan permohonan"),
            _("Lewat M-Paspor: buat akun, unggah berkas, lalu pilih kantor dan jadwal."),
        ),
        (
            _("Bayar"),
            _("Pakai kode billing, sebelum masa berlakunya habis."),
        ),
        (
            _("Datang untuk wawancara dan biometrik"),
            _("Sesuai jadwal Anda. Petugas memeriksa berkas dan mengambil data biometrik."),
        ),
        (
            _("Verifikasi dan persetujuan"),
            _("Permohonan dapat ditunda untuk pemeriksaan (BAP), atau ditolak."),
        ),
        (
            _("Pencetakan dan uji kualitas"),
            _("Paspor dicetak, lalu diperiksa mutunya."),
        ),
        (
            _("Paspor siap diambil"),
            _("Paspor diserahkan kepada Anda di kantor."),
        ),
    ]
    return Picture(
        template="steps",
        title=_("Langkah membuat paspor"),
        lead=_("Dari permohonan sampai paspor di tangan Anda"),
        blocks=_numbered(Block(heading=heading, body=text) for heading, text in steps),
        foot=[_("Selengkapnya ada di alamat ini:")],
        type_=Type(heading=42, body=32, small=24, mark=36, padding=8),
        text_width=800,
    )


def _ppid_clock() -> Picture:
    """The way of a request for information (UU 14/2008 Ps 22, 35-37); who knows the lengths of the
    law tells them, and without them the drawing has no numbers.
    """
    steps = [
        ("", _("Permohonan diterima"), _("Anda mendapat nomor pendaftaran.")),
        (
            "permohonan jawaban",
            _("Jawaban tertulis PPID"),
            _("Dihitung sejak permohonan diterima."),
        ),
        (
            "permohonan perpanjangan",
            _("Perpanjangan waktu"),
            _("Hanya satu kali, dengan alasan tertulis."),
        ),
        (
            "keberatan diajukan",
            _("Keberatan"),
            _("Anda ajukan kepada atasan PPID, dihitung sejak ada alasannya."),
        ),
        (
            "keberatan jawaban",
            _("Tanggapan atasan PPID"),
            _("Dihitung sejak keberatan diterima."),
        ),
        (
            "sengketa diajukan",
            _("Sengketa informasi"),
            _("Anda ajukan kepada Komisi Informasi, dihitung sejak tanggapan diterima."),
        ),
    ]
    blocks = _numbered(
        Block(heading=heading, body=text, mark=_length(words)) for words, heading, text in steps
    )
    has_lengths = any(block.mark for block in blocks)
    working_days = _("Hari kerja: tanpa akhir pekan, hari libur, dan cuti bersama.")
    return Picture(
        template="steps",
        title=_("Waktu jawaban PPID"),
        lead=(
            _("Batas waktu menurut UU 14/2008")
            if has_lengths
            else _("Permohonan informasi publik menurut UU 14/2008")
        ),
        blocks=blocks,
        foot=[*([working_days] if has_lengths else []), _("Selengkapnya ada di alamat ini:")],
        type_=Type(heading=38, body=30, small=24, mark=36, padding=6),
        text_width=520 if has_lengths else 800,
        mark_width=244,
    )


def _length(words: str) -> str:
    length_of = FACTS.get("tenggat")
    return length_of(words) if length_of and words else ""


PICTURES: dict[Drawing, Callable[[], Picture]] = {
    Drawing.PASSPORT_TARIFFS: _passport_tariffs,
    Drawing.PASSPORT_STEPS: _passport_steps,
    Drawing.PPID_CLOCK: _ppid_clock,
}


def _numbered(blocks: Iterable[Block]) -> list[Block]:
    return [replace(block, number=number) for number, block in enumerate(blocks, start=1)]


def _fill(picture: Picture, top: int, bottom: int) -> Type:
    """Place the blocks between top and bottom, in the largest letters that fit; what does not fit
    in the smallest is left to the address below.
    """
    for percent in range(100, SMALLEST - 1, -5):
        type_ = picture.type_.scaled(percent)
        room = _room(picture, type_, bottom - top)
        if room >= 0:
            break
    while room < 0:
        picture.blocks.pop()
        room = _room(picture, type_, bottom - top)
    gap = MIN_GAP + min(MAX_GAP, room // max(1, len(picture.blocks) - 1))
    top += (room - (gap - MIN_GAP) * (len(picture.blocks) - 1)) // 3
    for block in picture.blocks:
        block.top = top
        block.set_lines(type_, picture.text_width)
        top += block.height + gap
    return replace(type_, mark=_mark_size(picture))


def _room(picture: Picture, type_: Type, height: int) -> int:
    """What is left of the height when every block stands; below zero if they do not fit."""
    for block in picture.blocks:
        block.set_lines(type_, picture.text_width)
    return height - sum(block.height + MIN_GAP for block in picture.blocks)


def _mark_size(picture: Picture) -> int:
    size, width = picture.type_.mark, picture.mark_width
    marks = [text_width(block.mark, size, is_bold=True) for block in picture.blocks]
    widest = max(marks, default=0)
    return size if widest <= width else int(size * width / widest)


def _set(
    text: str, y: int, width: int, size: int, *, is_bold: bool = False
) -> tuple[list[Line], int]:
    """The text in lines, the first below y, and where the last one ends."""
    lines = []
    for paragraph in text.splitlines():
        for line in wrapped(paragraph, width, size, is_bold=is_bold):
            lines.append(Line(line, y + size * 9 // 10))
            y += size * 5 // 4
    return lines, y


def wrapped(text: str, width: int, size: int, *, is_bold: bool = False) -> list[str]:
    """Lines that are no wider than `width` in any usual font."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size, is_bold=is_bold) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def text_width(text: str, size: int, *, is_bold: bool = False) -> float:
    return _font().getlength(text) * size / 100 * (BOLD_SLACK if is_bold else SLACK)


@cache
def _font() -> ImageFont.FreeTypeFont:
    font = ImageFont.load_default(100)
    assert isinstance(font, ImageFont.FreeTypeFont)  # noqa: S101 - for the type checker
    return font


def _qr(address: str) -> dict[str, object]:
    """The dark squares of the QR code as one path, and how many there are from side to side."""
    rows = list(segno.make_qr(address, error="m").matrix)
    squares = (
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark
    )
    return {"path": "".join(squares), "size": len(rows)}
