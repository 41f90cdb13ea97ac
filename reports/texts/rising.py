"""What is written about more than before: one month beside the three months before it.

The measure: (n + 3) / (expected + 3), where expected is the mean of the three months before, raised
by as much as there are more texts in all. The 3 keeps what is rare from leading the list, and a
month with more texts does not make everything rise. Listed from 5 texts and 1.5 times on.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from infocontent.models import Topic

from .models import PhraseCount, TextMonth, is_within

MONTHS_BEFORE = 3
SMOOTHING = 3
LEAST_CASES = 5
LEAST_RISE = 1.5


@dataclass(frozen=True)
class RisingPhrase:
    """`before` is the mean of the three months before; `topic` the one that most texts have."""

    phrase: str
    n: int
    before: float
    topic: Topic | None
    key: str = ""


@dataclass(frozen=True)
class RisingTopic:
    topic: Topic
    n: int
    before: float


def rising_phrases(month: date, limit: int = 10) -> list[RisingPhrase]:
    """The phrases of the month that rose most; empty where nothing before it was counted. 4
    queries.
    """
    month = month.replace(day=1)
    totals = {row.month: row for row in _months(month).filter(topic=None)}
    earlier = [totals[one] for one in months_before(month) if one in totals]
    if month not in totals or not any(row.n for row in earlier):
        return []
    growth = _growth(totals[month].n, [row.n for row in earlier])
    now: dict[str, PhraseCount] = {}
    before: dict[str, float] = defaultdict(float)
    seen: dict[str, int] = defaultdict(int)
    rows = PhraseCount.objects.filter(topic=None, month__in=[month, *months_before(month)])
    for row in rows:
        if row.month == month:
            now[row.phrase] = row
        else:
            before[row.phrase] += row.n
            seen[row.phrase] += 1
    # What was too rare to be kept stood there up to twice, or as often as the last that was kept.
    missing = max(1, *(row.least for row in earlier))
    risen = []
    for phrase, row in now.items():
        at_most = before[phrase] + missing * (len(earlier) - seen[phrase])
        rise = _rise(row.n, at_most / len(earlier), growth)
        if row.n >= LEAST_CASES and rise >= LEAST_RISE:
            risen.append((rise, row, before[phrase] / len(earlier)))
    risen.sort(key=lambda one: (-one[0], -one[1].n, -one[1].size, one[1].phrase))
    told = _without_parts(risen, limit)
    topics = _topics_of(month, [row.phrase for _rise, row, _mean in told])
    return [
        RisingPhrase(row.written, row.n, mean, topics.get(row.phrase), row.phrase)
        for _rise, row, mean in told
    ]


def rising_topics(month: date, limit: int = 10) -> list[RisingTopic]:
    """The topics of the month that rose most, by the same measure; 1 query."""
    month = month.replace(day=1)
    counts: dict[int | None, dict[date, int]] = defaultdict(dict)
    topics: dict[int, Topic] = {}
    for row in _months(month).select_related("topic"):
        counts[row.topic_id][row.month] = row.n
        if row.topic is not None:
            topics[row.topic.pk] = row.topic
    totals = counts.pop(None, {})
    earlier = [one for one in months_before(month) if one in totals]
    if not any(totals[one] for one in earlier):
        return []
    growth = _growth(totals.get(month, 0), [totals[one] for one in earlier])
    risen = []
    for pk, by_month in counts.items():
        n = by_month.get(month, 0)
        mean = sum(by_month.get(one, 0) for one in earlier) / len(earlier)
        rise = _rise(n, mean, growth)
        if pk is not None and n >= LEAST_CASES and rise >= LEAST_RISE:
            risen.append((rise, RisingTopic(topics[pk], n, mean)))
    risen.sort(key=lambda one: (-one[0], -one[1].n, one[1].topic.pk))
    return [one for _rise, one in risen[:limit]]


def months_before(month: date) -> list[date]:
    found = []
    for _ in range(MONTHS_BEFORE):
        month = (month - timedelta(days=1)).replace(day=1)
        found.append(month)
    return found


def _months(month: date) -> QuerySet[TextMonth]:
    return TextMonth.objects.filter(month__in=[month, *months_before(month)])


def _growth(now: int, earlier: list[int]) -> float:
    """How many times as many texts there are as before, where there are more."""
    return max(1.0, now * len(earlier) / max(sum(earlier), 1))


def _rise(n: int, before: float, growth: float) -> float:
    return (n + SMOOTHING) / (before * growth + SMOOTHING)


def _without_parts(
    risen: list[tuple[float, PhraseCount, float]], limit: int
) -> list[tuple[float, PhraseCount, float]]:
    told: list[tuple[float, PhraseCount, float]] = []
    for one in risen:
        row = one[1]
        is_part = any(is_within(row, other) for _rise, other, _mean in risen)
        # Nor twice what overlaps by two of three words.
        overlaps = any(
            len({*row.phrase.split()} & {*other.phrase.split()}) >= 2 for _r, other, _m in told
        )
        if not is_part and not overlaps:
            told.append(one)
        if len(told) == limit:
            break
    return told


def _topics_of(month: date, phrases: list[str]) -> dict[str, Topic]:
    rows = PhraseCount.objects.filter(month=month, phrase__in=phrases).exclude(topic=None)
    found: dict[str, Topic] = {}
    for row in rows.select_related("topic").order_by("-n", "topic"):
        if row.topic is not None:
            found.setdefault(row.phrase, row.topic)
    return found
