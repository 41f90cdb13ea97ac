"""Texts as editors write them (Markdown) and as readers get them (clean HTML).

Cleaned twice: control signs go when a text is saved, and whatever HTML the renderer makes passes a
list of allowed tags whenever it is shown, so that not even a row written by other means can carry a
script.
"""

import re
from collections.abc import Sequence
from html import unescape
from typing import Any

import nh3
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from .facts import fill_in

TAGS = {
    "p", "br", "strong", "em", "s", "a", "ul", "ol", "li", "h2", "h3", "h4", "blockquote", "hr",
    "code", "pre", "div", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
# Only the renderer writes a div: HTML in a text is shown as text.
ATTRIBUTES = {
    "a": {"href", "title"},
    "ol": {"start"},
    "div": {"role", "tabindex", "aria-label"},
}
SCHEMES = {"https", "http", "mailto", "tel"}
# Spaces stand in one place of the pattern only, so that a page of them does not make it slow.
UNSAFE_LINK = re.compile(r"\]\(\s*(?:<\s*)?([a-z][a-z0-9+.-]*):", re.I)


class CleanHtml(str):
    """HTML that has passed the list of allowed tags; templates show it as it is."""

    __slots__ = ()

    def __html__(self) -> str:
        return self


class _Renderer(RendererHTML):
    """Headings begin below the page's own, and tables can be scrolled on a phone."""

    def heading_open(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        return f"<{_lower(tokens[idx].tag)}>"

    def heading_close(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        return f"</{_lower(tokens[idx].tag)}>\n"

    def table_open(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        # Scrolled sideways on a phone, also by keyboard.
        label = _("Tabel")
        return f'<div role="group" tabindex="0" aria-label="{label}"><table>\n'

    def table_close(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        return "</table></div>\n"


def _lower(tag: str) -> str:
    return f"h{min(int(tag[1]) + 1, 4)}"


_markdown = MarkdownIt("commonmark", {"html": False, "breaks": True}, renderer_cls=_Renderer)
# Pictures belong to the item, never to somebody else's server.
_markdown.enable("table").enable("strikethrough").disable("image")


# A tag with its quoted attributes, or a quotation mark outside of one.
_TAG_OR_QUOTE = re.compile(r"""(<[^>"]*(?:"[^"]*"[^>"]*)*>)|(["'])""")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
_QUOTES = {'"': "&quot;", "'": "&#x27;"}


def unsafe_links(source: str) -> list[str]:
    """Schemes of links that readers must not be led to, for the editor's error message."""
    return [scheme for scheme in UNSAFE_LINK.findall(source) if scheme.lower() not in SCHEMES]


def render(source: str) -> CleanHtml:
    """What the reader gets, with today's facts put in."""
    cleaned = nh3.clean(
        _markdown.render(fill_in(source)),
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel="noopener noreferrer",
    )
    # As Django escapes text, so that it is safe wherever a template may put it.
    return CleanHtml(_TAG_OR_QUOTE.sub(lambda found: found[1] or _QUOTES[found[2]], cleaned))


def plain(source: str) -> str:
    """The words alone, in one line: for the search, excerpts and descriptions."""
    return one_line(unescape(nh3.clean(render(source), tags=set())))


def one_line(text: str) -> str:
    """Without line ends, and without control signs: XML (RSS) has no way to write them."""
    return " ".join(_CONTROL.sub(" ", text).split())
