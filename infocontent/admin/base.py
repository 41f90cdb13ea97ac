"""What all pages about items have in common."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.template.response import TemplateResponse

from office.reference_admin import ReferenceAdmin
from office.staff import staff

from ..desk.page import with_story
from ..models import Item

# The largest row number that both databases can be asked about.
LAST_PK = 2**63 - 1


class ItemDesk(ReferenceAdmin):
    """Items are seen with the duty; the stock ways to change a row are closed."""

    model: type[Item]

    def get_model_perms(self, request: HttpRequest) -> dict[str, bool]:
        # The menu leads here; among the tables the list would only stand a second time.
        return {}

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.is_authenticated and staff(request).may("view_item")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.is_authenticated and staff(request).may("add_item")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def require(self, allowed: bool) -> None:
        if not allowed:
            raise PermissionDenied

    def item_or_404(self, request: HttpRequest, pk: int) -> Item:
        self.require(self.has_view_permission(request))
        found = with_story(Item.objects.all()).filter(pk=pk).first() if pk <= LAST_PK else None
        if found is None:
            raise Http404
        return found

    def page(
        self, request: HttpRequest, template: str, context: dict[str, Any], status: int = 200
    ) -> TemplateResponse:
        # What the stock views tell the `url` tag: which admin site is being shown.
        request.current_app = self.admin_site.name
        context = {**self.admin_site.each_context(request), "opts": self.opts, **context}
        template = f"admin/infocontent/item/{template}"
        return TemplateResponse(request, template, context, status=status)
