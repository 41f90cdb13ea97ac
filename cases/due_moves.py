"""Which open cases the calendar, as it now is, would give another due date."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from .deadlines import Recount
from .models import Case, DueChange

Basis = list[dict[str, Any]]


@dataclass(frozen=True)
class DueMove:
    """One case before and after; the field names are those of DueChange."""

    case_id: int
    due_from: date
    due_to: date
    kept_from: date
    kept_to: date
    basis_from: Basis
    basis_to: Basis

    def is_told_by(self, change: DueChange) -> bool:
        return all(getattr(self, name) == getattr(change, name) for name in self.__annotations__)


def due_moves() -> Iterator[DueMove]:
    """Every open, unanswered case that would move, read in one query.

    A case without a date is left out: it is given one as soon as its year is decreed. So is one
    whose year is not known any more: nobody can say where it would move.
    """
    recount = Recount()
    rows = Case.objects.open().filter(answered_at=None, due_working_on__isnull=False)
    columns = ("pk", "due_working_on", "due_on", "due_basis")
    for pk, due_on, kept_on, basis in rows.values_list(*columns).order_by("pk").iterator():
        new = recount(basis)
        if new.working_on and new.on and new.working_on != due_on:
            basis_to = [c.as_json() for c in new.computations]
            yield DueMove(pk, due_on, new.working_on, kept_on, new.on, basis, basis_to)
