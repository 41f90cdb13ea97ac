"""What people ask of the office, and the clock. One concept per file; imported from here."""

from .applicant import Applicant
from .attachment import Attachment
from .case import Case, CaseQuerySet, ReferenceCounter, ReportedOfficer
from .deadline import DeadlineRule
from .due_change import DueChange, DueProposal
from .event import CaseEvent, EventCode
from .intake import DraftFile, IntakeDraft
from .letter import Letter, LetterCounter, LetterTemplate
from .message import AnswerDraft, AnswerTemplate, Message
from .notice import Notice
from .privacy import AccessLink, AccessLog, PrivacyNotice
from .redaction import Redaction
from .savedfilter import SavedFilter
from .text import TextMark, TopicModel

__all__ = [
    "AccessLink",
    "AccessLog",
    "AnswerDraft",
    "AnswerTemplate",
    "Applicant",
    "Attachment",
    "Case",
    "CaseEvent",
    "CaseQuerySet",
    "DeadlineRule",
    "DraftFile",
    "DueChange",
    "DueProposal",
    "EventCode",
    "IntakeDraft",
    "Letter",
    "LetterCounter",
    "LetterTemplate",
    "Message",
    "Notice",
    "PrivacyNotice",
    "Redaction",
    "ReferenceCounter",
    "ReportedOfficer",
    "SavedFilter",
    "TextMark",
    "TopicModel",
]
