"""What all pages of the case admin have in common."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.template.response import TemplateResponse

from office.staff import staff

from ..models import Case


class DeskAdmin(admin.ModelAdmin):
    """Cases are seen with the duty and within sight; the stock ways to change a row are closed."""

    model: type[Case]

    def get_model_perms(self, request: HttpRequest) -> dict[str, bool]:
        # The menu leads here; among the tables the list would only stand a second time.
        return {}

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.is_authenticated and staff(request).may("view_case")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def page(
        self, request: HttpRequest, template: str, context: dict[str, Any], status: int = 200
    ) -> TemplateResponse:
        # What the stock views tell the `url` tag: which admin site is being shown.
        request.current_app = self.admin_site.name
        context = {**self.admin_site.each_context(request), "opts": self.opts, **context}
        return TemplateResponse(request, f"admin/cases/case/{template}", context, status=status)
