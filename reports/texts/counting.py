"""Counts the words of a month's cases, reviews and comments; run every night for what may have
changed.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from hashlib import blake2b
from itertools import chain

from django.db import transaction
from django.db.models import Max, Min
from django.utils import timezone

from cases.marks import joined
from cases.models import Case
from cases.models.redaction import MARK
from channels.models import Comment
from office.calendar import today as office_today

from ..period import Period
from .models import PhraseCount, TextMonth
from .reading import Reader

# What fewer different texts say could be about somebody, and is kept nowhere.
LEAST_TEXTS = 3
# So many phrases of a month are kept for all topics together, and for each topic.
MOST, MOST_OF_A_TOPIC = 3_000, 300
# In a very large month, what stood in one text only is forgotten after every so many.
FORGET_AFTER = 20_000
CHUNK = 2_000


@dataclass
class Tally:
    """The phrases of one topic, or of all: how many were read, a few of the texts, and the ways of
    writing.
    """

    read: int = 0
    n: Counter[str] = field(default_factory=Counter)
    texts: dict[str, set[bytes]] = field(default_factory=lambda: defaultdict(set))
    written: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def add(self, phrases: dict[str, str], text: bytes) -> None:
        self.read += 1
        for phrase, written in phrases.items():
            self.n[phrase] += 1
            self.written[phrase][written] += 1
            if len(self.texts[phrase]) < LEAST_TEXTS:
                self.texts[phrase].add(text)
        if self.read % FORGET_AFTER == 0:
            for phrase in [phrase for phrase, n in self.n.items() if n == 1]:
                del self.n[phrase], self.texts[phrase], self.written[phrase]

    def kept(self, most: int) -> tuple[list[tuple[str, str, int]], int]:
        """(phrase, as most people write it, n) and how often the last one stands if more did."""
        told = [
            (phrase, self.written[phrase].most_common(1)[0][0], n)
            for phrase, n in self.n.items()
            if len(self.texts[phrase]) >= LEAST_TEXTS
        ]
        told.sort(key=lambda row: (-row[2], row[0]))
        return told[:most], told[most - 1][2] if len(told) > most else 0


def count_month(month: date, *, at: datetime | None = None) -> int:
    """Count one month anew; says how many texts were read.

    Confidential cases are left out altogether, and those that name an officer: the words are shown
    to whom they name, too. Redacted texts have no words. What became a case counts as that, or not
    at all where the case is left out.
    """
    month, reader = month.replace(day=1), Reader()
    tallies: dict[int | None, Tally] = defaultdict(Tally, {None: Tally()})
    for topic, text in chain(_texts_of_cases(month), _texts_of_comments(month)):
        phrases, digest = reader.phrases(text), _digest(text)
        tallies[None].add(phrases, digest)
        if topic is not None:
            tallies[topic].add(phrases, digest)
    _replace(month, tallies, at or timezone.now())
    return tallies[None].read


def count_recent(*, at: datetime | None = None) -> int:
    """The running month and the one before: topics are put right for some weeks."""
    day = office_today(at)
    this_month = day.replace(day=1)
    last_month = (this_month - timedelta(days=1)).replace(day=1)
    return count_month(last_month, at=at) + count_month(this_month, at=at)


def months_with_texts() -> Iterator[date]:
    """Every month from the first case or comment to the last one."""
    cases = Case.objects.aggregate(first=Min("received_at"), last=Max("received_at"))
    ends = [office_today(at).replace(day=1) for at in cases.values() if at]
    comments = Comment.objects.aggregate(first=Min("month"), last=Max("month"))
    ends += [month for month in comments.values() if month]
    if not ends:
        return
    month = min(ends)
    while month <= max(ends):
        yield month
        month = Period(month.year, month.month).first_after


def stale_months() -> list[date]:
    """Months with texts that were never counted, or got comments from a file since."""
    counted = dict(TextMonth.objects.filter(topic=None).values_list("month", "counted_at"))
    imported = dict(
        Comment.objects.order_by().values_list("month").annotate(newest=Max("imported_at"))
    )
    return [
        month
        for month in months_with_texts()
        if month not in counted or (month in imported and imported[month] > counted[month])
    ]


def _texts_of_cases(month: date) -> Iterator[tuple[int | None, str]]:
    period = Period(month.year, month.month)
    cases = (
        Case.objects.for_word_lists()
        .filter(received_at__gte=period.begins_at, received_at__lt=period.ends_at)
        .exclude(narrative=MARK)
        .order_by()
    )
    for topic, subject, narrative in cases.values_list("topic_id", "subject", "narrative").iterator(
        CHUNK
    ):
        yield topic, joined(subject, narrative)


def _texts_of_comments(month: date) -> Iterator[tuple[int | None, str]]:
    comments = Comment.objects.filter(month=month, case=None).exclude(text=MARK).order_by()
    yield from comments.values_list("topic_id", "text").iterator(CHUNK)


@transaction.atomic
def _replace(month: date, tallies: dict[int | None, Tally], at: datetime) -> None:
    PhraseCount.objects.filter(month=month).delete()
    TextMonth.objects.filter(month=month).delete()
    for topic, tally in tallies.items():
        kept, least = tally.kept(MOST if topic is None else MOST_OF_A_TOPIC)
        TextMonth.objects.create(
            month=month, topic_id=topic, n=tally.read, least=least, counted_at=at
        )
        PhraseCount.objects.bulk_create(_rows(month, topic, kept), batch_size=1_000)


def _rows(
    month: date, topic: int | None, kept: Iterable[tuple[str, str, int]]
) -> Iterator[PhraseCount]:
    for phrase, written, n in kept:
        yield PhraseCount(
            month=month,
            topic_id=topic,
            phrase=phrase[:130],
            written=written[:130],
            size=phrase.count(" ") + 1,
            n=n,
        )


def _digest(text: str) -> bytes:
    return blake2b(" ".join(text.lower().split()).encode(), digest_size=8).digest()
