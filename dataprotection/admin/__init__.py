"""The desk's pages about personal data: requests, breaches, batches, and the tables behind them."""

from .batches import DisposalBatchAdmin
from .breaches import BreachAdmin
from .reference import BreachLetterAdmin, ClockRuleAdmin, RetentionRuleAdmin
from .requests import SubjectRequestAdmin

__all__ = [
    "BreachAdmin",
    "BreachLetterAdmin",
    "ClockRuleAdmin",
    "DisposalBatchAdmin",
    "RetentionRuleAdmin",
    "SubjectRequestAdmin",
]
