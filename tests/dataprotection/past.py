"""Cases whose term of keeping is over, and what must not be left of them."""

from datetime import datetime, timedelta
from typing import Any

from django.core.files.storage import default_storage

from cases import actions
from cases.actions.intake import attach
from cases.models import Case
from cases.workflow import Kind, Status
from dataprotection.actions import make_batch, order_batch, run_batch, sign_batch
from dataprotection.models import DisposalBatch
from tests.factories import NOW, Desk, make_case, make_desk, make_pdf, make_stored_file

LONG_AGO = NOW - timedelta(days=6 * 365)
SECRET = "Kalimantan"


def make_past(
    kind: str = Kind.COMPLAINT,
    status: str = Status.DONE,
    *,
    desk: Desk | None = None,
    at: datetime = LONG_AGO,
    **lodged: Any,
) -> Case:
    """A closed case with an identity, files and texts that carry the word SECRET."""
    lodged.setdefault("subject", f"Perihal {SECRET}")
    lodged.setdefault("narrative", f"Uraian {SECRET}")
    if kind == Kind.COMPLAINT:
        lodged.setdefault("place", f"Loket {SECRET}")
    desk = desk or make_desk()
    case = make_case(kind, status, desk=desk, at=at, **lodged)
    attach(case, [make_stored_file(f"{SECRET}.pdf", make_pdf(SECRET))], at=at)
    return Case.objects.get(pk=case.pk)


def destroy(desk: Desk, *, at: datetime | None = None) -> DisposalBatch:
    """The whole way: made, signed by two, ordered, run."""
    batch = make_batch(actor=desk.ppid, at=at)
    sign_batch(batch, actor=desk.ppid, at=at)
    sign_batch(batch, actor=desk.office_head, at=at)
    order_batch(batch, actor=desk.ppid, at=at)
    run_batch(batch, at=at)
    batch.refresh_from_db()
    return batch


def holds_bytes(case: Case) -> list[bool]:
    return [default_storage.exists(file.file) for file in case.attachments.all()]


def reopen(case: Case, desk: Desk) -> None:
    actions.reopen(case, actor=desk.head, reason="Ternyata belum selesai.")
