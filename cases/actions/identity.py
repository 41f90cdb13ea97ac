"""Opening what is closed by default: who the citizen is."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from office.models import User

from ..models import AccessLog, Applicant, Case, Redaction
from ..models.event import EventCode
from ..workflow import CaseError, NotAllowed, Privacy
from .base import finish, lock, require
from .data_rights import is_redacted


@transaction.atomic
def reveal_identity(
    case: Case, *, actor: User, purpose: str, at: datetime | None = None
) -> Applicant:
    """Show the identity to one person for a stated purpose, and keep a record that it was shown."""
    lock(case)
    require(actor, "reveal_identity", case)
    if case.privacy == Privacy.CONFIDENTIAL and not actor.may("reveal_confidential_identity"):
        raise NotAllowed(
            "Identitas kasus rahasia hanya terbuka bagi verifikator dan Kepala Kantor."
        )
    if case.identity is None:
        raise CaseError("Kasus ini tidak menyimpan identitas.")
    if is_redacted(case, Redaction.Part.IDENTITY):
        raise CaseError("Identitas kasus ini sudah dimusnahkan.")
    if len(purpose.strip()) < 5:
        raise CaseError("Tuliskan untuk apa identitas ini dibuka.")
    at = at or timezone.now()
    AccessLog.objects.create(
        what=AccessLog.What.IDENTITY, user=actor, case=case, at=at, purpose=purpose[:200]
    )
    finish(case, EventCode.IDENTITY_REVEALED, actor=actor, at=at)
    return case.identity
