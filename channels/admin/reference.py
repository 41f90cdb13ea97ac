"""The words that guess a topic, in the admin."""

from django.contrib import admin

from office.reference_admin import ReferenceAdmin

from ..models import KeywordRule


@admin.register(KeywordRule)
class KeywordRuleAdmin(ReferenceAdmin):
    list_display = ["keyword", "topic", "weight"]
    list_filter = ["topic__parent"]
    list_select_related = ["topic"]
    search_fields = ["keyword"]
