"""How readers narrow what they search; a value that is not offered is ignored and said."""

from functools import cache
from typing import Any

import django_filters as filters
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _

from .fields import LeanSelect
from .models import Document
from .models.search import DOCUMENT_KINDS, DocumentQuerySet
from .topics import topic_groups
from .workflow import Audience

Choices = list[tuple[str, Any]]


class DocumentFilter(filters.FilterSet):
    """Narrows what can be found by topic (a group or one leaf), kind and reader."""

    topic = filters.ChoiceFilter(
        label=_("Topik"), method="about", empty_label=_("Semua topik"), widget=LeanSelect
    )
    kind = filters.ChoiceFilter(
        label=_("Jenis"),
        choices=DOCUMENT_KINDS,
        empty_label=_("Semua jenis"),
        widget=LeanSelect,
    )
    audience = filters.ChoiceFilter(
        label=_("Untuk siapa"),
        choices=[choice for choice in Audience.choices if choice[0] != Audience.ALL],
        method="meant_for",
        empty_label=Audience.ALL.label,
        widget=LeanSelect,
    )

    class Meta:
        model = Document
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Asked for when the value is checked and again when the field is shown.
        self.filters["topic"].extra["choices"] = cache(topic_choices)
        for field in self.form.fields.values():
            field.is_conditional = True

    def about(self, documents: DocumentQuerySet, name: str, code: str) -> DocumentQuerySet:
        return documents.filter(Q(topic__code=code) | Q(topic__parent__code=code))

    def meant_for(self, documents: DocumentQuerySet, name: str, reader: str) -> DocumentQuerySet:
        return documents.filter(audience__in=[reader, Audience.ALL])

    @property
    def problems(self) -> list[str | Promise]:
        """Which wishes could not be understood."""
        return [self.form.fields[name].label for name in self.form.errors]

    @property
    def is_narrowed(self) -> bool:
        self.form.full_clean()
        return any(self.form.cleaned_data.values())


def topic_choices() -> Choices:
    """Each group with its leaves, the group as a whole first."""
    return [
        (
            group.label,
            [
                (group.code, _text("Semua tentang %(topic)s") % {"topic": group.label}),
                *((leaf.code, leaf.label) for leaf in leaves),
            ],
        )
        for group, leaves in topic_groups()
    ]
