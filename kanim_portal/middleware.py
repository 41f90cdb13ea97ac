"""What every dynamic answer has in common."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from office.throttle import TooOften

from . import errors


class NoStoreMiddleware:
    """Nothing a view answered stays in a cache unless the view says so; a reached limit gets its page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store, private")
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return errors.too_often(request, exception.minutes) if isinstance(exception, TooOften) else None
