"""The tree of topics, and what is published about them, in the admin."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.html import format_html

from office.reference_admin import ReferenceAdmin
from office.staff import staff

from . import actions
from .models import Item, Topic


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


@admin.register(Item)
class ItemAdmin(ReferenceAdmin):
    list_display = ["title", "kind", "topic", "is_published", "published_at", "has_english"]
    list_filter = ["is_published", "kind"]
    list_select_related = ["topic"]
    search_fields = ["title", "title_en", "body"]
    fields = [
        "kind",
        "topic",
        "title",
        "title_en",
        "body",
        "body_en",
        "link",
        "slug",
        "is_published",
        "published_at",
        "page",
    ]
    formfield_overrides = {
        **ReferenceAdmin.formfield_overrides,
        models.URLField: {"assume_scheme": "https"},
    }

    def get_readonly_fields(self, request: HttpRequest, obj: Item | None = None) -> list[str]:
        # Printed QR codes lead to the address.
        return ["published_at", "page", *(["slug"] if obj else [])]

    def has_delete_permission(self, request: HttpRequest, obj: Item | None = None) -> bool:
        # Visits say that it was handed over; it is taken back instead.
        return False

    def save_model(self, request: HttpRequest, obj: Item, form: Any, change: bool) -> None:
        is_wanted = obj.is_published
        obj.is_published = bool(change and form.initial["is_published"])
        super().save_model(request, obj, form, change)
        if is_wanted != obj.is_published:
            verb = actions.publish if is_wanted else actions.unpublish
            verb(obj, actor=staff(request))

    @admin.display(description="Inggris", boolean=True)
    def has_english(self, item: Item) -> bool:
        return bool(item.title_en and (item.body_en or not item.body))

    @admin.display(description="halaman dan kode QR")
    def page(self, item: Item) -> str:
        if not item.is_published:
            return "Ada setelah diterbitkan."
        return format_html('<a href="{0}">{0}</a>', item.get_absolute_url())
