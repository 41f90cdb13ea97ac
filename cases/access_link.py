"""The way back to a lost access code: a link by e-mail that works once, for an hour."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from office.crypto import keyed_digest

from . import actions
from .models import AccessLink, Applicant, Case, Notice
from .outbox import owe

LIFETIME = timedelta(minutes=60)


def find_case_id(reference: str, email: str) -> int | None:
    """The case that has this number and this address; one query, whatever is true of the two."""
    index = keyed_digest("email", email.strip().lower())
    return (
        Applicant.objects.filter(case__reference=reference, email_index=index)
        .values_list("case_id", flat=True)
        .first()
    )


@transaction.atomic
def owe_link(case_id: int, at: datetime | None = None) -> Notice | None:
    """Owe the citizen a link; at most one per case and hour, so that no mailbox can be flooded."""
    at = at or timezone.now()
    case = Case.objects.select_for_update().get(pk=case_id)
    if case.notices.filter(
        code=Notice.Code.NEW_CODE_LINK, created_at__gt=at - timedelta(hours=1)
    ).exists():
        return None
    # No event asks for this notice; the hour in its place lets the database keep the limit too.
    hour = int(at.timestamp()) // 3600
    return owe(case, Notice.Code.NEW_CODE_LINK, recipient=None, event_seq=hour, at=at)


def make(case: Case, at: datetime | None = None) -> str:
    """The secret of a new link; only its digest is kept."""
    token = secrets.token_urlsafe(32)
    AccessLink.objects.create(
        case=case, digest=_digest(token), expires_at=(at or timezone.now()) + LIFETIME
    )
    return token


def forget(token: str) -> None:
    """For a link that could not be sent."""
    AccessLink.objects.filter(digest=_digest(token), used_at=None).delete()


def is_valid(token: str, at: datetime | None = None) -> bool:
    return AccessLink.objects.filter(
        digest=_digest(token), used_at=None, expires_at__gt=at or timezone.now()
    ).exists()


@transaction.atomic
def redeem(token: str, at: datetime | None = None) -> tuple[Case, str] | None:
    """Use up the link: the case and its new access code; None for any link that does not work."""
    at = at or timezone.now()
    links = AccessLink.objects.filter(digest=_digest(token))
    if not links.filter(used_at=None, expires_at__gt=at).update(used_at=at):
        return None
    case = links.select_related("case").get().case
    return case, actions.renew_access_code(case, at=at)


def _digest(token: str) -> str:
    return keyed_digest("access-link", token)
