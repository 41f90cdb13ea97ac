"""The page of one item, its verbs, and its versions."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from office.staff import staff

from .. import actions, jobs
from ..desk.diff import changes
from ..desk.forms import SeenForm
from ..desk.moves import MOVES, Move
from ..desk.page import ItemPage, form_for, move_or_404, standing_of, version_or_404
from ..workflow import ContentError, Incomplete, NotAllowed, StaleItem
from .base import ItemDesk

PAGE = "admin:infocontent_item_change"


class ItemPageViews(ItemDesk):
    """One item: what it is, and what can be done."""

    def change_view(
        self,
        request: HttpRequest,
        object_id: Any,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        return self._show(request, ItemPage(self.item_or_404(request, object_id), staff(request)))

    def act(self, request: HttpRequest, object_id: int, verb: str) -> HttpResponse:
        """One verb, posted from the item's page; whatever was typed survives a refusal."""
        move, item = move_or_404(verb), self.item_or_404(request, object_id)
        if request.method != "POST":
            return redirect(PAGE, item.pk)
        form = form_for(move, item, request.POST)
        if not form.is_valid():
            return self._show_again(request, move, form)
        try:
            result = move.action(item, actor=staff(request), **form.cleaned_data)
        except ContentError as error:
            return self._show_again(request, move, form, error)
        if move is MOVES["setujui"] and not result:
            transaction.on_commit(partial(jobs.plan_going_live, item))
        messages.success(request, move.said(item, result))
        return redirect(PAGE, item.pk)

    def version(self, request: HttpRequest, object_id: int, number: int) -> HttpResponse:
        """One version as it is or was, and a way to bring it back."""
        item = self.item_or_404(request, object_id)
        version = version_or_404(item, number)
        standing = standing_of(item, staff(request))
        others = item.versions.exclude(pk=version.pk).values_list("number", flat=True)
        context = {
            "title": f"Versi {version.number}",
            "item": item,
            "version": version,
            "others": others,
            "may_restore": standing.user.may("change_item") and standing.version is None,
        }
        return self.page(request, "version.html", context)

    def compare(self, request: HttpRequest, object_id: int) -> HttpResponse:
        item = self.item_or_404(request, object_id)
        old = version_or_404(item, _number(request, "dari"))
        new = version_or_404(item, _number(request, "ke"))
        context = {
            "title": f"Versi {old.number} dan {new.number}",
            "item": item,
            "old": old,
            "new": new,
            "changes": changes(old, new),
            "numbers": item.versions.values_list("number", flat=True),
        }
        return self.page(request, "compare.html", context)

    def restore(self, request: HttpRequest, object_id: int, number: int) -> HttpResponse:
        """Ask once, then bring the old text back as a draft."""
        item, user = self.item_or_404(request, object_id), staff(request)
        self.require(user.may("change_item"))
        version = version_or_404(item, number)
        form = SeenForm(request.POST or None, item=item, initial={"seen": item.lock})
        if request.method == "POST" and form.is_valid():
            try:
                actions.restore(item, actor=user, number=number, **form.cleaned_data)
            except ContentError as error:
                messages.error(request, str(error))
            else:
                messages.success(request, f"Versi {number} dipulihkan sebagai konsep.")
            return redirect(PAGE, item.pk)
        title = f"Pulihkan versi {number}?"
        context = {"title": title, "item": item, "version": version, "form": form}
        return self.page(request, "restore.html", context)

    def _show_again(
        self, request: HttpRequest, move: Move, form: SeenForm, error: ContentError | None = None
    ) -> HttpResponse:
        """The page as the item stands now, with the typed text and why it was not done."""
        item = self.item_or_404(request, form.item.pk)
        page = ItemPage(item, staff(request), failed=move, bound=form)
        if isinstance(error, StaleItem):
            return self._show(request, page, status=409, stale=error)
        if error is None:
            return self._show(request, page)
        reasons = error.missing if isinstance(error, Incomplete) else [str(error)]
        for reason in reasons:
            form.add_error(None, reason)
        return self._show(request, page, status=403 if isinstance(error, NotAllowed) else 409)

    def _show(
        self, request: HttpRequest, page: ItemPage, status: int = 200, **more: Any
    ) -> HttpResponse:
        context = {"title": page.item.title, **page.context(), **more}
        return self.page(request, "page.html", context, status=status)


def _number(request: HttpRequest, name: str) -> int:
    typed = request.GET.get(name, "")
    if not (typed.isascii() and typed.isdigit() and len(typed) < 10):
        raise Http404
    return int(typed)
