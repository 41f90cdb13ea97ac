"""Requests of data subjects, breaches, retention, and the office's log of the last two."""

from .breach import AffectedCase, Breach
from .clock import ClockRule
from .event import ProtectionEvent
from .letter import BreachLetter
from .request import SubjectRequest
from .retention import BatchLine, DisposalBatch, RetentionRule

__all__ = [
    "AffectedCase",
    "BatchLine",
    "Breach",
    "BreachLetter",
    "ClockRule",
    "DisposalBatch",
    "ProtectionEvent",
    "RetentionRule",
    "SubjectRequest",
]
