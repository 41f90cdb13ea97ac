"""Limits on how often one address, or everybody together, may do something public.

One atomic statement a hit, so that parallel requests are counted exactly, on either database; an
address
is known only by a digest whose key changes every day, so that nothing can be traced back to a
person.
"""

from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.utils import timezone

from .crypto import keyed_digest
from .models import ThrottleWindow

EVERYBODY = "semua"


class TooOften(Exception):
    """A limit is reached; `minutes` says when to come back."""

    def __init__(self, minutes: int) -> None:
        self.minutes = minutes
        super().__init__(f"try again in {minutes} minutes")


def client_address(request: HttpRequest) -> str:
    """The visitor's address. X-Forwarded-For counts only as far as our own proxies wrote it."""
    hops = settings.TRUSTED_PROXY_HOPS
    if hops:
        chain = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
        if len(chain) >= hops and chain[-hops]:
            return chain[-hops][:45]
    return request.META.get("REMOTE_ADDR", "")


def hit(action: str, who: str, *, limit: int, minutes: int, at: datetime | None = None) -> None:
    """Count one hit; raises TooOften once there are more than `limit` in the current window."""
    if _count(action, who, minutes, at or timezone.now()) > limit * settings.RATE_LIMIT_FACTOR:
        raise TooOften(minutes)


def check(action: str, who: str, *, limit: int, minutes: int, at: datetime | None = None) -> None:
    """Raise TooOften if the limit is already reached, without counting."""
    if hits(action, who, minutes=minutes, at=at) >= limit * settings.RATE_LIMIT_FACTOR:
        raise TooOften(minutes)


def hits(action: str, who: str, *, minutes: int, at: datetime | None = None) -> int:
    """How often it happened in the current window."""
    key = _window_key(action, who, minutes, at or timezone.now())
    return ThrottleWindow.objects.filter(key=key).values_list("hits", flat=True).first() or 0


def _network(who: str) -> str:
    """An IPv6 visitor owns a whole /64 and could otherwise change the address with every try."""
    try:
        address = ip_address(who)
    except ValueError:
        return who
    return str(ip_network(f"{who}/64", strict=False)) if address.version == 6 else who


def _window_key(action: str, who: str, minutes: int, now: datetime) -> str:
    window = int(now.timestamp()) // (minutes * 60)
    return keyed_digest(f"throttle-{now:%Y-%m-%d}", f"{action}|{window}|{_network(who)}")


def _count(action: str, who: str, minutes: int, now: datetime) -> int:
    table = connection.ops.quote_name(ThrottleWindow._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (key, hits, expires_at) VALUES (%s, 1, %s) "  # noqa: S608 - our own table name
            f"ON CONFLICT (key) DO UPDATE SET hits = {table}.hits + 1 RETURNING hits",
            [_window_key(action, who, minutes, now), now + timedelta(minutes=minutes)],
        )
        return cursor.fetchone()[0]
