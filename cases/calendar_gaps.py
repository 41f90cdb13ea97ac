"""Years with open deadlines whose closed days are not decreed yet, or are only estimated."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Min, Q
from django.db.models.functions import ExtractYear

from office.calendar import today
from office.models import Holiday

from .models import Case

JOINT_LEAVE = Holiday.Category.JOINT_LEAVE


@dataclass(frozen=True)
class Gap:
    """One year, and what is wrong with its calendar."""

    year: int
    is_missing: bool

    @property
    def problem(self) -> str:
        if self.is_missing:
            return f"Cuti bersama {self.year} belum ada di kalender"
        return f"Hari libur {self.year} sebagian masih perkiraan"

    @property
    def remedy(self) -> str:
        if self.is_missing:
            return (
                f"Ada tenggat di tahun itu. Jalankan manage.py load_holidays {self.year}, atau isi "
                "tabel Hari libur menurut SKB 3 Menteri"
            )
        return (
            "Ada tenggat di tahun itu. Cocokkan tanggalnya dengan SKB 3 Menteri di tabel Hari "
            "libur, lalu hapus tanda perkiraannya"
        )


def calendar_gaps() -> list[Gap]:
    """Of every year in which an open case has a deadline, or will have one once it is decreed."""
    days = Holiday.objects.filter(Q(category=JOINT_LEAVE) | Q(is_estimate=True)).order_by()
    found = set(days.values_list(ExtractYear("date"), "category", "is_estimate").distinct())
    decreed = {year for year, category, _ in found if category == JOINT_LEAVE}
    estimated = {year for year, _, is_estimate in found if is_estimate}
    years: set[int] = set()
    for due_year, since in _deadlines():
        # A date is missing because a year on its way is: the first one without its decree.
        years.add(due_year or _first_outside(decreed, today(since).year))
    return [
        Gap(year, is_missing=year not in decreed)
        for year in sorted(years)
        if year not in decreed or year in estimated
    ]


def _deadlines() -> list[tuple[int | None, datetime]]:
    """The years of the dates that count now, each with the first moment one was counted from."""
    cases = Case.objects.open().order_by()
    answers = cases.filter(answered_at=None).annotate(
        year=ExtractYear("due_working_on"), since=F("received_at")
    )
    replies = cases.filter(answered_at__isnull=False).annotate(
        year=ExtractYear("reply_until"), since=F("answered_at")
    )
    rows = [part.values("year").annotate(first=Min("since")) for part in (answers, replies)]
    return list(rows[0].values_list("year", "first").union(rows[1].values_list("year", "first")))


def _first_outside(decreed: set[int], year: int) -> int:
    while year in decreed:
        year += 1
    return year
