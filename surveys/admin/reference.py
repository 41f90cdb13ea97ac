"""The list of services, and the rules of asking."""

from django.contrib import admin
from django.http import HttpRequest

from office.reference_admin import ReferenceAdmin

from ..models import AskingRules, SurveyedService


@admin.register(SurveyedService)
class SurveyedServiceAdmin(ReferenceAdmin):
    """A service that is no longer offered is switched off; results keep naming it."""

    list_display = ["name", "name_en", "code", "is_offered", "order"]
    list_filter = ["is_offered"]

    def get_readonly_fields(
        self, request: HttpRequest, obj: SurveyedService | None = None
    ) -> list[str]:
        # Answers say the service by its code.
        return ["code"] if obj else []

    def has_delete_permission(
        self, request: HttpRequest, obj: SurveyedService | None = None
    ) -> bool:
        return False


@admin.register(AskingRules)
class AskingRulesAdmin(ReferenceAdmin):
    list_display = ["__str__", "link_days", "device_answers", "minute_answers", "fast_seconds"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        # One row, made by load_office.
        return False

    def has_delete_permission(self, request: HttpRequest, obj: AskingRules | None = None) -> bool:
        return False
