"""What the three desks have in common: a duty, pages of their own, verbs that may be refused."""

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

from cases.workflow import CaseError, NotAllowed
from office.reference_admin import ReadOnlyAdmin
from office.staff import staff


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


class ProtectionAdmin(ReadOnlyAdmin):
    """Rows are written by verbs only; the template folder is the model's name."""

    def one(self, request: HttpRequest, pk: int) -> Any:
        """The row, if this person may know of it; else 404."""
        raise NotImplementedError

    def steps(self, row: Any, request: HttpRequest) -> list[Step]:
        """What can be done with the row now."""
        raise NotImplementedError

    def context(self, row: Any, request: HttpRequest) -> dict[str, Any]:
        """What the page shows of the row beside its steps."""
        raise NotImplementedError

    def blank(self, step: Step, row: Any) -> forms.Form:
        return step.form(auto_id=f"{step.verb}_%s")

    def addresses(self) -> list[tuple[str, Any, str]]:
        return []

    def get_urls(self) -> list[URLPattern]:
        pages = [
            ("", self.changelist_view, "changelist"),
            *self.addresses(),
            ("<int:object_id>/change/", self.change_view, "change"),
            ("<int:object_id>/lakukan/<slug:verb>/", self.act, "act"),
        ]
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        return [
            path(address, self.admin_site.admin_view(view), name=f"{name}_{page}")
            for address, view, page in pages
        ]

    def require(self, request: HttpRequest) -> None:
        if not self.has_view_permission(request):
            raise PermissionDenied

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
        try:
            step.action(row, actor=staff(request), **form.cleaned_data, **self.more(request, step))
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
            return self.show(request, self.one(request, object_id), 403, step, form)
        except CaseError as refusal:
            form.add_error(None, str(refusal))
            return self.show(request, self.one(request, object_id), 409, step, form)
        messages.success(request, step.done)
        return redirect(row)

    def more(self, request: HttpRequest, step: Step) -> dict[str, Any]:
        """What a step takes from the page beside its form."""
        return {}

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
        offers = []
        for step in steps:
            name = f"admin:{self.opts.app_label}_{self.opts.model_name}_act"
            is_failed = failed is not None and failed.verb == step.verb
            form = bound if is_failed and bound is not None else self.blank(step, row)
            address = reverse(name, args=[row.pk, step.verb])
            offers.append(Offered(step, form, address, is_open=is_failed))
        context = {"title": str(row), "offers": offers, "bound": bound}
        return self.page(request, "page.html", {**context, **self.context(row, request)}, status)

    def page(
        self, request: HttpRequest, template: str, context: dict[str, Any], status: int = 200
    ) -> TemplateResponse:
        # What the stock views tell the `url` tag: which admin site is being shown.
        request.current_app = self.admin_site.name
        context = {**self.admin_site.each_context(request), "opts": self.opts, **context}
        folder = f"admin/dataprotection/{self.opts.model_name}"
        return TemplateResponse(request, f"{folder}/{template}", context, status=status)
