"""Other ways in: tallies, single contacts, comments, imported rows and the guess of a topic."""

from .comment import BEST_SCORE, Comment
from .contact import Contact
from .event import ChannelEvent
from .imported import ImportedRow, KeywordRule
from .tally import MOST_A_DAY, MOST_A_MONTH, Tally, TallyMonth

__all__ = [
    "BEST_SCORE",
    "MOST_A_DAY",
    "MOST_A_MONTH",
    "ChannelEvent",
    "Comment",
    "Contact",
    "ImportedRow",
    "KeywordRule",
    "Tally",
    "TallyMonth",
]
