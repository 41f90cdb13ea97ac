"""What every dynamic answer has in common."""

from collections.abc import Callable

from csp.constants import HEADER
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from office.throttle import TooOften

from . import errors, outage

LIVENESS = "/healthz"


class ContentSecurityMiddleware:
    """One policy for every answer, put together once and not anew for each."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.policy = build_policy()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # A file that is handed out has a stricter one of its own.
        response.headers.setdefault(HEADER, self.policy)
        return response


class NoStoreMiddleware:
    """No answer stays in a cache unless its view says so; limits and outages get their page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path != LIVENESS and outage.is_on():
            response = errors.unavailable(request)
        else:
            response = self.get_response(request)
            if response.status_code != 503:
                outage.note_success()
        response.headers.setdefault("Cache-Control", "no-store, private")
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, TooOften):
            return errors.too_often(request, exception.minutes)
        return None


class ChosenLanguageMiddleware:
    """Indonesian unless the visitor chose English here.

    What the browser asks for is left aside: many phones in Indonesia speak English to owners
    who do not.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response
