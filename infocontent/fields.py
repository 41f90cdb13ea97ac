"""What forms on pages that are read often are made of."""

from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join

OPTIONS = {
    False: '<option value="{}">{}</option>',
    True: '<option value="{}" selected>{}</option>',
}


class LeanSelect(forms.Select):
    """A select that is written in one go. Django's own renders a template for each choice, and the
    topics alone are sixty on every page of results.
    """

    def render(self, name, value, attrs=None, renderer=None):
        chosen = set(self.format_value(value))
        return format_html(
            '<select name="{}"{}>{}</select>',
            name,
            flatatt(self.build_attrs(self.attrs, attrs)),
            format_html_join(
                "", "{}", ([_choice(one, label, chosen)] for one, label in self.choices)
            ),
        )


def _choice(value: Any, label: Any, chosen: set[str]) -> str:
    """One option, or a group of them under its name."""
    if isinstance(label, list | tuple):
        options = format_html_join(
            "", "{}", ([_choice(one, words, chosen)] for one, words in label)
        )
        return format_html('<optgroup label="{}">{}</optgroup>', value, options)
    is_chosen = str("" if value is None else value) in chosen
    return format_html(OPTIONS[is_chosen], value, label)


class OneFileInput(forms.FileInput):
    """Hands on all that was sent under its name, so that the field can tell one from several."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        sent = files.getlist(name) if hasattr(files, "getlist") else [files.get(name)]
        return sent if len(sent) > 1 else super().value_from_datadict(data, files, name)


class OneFileField(forms.FileField):
    """A place for one file. Of several, Django would silently keep the last."""

    widget = OneFileInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        if isinstance(data, list):
            raise forms.ValidationError("Tempat ini untuk satu berkas. Pilih satu saja.")
        return super().clean(data, initial)
