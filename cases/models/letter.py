"""Official letters: the texts an administrator keeps, and each letter that has left the office."""

import re
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from office.append_only import AppendOnly
from office.calendar import today as office_today
from office.models import User
from office.numbering import Series

from .attachment import Attachment
from .case import Case

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


_PARTS = re.compile(r"\{(urut|bulan|tahun)\}")


def check_number_format(value: str) -> None:
    if set("{}") & set(_PARTS.sub("", value)):
        raise ValidationError("Pakai hanya {urut}, {bulan}, dan {tahun}.")
    if not {"urut", "tahun"} <= set(_PARTS.findall(value)):
        raise ValidationError("Nomor surat harus memuat {urut} dan {tahun}.")


def format_number(number_format: str, serial: int, on: date) -> str:
    """ "0042/PPID/XI/2026" from "{urut}/PPID/{bulan}/{tahun}"."""
    parts = {"urut": f"{serial:04d}", "bulan": ROMAN[on.month - 1], "tahun": str(on.year)}
    return _PARTS.sub(lambda found: parts[found[1]], number_format)


class LetterTemplateQuerySet(models.QuerySet["LetterTemplate"]):
    def in_force(self, code: str, language: str, on: Any = None) -> "LetterTemplate | None":
        """The text of a day; where there is none in the language, the Indonesian one."""
        rows = self.filter(
            code=code, language__in=[language, "id"], valid_from__lte=on or office_today()
        )
        return max(rows, key=lambda row: (row.language == language, row.valid_from), default=None)


class LetterTemplate(models.Model):
    """The text of one kind of letter from a day on. A change is a new row, so that it stays known
    what was in force; what has left carries its own words anyway.

    `{names}` in the body are filled in (cases.correspondence); a name on a line of its own may
    stand for a whole table.
    """

    class Code(models.TextChoices):
        EXTENSION = "perpanjangan", "Pemberitahuan perpanjangan waktu"
        NOTICE = "pemberitahuan", "Pemberitahuan tertulis"
        REFUSAL = "penolakan", "Keputusan PPID tentang penolakan permohonan informasi"
        OBJECTION_ANSWER = "tanggapan_keberatan", "Tanggapan Atasan PPID atas keberatan"

    code = models.CharField("surat", max_length=24, choices=Code)
    language = models.CharField(
        "bahasa", max_length=2, choices=[("id", "Indonesia"), ("en", "English")], default="id"
    )
    title = models.CharField("judul", max_length=150)
    body = models.TextField("isi", max_length=20_000)
    number_format = models.CharField(
        "bentuk nomor",
        max_length=80,
        default="{urut}/PPID/{bulan}/{tahun}",
        validators=[check_number_format],
        help_text="{urut} nomor urut tahun itu, {bulan} angka Romawi, {tahun} tahun.",
    )
    valid_from = models.DateField("berlaku sejak")

    objects = LetterTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = "naskah surat"
        verbose_name_plural = "naskah surat"
        ordering = ["code", "language", "-valid_from"]
        default_permissions = ("add", "change", "view")
        constraints = [
            models.UniqueConstraint(
                fields=["code", "language", "valid_from"], name="letter_template_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_code_display()} ({self.language}) {self.valid_from:%d-%m-%Y}"


class LetterCounter(Series):
    """One series (agenda) a year for all letters."""

    year = models.PositiveSmallIntegerField(primary_key=True)

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"

    @classmethod
    def next_number(cls, year: int) -> int:
        return cls.next_numbers(year=year)[0]


class Letter(AppendOnly):
    """One signed letter as it left the office; the database refuses to change or delete it.

    The row holds nothing of what the letter says: its words are in the message that carried it
    and in the PDF, and both go when the case is redacted. `sha256` is the PDF's digest, also kept
    in the case's sealed history.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="letters")
    template = models.ForeignKey(LetterTemplate, on_delete=models.PROTECT, related_name="+")
    code = models.CharField("surat", max_length=24, choices=LetterTemplate.Code)
    number = models.CharField("nomor", max_length=80)
    year = models.PositiveSmallIntegerField("tahun")
    serial = models.PositiveIntegerField("nomor urut")
    language = models.CharField("bahasa", max_length=2)
    title = models.CharField("judul", max_length=150)
    issued_at = models.DateTimeField("diterbitkan")
    signed_by = models.ForeignKey(
        User, verbose_name="ditandatangani", on_delete=models.PROTECT, related_name="+"
    )
    attachment = models.OneToOneField(Attachment, on_delete=models.PROTECT, related_name="letter")
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = "surat"
        verbose_name_plural = "surat"
        ordering = ["-year", "-serial"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["year", "serial"], name="letter_serial_once"),
            models.UniqueConstraint(fields=["number"], name="letter_number_once"),
        ]

    def __str__(self) -> str:
        return self.number
