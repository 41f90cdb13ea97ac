"""What the meeting looks at: the month in figures, as they are when asked. Signing keeps them as
they stand (JSON), and everything that is shown or printed is read from that.
"""

from datetime import datetime
from typing import Any

from django.utils import timezone

from infocontent import feedback

from ..period import Period
from .late import missed_deadlines

# A meeting has an hour: what does not fit on a page is not looked at.
LISTED = 10


def figures_of(period: Period, *, at: datetime | None = None) -> dict[str, Any]:
    at = at or timezone.now()
    return {
        "at": at.isoformat(),
        "late": missed_deadlines(period, at=at),
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
