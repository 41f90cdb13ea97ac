"""Who comes, as far as the counts have to know."""

from django.http import HttpRequest

from office.throttle import client_address

GUESSING = ("Sec-Purpose", "Purpose", "X-Moz")


def is_a_look(request: HttpRequest) -> bool:
    """Whether a person asked for the page, and not a browser in advance or a checker of links."""
    is_guess = any("prefetch" in request.headers.get(name, "").lower() for name in GUESSING)
    return request.method == "GET" and not is_guess


def visitor(request: HttpRequest) -> str:
    """What tells one reader from another for a day; only a digest of it is ever kept."""
    return f"{client_address(request)}|{request.headers.get('User-Agent', '')}"
