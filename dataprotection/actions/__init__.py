"""Every change: requests of data subjects, breaches, batches of what is destroyed."""

from .breaches import (
    add_cases,
    change_breach,
    close_breach,
    mark_sent,
    notify_authority,
    notify_public,
    open_breach,
)
from .retention import cancel as cancel_batch
from .retention import counts, make_batch
from .retention import order as order_batch
from .retention import run as run_batch
from .retention import sign as sign_batch
from .rights import ask, fulfil, refuse, take

__all__ = [
    "add_cases",
    "ask",
    "cancel_batch",
    "change_breach",
    "close_breach",
    "counts",
    "fulfil",
    "make_batch",
    "mark_sent",
    "notify_authority",
    "notify_public",
    "open_breach",
    "order_batch",
    "refuse",
    "run_batch",
    "sign_batch",
    "take",
]
