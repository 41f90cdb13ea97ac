"""Pages of the library stay in the reader's browser for a minute, and are sent anew only when
something has changed.

They carry a form token that differs with every answer, so the ETag is made from what a page depends
on and not from its bytes; one query, and one more after a change.
"""

import functools
import hashlib
from bisect import bisect_right
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.cache import cache
from django.db import connection
from django.db.models import Model, Subquery
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.views.decorators.http import condition, require_safe
from django.views.decorators.vary import vary_on_cookie

from office.calendar import today
from office.models import Office

from .models import Announcement, ContentEvent, Item, PublicInformation, Tariff
from .workflow import ItemState

MAX_AGE = 60
MESSAGES_COOKIE = "messages"

View = Callable[..., HttpResponse]


def library_page(view: View, also: Callable[[], object] = lambda: None) -> View:
    """A public page that is only read. Staff and a reader who is being told something get it anew
    every time. `also` tells the state of whatever else the page shows.
    """
    kept = condition(etag_func=functools.partial(_etag, also))(view)

    @functools.wraps(view)
    @require_safe
    @vary_on_cookie
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated or MESSAGES_COOKIE in request.COOKIES:
            response = view(request, *args, **kwargs)
            caching: dict[str, Any] = {"no_cache": True}
        else:
            response = kept(request, *args, **kwargs)
            caching = {"max_age": MAX_AGE}
        if not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, **caching)
        return response

    return page


def _etag(also: Callable[[], object], request: HttpRequest, *args: object, **kwargs: object) -> str:
    now = timezone.now()
    depends_on = [
        request.get_full_path(),
        get_language(),
        request.COOKIES.get(settings.CSRF_COOKIE_NAME, ""),
        today(now).isoformat(),
        getattr(staticfiles_storage, "manifest_hash", ""),
        *_state(now),
        also(),
    ]
    return f'"{hashlib.sha256(repr(depends_on).encode()).hexdigest()[:32]}"'


def _state(now: datetime) -> list[object]:
    """What tells that something was published, changed or withdrawn: every verb leaves an event,
    every table in the admin a log entry; and time itself begins and ends things.
    """
    sql, params = _stamps()
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        stamps = cursor.fetchone()
    shown = [announcement.pk for announcement in Announcement.objects.on_show(now)]
    return [stamps, shown, bisect_right(_ends(stamps), now)]


@functools.cache
def _stamps() -> tuple[str, tuple[Any, ...]]:
    """The query that every page begins with, put together once."""
    listed = PublicInformation.objects.order_by("-updated_at").values("updated_at")
    rows = Office.objects.order_by("pk").values_list(
        _newest(ContentEvent),
        _newest(LogEntry),
        _newest(Item),
        _newest(Tariff),
        _newest(PublicInformation),
        Subquery(listed[:1]),
    )
    return rows[:1].query.sql_with_params()


def _ends(stamps: object) -> list[datetime]:
    """When live items end, in order. Only an event changes that, so it is read once for each state
    and kept in memory: it would be a look at every item.
    """
    kept_for, ends = cache.get("library-ends", (None, []))
    if kept_for != stamps:
        ending = Item.objects.filter(state=ItemState.LIVE, expires_at__isnull=False)
        ends = list(ending.order_by("expires_at").values_list("expires_at", flat=True))
        cache.set("library-ends", (stamps, ends), None)
    return ends


def _newest(model: type[Model]) -> Subquery:
    return Subquery(model._default_manager.order_by("-pk").values("pk")[:1])
