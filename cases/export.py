"""The filtered list as an XLSX file: masked, safe to open, and written down."""

from collections.abc import Callable
from datetime import date, datetime
from tempfile import TemporaryFile
from typing import IO, Any

import xlsxwriter
from django.utils import timezone

from office.models import User

from .models import AccessLog, Case, CaseQuerySet
from .workflow import Privacy

MOST = 20_000

COLUMNS: list[tuple[str, int, Callable[[Case], Any]]] = [
    ("Nomor", 16, lambda case: case.reference),
    ("Jenis", 18, lambda case: case.get_kind_display()),
    ("Perihal", 40, lambda case: case.subject),
    ("Topik", 28, lambda case: case.topic.name if case.topic else ""),
    ("Seksi", 28, lambda case: case.section.name if case.section else ""),
    ("Petugas", 22, lambda case: str(case.assignee) if case.assignee else ""),
    ("Kanal", 16, lambda case: case.get_channel_display()),
    ("Kerahasiaan", 12, lambda case: case.get_privacy_display()),
    ("Pelapor/pemohon", 22, lambda case: masked_name(case)),
    ("Status", 22, lambda case: case.get_status_display()),
    ("Diterima", 17, lambda case: case.received_at),
    ("Tenggat", 12, lambda case: case.due_on),
    ("Ditanggapi", 17, lambda case: case.answered_at),
    ("Ditutup", 17, lambda case: case.closed_at),
    ("Hasil", 32, lambda case: case.get_outcome_display() if case.outcome else ""),
]


def masked_name(case: Case) -> str:
    """What a list that leaves the office may say about who asked."""
    if case.privacy == Privacy.ANONYMOUS:
        return "anonim"
    if case.privacy == Privacy.CONFIDENTIAL:
        return "dirahasiakan"
    return case.identity.masked_name if case.identity else ""


def export(cases: CaseQuerySet, *, user: User, query: str) -> IO[bytes]:
    """Write the cases into a file that is gone when it is closed; leaves one line in the access
    log.
    """
    file = TemporaryFile()  # noqa: SIM115 - the answer streams from it and closes it
    count = _write(
        file, cases.for_list().select_related("topic", "section", "assignee", "applicant")
    )
    AccessLog.objects.create(
        what=AccessLog.What.EXPORT, user=user, data={"count": count, "filters": query}
    )
    file.seek(0)
    return file


def _write(file: IO[bytes], cases: CaseQuerySet) -> int:
    book = xlsxwriter.Workbook(
        file,
        {
            # What a citizen typed is never a formula or a link, whatever it begins with.
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "constant_memory": True,
        },
    )
    sheet = book.add_worksheet("Kasus")
    bold = book.add_format({"bold": True})
    formats = {
        datetime: book.add_format({"num_format": "dd-mm-yyyy hh:mm"}),
        date: book.add_format({"num_format": "dd-mm-yyyy"}),
    }
    for column, (title, width, _value) in enumerate(COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, title, bold)
    sheet.freeze_panes(1, 0)
    row = 0
    for row, case in enumerate(cases[:MOST].iterator(chunk_size=2000), start=1):
        for column, (_title, _width, value) in enumerate(COLUMNS):
            _write_cell(sheet, row, column, value(case), formats)
    book.close()
    return row


def _write_cell(sheet: Any, row: int, column: int, value: Any, formats: dict[type, Any]) -> None:
    if isinstance(value, datetime):
        # Excel knows no zones: the office's own clock is what a reader expects.
        sheet.write_datetime(row, column, timezone.make_naive(value), formats[datetime])
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, formats[date])
    elif value:
        sheet.write_string(row, column, str(value))
