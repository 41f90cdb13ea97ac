"""The desk in Django admin: cases through their verbs only, and the tables around them."""

from .cases import CaseAdmin
from .due_proposals import DueProposalAdmin
from .letters import LetterTemplateAdmin
from .records import AccessLogAdmin, NoticeAdmin
from .reference import AnswerTemplateAdmin, DeadlineRuleAdmin, PrivacyNoticeAdmin

__all__ = [
    "AccessLogAdmin",
    "AnswerTemplateAdmin",
    "CaseAdmin",
    "DeadlineRuleAdmin",
    "DueProposalAdmin",
    "LetterTemplateAdmin",
    "NoticeAdmin",
    "PrivacyNoticeAdmin",
]
