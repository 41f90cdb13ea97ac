"""The room's tables: its lines, its counters, and the rules."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest

from office.reference_admin import ReferenceAdmin

from ..models import Counter, QueueRules, Service


@admin.register(Service)
class ServiceAdmin(ReferenceAdmin):
    """A line that is no longer offered is switched off; the log keeps naming it."""

    list_display = ["prefix", "name", "name_en", "topic_group", "order", "is_active"]
    list_display_links = ["name"]
    list_filter = ["is_active"]
    list_select_related = ["topic_group"]

    def get_readonly_fields(self, request: HttpRequest, obj: Service | None = None) -> list[str]:
        # The history of visits says a service by its code.
        return ["code"] if obj else []

    def has_delete_permission(self, request: HttpRequest, obj: Service | None = None) -> bool:
        return False


@admin.register(Counter)
class CounterAdmin(ReferenceAdmin):
    list_display = ["__str__", "service_names", "is_active"]
    list_filter = ["is_active"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Counter]:
        return super().get_queryset(request).prefetch_related("services")

    @admin.display(description="layanan")
    def service_names(self, counter: Counter) -> str:
        return ", ".join(service.name for service in counter.services.all()) or "—"

    def formfield_for_manytomany(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name == "services":
            help_text = "Nomor dari layanan ini dipanggil di loket ini."
            kwargs |= {"widget": CheckboxSelectMultiple, "help_text": help_text}
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def has_delete_permission(self, request: HttpRequest, obj: Counter | None = None) -> bool:
        return False


@admin.register(QueueRules)
class QueueRulesAdmin(ReferenceAdmin):
    list_display = ["__str__", "most_priority_in_a_row", "long_wait_minutes", "kiosk_only"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        # One row, made by load_office.
        return False

    def has_delete_permission(self, request: HttpRequest, obj: QueueRules | None = None) -> bool:
        return False
