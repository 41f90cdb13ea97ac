"""The filters of the team's list of items; a value that is not offered is ignored and said."""

from functools import cache
from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Exists, OuterRef, Q

from office.calendar import today
from office.filters import ListFilter
from office.models import User

from ..models import Item, ItemQuerySet, Kind, Topic, Version
from ..workflow import ItemState, VersionState

Choices = list[tuple[str, Any]]
NOBODY = "0"
SOON, LATE = "segera", "lewat"
# A version's state is told apart from an item's of the same word.
OF_VERSION = "versi-"
WORDS = ("title", "title_en", "body", "keywords", "slug")


class ItemFilter(ListFilter):
    """Narrows all items, also those that were never out."""

    q = filters.CharFilter(label="Cari", method="search")
    state = filters.ChoiceFilter(
        label="Keadaan",
        choices=[
            ("Bahan", ItemState.choices),
            (
                "Versi yang dikerjakan",
                [
                    (OF_VERSION + state.value, state.label)
                    for state in (
                        VersionState.DRAFT,
                        VersionState.IN_REVIEW,
                        VersionState.APPROVED,
                    )
                ],
            ),
        ],
        method="in_state",
        empty_label="Semua",
    )
    kind = filters.ChoiceFilter(label="Jenis", choices=Kind, empty_label="Semua")
    topic = filters.ChoiceFilter(label="Topik", field_name="topic_id", empty_label="Semua")
    owner = filters.ChoiceFilter(label="Pemilik", method="owned_by", empty_label="Semua")
    review = filters.ChoiceFilter(
        label="Pemeriksaan berkala",
        choices=[(SOON, "Segera atau sudah lewat"), (LATE, "Sudah lewat")],
        method="for_review",
        empty_label="Semua",
    )
    needs_check = filters.BooleanFilter(
        label="Perlu diperiksa", method="to_check", widget=forms.CheckboxInput
    )

    class Meta:
        model = Item
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Asked for when the value is checked and again when the field is shown.
        self.filters["topic"].extra["choices"] = cache(_topics)
        self.filters["owner"].extra["choices"] = cache(_owners)
        self.fields_are_optional()

    def search(self, items: ItemQuerySet, name: str, words: str) -> ItemQuerySet:
        """All the words, each in any of the texts; a short code finds its item."""
        for word in words.split()[:8]:
            found = Q(short_code=word.lower())
            for field in WORDS:
                found |= Q(**{f"{field}__icontains": word})
            items = items.filter(found)
        return items

    def in_state(self, items: ItemQuerySet, name: str, state: str) -> ItemQuerySet:
        if not state.startswith(OF_VERSION):
            return items.filter(state=state)
        versions = Version.objects.filter(item=OuterRef("pk"), state=state.removeprefix(OF_VERSION))
        return items.filter(Exists(versions))

    def owned_by(self, items: ItemQuerySet, name: str, pk: str) -> ItemQuerySet:
        return items.filter(owner=None if pk == NOBODY else int(pk))

    def for_review(self, items: ItemQuerySet, name: str, when: str) -> ItemQuerySet:
        items = items.to_review()
        return items.filter(review_by__lt=today()) if when == LATE else items

    def to_check(self, items: ItemQuerySet, name: str, wanted: bool) -> ItemQuerySet:
        return items.to_check() if wanted else items


def _topics() -> Choices:
    groups: dict[str, list[tuple[str, str]]] = {}
    for topic in Topic.objects.choosable():
        groups.setdefault(str(topic.parent), []).append((str(topic.pk), topic.name))
    return list(groups.items())


def _owners() -> Choices:
    """Whoever looks after an item, also those who have left."""
    owns = Item.objects.filter(owner=OuterRef("pk"))
    owners = User.objects.filter(Exists(owns)).order_by("first_name", "username")
    return [(NOBODY, "Belum ada pemilik"), *((str(owner.pk), str(owner)) for owner in owners)]
