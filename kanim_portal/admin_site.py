"""The staff desk's admin site: always Indonesian, with a to-do list as its start page."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, re_path
from django.utils import translation
from django.utils.functional import SimpleLazyObject

from office import throttle

LOGINS_PER_QUARTER = 60


class PortalAdminSite(AdminSite):
    site_header = "Meja PPID"
    site_title = "Meja PPID"
    index_title = "Meja kerja"
    enable_nav_sidebar = False

    def get_urls(self) -> list[URLPattern | URLResolver]:
        # Two stock pages answer about any row of any table by its number: nothing here needs them.
        closed = [
            re_path(r"^r/", self.admin_view(not_found)),
            re_path(r"^autocomplete/", self.admin_view(not_found)),
        ]
        # Models are not ready when this module is read.
        from reports.recap.pages import PAGES as RECAP
        from reports.register_pages import PAGES
        from reports.texts.pages import PAGES as WORDS

        own = [path("gagasan/", self.admin_view(ideas), name="ideas")]
        own += [
            path(address, self.admin_view(view), name=name)
            for address, view, name in (*PAGES, *RECAP, *WORDS)
        ]
        return [*closed, *own, *super().get_urls()]

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        return super().admin_view(_in_indonesian(view), cacheable)

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        translation.activate("id")
        if request.method == "POST":
            # Every try costs a slow hash, also one for a name that nobody has.
            address = throttle.client_address(request)
            throttle.hit("masuk", address, limit=LOGINS_PER_QUARTER, minutes=15)
        response = super().login(request, extra_context)
        if request.method == "POST" and request.user.is_authenticated:
            request.session.set_expiry(settings.STAFF_SESSION_AGE)
        return response

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        return {
            "site_title": self.site_title,
            "site_header": self.site_header,
            "site_url": self.site_url,
            "has_permission": self.has_permission(request),
            # The table of all tables costs two queries; only the pages that show it pay for them.
            "available_apps": SimpleLazyObject(lambda: self.get_app_list(request)),
            "is_popup": False,
            "is_nav_sidebar_enabled": False,
        }

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        from .start import start_page  # models are not ready when this module is read

        context = {
            **self.each_context(request),
            "title": self.index_title,
            **start_page(request),
            "app_list": self.get_app_list(request),
            **(extra_context or {}),
        }
        request.current_app = self.name
        return TemplateResponse(request, "admin/index.html", context)


def ideas(request: HttpRequest) -> HttpResponse:
    from .ideas_page import ideas_page  # as above

    return ideas_page(request)


def not_found(request: HttpRequest) -> HttpResponse:
    raise Http404


def _in_indonesian(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # The language middleware puts the visitor's language back after the answer is rendered.
        translation.activate("id")
        return view(request, *args, **kwargs)

    return inner
