"""The filtered list as an XLSX file: masked, safe to open, and written down."""

from tempfile import TemporaryFile
from typing import IO

from office.models import User
from office.workbook import Column, write_list

from .models import AccessLog, Case, CaseQuerySet
from .workflow import Privacy

MOST = 20_000

COLUMNS: list[Column] = [
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
    ("Hasil", 32, lambda case: case.outcome_label),
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
    rows = cases.for_list().select_related("topic", "section", "assignee", "applicant")
    count = write_list(file, "Kasus", COLUMNS, rows[:MOST].iterator(chunk_size=2000))
    AccessLog.objects.create(
        what=AccessLog.What.EXPORT, user=user, data={"count": count, "filters": query}
    )
    file.seek(0)
    return file
