"""What differs between two versions, word by word, as data for the page."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.utils.formats import date_format

from ..models import Content, Drawing, Version
from ..workflow import Audience
from .files import SLOTS

SAME, ADDED, REMOVED = "sama", "tambah", "hapus"
_LABELS = {field.name: str(field.verbose_name) for field in Content._meta.fields}
_TOKENS = re.compile(r"\w+|\s+|[^\w\s]")
_PLAIN = (
    "title",
    "title_en",
    "body",
    "body_en",
    "keywords",
    "legal_source",
    "link",
    "alt",
    "alt_en",
    "transcript",
    "transcript_en",
)


@dataclass(frozen=True)
class Piece:
    """A stretch of text that is in both versions, or in one of them."""

    what: str
    text: str

    @property
    def is_added(self) -> bool:
        return self.what == ADDED

    @property
    def is_removed(self) -> bool:
        return self.what == REMOVED


@dataclass(frozen=True)
class Change:
    """One field that is not the same in both."""

    label: str
    pieces: list[Piece]
    language: str = "id"


def changes(old: Version, new: Version) -> list[Change]:
    found = []
    for name in _PLAIN:
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            language = "en" if name.endswith("_en") else "id"
            found.append(Change(_label(name), pieces(before, after), language))
    before_words, after_words = dict(_choices(old)), dict(_choices(new))
    for label, before in before_words.items():
        if before != after_words[label]:
            found.append(Change(label, _swapped(before, after_words[label])))
    return found


def pieces(old: str, new: str) -> list[Piece]:
    """By lines first, so that long texts stay quick; by words where lines differ."""
    joined: list[Piece] = []
    for piece in _by_lines(old.splitlines(keepends=True), new.splitlines(keepends=True)):
        if joined and joined[-1].what == piece.what:
            joined[-1] = Piece(piece.what, joined[-1].text + piece.text)
        elif piece.text:
            joined.append(piece)
    return joined


def _by_lines(old: list[str], new: list[str]) -> Iterator[Piece]:
    for code, a, b, c, d in SequenceMatcher(None, old, new).get_opcodes():
        before, after = "".join(old[a:b]), "".join(new[c:d])
        if code == "replace":
            yield from _by_words(_TOKENS.findall(before), _TOKENS.findall(after))
        else:
            yield from _of(code, before, after)


def _by_words(old: list[str], new: list[str]) -> Iterator[Piece]:
    for code, a, b, c, d in SequenceMatcher(None, old, new).get_opcodes():
        yield from _of(code, "".join(old[a:b]), "".join(new[c:d]))


def _of(code: str, before: str, after: str) -> Iterator[Piece]:
    if code == "equal":
        yield Piece(SAME, before)
        return
    if before:
        yield Piece(REMOVED, before)
    if after:
        yield Piece(ADDED, after)


def _swapped(before: str, after: str) -> list[Piece]:
    return list(_of("replace", before, after))


def _choices(content: Content) -> Iterator[tuple[str, str]]:
    """The fields that are chosen and not written, in words."""
    yield "Topik", str(content.topic)
    yield "Untuk siapa", str(Audience(content.audience).label)
    yield "Berlaku sejak", date_format(content.valid_from, "j F Y") if content.valid_from else ""
    yield _label("drawing"), str(Drawing(content.drawing).label) if content.drawing else ""
    for slot in SLOTS:
        media: Any = getattr(content, slot.name)
        yield slot.label, f"{media.name} ({media.sha256[:8]})" if media else ""


def _label(name: str) -> str:
    label = _LABELS[name]
    return label[:1].upper() + label[1:]
