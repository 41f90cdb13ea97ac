"""A month of what goes out: on this site, and on the other channels."""

from calendar import Calendar, monthrange
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from office.calendar import today

from ..models import Item, Placement, Version
from ..workflow import OPEN, ItemState, VersionState

FIRST_MONTH, LAST_MONTH = date(2000, 1, 1), date(2099, 12, 1)

# A day on which much happens does not push the other weeks off the screen.
SHOWN = 5


@dataclass(frozen=True)
class Entry:
    """One thing on one day; `tone` is the word that the stylesheet knows."""

    what: str
    item: Item
    tone: str
    at: time | None = None
    placement: Placement | None = None


@dataclass
class Day:
    date: date
    is_inside: bool
    is_today: bool
    entries: list[Entry] = field(default_factory=list)

    @property
    def first_entries(self) -> list[Entry]:
        return self.entries[:SHOWN]

    @property
    def more_entries(self) -> list[Entry]:
        return self.entries[SHOWN:]


@dataclass
class Month:
    first: date
    weeks: list[list[Day]]

    @property
    def last(self) -> date:
        return self.first.replace(day=monthrange(self.first.year, self.first.month)[1])

    @property
    def previous(self) -> date | None:
        return None if self.first <= FIRST_MONTH else (self.first - timedelta(1)).replace(day=1)

    @property
    def next(self) -> date | None:
        return None if self.first >= LAST_MONTH else self.last + timedelta(1)

    @property
    def is_empty(self) -> bool:
        return not any(day.entries for week in self.weeks for day in week)


def month_of(first: date, now: date | None = None) -> Month:
    """The weeks from Monday to Sunday, with what happens on each day of the month."""
    first, now = first.replace(day=1), now or today()
    month = Month(first, [])
    entries: dict[date, list[Entry]] = defaultdict(list)
    for day, entry in _entries(first, month.last):
        entries[day].append(entry)
    for week in Calendar().monthdatescalendar(first.year, first.month):
        month.weeks.append(
            [
                Day(day, day.month == first.month, day == now, _in_order(entries[day]))
                for day in week
            ]
        )
    return month


def _in_order(entries: list[Entry]) -> list[Entry]:
    """What has an hour comes first."""
    return sorted(entries, key=lambda entry: (entry.at is None, entry.at or time.min))


def _entries(first: date, last: date) -> Iterator[tuple[date, Entry]]:
    begins, ends = _midnight(first), _midnight(last + timedelta(1))
    versions = Version.objects.select_related("item").only(
        "state", "publish_at", "live_at", "item__title", "item__kind"
    )
    for version in versions.filter(live_at__gte=begins, live_at__lt=ends):
        yield _at(version.live_at, "Terbit", version.item, "terbit")
    planned = versions.filter(state__in=OPEN, publish_at__gte=begins, publish_at__lt=ends)
    for version in planned:
        is_sure = version.state == VersionState.APPROVED
        what = "Akan terbit" if is_sure else "Rencana terbit, belum disetujui"
        yield _at(version.publish_at, what, version.item, "jadwal")
    expiring = Item.objects.filter(
        state=ItemState.LIVE, expires_at__gte=begins, expires_at__lt=ends
    )
    for item in expiring.only("title", "kind", "expires_at"):
        yield _at(item.expires_at, "Masa tayang berakhir", item, "akhir")
    placements = Placement.objects.filter(day__gte=first, day__lte=last).select_related("item")
    for placement in placements.order_by("channel", "pk"):
        channel = placement.get_channel_display()
        what = channel if placement.is_posted else f"Rencana: {channel}"
        tone = "tayang" if placement.is_posted else "rencana"
        yield placement.day, Entry(what, placement.item, tone, placement=placement)


def _at(moment: datetime | None, what: str, item: Item, tone: str) -> tuple[date, Entry]:
    local = timezone.localtime(moment)
    return local.date(), Entry(what, item, tone, at=local.time())


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
