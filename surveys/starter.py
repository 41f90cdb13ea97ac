"""The instruments and services that an office begins with."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from .models import AskingRules, Band, Element, Instrument, SurveyedService, Threshold

CELLS = (
    "code",
    "name",
    "name_en",
    "statement",
    "statement_en",
    "explanation",
    "explanation_en",
    "options",
    "options_en",
)


@transaction.atomic
def add_surveys(data: dict[str, Any]) -> int:
    """Add what is missing; says how many instruments were. What the office has stays."""
    AskingRules.objects.get_or_create(pk=1)
    if not SurveyedService.objects.exists():
        SurveyedService.objects.bulk_create(
            SurveyedService(code=code, name=name, name_en=name_en, is_offered=shown, order=order)
            for order, (code, name, name_en, shown) in enumerate(data["services"])
        )
    known = set(Instrument.objects.values_list("code", flat=True))
    missing = [row for row in enumerate(data["instruments"]) if row[1]["code"] not in known]
    for order, row in missing:
        _add_instrument(row, order)
    return len(missing)


def _add_instrument(row: dict[str, Any], order: int) -> None:
    low, high = row.get("low", ["", ""]), row.get("high", ["", ""])
    instrument = Instrument.objects.create(
        **{
            name: row[name]
            for name in ("code", "version", "law", "title", "title_en", "scale", "is_optional")
        },
        introduction=row["introduction"],
        introduction_en=row["introduction_en"],
        valid_from=date.fromisoformat(row["valid_from"]),
        index_max=Decimal(row["index_max"]),
        low_label=low[0],
        low_label_en=low[1],
        high_label=high[0],
        high_label_en=high[1],
        order=order,
    )
    Element.objects.bulk_create(
        Element(instrument=instrument, position=position, **dict(zip(CELLS, cells, strict=True)))
        for position, cells in enumerate(row["elements"], start=1)
    )
    Band.objects.bulk_create(
        Band(
            instrument=instrument,
            value=value,
            interval=interval,
            lower=Decimal(lower),
            upper=Decimal(upper),
            grade=grade,
            label=label,
            label_en=label_en,
        )
        for value, interval, lower, upper, grade, label, label_en in row["bands"]
    )
    Threshold.objects.bulk_create(
        Threshold(instrument=instrument, name=name, minimum=Decimal(minimum), law=law)
        for name, minimum, law in row["thresholds"]
    )
