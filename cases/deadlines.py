"""Due dates: dated law rows applied to the office calendar, with the arithmetic kept for
showing.
"""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from django.core.cache import cache
from django.utils.translation import gettext

from office.calendar import Calendar, CalendarYearUnknown

from .models.deadline import DeadlineRule

Step, Unit = DeadlineRule.Step, DeadlineRule.Unit


class DeadlineRuleMissing(Exception):
    """No rule says how long a step may take for this kind on this day."""


@dataclass(frozen=True)
class Computation:
    """One date and how it came about. `due` None: the year's holidays are not loaded yet."""

    step: str
    unit: str
    days: int
    law: str
    start: date
    due: date | None
    skipped: list[tuple[str, str]] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return {
            "step": self.step,
            "unit": self.unit,
            "days": self.days,
            "law": self.law,
            "start": self.start.isoformat(),
            "due": self.due.isoformat() if self.due else None,
            "skipped": [list(pair) for pair in self.skipped],
        }

    @classmethod
    def from_json(cls, row: dict[str, Any]) -> "Computation":
        return cls(
            step=row["step"],
            unit=row["unit"],
            days=row["days"],
            law=row["law"],
            start=date.fromisoformat(row["start"]),
            due=date.fromisoformat(row["due"]) if row["due"] else None,
            skipped=[(day, reason) for day, reason in row["skipped"]],
        )

    @property
    def step_label(self) -> str:
        return str(Step(self.step).label)

    @property
    def unit_label(self) -> str:
        return str(Unit(self.unit).label)

    @property
    def title(self) -> str:
        return f"{self.step_label} ({self.days} {self.unit_label})"

    @property
    def skipped_days(self) -> list[tuple[date, str]]:
        # Saturday and Sunday are words of the catalogue; a holiday keeps the name its decree gave
        # it.
        return [(date.fromisoformat(day), gettext(reason)) for day, reason in self.skipped]


@dataclass(frozen=True)
class DueDates:
    """What the law expects of one case: the answer by two ways of counting, and the steps on the
    way.
    """

    computations: list[Computation]

    def _answer(self, unit: str) -> Computation | None:
        answers = (c for c in self.computations if c.step == Step.ANSWER and c.unit == unit)
        return next(answers, None)

    @property
    def extension(self) -> Computation | None:
        return next((c for c in self.computations if c.step == Step.EXTENSION), None)

    @property
    def working(self) -> Computation | None:
        """What the working-day date comes from; an extension counts from the same day."""
        return self.extension or self._answer(Unit.WORKING)

    @property
    def working_on(self) -> date | None:
        return self.working.due if self.working else None

    @property
    def calendar_on(self) -> date | None:
        found = self._answer(Unit.CALENDAR)
        return found.due if found else None

    @property
    def on(self) -> date | None:
        """The earlier of the two: the one staff must keep. An extension replaces both."""
        if self.extension:
            return self.extension.due
        return min((day for day in (self.working_on, self.calendar_on) if day), default=None)

    def as_fields(self) -> dict[str, Any]:
        """The columns of Case that hold the result."""
        return {
            "due_working_on": self.working_on,
            "due_calendar_on": self.calendar_on,
            "due_on": self.on,
            "due_basis": [c.as_json() for c in self.computations],
        }


def rule_for(
    kind: str,
    step: str,
    unit: str,
    on: date,
    service_class: str = "",
    among: list[DeadlineRule] | None = None,
) -> DeadlineRule | None:
    """The rule in force on a day: the class's own, else the kind's general one; the latest
    valid-from wins.
    """
    rules = [
        rule
        for rule in (_rules() if among is None else among)
        if rule.kind == kind
        and rule.step == step
        and rule.unit == unit
        and rule.valid_from <= on
        and rule.service_class in ("", service_class)
    ]
    return max(rules, key=lambda r: (r.service_class == service_class, r.valid_from), default=None)


def compute(
    rule: DeadlineRule, start: date, calendar: Calendar | None = None, *, more_days: int = 0
) -> Computation:
    """Count a rule's days, and `more_days`, from a start day (day 0 is the day of receipt)."""
    length = rule.days + more_days
    due: date | None = start + timedelta(days=length)
    skipped: list[tuple[str, str]] = []
    if rule.unit == Unit.WORKING:
        due, skipped = _count_working_days(start, length, calendar or Calendar())
    return Computation(rule.step, rule.unit, length, rule.law, start, due, skipped)


def _count_working_days(
    start: date, length: int, calendar: Calendar
) -> tuple[date | None, list[tuple[str, str]]]:
    try:
        due, skipped = calendar.explain(start, length)
    except CalendarYearUnknown:
        # A citizen's case is never refused because a decree is not out; the desk warns instead.
        return None, []
    return due, [(s.day.isoformat(), s.reason) for s in skipped]


def due_dates(kind: str, received_on: date, service_class: str = "") -> DueDates:
    """All dates of a new or reclassified case. Raises DeadlineRuleMissing when no answer is due at
    all.
    """
    # All that come in on one day have the same dates.
    key = f"due-dates-{kind}-{received_on}-{service_class}"
    if (known := cache.get(key)) is not None:
        return known
    # Read once for all steps: the rules are few and all are needed.
    calendar, rules = Calendar(), _rules()
    found = [
        compute(rule, received_on, calendar)
        for step in (Step.VERIFY, Step.COMPLETENESS, Step.ANSWER)
        for unit in (Unit.WORKING, Unit.CALENDAR)
        if (rule := rule_for(kind, step, unit, received_on, service_class, rules))
    ]
    if not any(c.step == Step.ANSWER for c in found):
        raise DeadlineRuleMissing(f"{kind} {received_on}")
    dates = DueDates(found)
    cache.set(key, dates, 60)
    return dates


class Recount:
    """Stored computations counted anew: the lengths of the law in force then, today's calendar.

    What many cases share, the day of receipt and the length, is counted once.
    """

    def __init__(self, calendar: Calendar | None = None) -> None:
        self._calendar = calendar or Calendar(is_fresh=True)
        self._known: dict[tuple[date, int], tuple[date | None, list[tuple[str, str]]]] = {}

    def __call__(self, basis: list[dict[str, Any]]) -> DueDates:
        return DueDates([self._again(Computation.from_json(row)) for row in basis])

    def _again(self, old: Computation) -> Computation:
        if old.unit == Unit.CALENDAR:
            return old
        key = (old.start, old.days)
        if key not in self._known:
            self._known[key] = _count_working_days(*key, self._calendar)
        due, skipped = self._known[key]
        return replace(old, due=due, skipped=skipped)


def step_due(kind: str, step: str, start: date) -> Computation | None:
    """The date of one single step, in whichever unit its rule has."""
    for unit in (Unit.WORKING, Unit.CALENDAR):
        if rule := rule_for(kind, step, unit, start):
            return compute(rule, start)
    return None


def _rules() -> list[DeadlineRule]:
    rules = cache.get("deadline-rules")
    if rules is None:
        rules = list(DeadlineRule.objects.all())
        cache.set("deadline-rules", rules, 60)
    return rules
