"""Reports as the PPID writes them."""

from typing import Any

from office.models import User
from office.roles import Role
from reports.annual import actions
from reports.models import Report
from reports.period import Period
from tests.factories import make_user

TEXTS: dict[str, Any] = {
    "policy": "Maklumat pelayanan **berlaku** sejak 2025.",
    "facilities": "Meja informasi di lantai satu.",
    "people": "Tiga petugas.",
    "budget": 25_000_000,
    "spent": 24_100_000,
    "budget_note": "Untuk kertas dan pelatihan.",
    "service_note": "Permohonan terbanyak tentang paspor.",
    "dispute_note": "",
    "internal_obstacles": "Petugas berganti.",
    "external_obstacles": "Pemohon tidak melengkapi.",
    "recommendations": "Latih petugas baru.",
}


def make_draft(actor: User | None = None, *, year: int = 2026, month: int = 0) -> Report:
    actor = actor or make_user(Role.PPID)
    report = actions.begin_report(Period(year, month), actor=actor)
    actions.save_report(report, actor=actor, **TEXTS)
    return report


def make_published(actor: User | None = None, *, year: int = 2026, month: int = 0) -> Report:
    actor = actor or make_user(Role.PPID)
    report = make_draft(actor, year=year, month=month)
    actions.publish_report(report, actor=actor)
    return report


def make_corrected(report: Report, actor: User | None = None) -> Report:
    """The published edition that corrects a published one."""
    actor = actor or make_user(Role.PPID)
    edition = actions.begin_report(
        report.period, actor=actor, correction="Jumlah petugas keliru: tiga menjadi empat."
    )
    actions.save_report(edition, actor=actor, people="Empat petugas.")
    actions.publish_report(edition, actor=actor)
    return edition


def codes(report: Report) -> list[str]:
    return list(report.events.values_list("code", flat=True))
