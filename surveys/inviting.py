"""The one-time link after a closed case or a finished visit.

It is computed from the case or the visit with the office's secret key, so that the mail and the
tracking page show the same one, and so that nothing has to be stored which says whose it is.
"""

import re
from base64 import urlsafe_b64encode
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone

from cases.models import Case
from cases.workflow import Status
from office.calendar import today
from office.crypto import keyed_digest

from .models import AskingRules, Instrument, Invitation, SpentKey

TOKEN = re.compile(r"[A-Za-z0-9_-]{22}\Z")


def token_for(after: str, key: str, ended_at: datetime) -> str:
    """128 bits that nobody can guess who does not know the key; a second closing, a second link."""
    digest = keyed_digest("survey-token", f"{after}|{key}|{ended_at.timestamp():.0f}")
    return urlsafe_b64encode(bytes.fromhex(digest)[:16]).decode().rstrip("=")


def digest_of(token: str, instrument: Instrument | None = None) -> str:
    """What is stored of a link; each further instrument can be answered once as well."""
    further = f"|{instrument.code}" if instrument and instrument.is_optional else ""
    return keyed_digest("survey-link", token + further)


def invite(
    after: str, key: str, *, service: str, ended_at: datetime, at: datetime | None = None
) -> str:
    """The address to offer, or nothing once its time is over or it is used. Safe to repeat."""
    ended_on = today(ended_at)
    expires_on = ended_on + timedelta(days=AskingRules.objects.current().link_days)
    day = today(at or timezone.now())
    if day > expires_on or not Instrument.objects.in_force(day).exists():
        return ""
    token = token_for(after, key, ended_at)
    Invitation.objects.get_or_create(
        digest=digest_of(token),
        defaults={
            "after": after,
            "service": service,
            "created_on": ended_on,
            "expires_on": expires_on,
        },
    )
    if is_used(token):
        return ""
    return reverse("surveys:by_link", args=[token])


def after_case(case: Case) -> str:
    """For whoever got an answer and saw the case closed; what was withdrawn or handed away has
    shown too little of the office to be judged.
    """
    if case.status != Status.DONE or case.closed_at is None:
        return ""
    key = str(case.pk)
    return invite(Invitation.After.CASE, key, service=case.kind, ended_at=case.closed_at)


def after_visit(token: str, service: str, ended_at: datetime | None) -> str:
    """For a visitor who was served; told the visit's own secret."""
    if ended_at is None:
        return ""
    return invite(Invitation.After.VISIT, token, service=service, ended_at=ended_at)


def find(token: str) -> Invitation | None:
    if not TOKEN.match(token):
        return None
    return Invitation.objects.filter(digest=digest_of(token)).first()


def is_used(token: str) -> bool:
    """Whether the main instrument has been answered with this link."""
    return SpentKey.objects.filter(digest=digest_of(token)).exists()
