"""The first verb: a case is received and gets its number, its clock and its access code."""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from infocontent.models import Topic
from office.calendar import today
from office.crypto import keyed_digest
from office.models import User
from office.uploads import ENDINGS, StoredFile

from .. import access_code
from ..deadlines import due_dates
from ..models import Applicant, Attachment, Case, DraftFile, Notice, PrivacyNotice, ReferenceCounter
from ..models.event import EventCode
from ..outbox import owe
from ..workflow import CaseError, Channel, Privacy, Status
from .base import next_event


@dataclass(frozen=True)
class Identity:
    """Who asks, as typed. All blank is allowed for a question; an anonymous case takes none at
    all.
    """

    kind: str = Applicant.Kind.PERSON
    full_name: str = ""
    nik: str = ""
    legal_entity_number: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    occupation: str = ""
    proxy_name: str = ""
    proxy_nik: str = ""

    @property
    def is_blank(self) -> bool:
        return not any(value for name, value in asdict(self).items() if name != "kind")


@transaction.atomic(savepoint=False)
def register(
    *,
    kind: str,
    subject: str,
    narrative: str,
    topic: Topic | None = None,
    identity: Identity | None = None,
    privacy: str = Privacy.OPEN,
    channel: str = Channel.WEB,
    language: str = "id",
    notice: PrivacyNotice | None = None,
    files: Iterable[DraftFile] = (),
    code: str | None = None,
    actor: User | None = None,
    at: datetime | None = None,
    event_data: dict[str, Any] | None = None,
    beside: Iterable[Callable[[Case], Any]] = (),
) -> Case:
    """Receive a case. Called by each kind's own `lodge`, which adds the detail in the same
    transaction.

    `beside` writes what points at the case: it is called before the case itself is written, so
    that nothing but the case and its first event waits while the counter is locked.
    `code` is the access code to be given to the citizen (see access_code.make_access_code);
    without one the case cannot be followed on the web. `event_data` is what the first event says
    besides. Raises CaseError when an anonymous case carries an identity.
    """
    if privacy == Privacy.ANONYMOUS and identity and not identity.is_blank:
        raise CaseError("Kasus anonim tidak boleh memuat identitas.")
    at = at or timezone.now()
    day = today(at)
    case = Case(
        kind=kind,
        subject=subject,
        narrative=narrative,
        topic=topic,
        privacy=privacy,
        channel=channel,
        language=language,
        privacy_notice=notice,
        received_at=at,
        status=Status.RECEIVED,
        access_digest=access_code.digest(code) if code else None,
        **due_dates(kind, day).as_fields(),
    )
    case.pk = Case.reserve_key()
    if identity and not identity.is_blank:
        Applicant(case=case, **asdict(identity), **indexes(identity)).save(force_insert=True)
        if identity.email:
            owe(case, Notice.Code.RECEIVED, recipient=None, event_seq=1, at=at)
    attach(case, files, at=at)
    for write_more in beside:
        write_more(case)
    # Last, because the counter's row stays locked until the commit.
    case.reference = ReferenceCounter.next_reference(kind, day.year)
    event = next_event(
        case,
        EventCode.RECEIVED,
        actor=actor,
        at=at,
        data={
            "kind": str(kind),
            "channel": str(channel),
            "privacy": str(privacy),
            **(event_data or {}),
        },
    )
    case.save(force_insert=True)
    event.save(force_insert=True)
    return case


def indexes(identity: Identity) -> dict[str, str]:
    """The blind indexes that go with an identity."""
    return {
        "nik_index": keyed_digest("nik", identity.nik) if identity.nik else "",
        "email_index": keyed_digest("email", identity.email.strip().lower())
        if identity.email
        else "",
    }


def attach(
    case: Case, files: Iterable[DraftFile | StoredFile], *, at: datetime, **more: Any
) -> None:
    """Hand a draft's stored files to the case; the bytes stay where they are."""
    hides_names = case.privacy != Privacy.OPEN
    Attachment.objects.bulk_create(
        Attachment(
            token=file.token,
            case=case,
            file=file.file,
            # A file name can carry the name of a person who must not be known to the section.
            name=f"lampiran-{n}.{ENDINGS[file.content_type][0]}" if hides_names else file.name,
            content_type=file.content_type,
            size=file.size,
            sha256=file.sha256,
            added_at=at,
            **more,
        )
        for n, file in enumerate(files, start=1)
    )
