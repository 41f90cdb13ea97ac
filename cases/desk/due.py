"""How far away a due date is, in words, with a tone that a colour may repeat."""

from dataclasses import dataclass
from datetime import date, timedelta

from office.calendar import Calendar, CalendarYearUnknown
from office.calendar import today as office_today

from ..models import Case

SOON = 3  # working days


@dataclass(frozen=True)
class DueWords:
    text: str
    tone: str


class Clock:
    """One day's view of due dates; made once for a page, so that the calendar is read once."""

    def __init__(self, today: date | None = None) -> None:
        self.today = today or office_today()
        self._calendar = Calendar()

    @property
    def soon(self) -> date:
        """The last day that counts as near: three working days from today."""
        try:
            return self._calendar.add_working_days(self.today, SOON)
        except CalendarYearUnknown:
            # The next year's decree is not out: the weekend is certain, the holidays are not.
            return self.today + timedelta(days=SOON + 2)

    def words(self, case: Case) -> DueWords:
        if case.closed_at:
            return DueWords("ditutup", "selesai")
        if case.answered_at:
            return DueWords("sudah dijawab", "selesai")
        if case.due_on is None:
            return DueWords("belum dapat dihitung", "segera")
        if case.due_on < self.today:
            return DueWords(f"terlambat {(self.today - case.due_on).days} hari", "lewat")
        if case.due_on == self.today:
            return DueWords("hari ini", "segera")
        try:
            left = self._calendar.working_days_between(self.today, case.due_on)
        except CalendarYearUnknown:
            days = (case.due_on - self.today).days
            return DueWords(f"{days} hari lagi", "segera" if days <= SOON else "aman")
        if left == 0:
            # Due on a closed day by a law that counts calendar days: today is the last chance.
            return DueWords("hari ini hari kerja terakhir", "segera")
        return DueWords(f"{left} hari kerja lagi", "segera" if left <= SOON else "aman")
