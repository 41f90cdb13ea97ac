"""A register on paper: landscape, tagged, its headings on every page."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from office import pdf
from office.models import Office

from .cells import rows_of
from .columns import Column, upper_headings

# Laying out a row takes about 40 ms (bench/registers.py): more would keep the reader waiting.
MOST = 200


def print_register(
    code: str,
    title: str,
    notes: Iterable[str],
    columns: list[Column],
    entries: Iterable[Any],
    *,
    at: datetime,
) -> bytes:
    return pdf.render(
        "reports/register.pdf.html",
        {
            "code": code,
            "title": title,
            "notes": list(notes),
            "columns": columns,
            "upper": upper_headings(columns),
            "rows": list(rows_of(columns, entries)),
            "office": Office.objects.current(),
            "at": at,
        },
        styles="register",
    )
