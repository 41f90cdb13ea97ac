"""The pages that belong to no single kind of case, and the addresses for machines."""

from django.conf import settings
from django.db import Error, connection
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from cases.models import PrivacyNotice
from infocontent.models import Item
from infocontent.useful import most_useful

# The item that an office begins with; its address is kept when it is renamed.
STATEMENT = "aksesibilitas-portal"
ROBOTS = """User-agent: *
Disallow: /admin/
Disallow: /lacak/
Disallow: /bahasa/
Disallow: /informasi/pratinjau/

Sitemap: {sitemap}
"""


@require_safe
@cache_control(private=True, no_cache=True)
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "home.html", {"useful": most_useful()})


@require_safe
@cache_control(private=True, no_cache=True)
def privacy(request: HttpRequest) -> HttpResponse:
    notice = PrivacyNotice.objects.in_force()
    text = notice and ((get_language() == "en" and notice.text_en) or notice.text)
    return render(request, "privacy.html", {"notice": notice, "text": text})


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The statement has a short address of its own on every page, wherever the library keeps it."""
    named = Q(slug=STATEMENT) | Q(old_slugs__slug=STATEMENT)
    statement = Item.objects.published().filter(named).first()
    return redirect(statement or f"{reverse('infocontent:index')}?q=aksesibilitas")


@require_safe
@cache_control(public=True, max_age=86400)
def robots(request: HttpRequest) -> HttpResponse:
    sitemap = settings.SITE_URL + reverse("sitemap")
    return HttpResponse(ROBOTS.format(sitemap=sitemap), content_type="text/plain")


@require_safe
@cache_control(public=True, max_age=86400)
def favicon(request: HttpRequest) -> HttpResponse:
    return HttpResponseRedirect(static("img/favicon.ico"))


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers; a database outage is not a reason to restart it."""
    return HttpResponse("ok", content_type="text/plain")


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return HttpResponse("database unavailable", content_type="text/plain", status=503)
    return HttpResponse("ok", content_type="text/plain")
