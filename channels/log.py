"""The lists as the office reads them: rows with, in sight, their case."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Q, QuerySet

from cases.models import Case
from office.models import User

from .models import Comment, Contact

Thing = TypeVar("Thing", Contact, Comment)


@dataclass(frozen=True)
class Entry(Generic[Thing]):
    """`case` is None when there is none, and when this person may not know of it."""

    row: Thing
    case: Case | None


def entries(rows: Sequence[Thing], user: User) -> list[Entry[Thing]]:
    """In one query, however many rows there are."""
    keys = [row.case_id for row in rows if row.case_id]
    cases = {}
    if keys:
        visible = Case.objects.visible_to(user).filter(pk__in=keys).only("reference")
        cases = {case.pk: case for case in visible}
    return [Entry(row, cases.get(row.case_id) if row.case_id else None) for row in rows]


def may_read(contact: Contact, user: User, case: Case | None) -> bool:
    """Whether the line is shown: of a contact that became a case, only to those who may know of
    the case, and to whoever wrote it down.
    """
    return contact.case_id is None or case is not None or contact.author_id == user.pk


def readable(contacts: QuerySet[Contact], user: User) -> QuerySet[Contact]:
    """Likewise of many, as a query."""
    if not user.may("view_tally"):
        return contacts.none()
    known = Case.objects.visible_to(user).filter(contact__isnull=False).values("pk")
    return contacts.filter(Q(case=None) | Q(author=user) | Q(case__in=known))
