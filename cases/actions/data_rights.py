"""What UU 27/2022 lets people ask about their own data, as far as it touches their case.

The requests themselves live in the app dataprotection; their history is the case's own sealed one.
"""

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.core.files.storage import default_storage
from django.db import models, transaction
from django.db.models import QuerySet
from django.utils import timezone

from office.models import User

from .. import marks
from ..kinds import REDACTORS
from ..models import AnswerDraft, Attachment, Case, Notice, Redaction
from ..models.event import EventCode
from ..models.redaction import MARK
from ..workflow import CaseError, NotAllowed, Privacy
from .base import finish, lock, require
from .intake import Identity, indexes

Part = Redaction.Part
IDENTITY_FIELDS = [name for name in asdict(Identity()) if name != "kind"]
# UU 27/2022 Ps 5-13: who settles a request is told apart from who may look at cases.
DUTY = "correct_identity"


@transaction.atomic
def record_data_request(
    case: Case, *, kind: str, request: int, due_at: datetime, at: datetime | None = None
) -> None:
    """The citizen asks; the caller has checked reference and access code."""
    lock(case)
    data = {"kind": str(kind), "request": request, "due": due_at.isoformat(timespec="minutes")}
    finish(case, EventCode.DATA_REQUESTED, actor=None, at=at, data=data)


@transaction.atomic
def take_data_request(
    case: Case,
    *,
    actor: User,
    kind: str,
    request: int,
    version: int | None = None,
    at: datetime | None = None,
) -> None:
    """Somebody of the office takes the request on."""
    lock(case, version)
    require_keeper(actor, case)
    data = {"kind": str(kind), "request": request}
    finish(case, EventCode.DATA_REQUEST_TAKEN, actor=actor, at=at, data=data)


@transaction.atomic
def settle_data_request(
    case: Case,
    *,
    actor: User,
    kind: str,
    request: int,
    is_granted: bool,
    version: int | None = None,
    at: datetime | None = None,
) -> None:
    """The request is answered without a change of the case's data, or refused."""
    lock(case, version)
    require_keeper(actor, case)
    finish(
        case,
        EventCode.DATA_REQUEST_GRANTED if is_granted else EventCode.DATA_REQUEST_REFUSED,
        actor=actor,
        at=at,
        data={"kind": str(kind), "request": request},
        notices=[(Notice.Code.PUBLIC_STEP, None)],
    )


@transaction.atomic
def export_data(case: Case, *, form: str, at: datetime | None = None) -> None:
    """The citizen takes a copy of all that is held; the holder of a stolen code is seen by it."""
    lock(case)
    finish(case, EventCode.DATA_EXPORTED, actor=None, at=at, data={"form": form})


@transaction.atomic
def correct_identity(
    case: Case,
    *,
    actor: User,
    changes: dict[str, str],
    request: int | None = None,
    version: int | None = None,
    at: datetime | None = None,
) -> list[str]:
    """Put right what is held about who asks; says which fields changed, and so does the event.

    The values stand in the encrypted row only.
    """
    lock(case, version)
    require_keeper(actor, case)
    applicant = case.identity
    if applicant is None:
        raise CaseError("Kasus ini tidak menyimpan identitas.")
    if is_redacted(case, Part.IDENTITY):
        raise CaseError("Identitas kasus ini sudah dimusnahkan.")
    unknown = set(changes) - set(IDENTITY_FIELDS)
    if unknown or not all(value.strip() for value in changes.values()):
        raise CaseError("Isi data yang benar; kolom identitas tidak dapat dikosongkan.")
    changed = [name for name in changes if getattr(applicant, name) != changes[name].strip()]
    if not changed:
        raise CaseError("Tidak ada yang berubah: isinya sama dengan yang tersimpan.")
    for name in changed:
        setattr(applicant, name, changes[name].strip())
    found = indexes(Identity(**{name: getattr(applicant, name) for name in IDENTITY_FIELDS}))
    for name, value in found.items():
        setattr(applicant, name, value)
    applicant.save(update_fields=[*changed, *found])
    finish(
        case,
        EventCode.IDENTITY_CORRECTED,
        actor=actor,
        at=at,
        data=_without_none({"fields": sorted(changed), "request": request}),
        notices=[(Notice.Code.PUBLIC_STEP, None)],
    )
    return changed


