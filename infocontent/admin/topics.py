"""The tree of topics in the admin."""

from typing import Any

from django.contrib import admin
from django.db import transaction
from django.http import HttpRequest

from office.reference_admin import ReferenceAdmin

from ..jobs import ask_for_reindex
from ..models import Topic


@admin.register(Topic)
class TopicAdmin(ReferenceAdmin):
    list_display = ["name", "parent", "section", "order", "is_active"]
    list_filter = ["is_active", "section"]
    list_select_related = ["parent", "section"]
    search_fields = ["name", "name_en"]
    ordering = ["parent__order", "order"]

    def save_model(self, request: HttpRequest, obj: Topic, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        # Texts are found by the name of their topic, too.
        transaction.on_commit(ask_for_reindex)

    def has_delete_permission(self, request: HttpRequest, obj: Topic | None = None) -> bool:
        # Cases point at it; a topic is switched off instead.
        return False
