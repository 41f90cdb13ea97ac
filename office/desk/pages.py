"""Pages that a table has beside Django's own, what they ask for, and a verb that may be refused."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.template.response import TemplateResponse
from django.urls import URLPattern, path

from ..reference_admin import ReadOnlyAdmin
from ..refusals import NotAllowed, Refusal
from ..staff import staff

# The largest row number that both databases can be asked about.
LAST_PK = 2**63 - 1

# A page's part of the address, its view, and its part of the name.
Address = tuple[str, Any, str]


def framed(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    status: int = 200,
    site: admin.AdminSite = admin.site,
) -> TemplateResponse:
    """A page in the frame of the admin site."""
    # What the stock views tell the `url` tag: which admin site is being shown.
    request.current_app = site.name
    context = {**site.each_context(request), **context}
    return TemplateResponse(request, template, context, status=status)


class OwnPages(admin.ModelAdmin):
    """The template folder is the model's name."""

    def page(
        self, request: HttpRequest, template: str, context: dict[str, Any], status: int = 200
    ) -> TemplateResponse:
        template = f"admin/{self.opts.app_label}/{self.opts.model_name}/{template}"
        return framed(request, template, {"opts": self.opts, **context}, status, self.admin_site)


class DeskPages(OwnPages, ReadOnlyAdmin):
    """Rows are written by verbs only, and every page is one of these."""

    def addresses(self) -> list[Address]:
        raise NotImplementedError

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        return [
            path(address, self.admin_site.admin_view(view), name=f"{name}_{page}")
            for address, view, page in self.addresses()
        ]

    def require(self, request: HttpRequest, duty: str = "") -> None:
        """For whoever may look, and holds the duty where one is named."""
        if not self.has_view_permission(request) or (duty and not staff(request).may(duty)):
            raise PermissionDenied

    def one(self, request: HttpRequest, pk: int) -> Any:
        """The row, if this person may know of it; else 404."""
        self.require(request)
        return row_or_404(self.get_queryset(request), pk)


def row_or_404(rows: QuerySet[Any], pk: int) -> Any:
    found = rows.filter(pk=pk).first() if pk <= LAST_PK else None
    if found is None:
        raise Http404
    return found


def told(request: HttpRequest, verb: Callable[..., Any], done: str, **arguments: Any) -> None:
    """How the verb went, as a message on the page that is shown next."""
    try:
        verb(actor=staff(request), **arguments)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)


def posted(request: HttpRequest) -> Any:
    """What was sent, for a form; None when the page is only opened."""
    return request.POST if request.method == "POST" else None


def number_in(typed: str) -> int:
    """A number out of an address or a hidden field; 0 for anything else."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0


def page_number(request: HttpRequest, name: str, last: int | None = None) -> int:
    number = max(number_in(request.GET.get(name, "")), 1)
    return number if last is None else min(number, last)


def tried(request: HttpRequest, form: Any, verb: Callable[..., Any], **arguments: Any) -> Any:
    """What the verb made, or True; False with the refusal in the form, where all that was typed
    stays.
    """
    try:
        return verb(actor=staff(request), **arguments) or True
    except NotAllowed as refusal:
        raise PermissionDenied from refusal
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
