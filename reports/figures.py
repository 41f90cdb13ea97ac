"""The figures of the PPID report (UU 14/2008 Ps 12, PERKI 1/2021) for a year or a month.

Counted are the requests and objections received in the period, with what had become of them by its
end. What the period began with, and what was decided a second time, stand apart: so every request
is counted once as received and once as ended.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cases.models import Applicant
from cases.workflow import Channel, Outcome
from infocontent.models import Exclusion, Topic
from inforequests.models import Dispute, Ground

from .counts import Count, Spread, divided, spread
from .period import Period
from .rows import Disputed, Matter, Objected, Request, Rows

GIVEN, KEPT_BACK, ELSEWHERE = "diberikan_seluruhnya", "menahan", "lainnya"
DECIDED, UNDECIDED = "diputus", "belum_diputus"
OPEN, HANDED_ON = "terbuka", "dialihkan"
ON_TIME, LATE, UNKNOWN = "tepat", "terlambat", "tidak_terhitung"
OTHER_STATUTE, UNRECORDED = "uu_lain", "tidak_tercatat"
UPHELD = "dikabulkan"

ANSWER_OF: dict[str, str] = {
    Outcome.GRANTED: GIVEN,
    Outcome.GRANTED_PARTLY: KEPT_BACK,
    Outcome.REFUSED: KEPT_BACK,
    Outcome.NOT_HELD: ELSEWHERE,
    Outcome.NOT_YET_HELD: ELSEWHERE,
    Outcome.PUBLISHED: ELSEWHERE,
}
PARTS: dict[str, tuple[str, ...]] = {
    KEPT_BACK: (Outcome.GRANTED_PARTLY, Outcome.REFUSED),
    ELSEWHERE: (Outcome.NOT_HELD, Outcome.NOT_YET_HELD, Outcome.PUBLISHED),
}
CLOSED_AS: dict[str, str] = {
    Outcome.WITHDRAWN: Outcome.WITHDRAWN,
    Outcome.INCOMPLETE_LAPSED: Outcome.INCOMPLETE_LAPSED,
}

Divide = Callable[[list[Any]], list[Count]]


@dataclass(frozen=True)
class Figures:
    """All figures of one period. `measured_at` is the moment up to which they hold."""

    period: Period
    measured_at: datetime
    requests: Count
    carried: Count
    decided_again: Count
    objections: Count
    disputes: Count
    times: list[tuple[str, Spread | None]]
    objection_times: list[tuple[str, Spread | None]]

    @property
    def roots(self) -> list[Count]:
        return [self.requests, self.carried, self.decided_again, self.objections, self.disputes]

    def find(self, path: str) -> Count | None:
        """The figure at "permohonan/nasib:diputus", which knows its cases."""
        root, _slash, below = path.partition("/")
        found = next((count for count in self.roots if count.key == root), None)
        return found.find(below) if found else None

    def as_json(self) -> dict[str, Any]:
        return {
            "measured_at": self.measured_at.isoformat(),
            "counts": {count.key: count.as_json() for count in self.roots},
            "times": {
                name: [{"key": key, **(days.as_json() if days else {"n": 0})} for key, days in rows]
                for name, rows in (
                    ("permohonan", self.times),
                    ("keberatan", self.objection_times),
                )
            },
        }


def figures_of(period: Period, at: datetime | None = None) -> Figures:
    """Counted anew from the cases; `at` is now unless it is said."""
    rows = Rows(period, at)
    received, carried = rows.requests()
    objections = rows.objections()
    return Figures(
        period=period,
        measured_at=rows.until,
        requests=_requests(period, received),
        carried=Count("sisa", _cases(carried), {"nasib": _fates(carried)}),
        decided_again=Count("diputus_lagi", rows.decided_again()),
        objections=_objections(objections),
        disputes=_disputes(rows.disputes()),
        times=_times(received, ANSWER_OF),
        objection_times=_times(
            objections, (Outcome.GRANTED, Outcome.GRANTED_PARTLY, Outcome.REFUSED)
        ),
    )


def _requests(period: Period, rows: list[Request]) -> Count:
    by = {
        "pemohon": divided(rows, (*Applicant.Kind, ""), lambda row: row.applicant),
        "kanal": divided(rows, Channel, lambda row: row.channel),
        "topik": _topics(rows),
        "perpanjangan": divided(
            rows, ("ya", "tidak"), lambda row: "ya" if row.is_extended else "tidak"
        ),
        "nasib": _fates(rows),
    }
    if period.is_year:
        months = [str(month) for month in range(1, 13)]
        by["bulan"] = divided(rows, months, lambda row: str(row.received_on.month))
    return Count("permohonan", _cases(rows), by)


def _topics(rows: list[Request]) -> list[Count]:
    """By group of topics, all of them: which of them are empty is told by none missing."""
    groups = list(Topic.objects.filter(parent=None).order_by("order", "pk"))
    counts = divided(rows, (*(group.code for group in groups), ""), lambda row: row.topic)
    for group, count in zip(groups, counts, strict=False):
        count.name = (group.name, group.name_en or group.name)
    return counts


def _fates(rows: Iterable[Request]) -> list[Count]:
    rows = list(rows)
    decided = [row for row in rows if row.ending]
    undecided = [row for row in rows if not row.ending]
    return [
        Count(DECIDED, _cases(decided), {"jawaban": _answers(decided), "waktu": _on_time(decided)}),
        Count(UNDECIDED, _cases(undecided), {"isi": _undecided(undecided)}),
    ]


def _answers(rows: list[Any]) -> list[Count]:
    counts = divided(rows, (GIVEN, KEPT_BACK, ELSEWHERE), lambda row: ANSWER_OF[_outcome(row)])
    for count in counts:
        if count.key in PARTS:
            own = [row for row in rows if ANSWER_OF[_outcome(row)] == count.key]
            count.by["isi"] = divided(own, PARTS[count.key], _outcome)
        if count.key == KEPT_BACK:
            count.by["alasan"] = divided(
                own, (*Exclusion.Ground, OTHER_STATUTE, UNRECORDED), _reason
            )
    return counts


def _undecided(rows: list[Any]) -> list[Count]:
    counts = divided(
        rows,
        (*CLOSED_AS.values(), HANDED_ON, OPEN),
        lambda row: CLOSED_AS.get(row.closed_as, HANDED_ON) if row.closed_as else OPEN,
    )
    counts[-1].by["waktu"] = _on_time([row for row in rows if not row.closed_as])
    return counts


def _objections(rows: list[Objected]) -> Count:
    answered = [row for row in rows if row.ending]
    unanswered = [row for row in rows if not row.ending]
    upheld = [row for row in answered if _outcome(row) != Outcome.REFUSED]
    refused = [row for row in answered if _outcome(row) == Outcome.REFUSED]
    rulings = [
        Count(
            UPHELD,
            _cases(upheld),
            {
                "isi": divided(upheld, (Outcome.GRANTED, Outcome.GRANTED_PARTLY), _outcome),
                "pelaksanaan": divided(upheld, (ON_TIME, LATE, UNRECORDED), _carried_out),
            },
        ),
        Count(Outcome.REFUSED.value, _cases(refused)),
    ]
    fates = [
        Count(DECIDED, _cases(answered), {"putusan": rulings, "waktu": _on_time(answered)}),
        Count(UNDECIDED, _cases(unanswered), {"isi": _undecided(unanswered)}),
    ]
    grounds = [
        Count(str(ground), [row.case for row in rows if ground in row.grounds]) for ground in Ground
    ]
    return Count("keberatan", _cases(rows), {"nasib": fates}, {"alasan": grounds})


def _disputes(rows: list[Disputed]) -> Count:
    return Count(
        "sengketa",
        _cases(rows),
        {
            "jalur": divided(rows, Dispute.Route, lambda row: row.route),
            "hasil": divided(rows, Dispute.Result, lambda row: row.result),
            "gugatan": divided(
                rows, ("ya", "tidak"), lambda row: "ya" if row.went_to_court else "tidak"
            ),
        },
    )


def _times(rows: Iterable[Matter], classes: Iterable[str]) -> list[tuple[str, Spread | None]]:
    """From the receipt to the signature, for each class of answer and for all."""
    timed = [row for row in rows if row.days is not None]
    return [
        *(
            (str(one), spread([row.days for row in timed if _outcome(row) == one]))  # type: ignore[misc]
            for one in classes
        ),
        ("semua", spread([row.days for row in timed])),  # type: ignore[misc]
    ]


def _on_time(rows: list[Any]) -> list[Count]:
    return divided(
        rows,
        (ON_TIME, LATE, UNKNOWN),
        lambda row: {True: LATE, False: ON_TIME, None: UNKNOWN}[row.is_late],
    )


def _carried_out(row: Objected) -> str:
    if row.carried_out_on is None:
        return UNRECORDED
    until = row.ending.order_until if row.ending else None
    return LATE if until and row.carried_out_on > until else ON_TIME


def _reason(row: Matter) -> str:
    if row.ending and row.ending.ground:
        return row.ending.ground
    return OTHER_STATUTE if row.ending and row.ending.has_other_statute else UNRECORDED


def _outcome(row: Matter) -> str:
    return row.ending.outcome if row.ending else ""


def _cases(rows: Iterable[Any]) -> list[int]:
    return [row.case for row in rows]
