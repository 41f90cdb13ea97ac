"""What the tracking page of a request and of an objection shows beyond a case's own: the objection
that is offered filled in, the one that is under way, and the way on to the Komisi Informasi.
"""

from datetime import date

from cases.deadlines import Computation, Step, step_due
from cases.kinds import TrackingPart
from cases.models import Case
from cases.models.event import EventCode
from cases.workflow import CaseError
from office.calendar import today

from . import grounds
from .models import Dispute, Ground


def request_part(request: Case, on: date) -> TrackingPart | None:
    standing = grounds.open_objection(request)
    if standing:
        return TrackingPart("inforequests/_objection_standing.html", {"objection": standing})
    letters = grounds.evident(request, on)
    if not letters or request.status in grounds.CLOSED_TO_OBJECTIONS:
        return None
    try:
        term = grounds.term(request, letters, on)
    except CaseError:
        return None
    context = {
        "labels": [f"{letter}. {Ground(letter).label}" for letter in letters],
        "until": term.until,
        "filing": _how(grounds.filing(term.found_on) if term.found_on else None, term.until),
    }
    return TrackingPart("inforequests/_objection_offer.html", context)


def objection_part(objection: Case, on: date) -> TrackingPart:
    answered = objection.events.filter(code=EventCode.ANSWERED).last()
    kept = answered.data.get("dispute_until") if answered else None
    until = date.fromisoformat(kept) if kept else None
    term = step_due(objection.kind, Step.DISPUTE, today(answered.at)) if answered else None
    context = {
        "objection": objection.detail,
        "answered": answered,
        "dispute_until": until,
        "dispute_term": _how(term, until),
        "dispute": Dispute.objects.filter(case=objection).first(),
    }
    return TrackingPart("inforequests/_objection_of_case.html", context)


def _how(term: Computation | None, until: date | None) -> Computation | None:
    """How the day that was told came about; None where the calendar or the law has changed since,
    so that it cannot be told any more.
    """
    return term if term and until and term.due == until else None
