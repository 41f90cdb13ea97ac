"""Finding what the office has published: the same answer on SQLite and PostgreSQL.

`words` makes stems, `indexing` keeps them beside each document, `finding` ranks.
"""

from .finding import Hit, Results, find
from .indexing import (
    forget_announcement,
    forget_information,
    forget_item,
    index_announcement,
    index_information,
    index_item,
    rebuild,
)

__all__ = [
    "Hit",
    "Results",
    "find",
    "forget_announcement",
    "forget_information",
    "forget_item",
    "index_announcement",
    "index_information",
    "index_item",
    "rebuild",
]
