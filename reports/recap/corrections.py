"""What is counted otherwise since a month was frozen."""

from dataclasses import dataclass

from django.utils.formats import number_format

from cases.workflow import Kind, Outcome
from channels.vocabulary import ContactChannel
from office.calendar import today

from .models import FrozenMonth
from .months import MonthFigures, read


@dataclass(frozen=True)
class Correction:
    """`is_progress`: not a mistake, the cases were simply worked on."""

    label: str
    then: int
    now: int
    is_progress: bool = False

    @property
    def difference(self) -> int:
        return self.now - self.then

    @property
    def then_words(self) -> str:
        return grouped(self.then)

    @property
    def now_words(self) -> str:
        return grouped(self.now)

    @property
    def difference_words(self) -> str:
        return signed(self.difference)


def grouped(number: int) -> str:
    return number_format(number, decimal_pos=0, force_grouping=True)


def signed(number: int) -> str:
    return f"+{grouped(number)}" if number > 0 else grouped(number)


def corrections_of(frozen: FrozenMonth, now: MonthFigures) -> list[Correction]:
    """Every figure that differs from what was frozen, judged on the day it was frozen."""
    then = read(frozen.month, frozen.figures, today(frozen.frozen_at))
    rows = [
        Correction(str(channel.label), then.contacts.get(channel, 0), now.contacts.get(channel, 0))
        for channel in ContactChannel
    ]
    rows.append(Correction("Jumlah kontak", then.contacts_total, now.contacts_total))
    rows += [
        Correction(str(kind.label), then.by_kind.get(kind, 0), now.by_kind.get(kind, 0))
        for kind in Kind
    ]
    rows.append(Correction("Kasus diterima", then.received, now.received))
    for label, name in (
        ("Ditanggapi", "answered"),
        ("Tepat waktu", "on_time"),
        ("Terlambat", "late"),
        ("Masih terbuka", "open"),
        ("Dibuka kembali", "reopened"),
    ):
        rows.append(Correction(label, getattr(then, name), getattr(now, name), is_progress=True))
    rows += [
        Correction(
            str(outcome.label),
            then.by_outcome.get(outcome, 0),
            now.by_outcome.get(outcome, 0),
            is_progress=True,
        )
        for outcome in Outcome
    ]
    return [row for row in rows if row.difference]
