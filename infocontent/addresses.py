"""Addresses that stay: slugs from titles, and the short ones under printed QR codes."""

import secrets
from collections.abc import Callable
from typing import TypeVar

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from .models import Announcement, Item, OldSlug

T = TypeVar("T")
# Each try that fails has let somebody else through.
TRIES = 20
# Without signs that are taken for one another, and without vowels, so that no word appears.
ALPHABET = "23456789bcdfghjkmnpqrstvwxz"
SHORT_LENGTH = 5
# What the library's own pages are called.
RESERVED = {
    "berkas",
    "brosur",
    "cari",
    "dikecualikan",
    "dip",
    "faq",
    "infografis",
    "kalender",
    "pengumuman",
    "pratinjau",
    "rss",
    "saran",
    "spanduk",
    "suara",
    "tarif",
    "terjawab",
    "topik",
    "video",
}


def is_free(slug: str, item: Item | None = None) -> bool:
    """Whether an item may have this address: no other has or had it."""
    others = Item.objects.filter(slug=slug)
    earlier = OldSlug.objects.filter(slug=slug)
    if item:
        others, earlier = others.exclude(pk=item.pk), earlier.exclude(item=item)
    return slug not in RESERVED and not others.exists() and not earlier.exists()


def free_slug(wish: str) -> str:
    """An address made from a title, with a number behind it where it is taken."""
    base = slugify(wish)[:55].strip("-") or "bahan"
    slug, number = base, 1
    while not is_free(slug):
        number += 1
        slug = f"{base}-{number}"
    return slug


def claim(make: Callable[[], T]) -> T:
    """Make a row with a free address; once more where somebody took that address meanwhile."""
    for tries_left in reversed(range(TRIES)):
        try:
            with transaction.atomic():
                return make()
        except IntegrityError as error:
            if not tries_left or not any(name in str(error) for name in ("slug", "short_code")):
                raise
    raise AssertionError("unreachable")


def free_announcement_slug(title: str) -> str:
    base = slugify(title)[:55].strip("-") or "pengumuman"
    slug, number = base, 1
    while Announcement.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{base}-{number}"
    return slug


def new_short_code() -> str:
    """A code for the QR address: five signs, 14 million of them."""
    while True:
        code = "".join(secrets.choice(ALPHABET) for _ in range(SHORT_LENGTH))
        if not Item.objects.filter(short_code=code).exists():
            return code


def printable(token: str) -> str:
    """A NUL in it would be an error of the database rather than a token that nobody has."""
    return token if token.isprintable() else ""
