"""What readers leave behind: a vote, a scan, an answer found before a form was sent."""

import re
from datetime import datetime

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from office.calendar import today
from office.crypto import keyed_digest
from office.texts import tidy

from ..models import DailyCount, Item, SearchCount, Vote
from ..search import Results

# A number that long is somebody's: NIK, passport, telephone; however its groups are kept apart.
LONG_NUMBER = re.compile(r"\d(?:[\W_]{0,3}\d){3,}")
# In a sentence, shorter ones are prices and years.
PERSONAL_NUMBER = re.compile(r"\d(?:[\W_]{0,3}\d){6,}")
# An e-mail address, or a name in a network.
ACCOUNT = re.compile(r"\S*[@\uff20]\S*")


def vote(
    item: Item, *, visitor: str, is_helpful: bool, reason: str = "", at: datetime | None = None
) -> bool:
    """Count one answer to "membantu?"; False if this visitor answered today already.

    `visitor` is whatever tells visitors apart (address and browser); only a digest of the day
    stays.
    """
    day = today(at or timezone.now())
    voter = keyed_digest(f"vote-{day:%Y-%m-%d}", f"{item.pk}|{visitor}")
    try:
        with transaction.atomic():
            Vote.objects.create(
                item=item,
                day=day,
                voter=voter,
                is_helpful=is_helpful,
                reason="" if is_helpful else _without_persons(reason)[:300],
            )
    except IntegrityError:
        return False
    return True


@transaction.atomic
def count_scan(item: Item, *, at: datetime | None = None) -> None:
    """Somebody followed the printed code."""
    _count([item.pk], DailyCount.What.SCAN, at)


@transaction.atomic
def count_deflection(item: Item, *, at: datetime | None = None) -> None:
    """A reader said "that answered it" and filed nothing; what was typed is not kept."""
    _count([item.pk], DailyCount.What.DEFLECTION, at)


def count_uses(items: list[Item], *, at: datetime | None = None) -> None:
    """An answer that points at them was sent. In the transaction of that answer."""
    _count([item.pk for item in items], DailyCount.What.USE, at)


def count_search(results: Results, *, at: datetime | None = None) -> None:
    """Count what was searched and whether anything was found; long numbers are never kept, nor is
    a search with somebody's account in it.
    """
    key = LONG_NUMBER.sub("…", results.key)[:120]
    if not key or ACCOUNT.search(results.query):
        return
    # One statement: a search is a page that is read, and is to cost no more than that.
    table = connection.ops.quote_name(SearchCount._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (key, day, words, found, count) VALUES (%s, %s, %s, %s, 1) "  # noqa: S608 - our own table name
            f"ON CONFLICT (key, day) DO UPDATE SET count = {table}.count + 1, "
            "found = excluded.found",
            [
                key,
                connection.ops.adapt_datefield_value(today(at or timezone.now())),
                LONG_NUMBER.sub("…", results.query)[:120],
                results.total,
            ],
        )


def _without_persons(reason: str) -> str:
    return PERSONAL_NUMBER.sub("…", ACCOUNT.sub("…", tidy(reason)))


def _count(item_ids: list[int], what: str, at: datetime | None) -> None:
    DailyCount.objects.add(item_ids, what, today(at or timezone.now()))