@transaction.atomic
def redact(
    case: Case,
    *,
    parts: Collection[str],
    actor: User | None,
    request: int | None = None,
    batch: int | None = None,
    version: int | None = None,
    at: datetime | None = None,
) -> list[str]:
    """Make parts of a closed case unreadable for good; says which.

    Rows, numbers, dates, outcome and history stay: the registers stay whole and the chain verifies.
    `actor` None is a batch that two people have signed. The caller has looked at the terms of the
    law; an open case is refused here whatever they say.
    """
    lock(case, version)
    if actor is not None:
        require(actor, "redact_case", case)
    if case.closed_at is None:
        raise CaseError("Kasus ini masih terbuka; datanya masih diperlukan.")
    wanted = [part for part in Part if part in parts and not is_redacted(case, part)]
    if not wanted:
        raise CaseError("Bagian ini sudah dimusnahkan.")
    at = at or timezone.now()
    if Part.IDENTITY in wanted:
        _blank_identity(case)
    if Part.FILES in wanted:
        _destroy(case.attachments.all())
    elif Part.PAPERS in wanted:
        _destroy(papers(case))
    changes = _mark_texts(case) if Part.TEXTS in wanted else {}
    for redact_beside in REDACTORS:
        redact_beside(case, wanted)
    for part in wanted:
        Redaction.objects.update_or_create(case=case, part=part, defaults={"at": at})
    finish(
        case,
        EventCode.REDACTED,
        actor=actor,
        at=at,
        data=_without_none(
            {"parts": [str(part) for part in wanted], "request": request, "batch": batch}
        ),
        **changes,
    )
    return [str(part) for part in wanted]


def require_keeper(actor: User, case: Case) -> None:
    """Who settles requests about personal data; a confidential one is for those who may open it."""
    require(actor, DUTY, case)
    if case.privacy == Privacy.CONFIDENTIAL and not actor.may("reveal_confidential_identity"):
        raise NotAllowed("Permintaan atas kasus rahasia hanya ditangani Kepala Kantor.")


def is_redacted(case: Case, part: str) -> bool:
    """Whether the part is gone, and nothing new came since by a reopening."""
    done = Redaction.objects.filter(case=case, part=part)
    return done.filter(at__gte=case.closed_at).exists() if case.closed_at else done.exists()


def papers(case: Case) -> QuerySet[Attachment]:
    """What the citizen sent along with the form."""
    return case.attachments.filter(message=None, uploader=None)


def _blank_identity(case: Case) -> None:
    applicant = case.identity
    if applicant is None:
        return
    names = [*IDENTITY_FIELDS, "nik_index", "email_index"]
    for name in names:
        setattr(applicant, name, "")
    applicant.save(update_fields=names)


def _destroy(files: QuerySet[Attachment]) -> None:
    """The bytes go once the change is kept; the row says by its hash what there was."""
    paths = list(files.exclude(name="").values_list("file", flat=True))
    files.update(name="")
    transaction.on_commit(lambda: _delete_bytes(paths))


def _delete_bytes(paths: list[str]) -> None:
    for path in paths:
        default_storage.delete(path)


def _mark_texts(case: Case) -> dict[str, Any]:
    marks.forget(case)
    case.messages.exclude(body="").update(body=MARK)
    AnswerDraft.objects.filter(case=case).update(body=MARK)
    if case.detail is not None:
        written = [field.name for field in case.detail._meta.fields if _is_free_text(field)]
        for name in written:
            setattr(case.detail, name, MARK if getattr(case.detail, name) else "")
        case.detail.save(update_fields=written)
    return {"subject": MARK, "narrative": MARK, "closing_reason": MARK}


def _is_free_text(field: models.Field[Any, Any]) -> bool:
    return isinstance(field, models.CharField | models.TextField) and not field.choices


def _without_none(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if value is not None}
