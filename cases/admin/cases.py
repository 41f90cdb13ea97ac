"""Cases in the admin: no stock form, no stock delete, no stock history; only the desk's own pages."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import URLPattern, path

from ..models import Case
from .listing import CaseListViews
from .page import CasePageViews
from .saved_filters import SavedFilterViews


@admin.register(Case)
class CaseAdmin(CaseListViews, CasePageViews, SavedFilterViews, admin.ModelAdmin):
    """Everything starts from Case.objects.visible_to(request.user); every change is a verb."""

    def get_urls(self) -> list[URLPattern]:
        pages = [
            ("", self.changelist_view, "changelist"),
            ("ekspor/", self.export_view, "export"),
            ("saringan/", self.save_filter, "save_filter"),
            ("saringan/<int:pk>/hapus/", self.delete_filter, "delete_filter"),
            ("<int:object_id>/change/", self.change_view, "change"),
            ("<int:object_id>/lakukan/<slug:verb>/", self.act, "act"),
            ("<int:object_id>/identitas/", self.identity, "identity"),
        ]
        return [
            path(address, self.admin_site.admin_view(view), name=f"cases_case_{name}")
            for address, view, name in pages
        ]

    def get_model_perms(self, request: HttpRequest) -> dict[str, bool]:
        # The menu leads here; among the tables the list would only stand a second time.
        return {}

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.is_authenticated and request.user.may("view_case")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
