"""Law and letters of data protection as data."""

from typing import Any

from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest

from office.reference_admin import ReferenceAdmin

from ..letters import VARIABLES
from ..models import BreachLetter, ClockRule, RetentionRule


class KeptAdmin(ReferenceAdmin):
    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(ClockRule)
class ClockRuleAdmin(KeptAdmin):
    """A change of law is a new row: what has begun keeps its hours."""

    list_display = ["duty", "hours", "law", "valid_from"]


@admin.register(RetentionRule)
class RetentionRuleAdmin(KeptAdmin):
    """A change of the schedule is a new row; an old one is switched off."""

    list_display = ["part", "kind", "days", "law", "valid_from", "is_active"]
    list_filter = ["part", "is_active"]


@admin.register(BreachLetter)
class BreachLetterAdmin(KeptAdmin):
    list_display = ["code", "language"]

    def get_form(
        self,
        request: HttpRequest,
        obj: BreachLetter | None = None,
        change: bool = False,
        **kwargs: Any,
    ) -> type[ModelForm]:
        names = ", ".join(f"{{{name}}}" for name in VARIABLES)
        help_texts = {
            "body": (
                f"Diisi sendiri oleh portal: {names}. Kata lain dalam kurung kurawal "
                "tetap apa adanya."
            )
        }
        return super().get_form(request, obj, change, help_texts=help_texts, **kwargs)
