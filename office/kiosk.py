"""A browser that a member of staff has made a kiosk: a signed cookie says so."""

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from .staff import staff

COOKIE_AGE = 400 * 24 * 3600


def install(
    request: HttpRequest, *, cookie: str, duty: str, template: str, kiosk: str
) -> HttpResponse:
    """Done once by a member of staff who is logged in; leads to the kiosk's own page."""
    user = request.user
    if not user.is_authenticated or not staff(request).may(duty):
        return redirect_to_login(request.path)
    if request.method != "POST":
        return render(request, template)
    response = redirect(kiosk)
    response.set_signed_cookie(
        cookie,
        "1",
        salt=cookie,
        max_age=COOKIE_AGE,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )
    return response


def is_installed(request: HttpRequest, cookie: str) -> bool:
    return bool(request.get_signed_cookie(cookie, "", salt=cookie, max_age=COOKIE_AGE))
