"""What people ask of the office, and the clock. One concept per file; imported from here."""

from .applicant import Applicant
from .attachment import Attachment
from .case import Case, CaseQuerySet, ReferenceCounter, ReportedOfficer
from .deadline import DeadlineRule
from .event import CaseEvent, EventCode
from .intake import DraftFile, IntakeDraft
from .message import AnswerDraft, AnswerTemplate, Message
from .notice import Notice
from .privacy import AccessLink, AccessLog, PrivacyNotice
from .savedfilter import SavedFilter

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
    "EventCode",
    "IntakeDraft",
    "Message",
    "Notice",
    "PrivacyNotice",
    "ReferenceCounter",
    "ReportedOfficer",
    "SavedFilter",
]
