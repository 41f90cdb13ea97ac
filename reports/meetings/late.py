"""Deadlines that passed unanswered in a month: how many by section, and which cases."""

from collections import Counter
from datetime import timedelta
from typing import Any

from django.db.models import F, Q
from django.db.models.functions import Coalesce

from cases.models import Case
from office.calendar import today
from office.models import Section

from ..period import Period

# No term of the law and no reopening moves a due date further from the receipt than this; it keeps
# the count off the whole archive.
LONGEST = timedelta(days=400)
# The page links them; beyond this a list helps nobody.
MOST = 200


def missed_deadlines(period: Period, *, at: Any = None) -> dict[str, Any]:
    """What was due in the month and neither answered nor closed by that day; for a month that is
    not over, by yesterday. Numbers and primary keys, nothing of the cases.
    """
    rows = list(
        Case.objects.filter(
            received_at__gte=period.begins_at - LONGEST,
            due_on__range=(period.first, min(period.last, today(at) - timedelta(days=1))),
        )
        .annotate(settled=Coalesce("answered_at", "closed_at"))
        .filter(Q(settled=None) | Q(settled__date__gt=F("due_on")))
        .order_by("due_on", "pk")
        .values_list("pk", "section", "settled")
    )
    names = Section.objects.in_bulk()
    sections = Counter(section for _pk, section, _settled in rows)
    return {
        "n": len(rows),
        "still": sum(settled is None for _pk, _section, settled in rows),
        "sections": [
            {"section": pk, "name": names[pk].name if pk else "", "n": n}
            for pk, n in sections.most_common()
        ],
        "cases": [pk for pk, _section, _settled in rows[:MOST]],
    }
