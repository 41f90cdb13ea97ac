"""Sending one notice of the outbox: a number and a link, never the matter or the person."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import BadHeaderError, EmailMessage
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from office import throttle
from office.crypto import keyed_digest
from office.models import Office

from . import access_link
from .jobs import deliver_notice
from .kinds import AFTER_CLOSING
from .models import Case, Notice

logger = logging.getLogger(__name__)

# Minutes until the next try, after each failed one; after the eighth the notice is given up.
PAUSES = [1, 5, 15, 60, 180, 360, 720]
MAX_TRIES = len(PAUSES) + 1
# A worker that took a notice and has not come back by then is taken for dead.
CLAIM = timedelta(minutes=5)
# Somebody may file again and again under a stranger's address; the rest waits for the next hour.
RECEIPTS_PER_HOUR = 5


class NoRecipient(Exception):
    """There is nobody (any more) to send this notice to."""


@dataclass(frozen=True)
class Recipient:
    address: str
    language: str


def deliver(notice_id: int, at: datetime | None = None) -> str:
    """Send a notice that is waiting; safe to repeat, also at once. Returns what became of it.

    A worker takes the notice by stamping sent_at while it still waits, in one statement, so that
    no lock is held while a mail server takes its time. A worker killed between the server's yes
    and its own record sends again.
    """
    now = at or timezone.now()
    free = Q(sent_at=None) | Q(sent_at__lt=now - CLAIM)
    if not Notice.objects.filter(free, pk=notice_id, state=Notice.State.WAITING).update(
        sent_at=now
    ):
        return "not waiting"
    notice = Notice.objects.select_related("case", "recipient").get(pk=notice_id)
    try:
        recipient = _recipient(notice)
        if notice.code == Notice.Code.RECEIVED and not notice.attempts:
            who = keyed_digest("email", recipient.address.lower())
            throttle.hit("surat", who, limit=RECEIPTS_PER_HOUR, minutes=60, at=at)
        _send(notice, recipient, now)
    except throttle.TooOften as limit:
        return _postpone(notice, now, limit.minutes)
    except (NoRecipient, BadHeaderError) as error:
        return _record_failure(notice, error, now, is_final=True)
    except Exception as error:  # a mail server fails in many ways, and all of them mean: later
        return _record_failure(notice, error, now, is_final=notice.attempts + 1 >= MAX_TRIES)
    Notice.objects.filter(pk=notice.pk).update(state=Notice.State.SENT, sent_at=now, last_error="")
    return "sent"


def _recipient(notice: Notice) -> Recipient:
    case, officer = notice.case, notice.recipient
    if officer is None:
        if case.identity is None or not case.identity.email:
            raise NoRecipient
        return Recipient(case.identity.email, case.language)
    # Somebody who may not see the case any more is not told of it either.
    if not officer.email or not Case.objects.visible_to(officer).filter(pk=case.pk).exists():
        raise NoRecipient
    return Recipient(officer.email, "id")


def _send(notice: Notice, recipient: Recipient, now: datetime) -> None:
    context = {"case": notice.case, "office": Office.objects.current(), "url": _url(notice)}
    if notice.code == Notice.Code.CLOSED:
        invited = [offer(notice.case) for offer in AFTER_CLOSING]
        context["invitations"] = [settings.SITE_URL + address for address in invited if address]
    token = ""
    if notice.code == Notice.Code.NEW_CODE_LINK:
        token = access_link.make(notice.case, at=now)
        context |= {"url": settings.SITE_URL + reverse("cases:new_code", args=[token])}
    with translation.override(recipient.language):
        body = render_to_string(f"cases/mail/{notice.code}.{recipient.language}.txt", context)
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    message = EmailMessage(
        subject=notice.case.reference,
        body=body,
        to=[recipient.address],
        headers={
            # The same for every try, so that a mailbox can tell a repeat from a second notice.
            "Message-ID": f"<{keyed_digest('message-id', str(notice.pk))[:32]}@{host}>",
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
        },
    )
    try:
        message.send()
    except Exception:
        if token:
            access_link.forget(token)
        raise


def _url(notice: Notice) -> str:
    if notice.recipient_id:
        return settings.SITE_URL + notice.case.get_absolute_url()
    return settings.SITE_URL + reverse("cases:track")


def _postpone(notice: Notice, now: datetime, minutes: int) -> str:
    Notice.objects.filter(pk=notice.pk).update(sent_at=None)
    deliver_notice.using(run_after=now + timedelta(minutes=minutes)).enqueue(notice.pk)
    return "postponed"


def _record_failure(notice: Notice, error: Exception, now: datetime, *, is_final: bool) -> str:
    """Only the kind of failure is kept: a mail server's words can repeat the address."""
    kind = type(error).__name__[:80]
    Notice.objects.filter(pk=notice.pk).update(
        attempts=notice.attempts + 1,
        last_error=kind,
        sent_at=None,
        state=Notice.State.FAILED if is_final else Notice.State.WAITING,
    )
    logger.warning("notice %s: %s%s", notice.pk, kind, ", given up" if is_final else "")
    if is_final:
        return "failed"
    deliver_notice.using(run_after=now + timedelta(minutes=PAUSES[notice.attempts])).enqueue(
        notice.pk
    )
    return "again later"
