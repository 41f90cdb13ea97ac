"""Survey reports that are written to the end, and published."""

from datetime import date
from typing import Any

from office.models import User
from office.roles import Role
from surveys.models import SurveyReport
from surveys.period import Period
from surveys.reporting import actions
from tests.factories import make_user

from .crowd import answer, everybody

AUGUST = Period(2026, "08")
PLAN = {
    "element": "U3",
    "program": "Menambah dua meja foto pada pagi hari",
    "term": "pendek",
    "when": "Triwulan IV 2026",
    "responsible": "Kepala Seksi Lalintaskim",
}
TEXTS: dict[str, Any] = {
    "background": "Setiap bulan kantor mengukur kepuasan.",
    "legal_basis": "PermenPANRB 14/2017",
    "purpose": "Mengetahui apa yang harus diperbaiki.",
    "method": "Diisi lewat kode QR di loket.",
    "analysis": "Antrean foto menumpuk pada pagi hari.",
    "follow_ups": [PLAN],
}


def many_answers(people: int = 20, month: date = AUGUST.first, **about: Any) -> None:
    """Enough to be published: everybody satisfied, the waiting time (U3) least."""
    answer([3, 3, 2, 4, 3, 3, 4, 3, 3], month=month, people=people, **about)


def make_draft(
    actor: User | None = None, period: Period = AUGUST, instrument: str = "skm", **texts: Any
) -> SurveyReport:
    """A draft that is written to the end."""
    actor = actor or make_user(Role.PPID)
    report = actions.begin_report(instrument, period, actor=actor)
    actions.save_report(report, actor=actor, **{**TEXTS, **texts})
    return report


def make_published(
    actor: User | None = None, period: Period = AUGUST, instrument: str = "skm", people: int = 20
) -> SurveyReport:
    """A published report on answers that are given in the period's first month."""
    actor = actor or make_user(Role.PPID)
    if people and instrument == "skm":
        many_answers(people, period.first)
    elif people:
        answer(everybody(5, instrument), month=period.first, instrument=instrument, people=people)
    report = make_draft(actor, period, instrument)
    actions.publish_report(report, actor=actor)
    return report
