"""What the apps above enter at start-up, so that nothing below has to import them.

The walk-in desk fills in the kinds' forms for a visitor and may import none of the kinds; nor may
the officers' desk, which shows the verbs and the panel of each.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.db.models import Q

    from infocontent.models import Topic
    from office.models import User

    from .intake.wizard import Intake
    from .models import Case

# The ways in to each kind.
INTAKES: "dict[str, Intake]" = {}
# How the office's keyword rules guess a topic: called once, it gives what guesses for many texts.
TOPIC_RULES: "list[Callable[[], Callable[[str], Topic | None]]]" = []
# Whoever keeps words about a person beside the case makes them unreadable here, in the same
# transaction (cases.actions.redact): it is told the case and the parts that go.
REDACTORS: "list[Callable[[Case, Collection[str]], None]]" = []
# What the citizen is invited to once a case is closed: an address, or nothing.
AFTER_CLOSING: "list[Callable[[Case], str]]" = []
# What the clock sweeps up for the apps above, every hour: in words, and how.
SWEEPERS: "list[tuple[str, Callable[[datetime], int]]]" = []


@dataclass(frozen=True)
class Panel:
    """A kind's own part of the case page: a template, and what it shows."""

    template: str
    context: "Callable[[Case, User], dict[str, Any]]"


PANELS: dict[str, Panel] = {}


@dataclass(frozen=True)
class Approval:
    """Who has the last word on a kind's answers, where it is not whoever approves all others: any
    of these duties, and which of the cases in approval wait for this person.
    """

    duties: frozenset[str]
    waiting: "Callable[[User], Q]"


APPROVALS: dict[str, Approval] = {}


@dataclass(frozen=True)
class TrackingPart:
    """A kind's own part of the tracking page, as it stands today."""

    template: str
    context: dict[str, Any]


TRACKING: "dict[str, Callable[[Case, date], TrackingPart | None]]" = {}
