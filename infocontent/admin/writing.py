"""Where a draft is written: the form, its preview, and what the editor's script asks for."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import translation

from office.staff import staff

from .. import actions
from ..desk.facts import insertable_facts
from ..desk.moves import may_write
from ..desk.page import standing_of
from ..desk.writing import ABOUT_MEDIA, ENGLISH, MEDIA, TEXTS, DraftForm, NewItemForm, WritingForm
from ..facts import unknown_facts
from ..markdown import render, unsafe_links
from ..models import Content, Item, Kind
from ..models.content import MAX_BODY
from ..workflow import ContentError, NotAllowed, StaleItem
from .base import ItemDesk
from .item_page import PAGE

BEGUN_WITH = ("kind", "title", "topic", "origin", "origin_note")


class ItemWritingViews(ItemDesk):
    """A new item, or the next text of one."""

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        self.require(self.has_add_permission(request))
        user = staff(request)
        kind = (request.POST if request.method == "POST" else request.GET).get("kind", "")
        if kind not in Kind.values:
            context = {"title": "Bahan baru", "kinds": KINDS, "query": request.GET.urlencode()}
            return self.page(request, "kinds.html", context)
        if request.method != "POST":
            given = {name: request.GET[name] for name in BEGUN_WITH if name in request.GET}
            return self._form(request, NewItemForm(user=user, initial=given), kind)
        form = NewItemForm(request.POST, request.FILES, user=user)
        if form.is_valid() and "pratinjau" not in request.POST:
            try:
                item = actions.create(
                    actor=user, content=form.content, **form.beginning, **form.plan
                )
            except ContentError as error:
                return self._refused(request, form, kind, error)
            messages.success(request, "Konsep disimpan. Belum terbit.")
            return redirect(PAGE, item.pk)
        return self._form(request, form, kind)

    def write(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """The draft, or a new version that begins as the live one is."""
        item, user = self.item_or_404(request, object_id), staff(request)
        self.require(user.may("change_item"))
        standing = standing_of(item, user)
        content: Content = standing.version or item
        if request.method != "POST":
            if not may_write(standing):
                return redirect(PAGE, item.pk)
            form = DraftForm(user=user, content=content, initial={"seen": item.lock})
            return self._form(request, form, item.kind, item)
        form = DraftForm(request.POST, request.FILES, user=user, content=content)
        if form.is_valid() and "pratinjau" not in request.POST:
            seen = form.cleaned_data["seen"]
            try:
                actions.save(item, actor=user, content=form.content, seen=seen, **form.plan)
            except StaleItem as error:
                form.see(item.lock)
                return self._refused(request, form, item.kind, error, item, content)
            except ContentError as error:
                return self._refused(request, form, item.kind, error, item)
            messages.success(request, "Konsep disimpan.")
            return redirect(PAGE, item.pk)
        return self._form(request, form, item.kind, item)

    def preview(self, request: HttpRequest) -> HttpResponse:
        """One text as readers will see it, for the script beside the field."""
        self.require(self.has_add_permission(request) or staff(request).may("change_item"))
        if request.method != "POST":
            return HttpResponse(status=405, headers={"Allow": "POST"})
        source = request.POST.get("text", "")[:MAX_BODY]
        context = previewed(source, is_english=request.POST.get("lang") == "en")
        return TemplateResponse(request, "admin/infocontent/item/_preview.html", context)

    def _refused(
        self,
        request: HttpRequest,
        form: WritingForm,
        kind: str,
        error: ContentError,
        item: Item | None = None,
        newest: Content | None = None,
    ) -> HttpResponse:
        form.add_error(None, str(error))
        status = 403 if isinstance(error, NotAllowed) else 409
        return self._form(request, form, kind, item, newest=newest, status=status)

    def _form(
        self,
        request: HttpRequest,
        form: WritingForm,
        kind: str,
        item: Item | None = None,
        *,
        newest: Content | None = None,
        status: int = 200,
    ) -> HttpResponse:
        is_preview = "pratinjau" in request.POST
        label = Kind(kind).label
        context = {
            "title": f"Tulis: {item.title}" if item else f"{label} baru",
            "item": item,
            "form": form,
            "kind": kind,
            "kind_label": label,
            "is_about_media": kind in ABOUT_MEDIA or form.is_filled(MEDIA),
            "is_english": form.is_filled(ENGLISH),
            "facts": insertable_facts(),
            "is_preview": is_preview,
            "previews": previews(form) if is_preview else [],
            "newest": newest,
        }
        return self.page(request, "write.html", context, status=status)


KINDS = [
    (Kind.FAQ, "Satu pertanyaan dengan jawabannya."),
    (Kind.INFOGRAPHIC, "Gambar, dengan seluruh isinya juga sebagai teks."),
    (Kind.VIDEO, "Video, dengan transkripnya."),
    (Kind.BROCHURE, "Selebaran untuk dicetak (PDF atau gambar)."),
    (Kind.BANNER, "Spanduk untuk dipasang (PDF atau gambar)."),
]


def previews(form: WritingForm) -> list[dict[str, Any]]:
    """Every text that was typed, as readers will see it."""
    typed = {name: str(form[name].value() or "") for name in TEXTS}
    return [
        {"label": form[name].label, **previewed(source, is_english=name.endswith("_en"))}
        for name, source in typed.items()
        if source.strip()
    ]


def previewed(source: str, *, is_english: bool) -> dict[str, Any]:
    with translation.override("en" if is_english else "id"):
        return {
            "html": render(source),
            "lang": "en" if is_english else "id",
            "unknown": unknown_facts(source),
            "unsafe": unsafe_links(source),
        }
