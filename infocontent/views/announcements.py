"""What the office tells everybody: what holds now, and what was told before."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from ..caching import library_page
from ..markdown import render as to_html
from ..models import Announcement

PER_PAGE = 20


@library_page
def index(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    past = Paginator(Announcement.objects.past(now), PER_PAGE)
    context = {
        "current": Announcement.objects.current(now),
        "page": past.get_page(request.GET.get("hal")),
        # The list says it all; the banner above it would say it twice.
        "banner": [],
    }
    return render(request, "infocontent/announcement_list.html", context)


@library_page
def one(request: HttpRequest, slug: str) -> HttpResponse:
    now = timezone.now()
    announcement = get_object_or_404(Announcement.objects.begun(now), slug=slug)
    context = {
        "announcement": announcement,
        "is_current": announcement.is_current(now),
        "body": to_html(announcement.text),
        "banner": [
            other for other in Announcement.objects.on_show(now) if other.pk != announcement.pk
        ],
    }
    return render(request, "infocontent/announcement.html", context)
