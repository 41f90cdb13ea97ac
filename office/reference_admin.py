"""How the admin shows tables of reference data: plain HTML5 inputs, no pop-ups, no bulk actions."""

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.contrib.admin.options import FORMFIELD_FOR_DBFIELD_DEFAULTS
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.db.models import QuerySet
from django.db.models.constants import LOOKUP_SEP
from django.http import HttpRequest
from django.utils.functional import cached_property

from .staff import staff

PLAIN_WIDGETS: dict[type[models.Field], dict[str, Any]] = {
    models.DateField: {"widget": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})},
    models.TimeField: {"widget": forms.TimeInput(format="%H:%M", attrs={"type": "time"})},
    models.DateTimeField: {
        "form_class": forms.DateTimeField,
        "widget": forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
    },
    models.EmailField: {"widget": forms.EmailInput(attrs={"autocomplete": "off"})},
}


# What may follow a relation in an address: which row it points at, or whether at any.
ENDS_OF_A_STEP = {"id__exact", "exact", "isnull"}


class OnceForm(forms.ModelForm):
    """For a page that only shows some of the columns that together may exist once: Django leaves a
    rule alone that speaks of a column which is not typed, and the database would refuse the row.
    """

    def validate_unique(self) -> None:
        super().validate_unique()
        if not self.errors:
            try:
                self.instance.validate_constraints()
            except ValidationError as refusal:
                self.add_error(None, refusal.messages)


class CappedPaginator(Paginator):
    """Counts no further than it must; a table of a million rows is never counted in full."""

    cap = 1000

    @cached_property
    def count(self) -> int:
        rows = cast(QuerySet, self.object_list)
        return rows.order_by()[: self.cap].count()


class ReferenceAdmin(admin.ModelAdmin):
    """A small table that the administrator keeps; what others may do follows from their roles."""

    actions = None
    formfield_overrides = {**FORMFIELD_FOR_DBFIELD_DEFAULTS, **PLAIN_WIDGETS}
    show_full_result_count = False
    list_per_page = 50
    view_on_site = False

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            # The pop-up links beside a choice need scripts and lead past the table's own page.
            field.widget = field.widget.widget
        return field

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        # Django lets a step over any relation pass, also back over hidden ones: whether a row is in
        # the list would then tell which officer is reported in a case, or how a password begins.
        return self._stays_here(lookup) and super().lookup_allowed(lookup, value, request)

    def _stays_here(self, lookup: str) -> bool:
        """Whether a lookup ends at an own column, or at the row that a shown relation names, or is
        a filter of the table's own making.
        """
        if lookup in {getattr(one, "parameter_name", None) for one in self.list_filter}:
            return True
        fields = self.opts.concrete_fields
        if lookup.partition(LOOKUP_SEP)[0] in {f.name for f in fields if not f.is_relation}:
            return True
        relations = [field.name for field in fields if field.is_relation]
        return any(
            lookup == f"{path}{LOOKUP_SEP}{end}"
            for path in (*relations, *self.list_filter)
            for end in ENDS_OF_A_STEP
        )


class ReadOnlyAdmin(ReferenceAdmin):
    """A table that writes itself; holders of `duty` may look at it."""

    duty = "view_all_cases"
    paginator = CappedPaginator

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.is_authenticated and staff(request).may(self.duty)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
