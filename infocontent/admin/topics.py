"""The tree of topics in the admin."""

from django.contrib import admin
from django.http import HttpRequest

from office.reference_admin import ReferenceAdmin

from ..models import Topic


@admin.register(Topic)
class TopicAdmin(ReferenceAdmin):
    list_display = ["name", "parent", "section", "order", "is_active"]
    list_filter = ["is_active", "section"]
    list_select_related = ["parent", "section"]
    search_fields = ["name", "name_en"]
    ordering = ["parent__order", "order"]

    def has_delete_permission(self, request: HttpRequest, obj: Topic | None = None) -> bool:
        # Cases point at it; a topic is switched off instead.
        return False
