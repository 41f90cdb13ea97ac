"""Where readers found nothing and which texts did not help them, over any stretch of days. Counts
of what nobody is known by.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet, Sum

from .models import Item, SearchCount, Vote
from .workflow import ItemState

# What one person searched once can be a name; it is nobody's gap yet.
SEARCHED = 2
BAD_VOTES, ENOUGH_VOTES, BAD_SHARE = 3, 5, 1 / 3
REASONS = 3
MOST = 25


@dataclass(frozen=True)
class Missed:
    """A search without a result: its stems, how somebody wrote it, how often."""

    key: str
    words: str
    count: int


@dataclass(frozen=True)
class Unhelpful:
    item: Item
    bad: int
    total: int
    reasons: list[str]

    @property
    def share(self) -> int:
        return round(100 * self.bad / self.total)


def missed_searches(since: date, until: date | None = None) -> QuerySet[SearchCount]:
    searches = SearchCount.objects.filter(day__gte=since, found=0)
    return searches.filter(day__lte=until) if until else searches


def missed(since: date, until: date | None = None, *, most: int = MOST) -> list[Missed]:
    """Searches without a result that have found nothing since, by the stems of their words."""
    found_since = SearchCount.objects.filter(
        key=OuterRef("key"), found__gt=0, day__gt=OuterRef("day")
    )
    rows = (
        missed_searches(since, until)
        .exclude(Exists(found_since))
        .values("key")
        .annotate(total=Sum("count"), example=Min("words"))
        .filter(total__gte=SEARCHED)
        .order_by("-total", "key")[:most]
    )
    return [Missed(row["key"], row["example"], row["total"]) for row in rows]


def unhelpful(
    since: date,
    until: date | None = None,
    *,
    items: QuerySet[Item] | None = None,
    most: int = MOST,
) -> list[Unhelpful]:
    """Live items that readers say did not help, since their present text is out; `items` says what
    to fetch of them.
    """
    votes = Vote.objects.filter(
        day__gte=since, item__state=ItemState.LIVE, item__published_at__date__lte=F("day")
    )
    if until:
        votes = votes.filter(day__lte=until)
    several = votes.filter(is_helpful=False).values("item").annotate(bad=Count("pk"))
    rows = list(
        votes.filter(item__in=several.filter(bad__gte=2).values("item"))
        .order_by()
        .values("item")
        .annotate(total=Count("pk"), bad=Count("pk", filter=Q(is_helpful=False)))
    )
    rows = [row for row in rows if is_bad(row["bad"], row["total"])]
    rows = sorted(rows, key=lambda row: (-row["bad"], row["item"]))[:most]
    if not rows:
        return []
    pks = [row["item"] for row in rows]
    found = (Item.objects.all() if items is None else items).in_bulk(pks)
    reasons: dict[int, list[str]] = {}
    said = votes.filter(item__in=pks, is_helpful=False).exclude(reason="").order_by("-pk")
    for pk, reason in said.values_list("item", "reason")[:500]:
        if reason not in reasons.setdefault(pk, []):
            reasons[pk].append(reason)
    return [
        Unhelpful(
            found[row["item"]], row["bad"], row["total"], reasons.get(row["item"], [])[:REASONS]
        )
        for row in rows
    ]


def is_bad(bad: int, total: int) -> bool:
    return bad >= BAD_VOTES or (total >= ENOUGH_VOTES and bad / total >= BAD_SHARE)
