"""A register leaves the office as a file: masked, or in full for a stated purpose; either way
written down before its first row is read.
"""

from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from typing import IO

from django.db import models
from django.utils import timezone, translation
from django.utils.formats import date_format

from cases.models import AccessLog
from cases.workflow import CaseError, NotAllowed
from office.models import Office, User

from .books import Extract
from .paper import MOST, print_register
from .people import People
from .workbook import write_register

SHORTEST_PURPOSE = 5


class Form(models.TextChoices):
    XLSX = "xlsx", "Excel (XLSX)"
    PDF = "pdf", "PDF untuk dicetak"


class TooLongForPaper(CaseError):
    """More rows than can be laid out while somebody waits."""

    def __init__(self, count: int) -> None:
        super().__init__(
            f"Bagian ini memuat {_number(count)} baris; PDF paling banyak {_number(MOST)} baris. "
            "Pilih triwulan atau bulan, atau ambil sebagai XLSX, yang tidak terbatas."
        )


def may_release(user: User) -> bool:
    return user.may("view_case") and user.may("export_case")


def may_release_in_full(user: User) -> bool:
    return may_release(user) and user.may("reveal_identity")


def release(
    extract: Extract,
    form: str,
    *,
    in_full: bool = False,
    purpose: str = "",
    at: datetime | None = None,
) -> IO[bytes]:
    """The register as a file. Raises NotAllowed, TooLongForPaper, or CaseError without a purpose.

    In full still leaves out confidential identities that this person may not open.
    """
    user = extract.user
    if not (may_release_in_full(user) if in_full else may_release(user)):
        raise NotAllowed
    purpose = " ".join(purpose.split())
    if in_full and len(purpose) < SHORTEST_PURPOSE:
        raise CaseError("Tuliskan untuk apa register dengan identitas lengkap ini diambil.")
    count, at = extract.cases().count(), at or timezone.now()
    if form == Form.PDF and count > MOST:
        raise TooLongForPaper(count)
    AccessLog.objects.create(
        what=AccessLog.What.EXPORT,
        user=user,
        at=at,
        purpose=purpose[:200] if in_full else "",
        data={
            "list": f"register-{extract.book.code}",
            "year": extract.year,
            "period": extract.period.code,
            "form": str(form),
            "masked": not in_full,
            "count": count,
        },
    )
    return _MAKE[Form(form)](
        extract, People(user if in_full else None), purpose if in_full else "", at
    )


def file_name(extract: Extract, form: str, *, in_full: bool) -> str:
    parts = ["register", extract.book.code, str(extract.year), extract.period.code]
    return (
        "-".join([part for part in parts if part] + (["lengkap"] if in_full else [])) + f".{form}"
    )


def _as_workbook(extract: Extract, people: People, purpose: str, at: datetime) -> IO[bytes]:
    with translation.override("id"):
        notes = [Office.objects.current().name, *_notes(extract, people, purpose, at)]
        return write_register(extract.title, notes, extract.book.columns, extract.entries(people))


def _as_paper(extract: Extract, people: People, purpose: str, at: datetime) -> IO[bytes]:
    return BytesIO(
        print_register(
            extract.book.code,
            extract.title,
            _notes(extract, people, purpose, at),
            extract.book.columns,
            extract.entries(people),
            at=at,
        )
    )


def _notes(extract: Extract, people: People, purpose: str, at: datetime) -> list[str]:
    """Who took it, when, and how much of the identities is in it."""
    local = timezone.localtime(at)
    taken = f"Diambil oleh {extract.user} pada {date_format(local, 'j F Y H.i')}"
    if people.is_masked:
        return [f"{taken}. Identitas disamarkan."]
    return [f"{taken}. IDENTITAS LENGKAP, hanya untuk: {purpose}."]


def _number(count: int) -> str:
    return f"{count:,}".replace(",", ".")


_MAKE: dict[Form, Callable[[Extract, People, str, datetime], IO[bytes]]] = {
    Form.XLSX: _as_workbook,
    Form.PDF: _as_paper,
}
