"""What is wrong with the calendar behind open deadlines; `manage.py check --database default`."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import DatabaseError

from .calendar_gaps import calendar_gaps


@register(Tags.database)
def check_calendar(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    if not databases:
        return []
    try:
        gaps = calendar_gaps()
    except DatabaseError:
        # No tables yet: `migrate` looks here, too.
        return []
    return [
        Warning(gap.problem, hint=gap.remedy, id="cases.W001" if gap.is_missing else "cases.W002")
        for gap in gaps
    ]
