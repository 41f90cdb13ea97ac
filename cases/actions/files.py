"""Files that the office adds to a case: for colleagues, or to go out with the approved answer."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from office.models import User
from office.uploads import StoredFile

from ..models import Case
from ..models.event import EventCode
from ..workflow import FINAL, CaseError, Status
from .base import finish, lock, require, require_worker
from .intake import attach


@transaction.atomic
def add_files(
    case: Case,
    *,
    actor: User,
    files: Sequence[StoredFile],
    is_internal: bool = True,
    version: int | None = None,
    at: datetime | None = None,
) -> None:
    """Add stored files. One that is not internal leaves with the next approved answer."""
    lock(case, version)
    if is_internal:
        require(actor, "view_case", case)
    else:
        require_worker(actor, case)
        if case.status == Status.IN_APPROVAL:
            raise CaseError("Konsep sedang diperiksa; kembalikan dulu sebelum menambah berkas.")
        if case.status in FINAL:
            raise CaseError(
                "Kasus ini sudah ditutup; berkas hanya dapat ditambahkan untuk petugas."
            )
    at = at or timezone.now()
    attach(case, files, at=at, uploader=actor, is_internal=is_internal)
    finish(
        case,
        EventCode.NOTED,
        actor=actor,
        at=at,
        data={"files": len(files), "internal": is_internal},
    )
