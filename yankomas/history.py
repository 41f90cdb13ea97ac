"""The history of a visit in words, made from codes and data when the page is shown."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .models import EventCode, Service, Visit, VisitEvent
from .workflow import Outcome, Status

FIELDS = {
    "visitor_name": "nama",
    "visitor_contact": "kontak",
    "topic": "topik",
    "asked": "yang ditanyakan",
    "answered": "yang dijawab",
    "handed_over": "yang diserahkan",
}


@dataclass(frozen=True)
class Line:
    at: datetime
    what: str
    move: str
    where: str
    who: str


def lines(visit: Visit, *, may_see_case: bool) -> list[Line]:
    """Newest first. The number of a case is said to those who may know of the case."""
    events = list(visit.events.select_related("actor", "counter").order_by("-seq"))
    names = dict(Service.objects.values_list("code", "name"))
    return [
        Line(
            at=event.at,
            what=f"{EventCode(event.code).label}{_more(event, names, may_see_case)}",
            move=_move(event.data),
            where=str(event.counter) if event.counter else "",
            who=_who(event),
        )
        for event in events
    ]


def _who(event: VisitEvent) -> str:
    if event.actor:
        return str(event.actor)
    return "Pengunjung di kios" if event.code == EventCode.TAKEN else "Sistem"


def _move(data: dict[str, Any]) -> str:
    if "from" not in data:
        return ""
    return f"{Status(data['from']).label} → {Status(data['to']).label}"


def _more(event: VisitEvent, names: dict[str, str], may_see_case: bool) -> str:
    if event.code == EventCode.CASE_OPENED and not may_see_case:
        return ""
    words = _WORDS.get(event.code)
    return words(event.data, names) if words else ""


def _fields(names: Collection[str]) -> str:
    return ", ".join(label for name, label in FIELDS.items() if name in names)


def _outcome(data: dict[str, Any], names: dict[str, str]) -> str:
    return f": {Outcome(data['outcome']).label.lower()}" if data.get("outcome") else ""


_WORDS: dict[str, Callable[[dict[str, Any], dict[str, str]], str]] = {
    EventCode.TAKEN: lambda d, n: f" untuk {n.get(d['service'], d['service'])}",
    EventCode.CALLED_AGAIN: lambda d, n: f" (panggilan ke-{d['call']})",
    EventCode.RECORDED: lambda d, n: f": {_fields(d['fields'])}",
    EventCode.TRANSFERRED: lambda d, n: (
        f": dari {n.get(d['service_before'], d['service_before'])} "
        f"ke {n.get(d['service'], d['service'])}"
    ),
    EventCode.CASE_OPENED: lambda d, n: f": {d['case']}",
    EventCode.FINISHED: _outcome,
    EventCode.LOGGED: _outcome,
}
