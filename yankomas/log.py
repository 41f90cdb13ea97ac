"""The log of visits as the office reads it: rows with their minutes and, in sight, their case."""

from dataclasses import dataclass

from cases.models import Case
from office.models import User

from .figures import Course, courses, rows_of
from .models import Visit, VisitEvent, VisitQuerySet
from .workflow import OPEN


@dataclass(frozen=True)
class Entry:
    """`case` is None when there is none, and when this person may not know of it."""

    visit: Visit
    course: Course
    case: Case | None

    @property
    def is_open(self) -> bool:
        return self.visit.status in OPEN


def newest_first(visits: VisitQuerySet) -> VisitQuerySet:
    """With what a row shows; the visitor's name and contact are not even read."""
    return (
        visits.select_related("series", "service", "counter", "officer", "topic")
        .defer("visitor_name", "visitor_contact", "asked", "answered")
        .order_by("-arrived_at", "-pk")
    )


def entries(visits: list[Visit], user: User) -> list[Entry]:
    """In two queries, however many visits there are."""
    events = VisitEvent.objects.filter(visit__in=[visit.pk for visit in visits])
    read = courses(rows_of(events)) if visits else {}
    cases = visible_cases(visits, user)
    return [
        Entry(visit, read[visit.pk], cases.get(visit.case_id) if visit.case_id else None)
        for visit in visits
    ]


def visible_cases(visits: list[Visit], user: User) -> dict[int, Case]:
    """The cases of these visits that this person may know of, by primary key."""
    pks = [visit.case_id for visit in visits if visit.case_id]
    if not pks:
        return {}
    cases = Case.objects.visible_to(user).filter(pk__in=pks).only("reference")
    return {case.pk: case for case in cases}


def may_read(visit: Visit, user: User, case: Case | None) -> bool:
    """Whether what was asked and answered is shown: of a visit that became a case, only to those
    who may know of the case, and to the officer who wrote it down.
    """
    return visit.case_id is None or case is not None or visit.officer_id == user.pk
