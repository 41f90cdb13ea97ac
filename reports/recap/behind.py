"""What is shown of the rows behind a figure: by where they are written down, as far as this person
may read them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from cases.counting import CAP, capped_count, in_words
from cases.models import Case
from channels import log
from channels.models import Comment, Contact
from office.models import User

from .slices import Measure, Slice

PER_PAGE = 50
LAST_PAGE = 400


@dataclass(frozen=True)
class Entry:
    """One row: what it is called and where it leads, when it was, what it is about."""

    name: str
    link: str
    when: str
    about: str
    number: str = ""


@dataclass(frozen=True)
class Source:
    """One kind of rows. `shown` are those that this person may read."""

    code: str
    label: str
    counted: Any
    shown: Any
    entry: Callable[[Any], Entry]
    head: str = "Nomor"
    # What a row counts for, where it is not one.
    weight: str = ""

    def number(self) -> tuple[int, str]:
        """How many it is, and in words: exact up to a thousand rows."""
        if self.weight:
            total = self.counted.aggregate(n=Sum(self.weight))["n"] or 0
            return total, f"{total:,}".replace(",", ".")
        count = capped_count(self.counted)
        return count, in_words(count)

    def hidden(self) -> int:
        """How many of them this person may not read; 0 too where there are too many to count."""
        counted = capped_count(self.counted)
        return 0 if counted > CAP else counted - capped_count(self.shown)

    def page(self, number: int) -> tuple[list[Entry], bool]:
        start = (number - 1) * PER_PAGE
        rows = list(self.shown[start : start + PER_PAGE + 1])
        return [self.entry(row) for row in rows[:PER_PAGE]], len(rows) > PER_PAGE


def sources_of(chosen: Slice, user: User) -> list[Source]:
    # Who is accused does not learn by narrowing what a case is about that is not shown.
    cases = chosen.cases(Case.objects.all().without_conflict_for(user))
    visible = chosen.cases(Case.objects.visible_to(user))
    sources = [
        Source(
            "kasus",
            "Kasus",
            cases,
            visible.select_related("topic").order_by("received_at", "pk"),
            _case,
        )
    ]
    if chosen.measure != Measure.CONTACTS:
        return sources
    visits, tallies = chosen.visits(), chosen.tallies()
    contacts, comments = chosen.contacts(), chosen.comments()
    reads_tallies = user.may("view_tally")
    return [
        *sources,
        Source(
            "kunjungan",
            "Kunjungan Yankomas",
            visits,
            visits.select_related("series", "service", "topic").order_by("arrived_at", "pk")
            if user.may("view_visit")
            else visits.none(),
            _visit,
        ),
        Source(
            "rekap",
            "Angka yang diisi atau diimpor",
            tallies,
            tallies.select_related("topic").order_by("month", "day", "channel", "pk")
            if reads_tallies
            else tallies.none(),
            _tally,
            head="Hari atau bulan",
            weight="count",
        ),
        Source(
            "kontak",
            "Kontak yang dicatat",
            contacts,
            log.readable(contacts, user).select_related("topic").order_by("at", "pk"),
            _single,
            head="Kanal",
        ),
        Source(
            "komentar",
            "Ulasan dan komentar",
            comments,
            comments.filter(pk__in=Comment.objects.visible_to(user).values("pk"))
            .select_related("topic")
            .order_by("at", "pk"),
            _single,
            head="Kanal",
        ),
    ]


def _case(case: Any) -> Entry:
    return Entry(case.reference, case.get_absolute_url(), _moment(case.received_at), case.subject)


def _visit(visit: Any) -> Entry:
    return Entry(
        str(visit),
        reverse("admin:yankomas_visit_change", args=[visit.pk]),
        _moment(visit.arrived_at),
        visit.topic.name if visit.topic else str(visit.service),
    )


def _tally(tally: Any) -> Entry:
    month = date_format(tally.month, "F Y")
    return Entry(
        _day(tally.day) if tally.day else month,
        "",
        "sehari" if tally.day else "sebulan",
        f"{tally.get_channel_display()}{f', {tally.topic.name}' if tally.topic else ''}",
        f"{tally.count:,}".replace(",", "."),
    )


def _single(row: Any) -> Entry:
    words = row.summary if isinstance(row, Contact) else row.text
    return Entry(row.get_channel_display(), row.get_absolute_url(), _moment(row.at), words[:150])


def _moment(at: datetime) -> str:
    return date_format(timezone.localtime(at), "j M Y H.i")


def _day(day: date) -> str:
    return date_format(day, "j M Y")
