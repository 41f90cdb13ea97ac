"""A single contact: logged in one line, put right, taken back, made a case."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from cases.desk.promoting import without_numbers
from cases.models import Case
from cases.workflow import CaseError
from infocontent.models import Topic
from office.models import User

from ..models import ChannelEvent, Contact
from ..refusals import HasCase, PersonalNumber
from ..vocabulary import COUNTED_BY_ITSELF, ContactChannel, EventCode
from ._base import finish, lock, month_of, require

LOGGED = tuple(channel for channel in ContactChannel if channel not in COUNTED_BY_ITSELF)


@transaction.atomic
def log_contact(
    *,
    actor: User,
    channel: str,
    summary: str,
    happened_at: datetime | None = None,
    topic: Topic | None = None,
    page_key: str | None = None,
    at: datetime | None = None,
) -> Contact:
    """Write down one contact, of now or of an earlier moment.

    The same page (`page_key`) sent again finds the contact that it has made already.
    """
    require(actor)
    at = at or timezone.now()
    if page_key and (logged := Contact.objects.filter(page_key=page_key, author=actor).first()):
        return logged
    happened_at = happened_at or at
    contact = Contact(
        at=happened_at,
        month=month_of(happened_at),
        channel=channel,
        topic=topic,
        summary=_checked(channel, summary, happened_at, at),
        author=actor,
        logged_at=at,
        page_key=page_key,
    )
    contact.save(force_insert=True)
    ChannelEvent.objects.create(
        contact=contact,
        code=EventCode.LOGGED,
        actor=actor,
        at=at,
        data={"channel": str(channel), "topic": topic.code if topic else ""},
    )
    return contact


@transaction.atomic
def correct_contact(
    contact: Contact,
    *,
    actor: User,
    channel: str,
    summary: str,
    happened_at: datetime | None = None,
    topic: Topic | None = None,
    version: int | None = None,
    at: datetime | None = None,
) -> None:
    """Put a line right. The history keeps old channel, topic and moment, of the words only that
    they changed.
    """
    require(actor)
    at = at or timezone.now()
    lock(contact, version)
    _still_open(contact)
    happened_at = happened_at or contact.at
    new: dict[str, Any] = {
        "channel": str(channel),
        "topic": topic,
        "at": happened_at,
        "summary": _checked(channel, summary, happened_at, at),
    }
    old = {name: getattr(contact, name) for name in new}
    changed = {name: value for name, value in new.items() if value != old[name]}
    if not changed:
        return
    if "at" in changed:
        changed["month"] = month_of(happened_at)
    data = {name: [_plain(old[name]), _plain(new[name])] for name in new if name in changed} | (
        {"summary": []} if "summary" in changed else {}
    )
    finish(contact, EventCode.CORRECTED, actor=actor, done_at=at, data=data, **changed)


@transaction.atomic
def void_contact(
    contact: Contact, *, actor: User, version: int | None = None, at: datetime | None = None
) -> None:
    """Take back a line that should not be there; it stays readable and counts no more."""
    require(actor)
    at = at or timezone.now()
    lock(contact, version)
    _still_open(contact)
    finish(contact, EventCode.VOIDED, actor=actor, done_at=at, voided_at=at)


@transaction.atomic
def open_case(
    contact: Contact,
    lodge: Callable[..., Case],
    *,
    actor: User,
    version: int | None = None,
    at: datetime | None = None,
    **case: Any,
) -> Case:
    """Make a case of the contact: received when the contact was, by its channel.

    `lodge` makes the kind that was chosen. The recap goes on counting the contact, not the case.
    """
    require(actor)
    lock(contact, version)
    _still_open(contact)
    channel = ContactChannel(contact.channel).of_a_case
    opened = lodge(channel=channel, actor=actor, at=contact.at, **case)
    finish(
        contact,
        EventCode.CASE_OPENED,
        actor=actor,
        done_at=at or timezone.now(),
        data={"case": opened.reference},
        case=opened,
        topic=opened.topic or contact.topic,
    )
    return opened


def _still_open(contact: Contact) -> None:
    if contact.case:
        raise HasCase(contact.case.reference)
    if contact.voided_at:
        raise CaseError("Kontak ini sudah dibatalkan.")


def _checked(channel: str, summary: str, happened_at: datetime, at: datetime) -> str:
    """The line, in one line; raises when it cannot be kept."""
    if channel not in LOGGED:
        raise CaseError("Kanal ini terhitung sendiri sebagai kunjungan atau kasus.")
    if happened_at > at:
        raise CaseError("Waktu kontak belum tiba. Isi waktu sekarang atau sebelumnya.")
    line = " ".join(summary.split())
    longest = Contact._meta.get_field("summary").max_length or 0
    if not line or len(line) > longest:
        raise CaseError(f"Tulis isinya dalam satu baris, paling panjang {longest} karakter.")
    if without_numbers(line) != line:
        raise PersonalNumber
    return line


def _plain(value: Any) -> str:
    if isinstance(value, Topic):
        return value.code
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else str(value or "")
