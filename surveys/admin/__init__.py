"""The surveys at the desk."""

from . import reports

__all__ = ["reports"]
