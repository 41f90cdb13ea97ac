"""What can be done with what the office publishes: one verb each, one transaction, one event."""

from ._base import hands_in
from .announcing import (
    announce_now,
    change_announcement,
    draft_announcement,
    has_written,
    publish_announcement,
    withdraw_announcement,
)
from .publishing import (
    approve,
    archive,
    call_back,
    confirm_current,
    expire,
    go_live,
    hand_over,
    remind_review,
    rename,
)
from .reading import count_deflection, count_scan, count_search, count_uses, vote
from .writing import create, discard, restore, return_draft, save, submit

__all__ = [
    "announce_now",
    "approve",
    "archive",
    "call_back",
    "change_announcement",
    "confirm_current",
    "count_deflection",
    "count_scan",
    "count_search",
    "count_uses",
    "create",
    "discard",
    "draft_announcement",
    "expire",
    "go_live",
    "hand_over",
    "hands_in",
    "has_written",
    "publish_announcement",
    "remind_review",
    "rename",
    "restore",
    "return_draft",
    "save",
    "submit",
    "vote",
    "withdraw_announcement",
]
