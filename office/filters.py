"""What the filters of all lists at the desk have in common."""

import django_filters as filters
from django import forms
from django.http import QueryDict


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class MonthInput(forms.DateInput):
    input_type = "month"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m")


class MomentInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class ListFilter(filters.FilterSet):
    """Declared fields only; a value that is not offered is ignored and said."""

    def fields_are_optional(self) -> None:
        """The field template need not say so at each. After the choices, which the form reads."""
        for field in self.form.fields.values():
            field.is_conditional = True

    @property
    def problems(self) -> list[str]:
        """What was asked for and could not be understood."""
        return [
            f"Saringan “{self.form.fields[name].label}” diabaikan: {' '.join(errors)}"
            for name, errors in self.form.errors.items()
        ]

    @property
    def is_narrowed(self) -> bool:
        return any(self.form.cleaned_data.values())

    def query(self) -> str:
        """The understood part of the filter as a query string; anything else is left out."""
        self.form.full_clean()
        understood = self.form.cleaned_data
        known = QueryDict(mutable=True)
        for name in self.data:
            if understood.get(name):
                known[name] = self.data[name]
        return known.urlencode()
