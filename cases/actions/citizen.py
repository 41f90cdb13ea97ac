"""What the citizen does from the tracking page. The caller has checked reference and access
code.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from office.calendar import today

from .. import access_code
from ..deadlines import due_dates
from ..models import Case, DraftFile, Message, Notice
from ..models.event import EventCode
from ..workflow import CaseError, Kind, Outcome, Status
from .base import due_data, finish, lock, require_flow, require_status, write
from .intake import attach


@transaction.atomic
def add_facts(
    case: Case, *, text: str, files: Iterable[DraftFile] = (), at: datetime | None = None
) -> None:
    """Add facts or files while the office is still working on the case."""
    lock(case)
    require_status(
        case,
        [Status.RECEIVED, Status.VERIFIED, Status.ASSIGNED, Status.IN_PROGRESS, Status.IN_APPROVAL],
        Status.RECEIVED,
    )
    at = at or timezone.now()
    data = _write(case, text, files, at)
    finish(case, EventCode.CITIZEN_ADDED, actor=None, at=at, data=data, citizen_wrote_at=at)


@transaction.atomic
def complete(
    case: Case, *, text: str, files: Iterable[DraftFile] = (), at: datetime | None = None
) -> None:
    """Give what the office asked for; the case goes back to verification."""
    lock(case)
    require_status(case, [Status.INCOMPLETE], Status.RECEIVED)
    at = at or timezone.now()
    data = _write(case, text, files, at)
    finish(
        case,
        EventCode.COMPLETED,
        actor=None,
        at=at,
        data=data,
        status=Status.RECEIVED,
        citizen_wrote_at=at,
    )


@transaction.atomic
def answer_back(
    case: Case, *, text: str, files: Iterable[DraftFile] = (), at: datetime | None = None
) -> None:
    """Say that the answer does not solve the matter, within 10 working days; the case goes back to
    work, with the kind's full time from this day on.
    """
    lock(case)
    require_status(case, [Status.ANSWERED], Status.IN_PROGRESS)
    if case.kind == Kind.OBJECTION:
        # UU 14/2008 Ps 37: after the Atasan PPID comes the Komisi Informasi.
        raise CaseError(
            _(
                "Tanggapan Atasan PPID tidak dibuka lagi. Bila tidak puas, ajukan sengketa ke "
                "Komisi Informasi."
            )
        )
    if not case.can_be_answered_back(today(at)):
        raise CaseError(_("Waktu untuk menanggapi jawaban ini sudah lewat."))
    at = at or timezone.now()
    data = _write(case, text, files, at)
    due = due_dates(case.kind, today(at), case.service_class)
    finish(
        case,
        EventCode.ANSWERED_BACK,
        actor=None,
        at=at,
        data={**data, **due_data(case, due)},
        status=Status.IN_PROGRESS,
        notices=[(Notice.Code.ASSIGNED, case.assignee)] if case.assignee else [],
        citizen_wrote_at=at,
        answered_at=None,
        reply_until=None,
        outcome="",
        **due.as_fields(),
    )


def _write(case: Case, text: str, files: Iterable[DraftFile], at: datetime) -> dict[str, int]:
    files = list(files)
    message = write(case, Message.Kind.CITIZEN, text, author=None, at=at)
    attach(case, files, at=at, message=message)
    return {"message": message.pk, "files": len(files)}


@transaction.atomic
def confirm_resolved(case: Case, *, at: datetime | None = None) -> None:
    """The citizen says that the answer settles the matter."""
    lock(case)
    require_status(case, [Status.ANSWERED], Status.DONE)
    finish(
        case,
        EventCode.CLOSED,
        actor=None,
        at=at,
        status=Status.DONE,
        data={"outcome": case.outcome, "by": "warga"},
        notices=[(Notice.Code.CLOSED, None)],
        closing_reason="Pelapor/pemohon menyatakan selesai.",
        citizen_wrote_at=None,
    )


@transaction.atomic
def withdraw(case: Case, *, at: datetime | None = None) -> None:
    """The citizen takes the case back; it stays in the register as withdrawn."""
    lock(case)
    require_flow(case, Status.WITHDRAWN)
    finish(
        case,
        EventCode.WITHDRAWN,
        actor=None,
        at=at,
        status=Status.WITHDRAWN,
        data={"outcome": str(Outcome.WITHDRAWN)},
        notices=[(Notice.Code.CLOSED, None)],
        outcome=Outcome.WITHDRAWN,
        closing_reason="Dicabut oleh pelapor/pemohon.",
        citizen_wrote_at=None,
    )


@transaction.atomic
def renew_access_code(case: Case, *, at: datetime | None = None) -> str:
    """Make a new access code, which replaces the lost one at once; returned here and nowhere
    else.
    """
    lock(case)
    code = access_code.make_access_code()
    finish(case, EventCode.CODE_RENEWED, actor=None, at=at, access_digest=access_code.digest(code))
    return code
