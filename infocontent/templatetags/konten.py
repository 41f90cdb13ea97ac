"""What templates say about the words and files of an item or a version."""

from django import template
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language

from ..markdown import CleanHtml, render
from ..media import FIRST_VIEW_WIDTH, RENDITION_TYPES
from ..models import Content, Item, Media, Version

register = template.Library()


@register.filter
def markdown(source: str) -> CleanHtml:
    return render(source)


@register.filter
def in_language(content: Content, field: str) -> str:
    """A field in the reader's language, or in Indonesian where it has no other."""
    return content.in_language(field)


@register.filter
def language_of(content: Content, field: str) -> str:
    return content.language_of(field)


@register.filter
def file_type(media: Media) -> str:
    return media.file.rpartition(".")[2].upper()


@register.simple_tag
def file_address(media: Media, preview: str = "") -> str:
    return media.get_absolute_url() + _query(pratinjau=preview)


@register.simple_tag
def srcset(media: Media, ending: str, preview: str = "", widest: int = 0) -> str:
    """The sizes of a picture for the browser to choose from."""
    return ", ".join(
        f"{_rendition_address(media, width, ending, preview)} {width}w"
        for width in _widths(media, ending)
        if not widest or width <= widest
    )


@register.simple_tag
def first_view(media: Media, preview: str = "") -> str:
    """The size for a browser that cannot choose, and the still of a video."""
    widths = [width for width in _widths(media, "jpg") if width <= FIRST_VIEW_WIDTH]
    if not widths:
        return file_address(media, preview)
    return _rendition_address(media, widths[-1], "jpg", preview)


@register.simple_tag
def drawing_address(content: Item | Version, preview: str = "") -> str:
    """With the language in it: it is kept by caches that do not ask which one a reader chose."""
    item = content.item if isinstance(content, Version) else content
    address = reverse("infocontent:drawing", args=[item.slug])
    return address + _query(bahasa=get_language() or "id", pratinjau=preview)


def _widths(media: Media, ending: str) -> list[int]:
    kind = RENDITION_TYPES[ending]
    return sorted(one["width"] for one in media.renditions if one["content_type"] == kind)


def _rendition_address(media: Media, width: int, ending: str, preview: str) -> str:
    address = reverse("infocontent:rendition", args=[media.token, width, ending])
    return address + _query(pratinjau=preview)


def _query(**words: str) -> str:
    given = {name: word for name, word in words.items() if word}
    return f"?{urlencode(given)}" if given else ""
