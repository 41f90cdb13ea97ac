"""A library that is empty before each test of the search, and short ways to ask it."""

from typing import Any

from django.core.cache import cache

from infocontent.models import (
    Document,
    Item,
    Misspelling,
    Posting,
    PublicInformation,
    Synonym,
    Term,
)
from infocontent.search import find
from infocontent.workflow import ItemState


def empty_library() -> None:
    """As if the office had begun without a text, also for an index that is made anew."""
    Item.objects.update(state=ItemState.ARCHIVED)
    PublicInformation.objects.update(is_listed=False)
    for model in (Posting, Misspelling, Document, Term, Synonym):
        model._default_manager.all().delete()
    cache.clear()


def slugs(query: str, **more: Any) -> list[str]:
    """The items found, best first."""
    return [hit.document.item.slug for hit in find(query, **more).hits if hit.document.item]


def synonym(word: str, means: str) -> None:
    Synonym.objects.create(word=word, means=means)
    cache.delete("search-synonyms")


def marked(pieces: list[tuple[str, bool]]) -> list[str]:
    """What is marked of a title or an excerpt."""
    return [text for text, is_match in pieces if is_match]
