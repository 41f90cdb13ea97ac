"""Error pages. Those for a broken system or request are static: no request, no database."""

import sys

from django.db import DataError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader

from . import outage

RETRY_AFTER_SECONDS = 60


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler400. Reading request.POST here would raise again what brought the request here."""
    return HttpResponse(loader.get_template("errors/400.html").render(), status=400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/403.html", status=403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """handler500: also where a lost database ends, be it in a view, a template or the session."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        outage.note_failure()
        return unavailable(request)
    if isinstance(sys.exc_info()[1], DataError):
        # A sign that PostgreSQL cannot store, such as NUL in an address: the request is at fault.
        return HttpResponse(loader.get_template("errors/400.html").render(), status=400)
    return HttpResponse(loader.get_template("errors/500.html").render(), status=500)


def unavailable(request: HttpRequest) -> HttpResponse:
    if hasattr(request, "session"):
        # Saving the session on the way out would wait for the same database once more.
        request.session.modified = False
    return HttpResponse(
        loader.get_template("errors/503.html").render(),
        status=503,
        headers={"Retry-After": str(RETRY_AFTER_SECONDS)},
    )


def too_often(request: HttpRequest, minutes: int) -> HttpResponse:
    response = render(request, "errors/429.html", {"minutes": minutes}, status=429)
    response.headers["Retry-After"] = str(minutes * 60)
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "errors/403.html", {"csrf": True}, status=403)
