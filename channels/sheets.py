"""The sheet of a day or of a month as it is filled in: topics down, channels across."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Count
from django.utils import timezone

from infocontent.models import Topic

from .actions.tallying import Figures, figures
from .models import Comment, Contact, Tally, TallyMonth
from .vocabulary import COUNTED_BY_ITSELF, ContactChannel

Row = Topic | None


@dataclass
class Sheet:
    """`day` None: the whole month. `group` None: the groups of topics, otherwise its own topics."""

    month: date
    day: date | None
    group: Topic | None = None
    wants_all_channels: bool = False

    @cached_property
    def version(self) -> int:
        found = TallyMonth.objects.filter(month=self.month).values_list("version", flat=True)
        return found.first() or 0

    @cached_property
    def figures(self) -> Figures:
        return figures(self.month, self.day)

    @cached_property
    def elsewhere(self) -> Counter[str]:
        """Totals of the channels that are told the other way this month: not to be filled in."""
        rows = Tally.objects.filter(month=self.month)
        rows = rows.filter(day=None) if self.day else rows.exclude(day=None)
        found: Counter[str] = Counter()
        for channel, count in rows.order_by().values_list("channel", "count"):
            found[channel] += count
        return found

    @cached_property
    def one_by_one(self) -> Counter[str]:
        """Contacts and comments that are written down singly: counted already."""
        found: Counter[str] = Counter()
        for rows in (Contact.objects.counted(), Comment.objects.all()):
            rows = rows.filter(month=self.month)
            if self.day:
                rows = rows.filter(at__gte=_midnight(self.day), at__lt=_midnight(self.day, 1))
            for channel, n in rows.order_by().values_list("channel").annotate(n=Count("pk")):
                found[channel] += n
        return found

    @cached_property
    def channels(self) -> list[ContactChannel]:
        used = {channel for channel, _topic in self.figures} | set(self.elsewhere)
        return [
            channel
            for channel in ContactChannel
            if self.wants_all_channels or channel not in COUNTED_BY_ITSELF or channel in used
        ]

    @property
    def open_channels(self) -> list[ContactChannel]:
        return [channel for channel in self.channels if channel not in self.elsewhere]

    @cached_property
    def topics(self) -> dict[int, Topic]:
        """Every topic that can be chosen or has a figure here, groups included."""
        leaves = Topic.objects.tree()
        found = {leaf.parent.pk: leaf.parent for leaf in leaves if leaf.parent}
        found |= {leaf.pk: leaf for leaf in leaves}
        used = {topic for _channel, topic in self.figures if topic}
        if missing := used - set(found):
            found |= Topic.objects.select_related("parent").in_bulk(missing)
        return found

    @cached_property
    def groups(self) -> list[Topic]:
        return [topic for topic in self.topics.values() if topic.parent_id is None]

    @cached_property
    def rows(self) -> list[Row]:
        if self.group is None:
            return [None, *self.groups]
        group = self.group.pk
        return [self.group, *(one for one in self.topics.values() if one.parent_id == group)]

    @cached_property
    def in_detail(self) -> Counter[int]:
        """How many are told by single topics of each group."""
        found: Counter[int] = Counter()
        for (_channel, topic), count in self.figures.items():
            parent = self.topics[topic].parent_id if topic else None
            if parent and count:
                found[parent] += count
        return found

    @property
    def cells(self) -> list[tuple[ContactChannel, Row]]:
        return [(channel, row) for row in self.rows for channel in self.open_channels]

    @cached_property
    def totals(self) -> Counter[str]:
        """What the whole sheet holds by channel, whatever part of it is on the page."""
        found: Counter[str] = Counter()
        for (channel, _topic), count in self.figures.items():
            found[channel] += count or 0
        return found

    @property
    def total(self) -> int:
        return sum(self.totals.values())

    def query(self, **other: Any) -> dict[str, str]:
        """The address of this sheet, or of one that differs from it."""
        day, month, group = (
            other.get(name, getattr(self, name)) for name in ("day", "month", "group")
        )
        parts = {"hari": day.isoformat()} if day else {"bulan": f"{month:%Y-%m}"}
        if group:
            parts["kelompok"] = group.code
        if other.get("all_channels", self.wants_all_channels):
            parts["kanal"] = "semua"
        return parts


def _midnight(day: date, later: int = 0) -> datetime:
    return timezone.make_aware(datetime.combine(day + timedelta(days=later), time.min))
