"""How the dates of a case were found, and which dates it had before; for citizen and staff."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from .deadlines import Computation, DueDates, Step
from .models import Case, CaseEvent
from .models.event import EventCode as E


@dataclass(frozen=True)
class Dated:
    """One date with its arithmetic; `first_days` is what an extension added to."""

    computation: Computation
    first_days: int = 0
    more_days: int = 0
    is_kept: bool = False


@dataclass(frozen=True)
class Moved:
    """A date that the case had before, and why it has another."""

    at: datetime
    why: Any
    old: date | None
    new: date | None


_WHY = {
    E.VERIFIED: _("Klasifikasi pengaduan ditetapkan, dan dengannya lama waktunya"),
    E.EXTENDED: _("Waktu menjawab diperpanjang satu kali"),
    E.RECLASSIFIED: _("Jenis kasus diubah, dan dengannya lama waktunya"),
    E.ANSWERED_BACK: _("Jawaban ditanggapi: waktu penuh dihitung lagi dari hari itu"),
    E.REOPENED: _("Kasus dibuka kembali: waktu penuh dihitung lagi dari hari itu"),
    E.ORDERED: _("Atasan PPID memerintahkan kasus dikerjakan lagi"),
    E.DUE_SET: _("Daftar hari libur terbit, jadi tanggalnya dapat dihitung"),
    E.DUE_MOVED: _("Hari libur atau cuti bersama berubah"),
}


def arithmetic(case: Case) -> dict[str, Any]:
    """What the page "how was this date worked out" shows."""
    events = case.events.filter(code__in=_WHY).only("case_id", "code", "at", "data")
    return {"dates": dates(case), "moved": moved(events.order_by("seq"))}


def dates(case: Case) -> list[Dated]:
    found = [Computation.from_json(row) for row in case.due_basis]
    counted = DueDates(found)
    first = next((c for c in found if c.step == Step.ANSWER), None)
    return [
        Dated(
            computation,
            first_days=first.days if first and computation is counted.extension else 0,
            more_days=computation.days - (first.days if first else 0),
            is_kept=_is_kept(case, counted, computation),
        )
        for computation in found
    ]


def moved(events: Iterable[CaseEvent]) -> list[Moved]:
    """From events that say what the date was and became; one that moved nothing is left out."""
    found = []
    for event in events:
        old, new = event.data.get("due_from"), event.data.get("due_to", event.data.get("due"))
        if old != new:
            found.append(Moved(event.at, _WHY[E(event.code)], _day(old), _day(new)))
    return found


def _is_kept(case: Case, counted: DueDates, computation: Computation) -> bool:
    """Whether this is the date that counts: an extension's, else the earlier of the two answers."""
    if counted.extension:
        return computation is counted.extension
    return (
        computation.step == Step.ANSWER
        and computation.due is not None
        and computation.due == case.due_on
    )


def _day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None
