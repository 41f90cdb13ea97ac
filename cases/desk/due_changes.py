"""The rows of a proposal as the desk shows them: dates, and the days that make the difference."""

from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet

from office.calendar import today
from office.models import User

from ..actions.due_changes import DUTY, in_sight
from ..deadlines import Computation, DueDates
from ..due_moves import Basis
from ..models import Case, DueChange, DueProposal

PER_PAGE = 100
SHOWN_BEFORE = 20
Days = list[tuple[date, str]]


@dataclass(frozen=True)
class Row:
    """One case of a proposal; `computation` is the new arithmetic of its working-day date."""

    change: DueChange
    computation: Computation
    closed: Days
    opened: Days
    is_past: bool


def open_proposal() -> DueProposal | None:
    return DueProposal.objects.filter(state=DueProposal.State.OPEN).first()


def waiting_for(user: User) -> QuerySet[DueChange]:
    """What waits for a decision by this person."""
    waiting = DueChange.objects.filter(state=DueChange.State.WAITING)
    return in_sight(waiting, user) if user.may(DUTY) else waiting.none()


def page_of(proposal: DueProposal, user: User, number: str | None) -> Page:
    """One page of the rows that this person may see; of an open proposal those that still wait."""
    changes = in_sight(proposal.changes.all(), user)
    if proposal.state == DueProposal.State.OPEN:
        changes = changes.filter(state=DueChange.State.WAITING)
    changes = changes.select_related("case", "decided_by").only(
        *(field.name for field in DueChange._meta.concrete_fields),
        "case__reference",
        "case__kind",
        "decided_by__username",
        "decided_by__first_name",
        "decided_by__last_name",
    )
    return Paginator(changes, PER_PAGE).get_page(number)


def rows(changes: list[DueChange], day: date | None = None) -> list[Row]:
    day = day or today()
    return [_row(change, day) for change in changes]


def earlier_proposals(user: User) -> QuerySet[DueProposal]:
    """The last ones that were decided, each with what became of the cases this person may see."""
    mine = Q(changes__case__in=Case.objects.visible_to(user).values("pk"))
    counts = {
        name: Count("changes", filter=mine & Q(changes__state=state))
        for name, state in (
            ("accepted", DueChange.State.ACCEPTED),
            ("refused", DueChange.State.REFUSED),
            ("skipped", DueChange.State.SKIPPED),
        )
    }
    closed = DueProposal.objects.filter(state=DueProposal.State.CLOSED)
    return closed.annotate(**counts).order_by("-pk")[:SHOWN_BEFORE]


def _row(change: DueChange, day: date) -> Row:
    old, new = _working(change.basis_from), _working(change.basis_to)
    # Beyond the earlier of the two dates a day was passed over because the count went on.
    end = min(change.due_from, change.due_to)
    before, now = dict(old.skipped_days), dict(new.skipped_days)
    return Row(
        change,
        new,
        closed=[(d, name) for d, name in now.items() if d <= end and d not in before],
        opened=[(d, name) for d, name in before.items() if d <= end and d not in now],
        is_past=change.kept_to < day,
    )


def _working(basis: Basis) -> Computation:
    dates = DueDates([Computation.from_json(row) for row in basis])
    found = dates.working
    if found is None:
        raise ValueError("a row of a proposal has a working-day date")
    return found
