"""Which answers help most, for pages that can name only a few."""

from collections import Counter
from datetime import timedelta

from django.core.cache import cache
from django.db.models import Count, Sum
from django.utils import timezone

from office.calendar import today

from .models import DailyCount, Item, Kind, Vote

# What helped in the last season; the ranking itself may be some minutes old, the texts never.
SEASON = timedelta(days=90)
KEPT_SECONDS = 300
# Some of those ranked may be archived a moment later.
MOST = 24


def most_useful(number: int = 6) -> list[Item]:
    """The published answers that spared people a form, helped an officer or got a yes; one query
    while the ranking is remembered.
    """
    ranking: list[int] | None = cache.get("useful-answers")
    if ranking is None:
        ranking = _ranking()
        cache.set("useful-answers", ranking, KEPT_SECONDS)
    answers = (
        Item.objects.published()
        .filter(pk__in=ranking)
        .select_related("topic")
        .only("slug", "kind", "title", "title_en", "topic__name", "topic__name_en")
    )
    return sorted(answers, key=lambda item: ranking.index(item.pk))[:number]


def _ranking() -> list[int]:
    since = today() - SEASON
    points: Counter[int] = Counter()
    counted = DailyCount.objects.filter(
        day__gte=since, what__in=[DailyCount.What.DEFLECTION, DailyCount.What.USE]
    )
    for pk, times in counted.values_list("item").annotate(Sum("count")):
        points[pk] += times
    voted = Vote.objects.filter(day__gte=since).values_list("item", "is_helpful")
    for pk, is_helpful, times in voted.annotate(Count("pk")).order_by():
        points[pk] += times if is_helpful else -times
    published = Item.objects.published(timezone.now()).filter(kind=Kind.FAQ)
    useful = [pk for pk, times in points.most_common() if times > 0]
    helpful = set(published.filter(pk__in=useful[: 4 * MOST]).values_list("pk", flat=True))
    first = [pk for pk in useful if pk in helpful][:MOST]
    newest = published.order_by("-published_at", "pk").values_list("pk", flat=True)[:MOST]
    return list(dict.fromkeys([*first, *newest]))[:MOST]
