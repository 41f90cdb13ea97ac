"""What the meeting looks at: the month in figures, as they are when asked. Signing keeps them as
they stand (JSON), and everything that is shown or printed is read from that.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from channels.vocabulary import ContactChannel
from infocontent import feedback
from office.calendar import today
from office.models import Section
from surveys import scoring
from surveys.models import Instrument
from surveys.results import Scope, in_order, monthly_indexes, results_of, versions_of

from ..period import Period
from ..recap.months import MonthFigures, figures_of_months
from ..texts import rising_phrases, rising_topics
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
        "topics": [
            {"topic": row.topic.pk, "name": row.topic.name, "n": row.n, "before": row.before}
            for row in rising_topics(period.first, LISTED)
        ],
        "phrases": [
            {
                "phrase": row.phrase,
                "n": row.n,
                "before": row.before,
                "topic": row.topic.name if row.topic else "",
            }
            for row in rising_phrases(period.first, LISTED)
        ],
        "surveys": _surveys(period),
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
        "median": _plain(figures.median),
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


def _surveys(period: Period) -> list[dict[str, Any]]:
    """Every survey that somebody answered in the month, with its lowest elements."""
    before = compared_with(period)["before"]
    rows = []
    for code in Instrument.Code:
        versions = versions_of(code)
        if not versions:
            continue
        result, _services = results_of(Scope(code, period.first, period.first), versions)
        if not result.n:
            continue
        names = {element.code: element.name for element in in_order(result.instrument)}
        earlier = monthly_indexes(code, before, before, versions=versions)[0].index
        rows.append(
            {
                "code": code.value,
                "name": code.value.upper(),
                "n": result.n,
                "index": _plain(result.score.value),
                "grade": result.score.grade,
                "before": _plain(earlier),
                "lowest": [
                    {"code": one.code, "name": names[one.code], "value": _plain(one.value)}
                    for one in scoring.lowest(result.score.elements).elements
                ],
            }
        )
    return rows


def _plain(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
