"""What is new, for feed readers; and every public address, for search engines. Links are built from
SITE_URL and never from the Host header.
"""

from collections.abc import Iterator
from datetime import datetime
from io import StringIO
from xml.sax.xmlreader import AttributesImpl

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.xmlutils import SimplerXMLGenerator

from office.models import Office

from ..caching import library_page
from ..markdown import one_line
from ..models import Announcement, Document, Item, Kind, PublicInformation
from ..topics import shelves

NEWEST = 30
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
# What the protocol allows in one file.
MOST_ADDRESSES = 50_000
FIXED = (
    "home",
    "infocontent:index",
    "infocontent:tariffs",
    "infocontent:dip",
    "infocontent:exclusions",
    "announcements:index",
    "reports:index",
    "statistics:index",
    "complaints:start",
    "inforequests:start",
    "questions:start",
    "yankomas:about",
    "privacy",
)

Address = tuple[str, datetime | None]


class _Newest(Feed[Document, None]):
    """Items and announcements; what the search keeps of them is all that a reader needs."""

    feed_type = Rss201rev2Feed

    def title(self) -> str:
        what = _("informasi dan pengumuman")
        return f"{one_line(Office.objects.current().short_name)}: {what}"

    def description(self) -> str:
        return _("Bahan informasi dan pengumuman terbaru.")

    def link(self) -> str:
        return settings.SITE_URL + reverse("infocontent:index")

    def feed_url(self) -> str:
        return settings.SITE_URL + reverse("infocontent:rss")

    def items(self) -> list[Document]:
        newest = Document.objects.visible().exclude(kind=Document.DIP).order_by("-visible_from")
        return list(newest[:NEWEST])

    def item_title(self, item: Document) -> str:
        return item.title

    def item_description(self, item: Document) -> str:
        # Feed readers take it for HTML.
        return escape(Truncator(item.text).chars(300))

    def item_link(self, item: Document) -> str:
        return settings.SITE_URL + item.address

    def item_pubdate(self, item: Document) -> datetime:
        return item.visible_from

    def item_categories(self, item: Document) -> list[str | Promise]:
        return [item.kind_label]


@library_page
def rss(request: HttpRequest) -> HttpResponse:
    return _Newest()(request)


@library_page
def sitemap(request: HttpRequest) -> HttpResponse:
    out = StringIO()
    xml = SimplerXMLGenerator(out, "utf-8")
    xml.startDocument()
    xml.startElement("urlset", AttributesImpl({"xmlns": SITEMAP}))
    for _number, (address, changed_at) in zip(range(MOST_ADDRESSES), _addresses(), strict=False):
        xml.startElement("url", AttributesImpl({}))
        xml.addQuickElement("loc", settings.SITE_URL + address)
        if changed_at:
            xml.addQuickElement("lastmod", timezone.localdate(changed_at).isoformat())
        xml.endElement("url")
    xml.endElement("urlset")
    xml.endDocument()
    return HttpResponse(out.getvalue(), content_type="application/xml")


def _addresses() -> Iterator[Address]:
    for name in FIXED:
        yield reverse(name), None
    for kind in Kind:
        yield reverse(f"infocontent:kind_{kind.value}"), None
    for shelf in shelves():
        for topic in (shelf.group, *(leaf for leaf, _number in shelf.leaves)):
            yield reverse("infocontent:topic", args=[topic.code]), None
    # Ten thousand look-ups of one pattern would take most of a second.
    library = reverse("infocontent:index")
    items = Item.objects.published().order_by("pk").values_list("slug", "changed_at")
    for slug, changed_at in items:
        yield f"{library}{slug}/", changed_at
    for announcement in Announcement.objects.begun().order_by("pk"):
        yield announcement.get_absolute_url(), announcement.changed_at
    for row in PublicInformation.objects.listed().only("number", "updated_at"):
        yield row.get_absolute_url(), row.updated_at
