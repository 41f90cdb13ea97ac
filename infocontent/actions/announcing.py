"""How the office tells everybody at once, and stops telling."""

from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from office.models import User
from office.texts import tidy

from .. import search
from ..addresses import claim, free_announcement_slug
from ..models import Announcement, AnnouncementState, ContentEvent
from ..workflow import ContentError, EventCode, NotAllowed, StaleItem
from ._base import require


@transaction.atomic
def draft_announcement(
    *,
    actor: User,
    title: str,
    level: int = Announcement.Level.INFO,
    body: str = "",
    title_en: str = "",
    body_en: str = "",
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    at: datetime | None = None,
) -> Announcement:
    """Write one down; nobody sees it yet."""
    require(actor, "add_announcement", "announce_now")
    at = at or timezone.now()
    starts_at = starts_at or at
    _check(starts_at, ends_at)
    announcement = claim(
        lambda: Announcement.objects.create(
            title=tidy(title),
            title_en=tidy(title_en),
            level=level,
            body=tidy(body),
            body_en=tidy(body_en),
            slug=free_announcement_slug(title),
            starts_at=starts_at,
            ends_at=ends_at,
            author=actor,
            changed_at=at,
        )
    )
    _log(announcement, EventCode.CREATED, actor, at)
    return announcement


@transaction.atomic
def change_announcement(
    announcement: Announcement,
    *,
    actor: User,
    seen: datetime | None = None,
    at: datetime | None = None,
    **changes: object,
) -> None:
    """Change a draft; what is out is withdrawn and written anew, so that nobody reads two texts
    under one date.
    """
    _lock(announcement, seen)
    require(actor, "change_announcement", "announce_now")
    if announcement.state != AnnouncementState.DRAFT:
        raise ContentError("Pengumuman ini sudah terbit. Tarik dulu, lalu tulis yang baru.")
    at = at or timezone.now()
    for name, value in {**changes, "author": actor, "changed_at": at}.items():
        setattr(announcement, name, tidy(value) if isinstance(value, str) else value)
    _check(announcement.starts_at, announcement.ends_at)
    announcement.save()
    _log(announcement, EventCode.SAVED, actor, at)


@transaction.atomic
def publish_announcement(
    announcement: Announcement,
    *,
    actor: User,
    seen: datetime | None = None,
    at: datetime | None = None,
) -> None:
    """Put it out as the second person; a head may do so alone, without delay (UU 14/2008 Ps 10)."""
    _lock(announcement, seen)
    require(actor, "approve_announcement", "announce_now")
    if announcement.state != AnnouncementState.DRAFT:
        raise ContentError("Pengumuman ini sudah terbit atau sudah ditarik.")
    wrote_it = has_written(announcement, actor)
    if wrote_it and not actor.may("announce_now"):
        raise NotAllowed("Anda menulis pengumuman ini. Orang lain yang harus menerbitkannya.")
    at = at or timezone.now()
    if announcement.ends_at and announcement.ends_at <= at:
        raise ContentError("Waktu selesainya sudah lewat. Ubah dulu.")
    announcement.state = AnnouncementState.LIVE
    announcement.approver, announcement.is_emergency = actor, wrote_it
    announcement.published_at = announcement.changed_at = at
    announcement.save()
    _log(announcement, EventCode.PUBLISHED, actor, at)
    search.index_announcement(announcement)
    transaction.on_commit(_forget)


@transaction.atomic
def announce_now(*, actor: User, at: datetime | None = None, **words: Any) -> Announcement:
    """Write it and put it out in one step, for those who may do so alone."""
    require(actor, "announce_now")
    announcement = draft_announcement(actor=actor, at=at, **words)
    publish_announcement(announcement, actor=actor, at=at)
    return announcement


@transaction.atomic
def withdraw_announcement(
    announcement: Announcement, *, actor: User, at: datetime | None = None
) -> None:
    """Stop telling it; the page stays and says so."""
    _lock(announcement)
    require(actor, "approve_announcement", "announce_now")
    if announcement.state != AnnouncementState.LIVE:
        raise ContentError("Pengumuman ini tidak sedang terbit.")
    at = at or timezone.now()
    announcement.state = AnnouncementState.WITHDRAWN
    announcement.withdrawn_at = announcement.changed_at = at
    announcement.save()
    _log(announcement, EventCode.WITHDRAWN, actor, at)
    search.forget_announcement(announcement)
    transaction.on_commit(_forget)


def has_written(announcement: Announcement, actor: User) -> bool:
    """Whether the words are (also) this person's, who is then not the second one."""
    hands = [EventCode.CREATED, EventCode.SAVED]
    return (
        announcement.author_id == actor.pk
        or announcement.events.filter(actor=actor, code__in=hands).exists()
    )


def _check(starts_at: datetime, ends_at: datetime | None) -> None:
    if ends_at and ends_at <= starts_at:
        raise ContentError("Selesai harus setelah mulai. Ubah salah satunya.")


def _lock(announcement: Announcement, seen: datetime | None = None) -> None:
    """Re-read it under a row lock; raises StaleItem if it changed since `seen` was shown."""
    announcement.refresh_from_db(from_queryset=Announcement.objects.select_for_update(of=("self",)))
    if seen is not None and seen != announcement.changed_at:
        last = announcement.events.select_related("actor").latest("pk")
        raise StaleItem(
            f"{last.actor or 'Sistem'} mengubah pengumuman ini pukul "
            f"{timezone.localtime(last.at):%H.%M}. Periksa dulu, lalu ulangi."
        )


def _log(announcement: Announcement, code: EventCode, actor: User, at: datetime) -> None:
    ContentEvent.objects.create(announcement=announcement, code=code, actor=actor, at=at)


def _forget() -> None:
    cache.delete("announcements")
