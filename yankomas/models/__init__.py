"""The rows of the walk-in desk."""

from .desk import Counter, QueueRules, Service, Shift
from .visit import DayNumber, EventCode, Visit, VisitEvent, VisitQuerySet

__all__ = [
    "Counter",
    "DayNumber",
    "EventCode",
    "QueueRules",
    "Service",
    "Shift",
    "Visit",
    "VisitEvent",
    "VisitQuerySet",
]
