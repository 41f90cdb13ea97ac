"""What all pages about items have in common."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from office.desk.pages import OwnPages, row_or_404
from office.reference_admin import ReferenceAdmin
from office.staff import staff

from ..desk.page import with_story
from ..models import Item


class ItemDesk(OwnPages, ReferenceAdmin):
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
        return row_or_404(with_story(Item.objects.all()), pk)
