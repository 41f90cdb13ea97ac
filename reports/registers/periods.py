"""The stretch of a year that is looked at: all of it, a quarter, or a month."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.dates import MONTHS

ROMAN = ("I", "II", "III", "IV")


@dataclass(frozen=True)
class Period:
    code: str
    label: str
    first_month: int
    last_month: int

    def bounds(self, year: int) -> tuple[datetime, datetime]:
        """From the first moment of it to the first one after it, by the office's clock."""
        end = (year, self.last_month + 1) if self.last_month < 12 else (year + 1, 1)
        return (
            timezone.make_aware(datetime(year, self.first_month, 1)),  # noqa: DTZ001 - made aware
            timezone.make_aware(datetime(*end, 1)),  # noqa: DTZ001
        )


WHOLE_YEAR = Period("", "Setahun", 1, 12)
PERIODS: dict[str, Period] = {
    period.code: period
    for period in (
        WHOLE_YEAR,
        *(Period(f"tw{n + 1}", f"Triwulan {ROMAN[n]}", 3 * n + 1, 3 * n + 3) for n in range(4)),
        *(Period(f"{month:02d}", str(MONTHS[month]), month, month) for month in range(1, 13)),
    )
}
