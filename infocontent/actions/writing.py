"""How a text comes to be: created, saved, handed in, sent back, thrown away, brought back."""

import secrets
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from office.models import User
from office.texts import tidy

from ..addresses import claim, free_slug, new_short_code
from ..models import CONTENT_FIELDS, Item, Origin, Version, content_of
from ..workflow import OPEN, ContentError, EventCode, Incomplete, ItemState, VersionState
from ._base import finish, lock, move, open_version, require


@transaction.atomic
def create(
    *,
    actor: User,
    kind: str,
    content: dict[str, Any],
    slug: str = "",
    owner: User | None = None,
    origin: str = Origin.OWN,
    origin_note: str = "",
    at: datetime | None = None,
    **plan: Any,
) -> Item:
    """Begin an item with its first draft. `plan` holds note, publish_at, expires_at, review_by.

    Whoever may only propose does not become the owner: the team takes the draft over.
    """
    require(actor, "add_item", "propose_item")
    at = at or timezone.now()
    content = _tidied(content)
    item = claim(
        lambda: Item.objects.create(
            **content,
            kind=kind,
            slug=free_slug(slug or content["title"]),
            short_code=new_short_code(),
            owner=owner or (actor if actor.may("add_item") else None),
            origin=origin,
            origin_note=origin_note,
            created_at=at,
            changed_at=at,
        )
    )
    _new_version(item, 1, content, author=actor, at=at, **plan)
    finish(item, EventCode.CREATED, actor=actor, at=at, data={"version": 1, "origin": origin})
    return item


@transaction.atomic
def save(
    item: Item,
    *,
    actor: User,
    content: dict[str, Any],
    seen: int | None = None,
    at: datetime | None = None,
    **plan: Any,
) -> Version:
    """Keep the text as the draft: the one under work, or a new version beside what is live."""
    lock(item, seen)
    require(actor, "change_item")
    at = at or timezone.now()
    content = _tidied(content)
    version = item.versions.filter(state__in=OPEN).first()
    if version is None:
        number = (item.versions.values_list("number", flat=True).first() or 0) + 1
        content = {**content_of(item), **content}
        version = _new_version(item, number, content, author=actor, at=at, **plan)
    else:
        if version.state != VersionState.DRAFT:
            raise ContentError(
                "Versi ini sedang ditinjau atau menunggu waktunya. Minta dikembalikan dulu, "
                "lalu ubah."
            )
        for name, value in {**content, **plan, "author": actor, "saved_at": at}.items():
            setattr(version, name, value)
        _write(version)
    changed = _mirror(item, content) if item.state == ItemState.NEW else []
    finish(
        item,
        EventCode.SAVED,
        actor=actor,
        at=at,
        data={"version": version.number},
        changed=changed,
    )
    return version


@transaction.atomic
def submit(item: Item, *, actor: User, seen: int | None = None, at: datetime | None = None) -> None:
    """Hand the draft in; raises Incomplete with what still misses."""
    lock(item, seen)
    require(actor, "change_item")
    version = open_version(item, VersionState.DRAFT)
    if lacks := version.missing:
        raise Incomplete(lacks)
    move(version, VersionState.IN_REVIEW, remark="")
    finish(
        item,
        EventCode.SUBMITTED,
        actor=actor,
        at=at or timezone.now(),
        data={"version": version.number},
    )


@transaction.atomic
def return_draft(
    item: Item, *, actor: User, remark: str, seen: int | None = None, at: datetime | None = None
) -> None:
    """Give a version under review back to its writer, with what has to change."""
    lock(item, seen)
    require(actor, "approve_item")
    if not remark.strip():
        raise ContentError("Tulis apa yang perlu diubah.")
    version = open_version(item, VersionState.IN_REVIEW)
    move(version, VersionState.DRAFT, remark=remark[:500])
    finish(
        item,
        EventCode.RETURNED,
        actor=actor,
        at=at or timezone.now(),
        data={"version": version.number},
    )


@transaction.atomic
def discard(
    item: Item, *, actor: User, seen: int | None = None, at: datetime | None = None
) -> None:
    """Throw the draft away; it stays in the list of versions. What is live stays live."""
    lock(item, seen)
    require(actor, "change_item")
    version = open_version(item, VersionState.DRAFT)
    move(version, VersionState.DISCARDED)
    finish(
        item,
        EventCode.DISCARDED,
        actor=actor,
        at=at or timezone.now(),
        data={"version": version.number},
    )


@transaction.atomic
def restore(
    item: Item,
    *,
    actor: User,
    number: int,
    seen: int | None = None,
    at: datetime | None = None,
) -> Version:
    """Bring an old version back as a new draft."""
    lock(item, seen)
    require(actor, "change_item")
    at = at or timezone.now()
    if item.versions.filter(state__in=OPEN).exists():
        raise ContentError("Masih ada konsep. Ajukan atau buang dulu, lalu pulihkan versi lama.")
    old = item.versions.filter(number=number).first()
    if old is None:
        raise ContentError("Versi itu tidak ada.")
    latest = item.versions.values_list("number", flat=True).first() or 0
    version = _new_version(
        item,
        latest + 1,
        content_of(old),
        author=actor,
        at=at,
        note=f"Memulihkan versi {number}",
        review_by=old.review_by,
    )
    changed = _mirror(item, content_of(old)) if item.state == ItemState.NEW else []
    finish(
        item,
        EventCode.RESTORED,
        actor=actor,
        at=at,
        data={"version": version.number, "from": number},
        changed=changed,
    )
    return version


def _tidied(content: dict[str, Any]) -> dict[str, Any]:
    return {
        name: tidy(value) if isinstance(value, str) else value
        for name, value in content.items()
        if name in CONTENT_FIELDS
    }


def _new_version(
    item: Item,
    number: int,
    content: dict[str, Any],
    *,
    author: User | None,
    at: datetime,
    note: str = "",
    publish_at: datetime | None = None,
    expires_at: datetime | None = None,
    review_by: date | None = None,
) -> Version:
    version = Version(
        **content,
        item=item,
        number=number,
        author=author,
        saved_at=at,
        note=note,
        publish_at=publish_at,
        expires_at=expires_at,
        review_by=review_by,
        preview_token=secrets.token_urlsafe(32),
    )
    _write(version)
    return version


def _write(version: Version) -> None:
    try:
        version.save()
    except IntegrityError as error:
        if "version_expires_after_it_begins" in str(error):
            raise ContentError("Akhir tayang harus setelah waktu terbit.") from error
        raise


def _mirror(item: Item, content: dict[str, Any]) -> list[str]:
    """Before it was ever public, the item shows its newest draft in the team's lists."""
    for name, value in content.items():
        setattr(item, name, value)
    return list(content)
