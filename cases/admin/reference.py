"""Law and letters as data: deadline rules, answer templates, privacy notices."""

from typing import Any

from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest

from office.reference_admin import ReferenceAdmin

from ..letters import VARIABLES
from ..models import AnswerTemplate, DeadlineRule, PrivacyNotice


@admin.register(DeadlineRule)
class DeadlineRuleAdmin(ReferenceAdmin):
    """A change of law is a new row: cases keep the dates that were computed for them."""

    list_display = ["kind", "step", "days", "unit", "service_class", "law", "valid_from"]
    list_filter = ["kind", "step"]

    def has_delete_permission(self, request: HttpRequest, obj: DeadlineRule | None = None) -> bool:
        return False


@admin.register(AnswerTemplate)
class AnswerTemplateAdmin(ReferenceAdmin):
    list_display = ["name", "kind", "language", "is_active"]
    list_filter = ["kind", "language", "is_active"]
    search_fields = ["name"]

    def get_form(
        self,
        request: HttpRequest,
        obj: AnswerTemplate | None = None,
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

    def has_delete_permission(
        self, request: HttpRequest, obj: AnswerTemplate | None = None
    ) -> bool:
        return False


@admin.register(PrivacyNotice)
class PrivacyNoticeAdmin(ReferenceAdmin):
    """A version that citizens were shown stays as it was; a new text is a new version."""

    list_display = ["version", "published_at"]

    def has_change_permission(self, request: HttpRequest, obj: PrivacyNotice | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: PrivacyNotice | None = None) -> bool:
        return False
