"""The library: search, lists, the price list, and each item on a page of its own."""

from io import BytesIO

import segno
from django.conf import settings
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from office import throttle
from office.models import User

from .. import actions, search
from ..addresses import printable
from ..caching import library_page
from ..filters import DocumentFilter
from ..forms import VoteForm
from ..item_page import ItemPage
from ..models import Document, Item, ItemQuerySet, Kind, OldSlug, Version
from ..prices import price_list
from ..search.finding import EXCERPT, MOST, PAGE, Hit
from ..topics import shelves, topic_by_code, topic_groups
from ..useful import most_useful
from ..workflow import OPEN, VersionState
from .visits import is_a_look

WORDS = ("topic", "picture", "video", "captions", "document")
CARD = ("slug", "kind", "audience", "title", "title_en", "published_at")


@library_page
def index(request: HttpRequest) -> HttpResponse:
    query = request.GET.get("q", "").strip()
    narrowed = DocumentFilter(request.GET, queryset=Document.objects.all())
    if query:
        return _search(request, query, narrowed)
    if narrowed.is_narrowed:
        return _browse(request, narrowed)
    return _page(
        request,
        "infocontent/index.html",
        filter=narrowed,
        useful=most_useful(),
        shelves=shelves(),
        kinds=Kind,
    )


def _search(request: HttpRequest, query: str, narrowed: DocumentFilter) -> HttpResponse:
    number = Paginator(range(MOST), PAGE).get_page(request.GET.get("hal")).number
    results = search.find(query, documents=narrowed.qs, offset=(number - 1) * PAGE)
    page = Paginator(range(results.total), PAGE).get_page(number)
    if page.number != number:
        # Fewer pages than asked for: the last one there is.
        results = search.find(query, documents=narrowed.qs, offset=(page.number - 1) * PAGE)
    is_first = number == 1 and not narrowed.is_narrowed and is_a_look(request)
    if is_first and (results.total or _may_miss(request)):
        actions.count_search(results)
    return _results(request, narrowed, page, results.hits, query=results.query, results=results)


def _may_miss(request: HttpRequest) -> bool:
    """Whether one more search without result counts: whoever searches without end is answered, and
    does not choose what the team writes next.
    """
    try:
        throttle.hit("cari", throttle.client_address(request), limit=60, minutes=60)
    except throttle.TooOften:
        return False
    return True


def _browse(request: HttpRequest, narrowed: DocumentFilter) -> HttpResponse:
    documents = narrowed.qs.visible().select_related("topic").order_by("title", "pk")
    page = Paginator(documents, PAGE).get_page(request.GET.get("hal"))
    return _results(request, narrowed, page, [_unmarked(document) for document in page])


def _results(
    request: HttpRequest, narrowed: DocumentFilter, page: Page, hits: list[Hit], **more: object
) -> HttpResponse:
    """A list of hits; engines follow it and do not keep it."""
    groups = topic_groups()
    response = _page(
        request,
        "infocontent/results.html",
        filter=narrowed,
        page=page,
        hits=hits,
        groups=groups,
        **more,
    )
    response.headers["X-Robots-Tag"] = "noindex, follow"
    return response


def _unmarked(document: Document) -> Hit:
    """A document as it stands in a list that nobody searched."""
    is_english = get_language() == "en" and bool(document.title_en)
    title, text = document.title, document.text
    if is_english:
        title, text = document.title_en, document.text_en or text
    excerpt = Truncator(text).chars(EXCERPT)
    return Hit(document, [(title, False)], [(excerpt, False)], "en" if is_english else "id", 0)


@library_page
def of_kind(request: HttpRequest, kind: str) -> HttpResponse:
    items = Item.objects.published().filter(kind=kind)
    cards = _cards(request, items)
    return _page(request, "infocontent/kind.html", kind=Kind(kind), kinds=Kind, page=cards)


@library_page
def topic(request: HttpRequest, code: str) -> HttpResponse:
    found = topic_by_code(code)
    if found is None:
        raise Http404
    topic, leaves = found
    items = Item.objects.published().filter(topic__in=leaves)
    cards = _cards(request, items)
    return _page(request, "infocontent/topic.html", topic=topic, leaves=leaves, page=cards)


def _cards(request: HttpRequest, items: ItemQuerySet) -> Page:
    """One page of a list, without the texts."""
    cards = items.select_related("topic").only(*CARD, "topic__name", "topic__name_en")
    return Paginator(cards.order_by("title", "pk"), PAGE).get_page(request.GET.get("hal"))


@library_page
def tariffs(request: HttpRequest) -> HttpResponse:
    is_editor = _is_editor(request)
    return _page(request, "infocontent/tariffs.html", groups=price_list(), is_editor=is_editor)


@library_page
def item(request: HttpRequest, slug: str) -> HttpResponse:
    found = Item.objects.select_related(*WORDS, "topic__parent").filter(slug=slug).first()
    if found is None:
        moved = get_object_or_404(OldSlug.objects.select_related("item__topic"), slug=slug)
        if moved.item.is_public():
            return redirect(moved.item, permanent=True)
        found = moved.item
    if found.is_public():
        return show_item(request, found)
    if found.first_published_at is None:
        raise Http404
    return render(request, "infocontent/gone.html", {"item": found}, status=410)


def show_item(
    request: HttpRequest, item: Item, form: VoteForm | None = None, status: int = 200
) -> HttpResponse:
    """Its page, with the form as the reader left it."""
    page = ItemPage(item, item, voted=request.GET.get("suara", ""), form=form or VoteForm())
    return render(
        request,
        "infocontent/item.html",
        {"shown": page, "item": item, "content": item, "is_editor": _is_editor(request)},
        status=status,
    )


@require_safe
def preview(request: HttpRequest, token: str) -> HttpResponse:
    """The version under work, for whoever was given the link; kept by no cache and no engine."""
    version = get_object_or_404(
        Version.objects.select_related(*WORDS, "topic__parent", "item"),
        preview_token=printable(token),
        state__in=[*OPEN, VersionState.LIVE],
    )
    if version.state == VersionState.LIVE:
        return redirect(version.item)
    page = ItemPage(version.item, version)
    response = render(
        request,
        "infocontent/item.html",
        {"shown": page, "item": version.item, "content": version, "version": version},
    )
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


@require_safe
@cache_control(private=True, max_age=3600)
def qr(request: HttpRequest, slug: str) -> HttpResponse:
    """The short address of the page as a picture for the phone's camera."""
    item = get_object_or_404(Item.objects.published().only("short_code"), slug=slug)
    picture = BytesIO()
    code = segno.make_qr(settings.SITE_URL + item.short_url, error="m")
    code.save(picture, kind="svg", scale=4, border=2)
    return HttpResponse(picture.getvalue(), content_type="image/svg+xml")


def _page(request: HttpRequest, template: str, **context: object) -> HttpResponse:
    return render(request, template, {"canonical": settings.SITE_URL + request.path, **context})


def _is_editor(request: HttpRequest) -> bool:
    return isinstance(request.user, User) and request.user.may("view_item")
