"""A day at the desk whose figures are worked out by hand."""

from datetime import date, datetime, time
from typing import Any

import complaints.actions
from cases.models import Case
from office.models import User
from tests.factories import IDENTITY, WIB
from yankomas import actions
from yankomas.models import Shift, Visit
from yankomas.workflow import Outcome

from .room import make_officer, make_shift, service, take, topic

MONDAY = date(2026, 11, 23)
NAME, CONTACT = "Sari Melati Kusuma", "081234567890"


def clock(words: str, day: date = MONDAY) -> datetime:
    """The moment of "09.30" on the office's clock."""
    hour, _dot, minute = words.partition(".")
    return datetime.combine(day, time(int(hour), int(minute)), tzinfo=WIB)


def shift_of(number: int = 1) -> Shift:
    """A counter that has been open since Monday morning."""
    return make_shift(make_officer(), number, clock("08.00"))


def serve(
    shift: Shift,
    arrival: str,
    start: str,
    end: str,
    *,
    day: date = MONDAY,
    code: str = "paspor",
    record: dict[str, Any] | None = None,
    **finish: Any,
) -> Visit:
    """A visit that comes, is called and served, and is finished, all at these times."""
    visit = take(code, at=clock(arrival, day))
    return call_and_finish(shift, visit, start, end, day=day, record=record, **finish)


def call(shift: Shift, start: str, day: date = MONDAY) -> Visit:
    """Whoever is next, being served from this time on."""
    visit = actions.call_next(shift, actor=shift.officer, at=clock(start, day))
    actions.start(visit, shift, actor=shift.officer, at=clock(start, day))
    return visit


def call_and_finish(
    shift: Shift,
    visit: Visit,
    start: str,
    end: str,
    *,
    day: date = MONDAY,
    record: dict[str, Any] | None = None,
    **finish: Any,
) -> Visit:
    called = call(shift, start, day)
    assert called == visit
    if record:
        actions.record(called, actor=shift.officer, at=clock(start, day), **record)
    return done(called, shift, end, day=day, **finish)


def done(visit: Visit, shift: Shift, end: str, *, day: date = MONDAY, **finish: Any) -> Visit:
    known = {"topic": topic("antrean"), "outcome": Outcome.ANSWERED} | finish
    actions.finish(visit, shift, actor=shift.officer, at=clock(end, day), **known)
    return visit


def no_show(shift: Shift, visit: Visit, *times: str, day: date = MONDAY) -> None:
    """Called twice, and nobody comes."""
    for moment in times:
        called = actions.call_next(shift, actor=shift.officer, at=clock(moment, day))
        assert called == visit
        actions.miss(called, shift, actor=shift.officer, at=clock(moment, day))


def log(
    officer: User, arrival: str, end: str, *, day: date = MONDAY, at: str = "15.00", **more: Any
) -> Visit:
    known = {"topic": topic("antrean"), "outcome": Outcome.ANSWERED, "service": service()} | more
    return actions.log_visit(
        arrived_at=clock(arrival, day),
        ended_at=clock(end, day),
        actor=officer,
        at=clock(at, day),
        **known,
    )


def case_visit(shift: Shift, **lodged: Any) -> tuple[Visit, Case]:
    """A visit that became a complaint, still being served."""
    take("pengaduan", at=clock("08.10"))
    visit = call(shift, "08.20")
    actions.record(visit, actor=shift.officer, at=clock("08.21"), asked="Petugasnya marah.")
    known = {
        "identity": IDENTITY,
        "subject": "Petugas marah",
        "narrative": "Petugasnya marah.",
        "topic": topic("antrean"),
    }
    case = actions.open_case(
        visit,
        shift,
        complaints.actions.lodge,
        actor=shift.officer,
        at=clock("08.25"),
        **(known | lodged),
    )
    return visit, case
