"""One page of a long list, counted no further than it must."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest

from office.desk.pages import page_number

from ..counting import capped_count, in_words

PER_PAGE = 50
# A list is for its first pages; who needs page 400 needs a filter.
LAST_PAGE = 400


def paged(request: HttpRequest, rows: Any, query: str) -> dict[str, Any]:
    """The rows of the page, how many there are, and the addresses of the pages beside it."""
    number = page_number(request, "p", LAST_PAGE)
    start = (number - 1) * PER_PAGE
    found = list(rows[start : start + PER_PAGE + 1])
    is_more = len(found) > PER_PAGE
    return {
        "rows": found[:PER_PAGE],
        "count": in_words(capped_count(rows)) if start or is_more else str(len(found)),
        "query": query,
        "number": number,
        "previous_page": page_address(query, number - 1) if number > 1 else "",
        "next_page": page_address(query, number + 1) if is_more and number < LAST_PAGE else "",
    }


def page_address(query: str, number: int) -> str:
    page = urlencode({"p": number})
    return f"?{query}&{page}" if query else f"?{page}"
