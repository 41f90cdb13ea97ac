"""Whose data got out: cases chosen by what they have in common, or by their numbers."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from cases.models import Case
from cases.workflow import CaseError
from office.models import User

from . import actions
from .models import Breach

MOST = 20_000


def by_criteria(
    breach: Breach,
    *,
    actor: User,
    received_from: date,
    received_to: date,
    kind: str = "",
    channel: str = "",
    has_identity: bool = False,
) -> int:
    """Add what was received between two days, both included; says how many are new."""
    start, end = _midnight(received_from), _midnight(received_to + timedelta(days=1))
    cases = Case.objects.visible_to(actor).filter(received_at__gte=start, received_at__lt=end)
    if kind:
        cases = cases.filter(kind=kind)
    if channel:
        cases = cases.filter(channel=channel)
    if has_identity:
        cases = cases.filter(applicant__isnull=False)
    found = list(cases.only("pk").order_by("pk")[: MOST + 1])
    if len(found) > MOST:
        raise CaseError("Lebih dari 20.000 kasus cocok. Persempit rentang tanggalnya.")
    return actions.add_cases(breach, actor=actor, cases=found, source="ciri")


def by_references(breach: Breach, *, actor: User, references: list[str]) -> int:
    """Add cases by their numbers; a number out of sight is named like one that does not exist."""
    cases = list(Case.objects.visible_to(actor).filter(reference__in=references))
    missing = sorted(set(references) - {case.reference for case in cases})
    if missing:
        raise CaseError(f"Nomor ini tidak ditemukan: {', '.join(missing[:10])}")
    return actions.add_cases(breach, actor=actor, cases=cases, source="daftar")


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
