"""When the words of a case are destroyed, those of its contact or comment go with them."""

from collections.abc import Collection

from cases.actions.data_rights import MARK
from cases.models import Case
from cases.models.redaction import Redaction

from .models import Comment, Contact


def redact(case: Case, parts: Collection[str]) -> None:
    if Redaction.Part.TEXTS in parts:
        Contact.objects.filter(case=case).update(summary=MARK)
        Comment.objects.filter(case=case).update(text=MARK)
