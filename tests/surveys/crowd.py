"""Answers of many people at once, as the verb that takes one leaves them."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from surveys.models import Answer, Instrument, Response

# What was answered to U1, U2 and so on; None was left out.
Values = Sequence[int | None]


def answer(
    values: Values,
    *,
    month: date,
    instrument: Instrument | str = "skm",
    people: int = 1,
    **about: Any,
) -> list[Response]:
    """`people` who all answer the same; `about` are columns of Response."""
    if isinstance(instrument, str):
        instrument = Instrument.objects.get(code=instrument, version=1)
    if about.get("is_flagged"):
        about.setdefault("flag_reason", "perangkat_sama")
    about.setdefault("source", "qr")
    responses = Response.objects.bulk_create(
        Response(instrument=instrument, month=month, **about) for _person in range(people)
    )
    elements = sorted(instrument.elements.all(), key=lambda one: one.code)
    Answer.objects.bulk_create(
        Answer(response=response, element=element, value=value)
        for response in responses
        for element, value in zip(elements, values, strict=True)
        if value
    )
    return responses


def everybody(value: int, instrument: Instrument | str = "skm") -> list[int]:
    """The same answer to every element."""
    if isinstance(instrument, str):
        instrument = Instrument.objects.get(code=instrument, version=1)
    return [value] * instrument.elements.count()


def people_of(counts: dict[str, dict[int, int]]) -> Iterable[list[int | None]]:
    """Rows of single people that add up to the counts; who runs out of answers left one out."""
    columns = [
        [value for value, n in values.items() for _one in range(n)] for values in counts.values()
    ]
    for place in range(max(map(len, columns))):
        yield [column[place] if place < len(column) else None for column in columns]
