"""What the office publishes, what readers do with it, and how they find it."""

from .announcement import Announcement, AnnouncementState
from .content import CONTENT_FIELDS, Content, Drawing, Kind, content_of, missing
from .counting import DailyCount, SearchCount, Vote
from .event import ContentEvent
from .item import Item, ItemQuerySet, OldSlug, Origin, Version
from .media import Media
from .placement import Placement
from .publicinformation import Exclusion, PublicInformation
from .search import Document, Misspelling, Posting, Synonym, Term
from .tariff import Tariff
from .topic import Topic, TopicQuerySet

__all__ = [
    "CONTENT_FIELDS",
    "Announcement",
    "AnnouncementState",
    "Content",
    "ContentEvent",
    "DailyCount",
    "Document",
    "Drawing",
    "Exclusion",
    "Item",
    "ItemQuerySet",
    "Kind",
    "Media",
    "Misspelling",
    "OldSlug",
    "Origin",
    "Placement",
    "Posting",
    "PublicInformation",
    "SearchCount",
    "Synonym",
    "Tariff",
    "Term",
    "Topic",
    "TopicQuerySet",
    "Version",
    "Vote",
    "content_of",
    "missing",
]
