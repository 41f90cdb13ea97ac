"""What the clock does to cases and items, and the sweeping up. Every hour; twice changes nothing
more.
"""

import logging
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import CharField, Exists, OuterRef, QuerySet
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from cases import actions, marks, sweeping
from cases.actions.due_changes import propose
from cases.calendar_gaps import calendar_gaps
from cases.kinds import SWEEPERS
from cases.models import Case, CaseEvent, EventCode
from cases.workflow import Status
from infocontent import jobs as content_jobs
from infocontent import sweeping as content_sweeping
from office.calendar import CalendarYearUnknown, add_working_days, today
from reports.statistics.actions import publish_due_months

logger = logging.getLogger(__name__)

DUE_SOON_DAYS = 3
# A new office never has so many; one that begins with a large archive runs mark_texts once.
MARKED_AN_HOUR = 10_000


def moment(text: str) -> datetime:
    try:
        at = parse_datetime(text)
    except ValueError as error:
        raise ArgumentTypeError(str(error)) from error
    if at is None:
        raise ArgumentTypeError("expected a moment such as 2026-11-24T10:00")
    return at if timezone.is_aware(at) else timezone.make_aware(at)


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--at", type=moment, help="pretend that it is this moment (2026-11-24T10:00)"
        )

    def handle(self, *args: Any, at: datetime | None = None, **options: Any) -> None:
        at = at or timezone.now()
        steps: list[tuple[str, Callable[[], int]]] = [
            (
                "tenggat yang kini dapat dihitung",
                lambda: _each(Case.objects.open().filter(due_working_on=None), actions.set_due, at),
            ),
            ("tenggat yang akan bergeser, menunggu keputusan", lambda: propose(at=at)),
            ("tahun yang kalendernya belum pasti", warn_of_calendar_gaps),
            (
                "segera jatuh tempo, diingatkan",
                lambda: _each(_due_soon(at), actions.remind_due_soon, at),
            ),
            ("lewat tenggat, diingatkan", lambda: _each(_overdue(at), actions.remind_overdue, at)),
            (
                "ditutup karena tidak ditanggapi",
                lambda: _each(_silent(at), actions.close_silent, at),
            ),
            (
                "bahan yang waktunya tiba diterbitkan",
                lambda: content_jobs.go_live_where_due(at),
            ),
            (
                "bahan yang masa tayangnya habis diarsipkan",
                lambda: content_jobs.expire_where_due(at),
            ),
            (
                "pemilik diingatkan memeriksa bahan",
                lambda: content_jobs.remind_of_reviews(at),
            ),
            ("bulan statistik diterbitkan", lambda: publish_due_months(at)),
            ("tanda kemiripan disimpan", lambda: marks.keep_new(MARKED_AN_HOUR)),
            ("surat dimasukkan lagi ke antrean", lambda: sweeping.stuck_notices(at)),
            ("isian sementara dihapus", lambda: sweeping.drafts(at)),
            ("berkas tanpa pemilik dihapus", lambda: sweeping.orphan_files(at)),
            ("berkas konten tanpa pemilik dihapus", lambda: content_sweeping.orphan_files(at)),
            ("suara dilepas dari pemberinya", lambda: content_sweeping.voters(at)),
            ("hitungan pencarian lama dihapus", lambda: content_sweeping.searches(at)),
            ("tautan kode dihapus", lambda: sweeping.access_links(at)),
            ("sesi dihapus", lambda: sweeping.sessions(at)),
            ("hitungan batas akses dihapus", lambda: sweeping.throttle_windows(at)),
            ("tugas selesai dihapus", lambda: sweeping.finished_tasks(at)),
            *((label, partial(sweep, at)) for label, sweep in SWEEPERS),
        ]
        failed = []
        for label, step in steps:
            try:
                self.stdout.write(f"{label}: {step()}")
            except Exception as error:
                # The next step does not depend on this one, and the next hour tries again.
                logger.error("hourly, %s: %s", label, type(error).__name__)
                self.stderr.write(f"{label}: {type(error).__name__}")
                failed.append(label)
        if failed:
            raise CommandError(f"Tidak semua langkah berhasil: {', '.join(failed)}")


def _each(cases: QuerySet[Case], verb: Callable[..., bool], at: datetime) -> int:
    """Do the verb to each case in its own transaction; one that fails does not stop the rest."""
    done = 0
    for pk in list(cases.order_by("pk").values_list("pk", flat=True)):
        try:
            done += verb(Case.objects.get(pk=pk), at=at)
        except Exception as error:
            # The kind only: a database error repeats the row, and rows hold what people wrote.
            logger.error("hourly, %s of case %s: %s", verb.__name__, pk, type(error).__name__)
    return done


def warn_of_calendar_gaps() -> int:
    gaps = calendar_gaps()
    for gap in gaps:
        logger.warning("hourly: %s. %s.", gap.problem, gap.remedy)
    return len(gaps)


def _due_soon(at: datetime) -> QuerySet[Case]:
    day = today(at)
    try:
        horizon = add_working_days(day, DUE_SOON_DAYS)
    except CalendarYearUnknown as unknown:
        logger.error("hourly: %s", unknown)
        horizon = day + timedelta(days=DUE_SOON_DAYS)
    return _not_told(Case.objects.due_by(horizon, day), EventCode.DUE_SOON)


def _overdue(at: datetime) -> QuerySet[Case]:
    return _not_told(Case.objects.overdue(today(at)), EventCode.OVERDUE)


def _not_told(cases: QuerySet[Case], code: EventCode) -> QuerySet[Case]:
    """Without the cases whose due date was told of before; the verbs ask again under their lock."""
    told = CaseEvent.objects.annotate(due=KT("data__due")).filter(
        case=OuterRef("pk"), code=code, due=Cast(OuterRef("due_on"), CharField())
    )
    return cases.exclude(Exists(told))


def _silent(at: datetime) -> QuerySet[Case]:
    return Case.objects.open().filter(status=Status.ANSWERED, reply_until__lt=today(at))
