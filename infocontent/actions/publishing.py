"""How a text goes out to the public, stays right, and comes back."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify

from office.calendar import today
from office.models import User

from .. import search
from ..addresses import is_free
from ..models import CONTENT_FIELDS, Item, OldSlug, Version, content_of
from ..workflow import (
    ContentError,
    EventCode,
    Incomplete,
    ItemState,
    NotAllowed,
    VersionState,
)
from ._base import finish, had_a_hand_in, lock, move, open_version, require

# A text that nobody dated is looked at again after half a year: the rhythm in which public
# information has to be renewed (domain: Ps 9, at least every six months).
REVIEW_AFTER = timedelta(days=182)
TAKEN = "Alamat itu kosong atau sudah dipakai. Pilih yang lain."


@transaction.atomic
def approve(
    item: Item, *, actor: User, seen: int | None = None, at: datetime | None = None
) -> bool:
    """Agree as the second person: it goes out now (True), or at the moment the version names."""
    lock(item, seen)
    require(actor, "approve_item")
    at = at or timezone.now()
    version = open_version(item, VersionState.IN_REVIEW)
    if had_a_hand_in(version, actor):
        raise NotAllowed("Anda ikut menulis versi ini. Orang lain yang harus menyetujuinya.")
    if lacks := version.missing:
        raise Incomplete(lacks)
    if version.expires_at and version.expires_at <= at:
        raise ContentError("Masa tayang versi ini sudah lewat. Kembalikan untuk diperbaiki.")
    version.approver, version.approved_at = actor, at
    data = {"version": version.number}
    if version.publish_at and version.publish_at > at:
        move(version, VersionState.APPROVED, approver=actor, approved_at=at)
        finish(
            item,
            EventCode.APPROVED,
            actor=actor,
            at=at,
            data={**data, "publish_at": version.publish_at.isoformat()},
        )
        return False
    version.save(update_fields=["approver", "approved_at"])
    _put_out(item, version, at)
    finish(item, EventCode.PUBLISHED, actor=actor, at=at, data=data, changed=_LIVE_FIELDS)
    search.index_item(item)
    return True


@transaction.atomic
def go_live(item: Item, *, at: datetime | None = None) -> bool:
    """Put out the approved version whose time has come; False if there is none (any more)."""
    at = at or timezone.now()
    lock(item)
    version = item.versions.filter(state=VersionState.APPROVED, publish_at__lte=at).first()
    if version is None:
        return False
    _put_out(item, version, at)
    finish(
        item,
        EventCode.PUBLISHED,
        actor=None,
        at=at,
        data={"version": version.number},
        changed=_LIVE_FIELDS,
    )
    search.index_item(item)
    return True


@transaction.atomic
def call_back(
    item: Item, *, actor: User, seen: int | None = None, at: datetime | None = None
) -> None:
    """Take an approved version back from the schedule; it is a draft again."""
    lock(item, seen)
    require(actor, "change_item", "approve_item")
    version = open_version(item, VersionState.APPROVED)
    move(version, VersionState.DRAFT, approver=None, approved_at=None)
    finish(
        item,
        EventCode.CALLED_BACK,
        actor=actor,
        at=at or timezone.now(),
        data={"version": version.number},
    )


@transaction.atomic
def archive(
    item: Item,
    *,
    actor: User,
    reason: str,
    seen: int | None = None,
    at: datetime | None = None,
) -> None:
    """Take it back from the public. Its address then says that it is no longer valid."""
    lock(item, seen)
    require(actor, "approve_item")
    if not reason.strip():
        raise ContentError("Tulis mengapa bahan ini diarsipkan.")
    if item.state != ItemState.LIVE:
        raise ContentError("Hanya yang sedang terbit dapat diarsipkan.")
    data: dict[str, Any] = {"reason": reason[:300]}
    # Or the clock would bring it back, whatever the reason was.
    for scheduled in item.versions.filter(state=VersionState.APPROVED):
        move(scheduled, VersionState.DRAFT, approver=None, approved_at=None)
        data["called_back"] = scheduled.number
    _take_back(item, EventCode.ARCHIVED, actor, at or timezone.now(), data)


@transaction.atomic
def expire(item: Item, *, at: datetime | None = None) -> bool:
    """Archive what has shown as long as it was meant to; False if that is not so."""
    at = at or timezone.now()
    lock(item)
    if item.state != ItemState.LIVE or item.expires_at is None or item.expires_at > at:
        return False
    _take_back(item, EventCode.EXPIRED, None, at, {})
    return True


@transaction.atomic
def confirm_current(
    item: Item,
    *,
    actor: User,
    review_by: date | None = None,
    seen: int | None = None,
    at: datetime | None = None,
) -> None:
    """Somebody has looked: it is still right. Sets the day of the next look (half a year on)."""
    lock(item, seen)
    require(actor, "change_item", "approve_item")
    if item.state != ItemState.LIVE:
        raise ContentError("Hanya yang sedang terbit perlu diperiksa.")
    at = at or timezone.now()
    day = today(at)
    review_by = review_by or day + REVIEW_AFTER
    if review_by <= day:
        raise ContentError("Tanggal pemeriksaan berikutnya harus setelah hari ini.")
    item.checked_on, item.needs_check, item.review_by = day, False, review_by
    item.changed_at = at
    finish(
        item,
        EventCode.CHECKED,
        actor=actor,
        at=at,
        data={"review_by": review_by.isoformat()},
        changed=["checked_on", "needs_check", "review_by", "changed_at"],
    )


@transaction.atomic
def rename(
    item: Item, *, actor: User, slug: str, seen: int | None = None, at: datetime | None = None
) -> None:
    """Give it another address; the old one leads on to it for ever."""
    lock(item, seen)
    require(actor, "change_item")
    slug = slugify(slug)[:60].strip("-")
    if slug == item.slug:
        return
    if not slug or not is_free(slug, item):
        raise ContentError(TAKEN)
    at = at or timezone.now()
    OldSlug.objects.filter(slug=slug, item=item).delete()
    OldSlug.objects.create(slug=item.slug, item=item)
    old, item.slug, item.changed_at = item.slug, slug, at
    try:
        finish(
            item,
            EventCode.RENAMED,
            actor=actor,
            at=at,
            data={"from": old, "to": slug},
            changed=["slug", "changed_at"],
        )
    except IntegrityError as error:
        # Somebody took it between the look and the write.
        item.slug = old
        raise ContentError(TAKEN) from error
    search.index_item(item)


@transaction.atomic
def hand_over(
    item: Item, *, actor: User, to: User, seen: int | None = None, at: datetime | None = None
) -> None:
    """Another person looks after it from now on."""
    lock(item, seen)
    require(actor, "change_item")
    if not to.may("change_item"):
        raise ContentError("Orang itu bukan anggota Tim Humas.")
    old, item.owner = item.owner_id, to
    finish(
        item,
        EventCode.HANDED_OVER,
        actor=actor,
        at=at or timezone.now(),
        data={"from": old, "to": to.pk},
        changed=["owner"],
    )


@transaction.atomic
def remind_review(item: Item, *, at: datetime | None = None) -> bool:
    """Note that the owner is told once for each day named in review_by; False if told before."""
    at = at or timezone.now()
    lock(item)
    if item.state != ItemState.LIVE or item.review_by is None:
        return False
    due = item.review_by.isoformat()
    if item.events.filter(code=EventCode.REMINDED, data__review_by=due).exists():
        return False
    finish(item, EventCode.REMINDED, actor=None, at=at, data={"review_by": due})
    return True


_LIVE_FIELDS = [
    *CONTENT_FIELDS,
    "state",
    "published_at",
    "first_published_at",
    "expires_at",
    "review_by",
    "checked_on",
    "needs_check",
    "changed_at",
]


def _put_out(item: Item, version: Version, at: datetime) -> None:
    for old in item.versions.filter(state=VersionState.LIVE):
        move(old, VersionState.PAST)
    move(version, VersionState.LIVE, live_at=at)
    for name, value in content_of(version).items():
        setattr(item, name, value)
    item.state = ItemState.LIVE
    item.published_at = item.changed_at = at
    item.first_published_at = item.first_published_at or at
    item.expires_at = version.expires_at
    item.review_by = version.review_by or today(at) + REVIEW_AFTER
    # Two people of this office have just read it.
    item.checked_on, item.needs_check = today(at), False


def _take_back(
    item: Item, code: EventCode, actor: User | None, at: datetime, data: dict[str, Any]
) -> None:
    for live in item.versions.filter(state=VersionState.LIVE):
        move(live, VersionState.PAST)
    item.state, item.changed_at = ItemState.ARCHIVED, at
    finish(item, code, actor=actor, at=at, data=data, changed=["state", "changed_at"])
    search.forget_item(item)
