"""Contacts by month, channel and topic, each counted once."""

from collections import Counter
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet, Sum

from .models import Comment, Contact, Tally

# The first of a month, the code of a channel, the key of a topic.
Cell = tuple[date, str, int | None]


def contacts_by_month(first: date, last: date) -> dict[Cell, int]:
    """Tallies, single contacts and comments of the months from `first` to `last`, both counted.

    Cases and visits are not here: they count by themselves, apart from `contact_case_ids`.
    """
    cells: Counter[Cell] = Counter()
    of_months = {"month__range": (first.replace(day=1), last)}
    by = ("month", "channel", "topic")
    for rows, number in (
        (Tally.objects.filter(**of_months), Sum("count")),
        (Contact.objects.counted().filter(**of_months), Count("pk")),
        (Comment.objects.filter(**of_months), Count("pk")),
    ):
        for month, channel, topic, n in rows.order_by().values_list(*by).annotate(n=number):
            cells[month, channel, topic] += n
    return dict(cells)


def contact_case_ids() -> QuerySet[Any, int]:
    """Cases that a contact or a comment became: counted there already, so nowhere else."""
    contacts, comments = (
        kind.objects.filter(case__isnull=False).order_by().values_list("case_id", flat=True)
        for kind in (Contact, Comment)
    )
    return contacts.union(comments)
