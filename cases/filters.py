"""The filters of the case list, all declared; a value that is not offered is ignored and said."""

import re
from datetime import date, datetime, time, timedelta
from typing import Any

import django_filters as filters
from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone

from infocontent.models import Topic
from office.filters import DayInput, ListFilter

from .desk.due import Clock
from .desk.people import Choices, People
from .desk.todo import Todo, waiting
from .models import Case, CaseQuerySet
from .models.case import PREFIX, format_reference
from .workflow import Channel, Kind, Privacy, Status

NOBODY = "0"
# Also keeps a date away from the ends of the calendar, where moving it into another zone overflows.
_DAYS = [MinValueValidator(date(2000, 1, 1)), MaxValueValidator(date(2100, 1, 1))]
_REFERENCE = re.compile(
    rf"({'|'.join(PREFIX.values())})[^0-9A-Za-z]*([0-9]{{4}})[^0-9A-Za-z]*([0-9]{{1,6}})",
    re.I | re.A,
)
_KIND_OF = {prefix: kind for kind, prefix in PREFIX.items()}


def as_reference(words: str) -> str | None:
    """The reference that somebody typed, in any case and spacing; None for anything else."""
    found = _REFERENCE.fullmatch(words.strip())
    if found is None:
        return None
    prefix, year, number = found.groups()
    return format_reference(_KIND_OF[prefix.upper()], int(year), int(number))


class CaseFilter(ListFilter):
    """Narrows what `visible_to` left; `request.user` decides which choices are even named."""

    q = filters.CharFilter(label="Cari", method="search")
    todo = filters.ChoiceFilter(
        label="Perlu tindakan", choices=Todo, method="wait", empty_label="Semua"
    )
    status = filters.ChoiceFilter(
        label="Status",
        choices=[
            ("terbuka", "Belum selesai"),
            ("tertutup", "Sudah ditutup"),
            ("Satu status", Status.choices),
        ],
        method="in_status",
        empty_label="Semua",
    )
    kind = filters.ChoiceFilter(label="Jenis", choices=Kind, empty_label="Semua")
    section = filters.ChoiceFilter(label="Seksi", field_name="section_id", empty_label="Semua")
    assignee = filters.ChoiceFilter(label="Petugas", method="held_by", empty_label="Semua")
    topic = filters.ChoiceFilter(label="Topik", field_name="topic_id", empty_label="Semua")
    channel = filters.ChoiceFilter(label="Kanal", choices=Channel, empty_label="Semua")
    privacy = filters.ChoiceFilter(label="Kerahasiaan", choices=Privacy, empty_label="Semua")
    received_from = filters.DateFilter(
        label="Diterima dari", method="since", widget=DayInput, validators=_DAYS
    )
    received_to = filters.DateFilter(
        label="Diterima sampai", method="until", widget=DayInput, validators=_DAYS
    )
    overdue = filters.BooleanFilter(
        label="Terlambat", method="is_overdue", widget=forms.CheckboxInput
    )
    due_soon = filters.BooleanFilter(
        label="Jatuh tempo dalam 3 hari kerja", method="is_due_soon", widget=forms.CheckboxInput
    )
    unread = filters.BooleanFilter(
        label="Pesan warga belum dibaca", method="is_unread", widget=forms.CheckboxInput
    )
    mine = filters.BooleanFilter(
        label="Saya yang memegang", method="is_mine", widget=forms.CheckboxInput
    )

    class Meta:
        model = Case
        fields: list[str] = []

    def __init__(
        self, *args: Any, clock: Clock | None = None, people: People | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.user = self.request.user
        self.clock = clock or Clock()
        people = people or People(self.user)
        if self.user.may("view_all_cases"):
            self.filters["section"].extra["choices"] = people.section_choices
        else:
            del self.filters["section"]
        self.filters["assignee"].extra["choices"] = lambda: [
            (NOBODY, "Belum ada petugas"),
            *people.officer_choices(),
        ]
        self.filters["topic"].extra["choices"] = topic_choices
        self.fields_are_optional()

    def search(self, cases: CaseQuerySet, name: str, words: str) -> CaseQuerySet:
        reference = as_reference(words)
        return cases.filter(reference=reference) if reference else cases.matching(words)

    def wait(self, cases: CaseQuerySet, name: str, todo: str) -> CaseQuerySet:
        return waiting(cases, todo, self.user)

    def in_status(self, cases: CaseQuerySet, name: str, status: str) -> CaseQuerySet:
        if status == "terbuka":
            return cases.open()
        if status == "tertutup":
            return cases.exclude(closed_at=None)
        return cases.filter(status=status)

    def held_by(self, cases: CaseQuerySet, name: str, pk: str) -> CaseQuerySet:
        return cases.filter(assignee=None if pk == NOBODY else int(pk))

    def since(self, cases: CaseQuerySet, name: str, day: date) -> CaseQuerySet:
        return cases.filter(received_at__gte=_midnight(day))

    def until(self, cases: CaseQuerySet, name: str, day: date) -> CaseQuerySet:
        return cases.filter(received_at__lt=_midnight(day + timedelta(days=1)))

    def is_overdue(self, cases: CaseQuerySet, name: str, wanted: bool) -> CaseQuerySet:
        return cases.overdue(self.clock.today) if wanted else cases

    def is_due_soon(self, cases: CaseQuerySet, name: str, wanted: bool) -> CaseQuerySet:
        return cases.due_by(self.clock.soon, self.clock.today) if wanted else cases

    def is_unread(self, cases: CaseQuerySet, name: str, wanted: bool) -> CaseQuerySet:
        return cases.open().exclude(citizen_wrote_at=None) if wanted else cases

    def is_mine(self, cases: CaseQuerySet, name: str, wanted: bool) -> CaseQuerySet:
        return cases.filter(assignee=self.user) if wanted else cases


def topic_choices() -> Choices:
    groups: dict[str, list[tuple[str, str]]] = {}
    for topic in Topic.objects.choosable():
        groups.setdefault(str(topic.parent), []).append((str(topic.pk), topic.name))
    return list(groups.items())


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
