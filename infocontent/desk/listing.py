"""What the team's list says about each item, in a fixed number of queries."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from office.calendar import today

from ..models import DailyCount, Item, ItemQuerySet, Version, Vote
from ..models.item import REVIEW_NOTICE
from ..workflow import OPEN, ItemState

CARD = (
    "title",
    "kind",
    "state",
    "slug",
    "published_at",
    "expires_at",
    "review_by",
    "needs_check",
    "changed_at",
    "topic__name",
    "owner__first_name",
    "owner__last_name",
    "owner__username",
)


def for_list(items: ItemQuerySet) -> ItemQuerySet:
    """Without the texts, with the version under work and the counts of readers."""
    open_versions = Version.objects.filter(state__in=OPEN).only(
        "number", "state", "publish_at", "item"
    )
    return with_counts(
        items.select_related("topic", "owner")
        .only(*CARD)
        .prefetch_related(Prefetch("versions", open_versions, to_attr="open_ones"))
    )


def with_counts(items: ItemQuerySet) -> ItemQuerySet:
    """`votes_yes`, `votes_all`, `uses`, `scans`, `deflections`, each a scalar of its own."""
    what = DailyCount.What
    return items.annotate(
        votes_yes=_votes(Count("pk", filter=Q(is_helpful=True))),
        votes_all=_votes(Count("pk")),
        uses=_sum(what.USE),
        scans=_sum(what.SCAN),
        deflections=_sum(what.DEFLECTION),
    )


def _votes(number: Count) -> Coalesce:
    votes = Vote.objects.filter(item=OuterRef("pk")).order_by().values("item")
    return _scalar(votes.annotate(n=number).values("n"))


def _sum(what: str) -> Coalesce:
    counts = DailyCount.objects.filter(item=OuterRef("pk"), what=what).order_by().values("item")
    return _scalar(counts.annotate(n=Sum("count")).values("n"))


def _scalar(rows: QuerySet) -> Coalesce:
    return Coalesce(Subquery(rows, output_field=IntegerField()), 0)


@dataclass(frozen=True)
class Row:
    """One item of the list; `version` is the one under work."""

    item: Item
    version: Version | None
    share: int | None
    review_tone: str


def rows(items: list[Any]) -> list[Row]:
    return [
        Row(item, next(iter(item.open_ones), None), share(item), review_tone(item))
        for item in items
    ]


def share(item: Any) -> int | None:
    """How many of a hundred votes say that it helped; None while nobody has voted."""
    return round(100 * item.votes_yes / item.votes_all) if item.votes_all else None


def review_tone(item: Item) -> str:
    """The word that the stylesheet knows for how near the next look is."""
    if item.state != ItemState.LIVE or item.review_by is None:
        return ""
    if item.is_past_review():
        return "lewat"
    return "segera" if item.review_by <= today() + REVIEW_NOTICE else "aman"
