"""The instruments as data, the ways in, and the answers, which know nobody."""

from .asking import AskingRules, Counter, Invitation, SpentKey, SurveyedService, Trace
from .event import EventCode, SurveyEvent
from .instrument import Band, Element, Instrument, Threshold
from .report import SurveyReport, SurveyReportEvent
from .response import (
    AgeBand,
    Answer,
    Education,
    FlagReason,
    HourBand,
    Occupation,
    Response,
    ResponseQuerySet,
    Sex,
    Source,
)

__all__ = [
    "AgeBand",
    "Answer",
    "AskingRules",
    "Band",
    "Counter",
    "Education",
    "Element",
    "EventCode",
    "FlagReason",
    "HourBand",
    "Instrument",
    "Invitation",
    "Occupation",
    "Response",
    "ResponseQuerySet",
    "Sex",
    "Source",
    "SpentKey",
    "SurveyEvent",
    "SurveyReport",
    "SurveyReportEvent",
    "SurveyedService",
    "Threshold",
    "Trace",
]
