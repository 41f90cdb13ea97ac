"""Making a month public: once by the clock, again only by a person with a reason."""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from cases.models import Case
from channels.models import Comment, Contact, Tally
from office.calendar import today
from office.models import User
from office.refusals import Refusal, require
from yankomas.models import Visit

from ..period import Period
from .editions import give_away
from .figures import changed_by_few, happened, measure, numbers_of, withhold
from .models import PublicMonth

# Tallies of a month are entered in the first days of the next one.
DAYS_TO_COUNT = 10
# Further back than anybody will look, and a bound for a mistyped year.
MOST_MONTHS = 120


def publish_due_months(at: datetime | None = None) -> int:
    """Publish every month that is over and counted, and in which anything happened. How many were
    published.
    """
    at = at or timezone.now()
    published = set(PublicMonth.objects.values_list("month", flat=True))
    return sum(
        _publish_first(month, at) for month in _complete_months(today(at)) if month not in published
    )


def correct_month(
    month: date, *, actor: User, reason: str, at: datetime | None = None
) -> PublicMonth:
    """Publish a further edition of a month with today's figures.

    Refused without the duty or a reason, for a month that is not published, for
    figures that are the same, and where a number would move by one to four or two editions
    together would tell one.
    """
    require(actor, "publish_report")
    reason = reason.strip()
    if not reason:
        raise Refusal("Tuliskan alasan pembetulan; alasan ini dibaca umum.")
    with transaction.atomic():
        # The first edition is what everybody locks, so that the newest one is read afterwards.
        first = PublicMonth.objects.select_for_update().filter(month=month, edition=1).first()
        if first is None:
            raise Refusal("Bulan ini belum terbit, jadi belum ada yang dibetulkan.")
        editions = list(PublicMonth.objects.filter(month=month).order_by("edition"))
        measured, earlier = measure(month), [row.figures for row in editions]
        figures, last = withhold(measured, earlier=earlier), editions[-1]
        if figures == last.figures:
            raise Refusal("Angkanya masih sama dengan yang sudah terbit.")
        # Older editions than the last one are out for good, too.
        if any(changed_by_few(one, figures) for one in earlier):
            raise Refusal(
                "Ada angka yang hanya berubah satu sampai empat. Selisih sekecil itu dapat "
                "menunjuk orang, jadi edisi baru tidak diterbitkan."
            )
        if any(give_away(one, figures, numbers_of(measured)) for one in earlier):
            raise Refusal(
                "Bersama edisi yang sudah terbit, edisi baru membuat angka satu sampai empat "
                "dapat dihitung, jadi tidak diterbitkan."
            )
        return PublicMonth.objects.create(
            month=month,
            edition=last.edition + 1,
            figures=figures,
            published_at=at or timezone.now(),
            published_by=actor,
            reason=reason,
        )


def next_figures(month: date) -> dict[str, Any]:
    """What a further edition would tell, as it stands in the database now."""
    editions = PublicMonth.objects.filter(month=month).order_by("edition")
    return withhold(measure(month), earlier=[row.figures for row in editions])


def _publish_first(month: date, at: datetime) -> bool:
    measured = measure(month)
    if not happened(measured):
        # Before the office began with the portal; an import may still fill the month.
        return False
    try:
        with transaction.atomic():
            PublicMonth.objects.create(month=month, figures=withhold(measured), published_at=at)
    except IntegrityError:
        # Another run of the job was a moment faster.
        return False
    return True


def _complete_months(day: date) -> list[date]:
    """The first days of the months that are over for long enough, since the first known one."""
    first = _first_known_day()
    if first is None:
        return []
    months: list[date] = []
    month = Period(day.year, day.month).first
    while month > first and len(months) < MOST_MONTHS:
        before = Period(month.year - (month.month == 1), (month.month - 2) % 12 + 1)
        if (day - before.first_after).days + 1 >= DAYS_TO_COUNT:
            months.append(before.first)
        month = before.first
    return months[::-1]


def _first_known_day() -> date | None:
    moments = [
        Case.objects.order_by("received_at").values_list("received_at", flat=True).first(),
        Contact.objects.order_by("at").values_list("at", flat=True).first(),
        Comment.objects.order_by("at").values_list("at", flat=True).first(),
    ]
    days = [
        *(timezone.localdate(moment) for moment in moments if moment),
        Visit.objects.order_by("day").values_list("day", flat=True).first(),
        Tally.objects.order_by("month").values_list("month", flat=True).first(),
    ]
    return min((known for known in days if known), default=None)
