"""The team's list of items."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse

from office.staff import staff

from ..desk.filters import ItemFilter
from ..desk.listing import for_list, rows
from ..models import Item
from .base import ItemDesk

PER_PAGE = 50


class ItemListViews(ItemDesk):
    """All items, narrowed; the last one that changed comes first."""

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        self.require(self.has_view_permission(request))
        narrowed = ItemFilter(request.GET, queryset=Item.objects.all(), request=request)
        for problem in narrowed.problems:
            messages.warning(request, problem)
        query = narrowed.query()
        paginator = Paginator(for_list(narrowed.qs).order_by("-changed_at", "-pk"), PER_PAGE)
        page = paginator.get_page(request.GET.get("p"))
        context = {
            "title": "Bahan informasi",
            "filter": narrowed,
            "rows": rows(list(page)),
            "page": page,
            "query": query,
            "may_add": self.has_add_permission(request),
            "may_decide": staff(request).may("approve_item"),
        }
        return self.page(request, "list.html", context)
