"""The filtered log as an XLSX file: without names and contacts, safe to open, and written down."""

from collections.abc import Callable, Iterator
from itertools import islice
from tempfile import TemporaryFile
from typing import IO

from cases.models import AccessLog
from office.models import User
from office.workbook import Column, write_list

from .figures import Course
from .log import Entry, entries
from .models import VisitQuerySet

MOST = 20_000
AT_ONCE = 1000


def _course(minutes: Callable[[Course], float | None]) -> Callable[[Entry], float | None]:
    def rounded(entry: Entry) -> float | None:
        value = minutes(entry.course)
        return None if value is None else round(value, 1)

    return rounded


COLUMNS: list[Column] = [
    ("Nomor", 10, lambda entry: entry.visit.label if entry.visit.number else ""),
    ("Hari", 12, lambda entry: entry.visit.day),
    ("Layanan", 28, lambda entry: entry.visit.service.name),
    ("Jalur", 12, lambda entry: entry.visit.get_lane_display()),
    ("Asal", 20, lambda entry: entry.visit.get_origin_display()),
    ("Datang", 17, lambda entry: entry.visit.arrived_at),
    ("Mulai dilayani", 17, lambda entry: entry.visit.started_at),
    ("Selesai", 17, lambda entry: entry.visit.ended_at),
    ("Menunggu (menit)", 17, _course(lambda course: course.waited)),
    ("Dilayani (menit)", 17, _course(lambda course: course.minutes_served)),
    ("Loket", 8, lambda entry: entry.visit.counter.number if entry.visit.counter else None),
    ("Petugas", 24, lambda entry: str(entry.visit.officer) if entry.visit.officer else ""),
    ("Topik", 28, lambda entry: entry.visit.topic.name if entry.visit.topic else ""),
    ("Status", 24, lambda entry: entry.visit.get_status_display()),
    ("Hasil", 26, lambda entry: entry.visit.get_outcome_display()),
    ("Dirujuk kepada", 30, lambda entry: entry.visit.referred_to),
    ("Kasus", 16, lambda entry: entry.case.reference if entry.case else ""),
]


def export(visits: VisitQuerySet, *, user: User, query: str) -> IO[bytes]:
    """Write the visits into a file that is gone when it is closed; leaves one line in the access
    log.
    """
    file = TemporaryFile()  # noqa: SIM115 - the answer streams from it and closes it
    count = write_list(file, "Kunjungan", COLUMNS, _all(visits, user))
    AccessLog.objects.create(
        what=AccessLog.What.EXPORT,
        user=user,
        data={"list": "visits", "count": count, "filters": query},
    )
    file.seek(0)
    return file


def _all(visits: VisitQuerySet, user: User) -> Iterator[Entry]:
    rest = visits[:MOST].iterator(chunk_size=AT_ONCE)
    while part := list(islice(rest, AT_ONCE)):
        yield from entries(part, user)
