"""Kinds permohonan informasi and keberatan: what the office keeps of them beyond the case."""

from .decision import Decision
from .objection import Dispute, Ground, Objection, ObjectionAnswer
from .paper import PaperForm, PaperFormCounter, PaperFormQuerySet
from .request import InformationRequest

__all__ = [
    "Decision",
    "Dispute",
    "Ground",
    "InformationRequest",
    "Objection",
    "ObjectionAnswer",
    "PaperForm",
    "PaperFormCounter",
    "PaperFormQuerySet",
]
