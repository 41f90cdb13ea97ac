"""What came of an objection at the Komisi Informasi (UU 14/2008 Ps 37-38), kept for the register
and the yearly report.
"""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from cases.actions.base import finish, lock, require
from cases.models import Case
from cases.models.event import EventCode
from cases.workflow import CaseError, Kind, Status
from office.calendar import today
from office.models import User

from ..models import Dispute


@transaction.atomic
def record_dispute(
    case: Case,
    *,
    actor: User,
    number: str,
    filed_on: date,
    version: int | None = None,
    at: datetime | None = None,
    **course: Any,
) -> Dispute:
    """Record that the applicant went to the Komisi Informasi; `course` as for update_dispute."""
    lock(case, version)
    _require_disputable(case, actor, today(at))
    if Dispute.objects.filter(case=case).exists():
        raise CaseError("Sengketa atas keberatan ini sudah dicatat. Perbarui catatannya.")
    dispute = Dispute(case=case, number=number, filed_on=filed_on)
    # The case waits for the Komisi Informasi: silence no longer closes it.
    waits = {"reply_until": None} if case.status == Status.ANSWERED else {}
    _write(dispute, course, actor=actor, at=at, **waits)
    return dispute


@transaction.atomic
def update_dispute(
    case: Case,
    *,
    actor: User,
    version: int | None = None,
    at: datetime | None = None,
    **course: Any,
) -> Dispute:
    """Record what has become of it: number, filed_on, route, result, decided_on, carried_out,
    court.
    """
    lock(case, version)
    _require_disputable(case, actor, today(at))
    dispute = Dispute.objects.filter(case=case).first()
    if dispute is None:
        raise CaseError("Belum ada sengketa yang dicatat atas keberatan ini.")
    _write(dispute, course, actor=actor, at=at)
    return dispute


def _require_disputable(case: Case, actor: User, on: date) -> None:
    if case.kind != Kind.OBJECTION:
        raise CaseError("Sengketa hanya mengikuti keberatan.")
    require(actor, "record_dispute", case)
    is_unanswered = case.is_open and not case.answered_at and case.due_on and on > case.due_on
    if case.status not in (Status.ANSWERED, Status.DONE) and not is_unanswered:
        raise CaseError(
            "Sengketa dicatat setelah keberatan ditanggapi, atau setelah tenggat menanggapinya "
            "lewat."
        )


def _write(
    dispute: Dispute,
    course: dict[str, Any],
    *,
    actor: User,
    at: datetime | None,
    **changes: Any,
) -> None:
    for name, value in course.items():
        setattr(dispute, name, value)
    on = today(at)
    if not dispute.number.strip():
        raise CaseError("Isi nomor sengketa.")
    if not today(dispute.case.received_at) <= dispute.filed_on <= on:
        raise CaseError("Tanggal pengajuan sengketa harus sesudah keberatan dan sudah terjadi.")
    if bool(dispute.result) != bool(dispute.decided_on):
        raise CaseError("Hasil dan tanggal putusan diisi bersama-sama.")
    if dispute.decided_on and not dispute.filed_on <= dispute.decided_on <= on:
        raise CaseError("Tanggal putusan harus sesudah pengajuan dan sudah terjadi.")
    dispute.recorded_by, dispute.recorded_at = actor, at or timezone.now()
    dispute.save()
    finish(
        dispute.case,
        EventCode.DISPUTE_RECORDED,
        actor=actor,
        at=at,
        data={
            "dispute": dispute.pk,
            "filed_on": dispute.filed_on.isoformat(),
            "route": dispute.route,
            "result": dispute.result,
        },
        **changes,
    )
