"""Information requests in the admin."""

from .decisions import DecisionAdmin
from .paper import PaperFormAdmin

__all__ = ["DecisionAdmin", "PaperFormAdmin"]
