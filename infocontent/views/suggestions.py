"""Answers before something is sent. Nothing that is typed here is kept, counted or logged."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from office import throttle

from .. import actions, suggesting
from ..models import Item


# Posted, though it only reads: what somebody is about to complain of stands in no address, and so
# in no log, history or proxy on the way.
@require_POST
def suggest(request: HttpRequest) -> HttpResponse:
    throttle.hit("saran", throttle.client_address(request), limit=2000, minutes=60)
    offered = suggesting.suggest(
        request.POST.get("subject", ""), topic=request.POST.get("topic", ""), is_typing=True
    )
    return render(request, "infocontent/_suggestions.html", {"suggestions": offered})


@require_http_methods(["GET", "HEAD", "POST"])
def answered(request: HttpRequest) -> HttpResponse:
    """It answered somebody: one more for the text, and a way back to what was being filled in."""
    typed = request.POST if request.method == "POST" else request.GET
    back = _own_address(typed.get("kembali", ""))
    if request.method != "POST":
        return render(request, "infocontent/answered.html", {"back": back})
    throttle.hit("terjawab", throttle.client_address(request), limit=120, minutes=60)
    slug = request.POST.get("slug", "")[:60].replace("\x00", "")
    actions.count_deflection(get_object_or_404(Item.objects.published(), slug=slug))
    if "HX-Request" in request.headers:
        return render(request, "infocontent/_answered.html")
    query = f"?{urlencode({'kembali': back})}" if back else ""
    return redirect(f"{reverse('infocontent:answered')}{query}")


def _own_address(address: str) -> str:
    """The address if it is one of this portal's pages, else nothing."""
    is_own = address.startswith("/") and url_has_allowed_host_and_scheme(
        address, allowed_hosts=None
    )
    return address if is_own and len(address) <= 100 else ""
