"""Items in the admin: no stock form, delete or history; only the team's own pages."""

from typing import Any

from django.contrib import admin
from django.urls import URLPattern, path

from ..models import Item
from .item_page import ItemPageViews
from .listing import ItemListViews
from .writing import ItemWritingViews


@admin.register(Item)
class ItemAdmin(ItemListViews, ItemPageViews, ItemWritingViews):
    """Every change is a verb."""

    def get_urls(self) -> list[URLPattern]:
        pages: list[tuple[str, Any, str]] = [
            ("", self.changelist_view, "changelist"),
            ("add/", self.add_view, "add"),
            ("pratinjau/", self.preview, "preview"),
            ("<int:object_id>/change/", self.change_view, "change"),
            ("<int:object_id>/tulis/", self.write, "write"),
            ("<int:object_id>/lakukan/<slug:verb>/", self.act, "act"),
            ("<int:object_id>/versi/<int:number>/", self.version, "version"),
            ("<int:object_id>/versi/<int:number>/pulihkan/", self.restore, "restore"),
            ("<int:object_id>/versi/bandingkan/", self.compare, "compare"),
        ]
        return [
            path(address, self.admin_site.admin_view(view), name=f"infocontent_item_{name}")
            for address, view, name in pages
        ]
