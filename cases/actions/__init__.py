"""Every change of a case: one function per verb, in the order a case lives through them.

Each verb locks the case, guards, changes, and leaves exactly one event in one transaction. `actor`
None
is the citizen or the system. `version` is the version of the case the person had on the screen.
"""

from .answering import approve, extend, return_draft, save_draft, submit
from .assigning import assign, start
from .citizen import add_facts, answer_back, complete, confirm_resolved, renew_access_code, withdraw
from .closing import archive, close, close_silent, forward, mark_duplicate, reopen
from .data_rights import (
    correct_identity,
    export_data,
    record_data_request,
    redact,
    settle_data_request,
    take_data_request,
)
from .files import add_files
from .identity import reveal_identity
from .intake import Identity, register
from .reminders import remind_due_soon, remind_overdue, set_due
from .triage import (
    mark_read,
    name_reported,
    note,
    reclassify,
    request_completion,
    set_topic,
    verify,
)

__all__ = [
    "Identity",
    "add_facts",
    "add_files",
    "answer_back",
    "approve",
    "archive",
    "assign",
    "close",
    "close_silent",
    "complete",
    "confirm_resolved",
    "correct_identity",
    "export_data",
    "extend",
    "forward",
    "mark_duplicate",
    "mark_read",
    "name_reported",
    "note",
    "reclassify",
    "record_data_request",
    "redact",
    "register",
    "remind_due_soon",
    "remind_overdue",
    "renew_access_code",
    "reopen",
    "request_completion",
    "return_draft",
    "reveal_identity",
    "save_draft",
    "set_due",
    "set_topic",
    "settle_data_request",
    "start",
    "submit",
    "take_data_request",
    "verify",
    "withdraw",
]
