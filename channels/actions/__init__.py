"""Every change of tallies, contacts and comments: one verb each, with its guard and its event."""

from .comments import answer, import_comments, set_topic, take_as_case
from .contacts import correct_contact, log_contact, open_case, void_contact
from .importing import digest, import_complaint, subject_of
from .tallying import enter_figures, import_month

__all__ = [
    "answer",
    "correct_contact",
    "digest",
    "enter_figures",
    "import_comments",
    "import_complaint",
    "import_month",
    "log_contact",
    "open_case",
    "set_topic",
    "subject_of",
    "take_as_case",
    "void_contact",
]
