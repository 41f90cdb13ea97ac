"""Announcements made by the real verbs."""

from datetime import datetime
from typing import Any

from infocontent import actions
from infocontent.models import Announcement
from office.roles import Role
from tests.factories import make_user


def make_announcement(title: str = "Sistem paspor terganggu", **words: Any) -> Announcement:
    """One that a head has put out alone."""
    level = words.pop("level", Announcement.Level.EMERGENCY)
    head = make_user(Role.SECTION_HEAD)
    return actions.announce_now(actor=head, title=title, level=level, **words)


def make_announcement_draft(title: str = "Loket tutup Jumat", **words: Any) -> Announcement:
    author = words.pop("author", None) or make_user(Role.HUMAS)
    return actions.draft_announcement(actor=author, title=title, **words)


def withdraw(announcement: Announcement, at: datetime | None = None) -> Announcement:
    actions.withdraw_announcement(announcement, actor=make_user(Role.PPID), at=at)
    return announcement
