"""A row with its steps: each a verb with its form on the page, which may be refused."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from ..refusals import NotAllowed, Refusal
from ..staff import staff
from .pages import DeskPages


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


class VerbPages(DeskPages):
    """The page of a row says what it is and offers what can be done with it now."""

    def steps(self, row: Any, request: HttpRequest) -> list[Step]:
        """What can be done with the row now."""
        raise NotImplementedError

    def context(self, row: Any, request: HttpRequest) -> dict[str, Any]:
        """What the page shows of the row beside its steps."""
        raise NotImplementedError

    def initial(self, step: Step, row: Any) -> dict[str, Any]:
        return {}

    def more(self, request: HttpRequest, step: Step) -> dict[str, Any]:
        """What a step takes from the page beside its form."""
        return {}

    def change_view(
        self, request: HttpRequest, object_id: Any, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        return self.show(request, self.one(request, object_id))

    def act(self, request: HttpRequest, object_id: int, verb: str) -> HttpResponse:
        """One verb, posted from the page; whatever was typed survives a refusal."""
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
        except Refusal as refusal:
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
