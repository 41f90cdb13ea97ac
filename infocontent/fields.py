"""What forms on pages that are read often are made of."""

from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join


class LongSelect(forms.Select):
    """A select of many choices, written in one go. Django's own renders a template for each of
    them, and the topics are sixty on every page of results.
    """

    def render(self, name, value, attrs=None, renderer=None):
        widget = self.get_context(name, value, attrs)["widget"]
        groups = [
            (label, format_html_join("", "<option{}>{}</option>", map(_option, options)))
            for label, options, _index in widget["optgroups"]
        ]
        return format_html(
            '<select name="{}"{}>{}</select>',
            widget["name"],
            flatatt(widget["attrs"]),
            format_html_join("", "{}", ([_group(*group)] for group in groups)),
        )


def _option(option: dict[str, Any]) -> tuple[str, Any]:
    return flatatt({"value": option["value"], **option["attrs"]}), option["label"]


def _group(label: str | None, options: str) -> str:
    return format_html('<optgroup label="{}">{}</optgroup>', label, options) if label else options
