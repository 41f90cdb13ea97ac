"""The events of a case that a register tells of, found in one pass over its history."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from cases.models import CaseEvent, EventCode

from .columns import Source

E = EventCode
ENDS = {E.FORWARDED, E.MARKED_DUPLICATE, E.ARCHIVED, E.WITHDRAWN}
TAKES_UP_AGAIN = {E.REOPENED, E.ANSWERED_BACK, E.ORDERED}
TOLD = [
    E.RECEIVED,
    E.RECLASSIFIED,
    E.ANSWERED,
    E.CLOSED,
    E.DISPUTE_RECORDED,
    *sorted(ENDS),
    *sorted(TAKES_UP_AGAIN),
]


class Event(NamedTuple):
    case: int
    seq: int
    code: str
    at: datetime
    data: dict[str, Any]

    @property
    def source(self) -> Source:
        return Source(self.case, self.seq)


@dataclass
class Trace:
    """What happened last of each sort; None where it never did.

    `asked` is the receipt, or the change of kind that made the case what it is now: an answer from
    before that was an answer to something else. What has left stays in force until another leaves.
    """

    received: Event | None = None
    asked: Event | None = None
    answered: Event | None = None
    ended: Event | None = None
    accepted: Event | None = None
    disputed: Event | None = None

    def follow(self, event: Event) -> None:
        match event.code:
            case E.RECEIVED:
                self.received = self.asked = event
            case E.RECLASSIFIED:
                self.asked, self.answered, self.accepted = event, None, None
            case E.ANSWERED:
                self.answered, self.accepted = event, None
            case E.CLOSED:
                self.accepted = event if event.data.get("by") == "warga" else None
            case E.DISPUTE_RECORDED:
                self.disputed = event
            case code if code in ENDS:
                self.ended = event
            # An order to a request that is being worked on moves nothing.
            case code if code in TAKES_UP_AGAIN and "to" in event.data:
                self.ended = self.accepted = None


def traces(cases: Iterable[int]) -> dict[int, Trace]:
    """The traces of some cases, in one query."""
    cases = list(cases)
    found = {pk: Trace() for pk in cases}
    rows = (
        CaseEvent.objects.filter(case__in=cases, code__in=TOLD)
        .order_by("case", "seq")
        .values_list("case", "seq", "code", "at", "data")
    )
    for row in rows:
        event = Event(*row)
        found[event.case].follow(event)
    return found


def source(event: Event | None) -> Source | None:
    return event.source if event else None
