"""What the meeting looks at: the month in figures, as they are when asked. Signing keeps them as
they stand (JSON), and everything that is shown or printed is read from that.
"""

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from channels.vocabulary import ContactChannel
from infocontent import feedback
from office.calendar import today
from office.models import Section

from ..period import Period
from ..recap.months import MonthFigures, figures_of_months
from .late import missed_deadlines

# A meeting has an hour: what does not fit on a page is not looked at.
LISTED = 10


def figures_of(period: Period, *, at: datetime | None = None) -> dict[str, Any]:
    at = at or timezone.now()
    months = _months(period, at)
    return {
        "at": at.isoformat(),
        "months": {when: _month(figures) for when, figures in months.items()},
        "channels": _channels(months),
        "sections": _sections(months["now"]),
        "late": missed_deadlines(period, at=at),
        "topics": [],
        "phrases": [],
        "surveys": [],
        "searches": [
            {"words": row.words, "n": row.count}
            for row in feedback.missed(period.first, period.last, most=LISTED)
        ],
        "votes": [
            {
                "item": row.item.pk,
                "title": row.item.title,
                "bad": row.bad,
                "total": row.total,
                "reasons": row.reasons,
            }
            for row in feedback.unhelpful(period.first, period.last, most=LISTED)
        ],
    }


def compared_with(period: Period) -> dict[str, date]:
    """The month itself, the one before, and the same a year before."""
    first = period.first
    before = date(first.year - (first.month == 1), first.month - 1 or 12, 1)
    return {"now": first, "before": before, "year": first.replace(year=first.year - 1)}


def _months(period: Period, at: datetime) -> dict[str, MonthFigures]:
    wanted = compared_with(period)
    year = figures_of_months(wanted["year"], wanted["now"], today(at))
    found = {figures.month: figures for figures in year}
    return {when: found[month] for when, month in wanted.items()}


def _month(figures: MonthFigures) -> dict[str, Any]:
    return {
        "contacts": figures.contacts_total,
        "received": figures.received,
        "answered": figures.answered,
        "on_time": figures.on_time,
        "late": figures.late,
        "median": None if figures.median is None else float(figures.median),
        "p90": figures.p90,
        "reopened": figures.reopened,
        "objections": figures.objections,
    }


def _channels(months: dict[str, MonthFigures]) -> list[dict[str, Any]]:
    """In the order of the recap; channels that were never used are left out."""
    rows = []
    for channel in ContactChannel:
        counted = {when: figures.contacts[channel] for when, figures in months.items()}
        if any(counted.values()):
            rows.append({"name": str(channel.label), **counted})
    return rows


def _sections(month: MonthFigures) -> list[dict[str, Any]]:
    names = {pk: section.name for pk, section in Section.objects.in_bulk().items()}
    rows = [
        {
            "name": names.get(pk, "") if pk else "",
            "received": figures.received,
            "answered": figures.answered,
            "on_time": figures.on_time,
            "late": figures.late,
        }
        for pk, figures in month.sections.items()
    ]
    return sorted(rows, key=lambda row: (row["name"] == "", row["name"]))
