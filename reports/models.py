"""Reports of the PPID as they are written and published. A register is made from the cases and
keeps nothing of its own.
"""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse

from office.append_only import PersonsEvent
from office.calendar import today as office_today
from office.documents.models import (
    CORRECTION_SAYS_WHY,
    PUBLISHED_COMPLETELY,
    Edition,
    EditionQuerySet,
)

from .meetings import models as _meetings  # noqa: F401 - Django looks for models in here
from .period import FIRST_YEAR, LAST_YEAR, WHOLE_YEAR, Period
from .recap.models import FreezeNote, FrozenMonth, MonthMark, MonthSummary, RecapEvent

__all__ = [
    "FreezeNote",
    "FrozenMonth",
    "MonthMark",
    "MonthSummary",
    "RecapEvent",
    "Report",
    "ReportEvent",
    "ReportRule",
    "ReportRuleQuerySet",
    "rupiah",
]


def rupiah(amount: int | None) -> str:
    return "—" if amount is None else "Rp" + f"{amount:,}".replace(",", ".")


class ReportRuleQuerySet(models.QuerySet["ReportRule"]):
    def in_force(self, on: date | None = None) -> "ReportRule | None":
        return self.filter(valid_from__lte=on or office_today()).order_by("-valid_from").first()


class ReportRule(models.Model):
    """By which day of the following year the yearly report is due, from a day on. A change of law
    is a new row.
    """

    day = models.PositiveSmallIntegerField("tanggal")
    month = models.PositiveSmallIntegerField("bulan")
    law = models.CharField("dasar hukum", max_length=150)
    valid_from = models.DateField("berlaku sejak")

    objects = ReportRuleQuerySet.as_manager()

    class Meta:
        verbose_name = "batas waktu laporan"
        verbose_name_plural = "batas waktu laporan"
        ordering = ["-valid_from"]
        default_permissions = ("add", "change", "view")
        constraints = [
            models.UniqueConstraint(fields=["valid_from"], name="report_rule_once"),
            models.CheckConstraint(
                name="report_rule_names_a_day",
                condition=Q(day__range=(1, 28), month__range=(1, 12))
                | Q(day__range=(29, 30), month__in=[1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
                | Q(day=31, month__in=[1, 3, 5, 7, 8, 10, 12]),
                violation_error_message="Tanggal itu tidak ada di setiap tahun.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day}-{self.month} ({self.law})"

    def clean(self) -> None:
        if self.valid_from and not 2000 <= self.valid_from.year < 2100:
            raise ValidationError({"valid_from": "Tahunnya tidak mungkin. Periksa lagi."})

    def due_on(self, year: int) -> date:
        """When the report about a year is due."""
        return date(year + 1, self.month, self.day)


class ReportQuerySet(EditionQuerySet["Report"]):
    def public(self) -> "ReportQuerySet":
        """What everybody may read: published reports about whole years.

        Monthly ones stay in the office: twelve of them beside the year's would give away by
        subtraction what each of them withholds.
        """
        return self.published().filter(month=WHOLE_YEAR)


class Report(Edition):
    """One edition of the report about one year or month: six chapters, figures, and once published
    the file and its digest. The database refuses to change or delete what has been published; a
    correction is another edition that says why.
    """

    year = models.PositiveSmallIntegerField("tahun")
    month = models.PositiveSmallIntegerField("bulan", default=WHOLE_YEAR)

    policy = models.TextField("kebijakan pelayanan informasi", max_length=20_000, blank=True)
    facilities = models.TextField("sarana dan prasarana", max_length=20_000, blank=True)
    people = models.TextField("sumber daya manusia", max_length=20_000, blank=True)
    budget = models.PositiveBigIntegerField("anggaran (Rp)", null=True, blank=True)
    spent = models.PositiveBigIntegerField("realisasi (Rp)", null=True, blank=True)
    budget_note = models.TextField(
        "penjelasan anggaran dan realisasi", max_length=20_000, blank=True
    )
    service_note = models.TextField("penjelasan pelayanan", max_length=20_000, blank=True)
    dispute_note = models.TextField(
        "penjelasan keberatan dan sengketa", max_length=20_000, blank=True
    )
    internal_obstacles = models.TextField("kendala internal", max_length=20_000, blank=True)
    external_obstacles = models.TextField("kendala eksternal", max_length=20_000, blank=True)
    recommendations = models.TextField(
        "rekomendasi dan rencana tindak lanjut", max_length=20_000, blank=True
    )

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = "laporan layanan informasi"
        verbose_name_plural = "laporan layanan informasi"
        ordering = ["-year", "-month", "-edition"]
        default_permissions = ("view",)
        permissions = [
            ("write_report", "Menulis laporan layanan informasi"),
            ("publish_report", "Menerbitkan laporan layanan informasi"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "month", "edition"], name="report_edition_once"
            ),
            models.UniqueConstraint(
                fields=["year", "month"],
                name="report_one_draft",
                condition=Q(state="konsep"),
            ),
            models.CheckConstraint(
                name="report_of_a_period",
                condition=Q(year__range=(FIRST_YEAR, LAST_YEAR), month__lte=12),
            ),
            models.CheckConstraint(
                name="report_correction_says_why",
                condition=CORRECTION_SAYS_WHY,
            ),
            models.CheckConstraint(
                name="report_published_completely",
                condition=PUBLISHED_COMPLETELY,
            ),
        ]

    def __str__(self) -> str:
        edition = f" (edisi {self.edition})" if self.edition > 1 else ""
        return f"Laporan layanan informasi {self.period}{edition}"

    def get_absolute_url(self) -> str:
        return reverse("reports:report", args=[self.year, self.edition])

    @property
    def period(self) -> Period:
        return Period(self.year, self.month)

    @property
    def budget_words(self) -> str:
        return rupiah(self.budget)

    @property
    def spent_words(self) -> str:
        return rupiah(self.spent)

    @property
    def file_name(self) -> str:
        month = f"-{self.month:02d}" if self.month else ""
        edition = f"-edisi-{self.edition}" if self.edition > 1 else ""
        return f"laporan-layanan-informasi-{self.year}{month}{edition}.pdf"


class ReportEvent(PersonsEvent):
    """One step in the life of a report; only ever added to."""

    class Code(models.TextChoices):
        BEGUN = "dimulai", "Konsep dimulai"
        SAVED = "disimpan", "Konsep disimpan"
        PUBLISHED = "diterbitkan", "Diterbitkan"

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="events")
    code = models.CharField(max_length=12, choices=Code)

    class Meta(PersonsEvent.Meta):
        verbose_name = "peristiwa laporan"
        verbose_name_plural = "peristiwa laporan"

    def __str__(self) -> str:
        return f"{self.report}: {self.get_code_display()}"


# Tables of parts of this app, read from here by Django.
from .statistics.models import PublicMonth  # noqa: E402, F401
from .texts.models import PhraseCount, TextMonth  # noqa: E402, F401
