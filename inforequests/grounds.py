"""When the ground of an objection was found, until when it may be filed, and which grounds the
office itself can tell (UU 14/2008 Ps 35(1), 36(1)).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.correspondence import day as in_words
from cases.deadlines import Computation, Step, step_due
from cases.models import Case
from cases.models.event import EventCode
from cases.workflow import CaseError, Kind, Outcome, Status
from office.calendar import today

from .models import Ground

G = Ground
# Nobody objects to what was taken back, or to a request that lives on under another number.
CLOSED_TO_OBJECTIONS = frozenset({Status.WITHDRAWN, Status.DUPLICATE})
# What a decision leaves to object to; the citizen may tick otherwise.
OF_OUTCOME: dict[str, str] = {
    Outcome.REFUSED: G.EXCLUDED,
    Outcome.GRANTED_PARTLY: G.OTHERWISE,
    Outcome.NOT_HELD: G.NOT_FULFILLED,
    Outcome.NOT_YET_HELD: G.NOT_FULFILLED,
}


class NoGroundYet(CaseError):
    """The time to answer still runs and nothing has been decided."""

    def __init__(self, due_on: date | None) -> None:
        super().__init__(
            _(
                "Permohonan ini masih dalam waktu menjawab, sampai %(day)s. Keberatan dapat "
                "diajukan sesudahnya, atau segera setelah ada keputusan."
            )
            % {"day": in_words(due_on)}
            if due_on
            else _("Permohonan ini belum dijawab dan tenggatnya belum lewat.")
        )


class FiledTooLate(CaseError):
    """The 30 working days are over; `until` is the last of them."""

    def __init__(self, until: date) -> None:
        self.until = until
        super().__init__(
            _(
                "Keberatan dapat diajukan sampai %(day)s, dan waktu itu sudah lewat. Bila Anda "
                "baru menemukan alasannya sesudah itu, isi harinya."
            )
            % {"day": in_words(until)}
        )


class Cause(Enum):
    DECISION = "keputusan"
    EXTENSION = "perpanjangan"
    LAPSE = "lewat"
    CLOSING = "ditutup"


@dataclass(frozen=True)
class Found:
    """The latest thing of a request that one may object to, and when it could be known."""

    cause: Cause
    at: datetime

    @property
    def on(self) -> date:
        return today(self.at)


@dataclass(frozen=True)
class Term:
    """From when and until when an objection may be filed; both None where no clock runs (b)."""

    found_on: date | None
    until: date | None


def letters(grounds: Iterable[str]) -> str:
    """The ticked letters once each, in the order of the law. Raises CaseError for none, or one
    that is unknown.
    """
    ticked = set(grounds)
    if not ticked:
        raise CaseError(_("Centang sedikitnya satu alasan keberatan."))
    if ticked - set(Ground.values):
        raise CaseError(_("Alasan keberatan hanya huruf a sampai g."))
    return "".join(sorted(ticked))


def found(request: Case, on: date) -> Found | None:
    """What may be objected to on a day: the last decision, extension, lapse or closing."""
    known = [
        Found(Cause.DECISION, moment)
        for moment in request.decisions.signed().values_list("signed_at", flat=True)
        if moment
    ] + [
        Found(Cause.EXTENSION, moment)
        for moment in request.events.filter(code=EventCode.EXTENDED).values_list("at", flat=True)
    ]
    if lapsed := lapsed_on(request, on):
        midnight = timezone.make_aware(datetime.combine(lapsed, time.min))
        known.append(Found(Cause.LAPSE, midnight))
    if request.closed_at and request.status in (Status.FORWARDED, Status.ARCHIVED):
        known.append(Found(Cause.CLOSING, request.closed_at))
    return max((f for f in known if f.on <= on), key=lambda f: f.at, default=None)


def lapsed_on(request: Case, on: date) -> date | None:
    """Since when an answer has been missing: on the due date itself it may still come."""
    due_on = request.due_on
    # An objection that is written down later is judged by what had happened on its own day.
    ended = [today(at) for at in (request.answered_at, request.closed_at) if at]
    if due_on is None or on <= due_on or any(day <= on for day in ended):
        return None
    return due_on + timedelta(days=1)


def filing(found_on: date) -> Computation | None:
    """The 30 working days to file, counted from the day the ground was found."""
    return step_due(Kind.OBJECTION, Step.FILE, found_on)


def last_day(found_on: date) -> date | None:
    """None while the year's holidays are not decreed: the right does not lapse meanwhile."""
    computation = filing(found_on)
    return computation.due if computation else None


def term(request: Case, grounds: str, on: date, *, found_on: date | None = None) -> Term:
    """The term of an objection filed on a day; `found_on` is the citizen's own day, asked for when
    the office's has run out. Raises NoGroundYet, FiledTooLate or CaseError.
    """
    ground = found(request, on)
    if ground is None:
        # What has to be out anyway needs no answer to be missed (Ps 35(1) b).
        if Ground.PERIODIC in grounds:
            return Term(None, None)
        raise NoGroundYet(request.due_on)
    if answered := answered_before(request, ground):
        raise CaseError(
            _(
                "Keberatan %(number)s atas hal ini sudah ditanggapi. Bila tidak puas, ajukan "
                "sengketa ke Komisi Informasi."
            )
            % {"number": answered.reference}
        )
    until = last_day(ground.on)
    if until is None or on <= until:
        return Term(ground.on, until)
    if found_on is None:
        raise FiledTooLate(until)
    if not ground.on <= found_on <= on:
        raise CaseError(
            _("Hari alasan ditemukan harus antara %(first)s dan hari ini.")
            % {"first": in_words(ground.on)}
        )
    later = last_day(found_on)
    if later and on > later:
        raise FiledTooLate(later)
    return Term(found_on, later)


def evident(request: Case, on: date) -> str:
    """The letters the office can tick itself, or "" where it cannot tell."""
    ground = found(request, on)
    if ground is None:
        return ""
    if ground.cause is Cause.LAPSE:
        return f"{G.NO_RESPONSE}{G.LATE}"
    if ground.cause is not Cause.DECISION:
        return ""
    decision = request.decisions.signed().latest("signed_at")
    due_on = request.due_on
    is_late = bool(due_on and today(decision.signed_at) > due_on)
    return OF_OUTCOME.get(decision.outcome, "") + (G.LATE if is_late else "")


def open_objection(request: Case) -> Case | None:
    """The objection that waits for its answer; there is one at a time."""
    return Case.objects.filter(keberatan__request=request).open().filter(answered_at=None).first()


def answered_before(request: Case, ground: Found) -> Case | None:
    """The objection in which the Atasan PPID has already spoken about this ground (Ps 37)."""
    # One from paper carries the minute that was typed, a signature its seconds too.
    minute = ground.at.replace(second=0, microsecond=0)
    return Case.objects.filter(
        keberatan__request=request, answered_at__gt=ground.at, received_at__gte=minute
    ).first()


def require_objectable(request: Case) -> None:
    """Raises CaseError where no objection may be begun now, whatever its grounds."""
    if request.kind != Kind.INFORMATION_REQUEST:
        raise CaseError(_("Keberatan hanya dapat diajukan atas permohonan informasi."))
    if request.status in CLOSED_TO_OBJECTIONS:
        raise CaseError(
            _(
                "Permohonan ini sudah dicabut atau dilanjutkan di kasus lain, jadi tidak ada yang "
                "dapat dikeberatkan."
            )
        )
    if standing := open_objection(request):
        raise CaseError(
            _("Keberatan %(number)s atas permohonan ini masih diproses. Tunggu tanggapannya dulu.")
            % {"number": standing.reference}
        )
