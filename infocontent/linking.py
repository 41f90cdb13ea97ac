"""Addresses of this portal in plain texts: what answers point at, and what becomes a link."""

import re
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Q

from .models import Item

# Up to the sign that can end an address in a sentence; a full stop or bracket behind it is not one.
_REST = r"/[^\s<>\"']*[^\s<>\"'.,;:!?)\]}]"
_ITEM = r"/(?:informasi/(?P<slug>[-a-zA-Z0-9_]{1,60})|q/(?P<code>[-a-zA-Z0-9_]{1,8}))/?(?![-\w/])"
MAX_NAMED = 100


@dataclass(frozen=True)
class Piece:
    """A stretch of text; `address` is set where it is a link to one of our own pages."""

    text: str
    address: str = ""


def paragraphs(text: str) -> list[list[Piece]]:
    """The text by paragraphs, each in pieces; addresses of others stay text."""
    blocks = re.split(r"\n{2,}", re.sub(r"\r\n?", "\n", text.strip()))
    return [_pieces(block) for block in blocks if block]


def _pieces(block: str) -> list[Piece]:
    pieces, at = [], 0
    for found in re.finditer(_own(_REST), block):
        if found.start() > at:
            pieces.append(Piece(block[at : found.start()]))
        pieces.append(Piece(found[0], found[0]))
        at = found.end()
    if at < len(block):
        pieces.append(Piece(block[at:]))
    return pieces


def items_named(text: str, *, at: datetime | None = None) -> list[Item]:
    """The published items whose address stands in the text: the present one, an earlier one or
    the short one; each once.
    """
    slugs: set[str] = set()
    codes: set[str] = set()
    for found in re.finditer(_own(_ITEM), text):
        (slugs if found["slug"] else codes).add(found["slug"] or found["code"])
    if not slugs and not codes:
        return []
    named = Q(slug__in=slugs) | Q(old_slugs__slug__in=slugs) | Q(short_code__in=codes)
    return list(Item.objects.published(at).filter(named).distinct()[:MAX_NAMED])


def _own(rest: str) -> str:
    return rf"(?<!\w){re.escape(settings.SITE_URL)}{rest}"
