"""What the office published, each on a page of its own with an address to scan."""

from io import BytesIO

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from .models import Item


@require_safe
@cache_control(private=True, no_cache=True)
def item(request: HttpRequest, slug: str) -> HttpResponse:
    shown = _published(slug)
    return render(request, "infocontent/item.html", {"item": shown, "address": _address(shown)})


@require_safe
@cache_control(private=True, no_cache=True)
def qr(request: HttpRequest, slug: str) -> HttpResponse:
    """The address of the page as a picture for the phone's camera."""
    picture = BytesIO()
    code = segno.make_qr(_address(_published(slug)), error="m")
    code.save(picture, kind="svg", scale=4, border=2)
    return HttpResponse(picture.getvalue(), content_type="image/svg+xml")


def _published(slug: str) -> Item:
    return get_object_or_404(Item.objects.published().select_related("topic__parent"), slug=slug)


def _address(item: Item) -> str:
    return settings.SITE_URL + item.get_absolute_url()
