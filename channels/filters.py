"""The filters of the lists; a value that is not offered is ignored and said."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from functools import cache
from typing import Any

import django_filters as filters
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from cases.desk.people import Choices
from cases.filters import topic_choices
from office.filters import DayInput, ListFilter
from office.models import User

from .actions.contacts import LOGGED
from .forms import DAYS
from .models import BEST_SCORE, Comment, Contact
from .vocabulary import WITH_COMMENTS

WITHOUT = "tanpa"
UNANSWERED, ANSWERED, WITH_CASE = "belum", "sudah", "kasus"
COUNTED, VOID = "dihitung", "dibatalkan"


class _OfMoments(ListFilter):
    """What both lists ask: from when to when, which topic."""

    day_from = filters.DateFilter(
        label="Hari dari", method="from_day", widget=DayInput, validators=DAYS
    )
    day_to = filters.DateFilter(
        label="Hari sampai", method="to_day", widget=DayInput, validators=DAYS
    )
    topic = filters.ChoiceFilter(label="Topik", method="of_topic", empty_label="Semua")

    class Meta:
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in CHOICES.items():
            if name in self.filters:
                # Asked for when the value is checked and again when the field is shown.
                self.filters[name].extra["choices"] = cache(choices)
        self.fields_are_optional()

    def from_day(self, rows: QuerySet[Any], name: str, day: Any) -> QuerySet[Any]:
        return rows.filter(at__gte=_midnight(day))

    def to_day(self, rows: QuerySet[Any], name: str, day: Any) -> QuerySet[Any]:
        return rows.filter(at__lt=_midnight(day + timedelta(days=1)))

    def of_topic(self, rows: QuerySet[Any], name: str, topic: str) -> QuerySet[Any]:
        return rows.filter(topic=None if topic == WITHOUT else topic)


class ContactFilter(_OfMoments):
    channel = filters.ChoiceFilter(
        label="Kanal",
        choices=[(channel.value, channel.label) for channel in LOGGED],
        empty_label="Semua",
    )
    author = filters.ChoiceFilter(label="Pencatat", field_name="author_id", empty_label="Semua")
    state = filters.ChoiceFilter(
        label="Keadaan",
        choices=[
            (COUNTED, "Dihitung"), (WITH_CASE, "Menjadi kasus"), (VOID, "Dibatalkan"),
        ],
        method="in_state",
        empty_label="Semua",
    )  # fmt: skip

    class Meta(_OfMoments.Meta):
        model = Contact

    def in_state(self, rows: QuerySet[Contact], name: str, state: str) -> QuerySet[Contact]:
        if state == WITH_CASE:
            return rows.filter(case__isnull=False)
        return rows.filter(voided_at__isnull=state == COUNTED)


class CommentFilter(_OfMoments):
    channel = filters.ChoiceFilter(
        label="Kanal",
        choices=[(channel.value, channel.label) for channel in WITH_COMMENTS],
        empty_label="Semua",
    )
    state = filters.ChoiceFilter(
        label="Keadaan",
        choices=[
            (UNANSWERED, "Belum dibalas"), (ANSWERED, "Sudah dibalas"),
            (WITH_CASE, "Menjadi kasus"),
        ],
        method="in_state",
        empty_label="Semua",
    )  # fmt: skip
    score = filters.ChoiceFilter(
        label="Nilai",
        choices=[*((str(n), f"{n} dari {BEST_SCORE}") for n in range(1, BEST_SCORE + 1)),
                 (WITHOUT, "Tanpa nilai")],
        method="of_score",
        empty_label="Semua",
    )  # fmt: skip
    words = filters.CharFilter(
        label="Kata di dalam isi", field_name="text", lookup_expr="icontains"
    )

    class Meta(_OfMoments.Meta):
        model = Comment

    def in_state(self, rows: QuerySet[Comment], name: str, state: str) -> QuerySet[Comment]:
        if state == WITH_CASE:
            return rows.filter(case__isnull=False)
        return rows.filter(reply="", case=None) if state == UNANSWERED else rows.exclude(reply="")

    def of_score(self, rows: QuerySet[Comment], name: str, score: str) -> QuerySet[Comment]:
        return rows.filter(score=None if score == WITHOUT else score)


def _topics() -> Choices:
    return [(WITHOUT, "Tanpa topik"), *topic_choices()]


def _authors() -> Choices:
    """Whoever has logged a contact, also those who do so no longer."""
    logged = Contact.objects.filter(author=OuterRef("pk"))
    authors = User.objects.filter(Exists(logged)).order_by("first_name", "username")
    return [(str(author.pk), str(author)) for author in authors]


def _midnight(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


CHOICES: dict[str, Callable[[], Choices]] = {"topic": _topics, "author": _authors}
