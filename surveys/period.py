"""The stretch of time that a result is about: a month, a quarter, half a year, or a year."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from office.calendar import today

FIRST_YEAR, LAST_YEAR = 2010, 2099
ROMAN = ("I", "II", "III", "IV")
# What part of a year: its first month, and how many there are.
PARTS: dict[str, tuple[int, int]] = {
    "": (1, 12),
    **{f"s{half + 1}": (6 * half + 1, 6) for half in range(2)},
    **{f"t{quarter + 1}": (3 * quarter + 1, 3) for quarter in range(4)},
    **{f"{month:02d}": (month, 1) for month in range(1, 13)},
}


@dataclass(frozen=True)
class Period:
    """`part` is a key of PARTS; days are the office's own."""

    year: int
    part: str = ""

    @classmethod
    def parse(cls, code: str) -> "Period | None":
        """2026, 2026-s1, 2026-t3 or 2026-08; anything else is None."""
        year, _dash, part = code.partition("-")
        if not (year.isascii() and year.isdigit() and len(year) == 4) or part not in PARTS:
            return None
        period = cls(int(year), part)
        is_told = FIRST_YEAR <= period.year <= LAST_YEAR and code == period.code
        return period if is_told else None

    @classmethod
    def lasting(cls, first: date, months: int) -> "Period":
        place = (first.month, months)
        return cls(first.year, next(part for part, one in PARTS.items() if one == place))

    def __str__(self) -> str:
        if self.part.startswith("s"):
            return _("Semester %(half)s %(year)s") % {
                "half": ROMAN[int(self.part[1]) - 1],
                "year": self.year,
            }
        if self.part.startswith("t"):
            return _("Triwulan %(quarter)s %(year)s") % {
                "quarter": ROMAN[int(self.part[1]) - 1],
                "year": self.year,
            }
        return date_format(self.first, "F Y") if self.part else str(self.year)

    @property
    def code(self) -> str:
        return f"{self.year}-{self.part}" if self.part else str(self.year)

    @property
    def first(self) -> date:
        return date(self.year, PARTS[self.part][0], 1)

    @property
    def months(self) -> int:
        return PARTS[self.part][1]

    @property
    def last_month(self) -> date:
        """The first day of its last month."""
        first, months = PARTS[self.part]
        return date(self.year, first + months - 1, 1)

    @property
    def first_after(self) -> date:
        return months_after(self.last_month, 1)

    def is_over(self, on: date | None = None) -> bool:
        return (on or today()) >= self.first_after

    def overlaps(self, other: "Period") -> bool:
        return self.first < other.first_after and other.first < self.first_after

    def is_within(self, other: "Period") -> bool:
        return other.first <= self.first and self.first_after <= other.first_after


def months_after(month: date, number: int) -> date:
    """The first day of the month so many after another; before it, where negative."""
    year, place = divmod(month.year * 12 + month.month - 1 + number, 12)
    return date(year, place + 1, 1)


def months_of(first: date, last: date) -> list[date]:
    """The first day of every month from one to the other, both included."""
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return [months_after(first, number) for number in range(max(0, count))]
