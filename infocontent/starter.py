"""What an office begins with: texts published without two people, because nobody of the office
wrote them, prices, its list of public information, and words of citizens. What is not certain is
marked for checking.
"""

import secrets
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction

from office.calendar import today

from . import search
from .actions.publishing import REVIEW_AFTER
from .addresses import new_short_code
from .models import Item, PublicInformation, Synonym, Tariff, Topic, Version, content_of
from .workflow import ItemState, VersionState

Rows = Iterable[dict[str, Any]]


@transaction.atomic
def publish_starter(rows: Rows, *, at: datetime) -> int:
    """Make items from plain rows (topic by code, dates as ISO text); says how many."""
    topics = _topics()
    items = [_item(row, topics, at) for row in rows]
    Item.objects.bulk_create(items)
    Version.objects.bulk_create(
        Version(
            **content_of(item),
            item=item,
            number=1,
            state=VersionState.LIVE,
            note="Teks awal",
            saved_at=at,
            live_at=at,
            review_by=item.review_by,
            preview_token=secrets.token_urlsafe(32),
        )
        for item in items
    )
    search.rebuild()
    return len(items)


def add_tariffs(rows: Rows) -> int:
    """The prices of things that the office has no price for yet."""
    topics, has = _topics(), set(Tariff.objects.values_list("code", flat=True))
    return len(
        Tariff.objects.bulk_create(
            Tariff(
                **{
                    **row,
                    "topic": topics[row["topic"]],
                    "valid_from": date.fromisoformat(row["valid_from"]),
                },
                order=order,
            )
            for order, row in enumerate(rows)
            if row["code"] not in has
        )
    )


def add_public_information(rows: Rows, *, at: datetime) -> int:
    """A first list of public information (DIP)."""
    topics = _topics()
    return len(
        PublicInformation.objects.bulk_create(
            PublicInformation(
                **{**row, "topic": topics[row["topic"]] if "topic" in row else None},
                updated_at=at,
            )
            for row in rows
        )
    )


def add_synonyms(words: dict[str, str]) -> int:
    """Words as citizens write them, and the office's words for them."""
    return len(
        Synonym.objects.bulk_create(
            Synonym(word=word, means=means) for word, means in words.items()
        )
    )


def _topics() -> dict[str, Topic]:
    return {topic.code: topic for topic in Topic.objects.all()}


def _item(row: dict[str, Any], topics: dict[str, Topic], at: datetime) -> Item:
    dates = {
        name: date.fromisoformat(row[name]) for name in ("valid_from", "checked_on") if name in row
    }
    return Item(
        **{**row, **dates, "topic": topics[row["topic"]]},
        short_code=new_short_code(),
        state=ItemState.LIVE,
        published_at=at,
        first_published_at=at,
        created_at=at,
        changed_at=at,
        review_by=today(at) + REVIEW_AFTER,
    )
