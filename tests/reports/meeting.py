"""Evaluation meetings as the office holds them."""

from datetime import date
from typing import Any

from office.models import User
from office.roles import Role
from reports.meetings import actions
from reports.meetings.actions import Agreed
from reports.meetings.models import Meeting
from reports.period import Period
from tests.factories import make_user

WRITERS = {Role.VERIFIER, Role.SECTION_HEAD, Role.PPID, Role.OFFICE_HEAD}
OCTOBER, NOVEMBER, DECEMBER = Period(2026, 10), Period(2026, 11), Period(2026, 12)
TYPED: dict[str, Any] = {
    "place": "Ruang rapat lantai dua",
    "attendance": "Rina Wijaya, Kepala Kantor\nDedi Gunawan, Kepala Seksi",
    "discussion": "Antrean pagi dibicarakan paling lama.",
    "obstacles": [("Loket sempit", "Satu loket dibuka di lantai dua")],
}


def make_draft(
    period: Period = OCTOBER,
    *,
    actor: User | None = None,
    agreed: list[Agreed] | None = None,
    **typed: Any,
) -> Meeting:
    actor = actor or make_user(Role.VERIFIER)
    meeting = actions.begin_meeting(period, actor=actor)
    held_on = typed.pop("held_on", period.first_after)
    words = {**TYPED, "held_on": held_on, "agreed": agreed or [], **typed}
    actions.save_meeting(meeting, actor=actor, **words)
    return meeting


def make_signed(period: Period = OCTOBER, *, signer: User | None = None, **drafted: Any) -> Meeting:
    meeting = make_draft(period, **drafted)
    actions.sign_meeting(meeting, actor=signer or make_user(Role.OFFICE_HEAD))
    return meeting


def promise(owner: User, due_on: date = date(2027, 1, 15), text: str = "Tambah kursi") -> Agreed:
    return Agreed(text, owner, due_on)


def codes(meeting: Meeting) -> list[str]:
    return list(meeting.events.values_list("code", flat=True))
