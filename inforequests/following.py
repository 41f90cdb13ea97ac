"""What the tracking page of a request and of an objection shows beyond a case's own: the objection
that is offered filled in, the one that is under way, and the way on to the Komisi Informasi.
"""

from datetime import date

from cases.kinds import TrackingPart
from cases.models import Case
from cases.models.event import EventCode
from cases.workflow import CaseError

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
    }
    return TrackingPart("inforequests/_objection_offer.html", context)


def objection_part(objection: Case, on: date) -> TrackingPart:
    answered = objection.events.filter(code=EventCode.ANSWERED).last()
    until = answered.data.get("dispute_until") if answered else None
    context = {
        "objection": objection.detail,
        "answered": answered,
        "dispute_until": date.fromisoformat(until) if until else None,
        "dispute": Dispute.objects.filter(case=objection).first(),
    }
    return TrackingPart("inforequests/_objection_of_case.html", context)
