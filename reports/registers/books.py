"""The two books, and what of one somebody looks at."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db.models import Count
from django.db.models.functions import ExtractMonth

from cases.models import Case, CaseQuerySet, ReferenceCounter
from cases.workflow import Kind
from office.calendar import today
from office.models import User

from . import objections, requests
from .columns import Column
from .people import People
from .periods import PERIODS, WHOLE_YEAR, Period
from .requests import CaseRow

AT_ONCE = 1000


@dataclass(frozen=True)
class Book:
    code: str
    title: str
    kind: Kind
    columns: list[Column]
    read: Callable[[list[CaseRow], People, User], list[Any]]


BOOKS: dict[str, Book] = {
    book.code: book
    for book in (
        Book(
            "permohonan",
            "Register Permohonan Informasi",
            Kind.INFORMATION_REQUEST,
            requests.COLUMNS,
            requests.read,
        ),
        Book(
            "keberatan", "Register Keberatan", Kind.OBJECTION, objections.COLUMNS, objections.read
        ),
    )
}


@dataclass(frozen=True)
class Extract:
    """The lines of one book, year and period that this person may know of, by number."""

    book: Book
    year: int
    period: Period
    user: User

    @property
    def title(self) -> str:
        when = f"{self.period.label} {self.year}" if self.period.code else str(self.year)
        return f"{self.book.title} {when}"

    def cases(self) -> CaseQuerySet:
        """By the year of the number; a case that became this kind keeps the number it had."""
        found = Case.objects.visible_to(self.user).filter(
            kind=self.book.kind, reference__contains=f"-{self.year}-"
        )
        if self.period.code:
            first, after = self.period.bounds(self.year)
            found = found.filter(received_at__gte=first, received_at__lt=after)
        return found.order_by("reference")

    def counted_parts(self) -> list[tuple[Period, int]]:
        """The shorter periods of this one that hold anything, with their number of lines."""
        months = (
            self.cases()
            .order_by()
            .annotate(month=ExtractMonth("received_at"))
            .values_list("month")
            .annotate(lines=Count("pk"))
        )
        lines = dict(months)
        mine = self.period
        parts = [
            (part, sum(lines.get(n, 0) for n in range(part.first_month, part.last_month + 1)))
            for part in PERIODS.values()
            if mine.first_month <= part.first_month <= part.last_month <= mine.last_month
            and part.code not in (mine.code, WHOLE_YEAR.code)
        ]
        return [(part, count) for part, count in parts if count]

    def entries(self, people: People, *, start: int = 0, most: int | None = None) -> Iterator[Any]:
        """The entries, read in batches: a year of any size needs little memory."""
        rows = self.cases().values_list(*CaseRow._fields)
        if start or most is not None:
            rows = rows[start : None if most is None else start + most]
        rest = (CaseRow(*row) for row in rows.iterator(chunk_size=AT_ONCE))
        while batch := list(islice(rest, AT_ONCE)):
            yield from self.book.read(batch, people, self.user)


def years() -> list[int]:
    """The years in which numbers were given out, and this one; the latest first."""
    numbered = ReferenceCounter.objects.values_list("year", flat=True)
    return sorted({*numbered, today().year}, reverse=True)
