"""A waiting room to test with: officers, counters and visitors, made by the real verbs."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.utils import timezone

from cases.actions import register
from cases.models import Case
from cases.workflow import Kind
from infocontent.models import Topic
from office.models import User
from office.roles import Role
from tests.factories import make_user
from yankomas import actions
from yankomas.models import Counter, Service, Shift, Visit
from yankomas.workflow import Outcome, Status


def service(code: str = "paspor") -> Service:
    return Service.objects.get(code=code)


def make_officer() -> User:
    return make_user(Role.YANKOMAS)


def make_shift(
    officer: User | None = None, number: int | None = None, at: datetime | None = None
) -> Shift:
    """An open counter; any free one without a number."""
    counter = Counter.objects.get(number=number) if number else None
    return actions.open_counter(counter, actor=officer or make_officer(), at=at)


def take(code: str = "paspor", reason: str = "", at: datetime | None = None) -> Visit:
    return actions.take_number(service(code), reason=reason, at=at)


def make_counter(*codes: str) -> Counter:
    """One more counter, for these services."""
    counter = Counter.objects.create(number=Counter.objects.count() + 1)
    counter.services.set(Service.objects.filter(code__in=codes or ["paspor"]))
    return counter


def topic(code: str = "paspor-baru") -> Topic:
    return Topic.objects.get(code=code)


def make_visit(status: str = Status.SERVING, officer: User | None = None) -> tuple[Visit, Shift]:
    """A visitor for a passport in the wanted status, and the counter where that happened."""
    visit = take()
    if status == Status.UNSERVED:
        # No counter was open when the day ended.
        actions.close_left_open(timezone.now() + timedelta(days=1))
        visit.refresh_from_db()
    shift = make_shift(officer, number=1)
    for step in ROUTES[status]:
        visit = step(visit, shift) or visit
    return visit, shift


def _call(visit: Visit, shift: Shift) -> Visit:
    return actions.call_next(shift, actor=shift.officer)


def _miss(visit: Visit, shift: Shift) -> None:
    actions.miss(visit, shift, actor=shift.officer)


def _start(visit: Visit, shift: Shift) -> None:
    actions.start(visit, shift, actor=shift.officer)


def _hold(visit: Visit, shift: Shift) -> None:
    actions.hold(visit, shift, actor=shift.officer)


def _finish(visit: Visit, shift: Shift) -> None:
    actions.finish(visit, shift, actor=shift.officer, topic=topic(), outcome=Outcome.ANSWERED)


ROUTES: dict[str, tuple[Callable[[Visit, Shift], Visit | None], ...]] = {
    Status.WAITING: (),
    Status.CALLED: (_call,),
    Status.SERVING: (_call, _start),
    Status.ON_HOLD: (_call, _start, _hold),
    Status.DONE: (_call, _start, _finish),
    Status.NO_SHOW: (_call, _miss, _call, _miss),
    Status.UNSERVED: (),
}


def make_case_of(visit: Visit, shift: Shift) -> Case:
    """A question that came out of the visit."""
    return actions.open_case(
        visit,
        shift,
        register,
        actor=shift.officer,
        kind=Kind.QUESTION,
        subject="Syarat paspor anak",
        narrative="Apa saja syarat paspor anak?",
    )


def codes(visit: Visit) -> list[str]:
    """The whole history of a visit as event codes."""
    return list(visit.events.order_by("seq").values_list("code", flat=True))
