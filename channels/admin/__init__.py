"""The desk's pages: the grid, the log, the comments, the words that guess a topic."""

from . import comments, contacts, reference, tallies

__all__ = ["comments", "contacts", "reference", "tallies"]
