"""The walk-in desk in the admin: the room's tables, the log of visits, and its figures."""

from .reference import CounterAdmin, QueueRulesAdmin, ServiceAdmin
from .visits import VisitAdmin

__all__ = ["CounterAdmin", "QueueRulesAdmin", "ServiceAdmin", "VisitAdmin"]
