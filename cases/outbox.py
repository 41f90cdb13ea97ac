"""Owing somebody a notice: written with the change, sent by a job after the commit."""

from datetime import datetime

from django.utils import timezone

from office.models import User

from .jobs import deliver_notice
from .models import Applicant, Case, Notice


def owe(
    case: Case, code: str, *, recipient: User | None, event_seq: int, at: datetime | None = None
) -> Notice | None:
    """Put a notice into the outbox; None when the person has no address (recipient None: the
    citizen).

    Safe to repeat: one event never owes the same notice to the same person twice.
    """
    if recipient is None:
        if not Applicant.objects.filter(case=case).exclude(email_index="").exists():
            return None
    elif not recipient.email or not recipient.is_active:
        return None
    notice, is_new = Notice.objects.get_or_create(
        case=case,
        code=code,
        recipient=recipient,
        event_seq=event_seq,
        defaults={"created_at": at or timezone.now()},
    )
    if is_new:
        deliver_notice.enqueue(notice.pk)
    return notice
