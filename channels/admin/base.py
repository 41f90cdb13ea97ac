"""What the pages of contacts have in common: who may see and write, verbs that may be refused."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from cases.counting import capped_count, in_words
from cases.workflow import CaseError, NotAllowed
from office.reference_admin import ReadOnlyAdmin
from office.staff import staff

PER_PAGE = 50
# A list is for its first pages; who needs page 400 needs a filter.
LAST_PAGE = 400


@dataclass(frozen=True)
class Step:
    """One verb: its word in the address, its words on the page, its form and its action."""

    verb: str
    label: str
    button: str
    form: type[forms.Form]
    action: Callable[..., Any]
    done: str
    hint: str = ""
    is_main: bool = False
    is_dangerous: bool = False


@dataclass
class Offered:
    """A step with its form, as it stands on the page."""

    step: Step
    form: forms.Form
    address: str
    is_open: bool = False


class ContactPages(ReadOnlyAdmin):
    """Whoever may see the figures sees the pages; whoever enters them finds the verbs there."""

    duty = "view_tally"

    def pages(self) -> list[tuple[str, Any, str]]:
        raise NotImplementedError

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        return [
            path(address, self.admin_site.admin_view(view), name=f"{name}_{page}")
            for address, view, page in self.pages()
        ]

    def require(self, request: HttpRequest, *, to_write: bool = False) -> None:
        if not self.has_view_permission(request) or (to_write and not self.may_write(request)):
            raise PermissionDenied

    @staticmethod
    def may_write(request: HttpRequest) -> bool:
        return staff(request).may("enter_tally")

    def page(
        self, request: HttpRequest, template: str, context: dict[str, Any], status: int = 200
    ) -> TemplateResponse:
        # What the stock views tell the `url` tag: which admin site is being shown.
        request.current_app = self.admin_site.name
        own = {"opts": self.opts, "may_write": self.may_write(request)}
        context = {**self.admin_site.each_context(request), **own, **context}
        folder = f"admin/channels/{self.opts.model_name}"
        return TemplateResponse(request, f"{folder}/{template}", context, status=status)


class VerbPages(ContactPages):
    """A row with its steps, as cases have them."""

    def one(self, request: HttpRequest, pk: int) -> Any:
        raise NotImplementedError

    def steps(self, row: Any, request: HttpRequest) -> list[Step]:
        raise NotImplementedError

    def context(self, row: Any, request: HttpRequest) -> dict[str, Any]:
        raise NotImplementedError

    def initial(self, step: Step, row: Any) -> dict[str, Any]:
        return {}

    def change_view(
        self, request: HttpRequest, object_id: Any, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        self.require(request)
        return self.show(request, self.one(request, object_id))

    def act(self, request: HttpRequest, object_id: int, verb: str) -> HttpResponse:
        """One verb, posted from the page; whatever was typed survives a refusal."""
        self.require(request)
        row = self.one(request, object_id)
        step = next((step for step in self.steps(row, request) if step.verb == verb), None)
        if request.method != "POST" or step is None:
            if request.method == "POST":
                messages.error(request, "Langkah ini tidak bisa dilakukan sekarang.")
            return redirect(row)
        form = step.form(request.POST, auto_id=f"{verb}_%s")
        if not form.is_valid():
            return self.show(request, row, failed=step, bound=form)
        version = posted_number(request, "version")
        try:
            step.action(row, actor=staff(request), version=version, **form.cleaned_data)
        except CaseError as refusal:
            form.add_error(None, str(refusal))
            status = 403 if isinstance(refusal, NotAllowed) else 409
            return self.show(request, self.one(request, object_id), status, step, form)
        messages.success(request, step.done)
        return redirect(row)

    def show(
        self,
        request: HttpRequest,
        row: Any,
        status: int = 200,
        failed: Step | None = None,
        bound: forms.Form | None = None,
    ) -> HttpResponse:
        steps = self.steps(row, request)
        if failed is not None and failed.verb not in {step.verb for step in steps}:
            # Somebody else was quicker; the page says why and shows what was typed.
            steps = [failed, *steps]
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_act"
        offers = []
        for step in steps:
            is_failed = failed is not None and failed.verb == step.verb
            form = step.form(auto_id=f"{step.verb}_%s", initial=self.initial(step, row))
            if is_failed and bound is not None:
                form = bound
            address = reverse(name, args=[row.pk, step.verb])
            offers.append(Offered(step, form, address, is_open=is_failed))
        context = {"title": str(row), "row": row, "offers": offers, "bound": bound}
        return self.page(request, "page.html", {**context, **self.context(row, request)}, status)


def paged(request: HttpRequest, rows: Any, query: str) -> dict[str, Any]:
    """One page of a list, how many there are, and the addresses of the pages beside it."""
    typed = request.GET.get("p", "1")
    is_number = typed.isascii() and typed.isdigit() and len(typed) < 10
    number = min(max(int(typed), 1), LAST_PAGE) if is_number else 1
    start = (number - 1) * PER_PAGE
    found = list(rows[start : start + PER_PAGE + 1])
    is_more = len(found) > PER_PAGE

    def address(page: int) -> str:
        return f"?{query}&p={page}" if query else f"?p={page}"

    return {
        "rows": found[:PER_PAGE],
        "count": in_words(capped_count(rows)) if start or is_more else str(len(found)),
        "query": query,
        "number": number,
        "previous_page": address(number - 1) if number > 1 else "",
        "next_page": address(number + 1) if is_more and number < LAST_PAGE else "",
    }


def posted_number(request: HttpRequest, name: str) -> int:
    typed = request.POST.get(name, "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0
