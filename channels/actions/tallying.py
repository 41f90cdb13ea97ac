"""Writing the figures of a day or a month, from the grid or from a file."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from office.calendar import today
from office.models import User

from ..models import MOST_A_DAY, MOST_A_MONTH, ChannelEvent, Tally, TallyMonth
from ..refusals import BadFigure, Cell, NotYet, Overwritten, TwiceCounted
from ..vocabulary import EventCode
from ._base import require

# None is a cell that nobody has counted; zero is a count.
Figures = dict[Cell, int | None]


@transaction.atomic
def enter_figures(
    month: date,
    day: date | None,
    typed: Mapping[Cell, int | None],
    *,
    actor: User,
    version: int,
    at: datetime | None = None,
) -> int:
    """Keep what was typed into the sheet of a day, or of a whole month; says how many changed.

    `version` is the sheet's when the page was opened. Cells that the person left as they were
    keep what a colleague has written since; raises Overwritten where both wrote.
    """
    require(actor)
    at = at or timezone.now()
    _guard(month, day, typed, today(at))
    sheet = _locked(month)
    now = figures(month, day)
    since = list(
        sheet.events.filter(version__gt=version).select_related("actor").order_by("-version")
    )
    shown = _rolled_back(now, since, day)
    mine = {cell: count for cell, count in typed.items() if count != shown.get(cell)}
    clashes = {
        cell: now.get(cell)
        for cell, count in mine.items()
        if now.get(cell) != shown.get(cell) and now.get(cell) != count
    }
    if clashes:
        merged = {cell: mine.get(cell, now.get(cell)) for cell in typed}
        raise Overwritten(clashes, merged, sheet.version, by=since[0])
    return _write(
        sheet,
        day,
        {cell: count for cell, count in mine.items() if count != now.get(cell)},
        now,
        code=EventCode.ENTERED,
        source=Tally.Source.GRID,
        actor=actor,
        at=at,
    )


@dataclass(frozen=True)
class Planned:
    """What an import would do to one channel of a month; `problem` says why it cannot."""

    month: date
    channel: str
    old: int | None
    new: int
    problem: str = ""

    @property
    def is_change(self) -> bool:
        return not self.problem and self.old != self.new


def plan_import(month: date, counts: Mapping[str, int]) -> list[Planned]:
    """Compare totals of a month with what is kept. A channel that is told in parts (by day or by
    topic) is left alone when the parts add up, and is a problem when they do not.
    """
    totals = dict(
        Tally.objects.filter(month=month)
        .order_by()
        .values_list("channel")
        .annotate(total=Sum("count"))
    )
    told_in_parts = set(
        Tally.objects.filter(month=month)
        .exclude(day=None, topic=None)
        .values_list("channel", flat=True)
    )
    plan = []
    for channel, count in counts.items():
        old, problem = totals.get(channel), ""
        if channel in told_in_parts and old != count:
            problem = (
                f"sudah diisi per hari atau per topik dengan jumlah {old}; perbaiki di lembar "
                "pengisian"
            )
        plan.append(Planned(month, channel, old, count, problem))
    return plan


@transaction.atomic
def import_month(
    month: date,
    counts: Mapping[str, int],
    *,
    actor: User | None = None,
    at: datetime | None = None,
) -> list[Planned]:
    """Take the totals of a month over from a table; says what became of each.

    `actor` None is the command on the server. Channels with a problem are left as they are.
    """
    at = at or timezone.now()
    _guard(month, None, {(channel, None): count for channel, count in counts.items()}, today(at))
    sheet = _locked(month)
    plan = plan_import(month, counts)
    _write(
        sheet,
        None,
        {(one.channel, None): one.new for one in plan if one.is_change},
        figures(month, None),
        code=EventCode.IMPORTED,
        source=Tally.Source.IMPORT,
        actor=actor,
        at=at,
    )
    return plan


def figures(month: date, day: date | None) -> Figures:
    """What is kept of a day, or of a whole month, by channel and topic."""
    rows = Tally.objects.of_day(day) if day else Tally.objects.of_whole_month(month)
    return {
        (channel, topic): count
        for channel, topic, count in rows.order_by().values_list("channel", "topic", "count")
    }


def _guard(month: date, day: date | None, typed: Mapping[Cell, int | None], today_: date) -> None:
    if (day or month) > today_:
        raise NotYet(day or month)
    most = MOST_A_DAY if day else MOST_A_MONTH
    for count in typed.values():
        if count is not None and not 0 <= count <= most:
            raise BadFigure(count, most)


def _locked(month: date) -> TallyMonth:
    TallyMonth.objects.get_or_create(month=month)
    return TallyMonth.objects.select_for_update().get(month=month)


def _rolled_back(now: Figures, since: list[ChannelEvent], day: date | None) -> Figures:
    """The figures as they were before these events, newest first."""
    figures = dict(now)
    for event in since:
        if event.data["day"] == (day.isoformat() if day else None):
            for channel, topic, old, _new in event.data["cells"]:
                figures[channel, topic] = old
    return figures


def _write(
    sheet: TallyMonth,
    day: date | None,
    changes: Figures,
    now: Figures,
    *,
    code: EventCode,
    source: str,
    actor: User | None,
    at: datetime,
) -> int:
    """The caller holds the month's lock."""
    if not changes:
        return 0
    counted = {channel for (channel, _topic), count in changes.items() if count is not None}
    told = Tally.objects.filter(month=sheet.month, channel__in=counted)
    elsewhere = told.filter(day=None) if day else told.exclude(day=None)
    if twice := sorted(set(elsewhere.order_by().values_list("channel", flat=True))):
        raise TwiceCounted(twice, is_by_day=day is None)
    fresh = []
    for (channel, topic), count in changes.items():
        key: dict[str, Any] = {
            "month": sheet.month,
            "day": day,
            "channel": channel,
            "topic_id": topic,
        }
        if count is None:
            Tally.objects.filter(**key).delete()
        elif (channel, topic) in now:
            Tally.objects.filter(**key).update(count=count, source=source)
        else:
            fresh.append(Tally(**key, count=count, source=source))
    Tally.objects.bulk_create(fresh)
    sheet.version += 1
    sheet.save(update_fields=["version"])
    ChannelEvent.objects.create(
        tally_month=sheet,
        version=sheet.version,
        code=code,
        actor=actor,
        at=at,
        data={
            "day": day.isoformat() if day else None,
            "cells": [
                [channel, topic, now.get((channel, topic)), count]
                for (channel, topic), count in changes.items()
            ],
        },
    )
    return len(changes)
