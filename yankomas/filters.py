"""The filters of the list of visits; a value that is not offered is ignored and said."""

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

import django_filters as filters
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Exists, OuterRef

from cases.desk.people import Choices
from cases.filters import topic_choices
from office.filters import DayInput, ListFilter
from office.models import User

from .models import Counter, Service, Visit, VisitQuerySet
from .workflow import OPEN, Outcome

# Keeps a date away from the ends of the calendar.
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 1, 1)
_DAYS = [MinValueValidator(FIRST_DAY), MaxValueValidator(LAST_DAY)]
GOES_ON, WITHOUT = "berjalan", "belum"


class VisitFilter(ListFilter):
    """Narrows the log; a visit belongs to the line in which it stands last."""

    day_from = filters.DateFilter(
        label="Hari dari", field_name="day", lookup_expr="gte", widget=DayInput, validators=_DAYS
    )
    day_to = filters.DateFilter(
        label="Hari sampai", field_name="day", lookup_expr="lte", widget=DayInput, validators=_DAYS
    )
    service = filters.ChoiceFilter(label="Layanan", field_name="service_id", empty_label="Semua")
    counter = filters.ChoiceFilter(label="Loket", field_name="counter_id", empty_label="Semua")
    officer = filters.ChoiceFilter(label="Petugas", field_name="officer_id", empty_label="Semua")
    topic = filters.ChoiceFilter(label="Topik", field_name="topic_id", empty_label="Semua")
    outcome = filters.ChoiceFilter(
        label="Hasil",
        choices=[
            (GOES_ON, "Masih berjalan"),
            *((outcome.value, outcome.label) for outcome in Outcome if outcome),
            (WITHOUT, "Selesai tanpa hasil"),
        ],
        method="with_outcome",
        empty_label="Semua",
    )

    class Meta:
        model = Visit
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in CHOICES.items():
            # Asked for when the value is checked and again when the field is shown.
            self.filters[name].extra["choices"] = cache(choices)
        self.fields_are_optional()

    def with_outcome(self, visits: VisitQuerySet, name: str, outcome: str) -> VisitQuerySet:
        if outcome == GOES_ON:
            return visits.filter(status__in=OPEN)
        if outcome == WITHOUT:
            return visits.filter(outcome=Outcome.UNRECORDED).exclude(status__in=OPEN)
        return visits.filter(outcome=outcome)


def _services() -> list[tuple[str, str]]:
    return [(str(service.pk), service.name) for service in Service.objects.all()]


def _counters() -> list[tuple[str, str]]:
    return [(str(counter.pk), str(counter)) for counter in Counter.objects.all()]


def _officers() -> list[tuple[str, str]]:
    """Whoever has served a visitor, also those who do so no longer."""
    served = Visit.objects.filter(officer=OuterRef("pk"))
    officers = User.objects.filter(Exists(served)).order_by("first_name", "username")
    return [(str(officer.pk), str(officer)) for officer in officers]


CHOICES: dict[str, Callable[[], Choices]] = {
    "service": _services,
    "counter": _counters,
    "officer": _officers,
    "topic": topic_choices,
}
