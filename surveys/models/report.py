"""Reports of the surveys as they are written and published."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from office.append_only import PersonsEvent
from office.documents.models import (
    CORRECTION_SAYS_WHY,
    PUBLISHED_COMPLETELY,
    Edition,
    EditionQuerySet,
)

from ..period import Period
from .instrument import Instrument

MOST_WORDS = 20_000


class SurveyReportQuerySet(EditionQuerySet["SurveyReport"]):
    def of(self, instrument: str, period: Period) -> "SurveyReportQuerySet":
        return self.filter(instrument=instrument, first_month=period.first, months=period.months)

    def public(self) -> "SurveyReportQuerySet":
        """What everybody may read of each period: its last published edition."""
        later = SurveyReport.objects.published().filter(
            instrument=OuterRef("instrument"),
            first_month=OuterRef("first_month"),
            months=OuterRef("months"),
            edition__gt=OuterRef("edition"),
        )
        return self.published().filter(~Exists(later))

    def overlapping(self, period: Period) -> "SurveyReportQuerySet":
        """Those about any month of the period: at most a year long, so few are looked at."""
        return self.filter(first_month__lt=period.first_after, last_month__gte=period.first)


class SurveyReport(Edition):
    """One edition of the report about an instrument and a period: typed texts, figures, and once
    published the file and its digest. The database refuses to change or delete what has been
    published; a correction is another edition that says why.
    """

    class Term(models.TextChoices):
        """PermenPANRB 14/2017: how soon something can be put right."""

        SHORT = "pendek", "Pendek (kurang dari 12 bulan)"
        MEDIUM = "menengah", "Menengah (1 sampai 2 tahun)"
        LONG = "panjang", "Panjang (lebih dari 2 tahun)"

    instrument = models.CharField("instrumen", max_length=8, choices=Instrument.Code)
    first_month = models.DateField("bulan pertama")
    last_month = models.DateField("bulan terakhir")
    months = models.PositiveSmallIntegerField("banyaknya bulan")

    background = models.TextField("latar belakang", max_length=MOST_WORDS, blank=True)
    legal_basis = models.TextField("dasar hukum", max_length=MOST_WORDS, blank=True)
    purpose = models.TextField("tujuan", max_length=MOST_WORDS, blank=True)
    method = models.TextField("metodologi", max_length=MOST_WORDS, blank=True)
    analysis = models.TextField("analisis", max_length=MOST_WORDS, blank=True)
    # Rows of element, program, term, when and responsible, as they were typed.
    follow_ups = models.JSONField("rencana tindak lanjut", default=list, blank=True)
    # None: as it was counted.
    population = models.PositiveIntegerField("populasi", null=True, blank=True)
    population_note = models.CharField("dasar populasi", max_length=200, blank=True)

    # Profile and services are told once for any month: two periods that overlap would give away by
    # subtraction what each of them withholds.
    has_profile = models.BooleanField("memuat profil", default=False)
    objects = SurveyReportQuerySet.as_manager()

    class Meta:
        verbose_name = "laporan survei"
        verbose_name_plural = "laporan survei"
        ordering = ["-first_month", "months", "instrument", "-edition"]
        default_permissions = ()
        permissions = [
            ("write_survey_report", "Menulis laporan survei"),
            ("publish_survey_report", "Menerbitkan hasil survei"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["instrument", "first_month", "months", "edition"],
                name="survey_report_edition_once",
            ),
            models.UniqueConstraint(
                fields=["instrument", "first_month", "months"],
                name="survey_report_one_draft",
                condition=Q(state="konsep"),
            ),
            models.CheckConstraint(
                name="survey_report_of_a_period",
                condition=Q(first_month__day=1, last_month__day=1)
                & (
                    Q(months=1)
                    | Q(months=3, first_month__month__in=[1, 4, 7, 10])
                    | Q(months=6, first_month__month__in=[1, 7])
                    | Q(months=12, first_month__month=1)
                ),
            ),
            models.CheckConstraint(
                name="survey_report_correction_says_why",
                condition=CORRECTION_SAYS_WHY,
            ),
            models.CheckConstraint(
                name="survey_report_entered_population_says_why",
                condition=Q(population=None) | ~Q(population_note=""),
            ),
            models.CheckConstraint(
                name="survey_report_published_completely",
                condition=PUBLISHED_COMPLETELY,
            ),
        ]

    def __str__(self) -> str:
        edition = f" (edisi {self.edition})" if self.edition > 1 else ""
        return f"Laporan {self.instrument.upper()} {self.period}{edition}"

    def get_absolute_url(self) -> str:
        return reverse(
            "survey_results:result", args=[self.instrument, self.period.code, self.edition]
        )

    @property
    def period(self) -> Period:
        return Period.lasting(self.first_month, self.months)

    @property
    def file_name(self) -> str:
        edition = f"-edisi-{self.edition}" if self.edition > 1 else ""
        return f"laporan-{self.instrument}-{self.period.code}{edition}.pdf"


class SurveyReportEvent(PersonsEvent):
    """One step in the life of a survey report; only ever added to."""

    class Code(models.TextChoices):
        BEGUN = "dimulai", "Konsep dimulai"
        SAVED = "disimpan", "Konsep disimpan"
        PUBLISHED = "diterbitkan", "Diterbitkan"

    report = models.ForeignKey(SurveyReport, on_delete=models.PROTECT, related_name="events")
    code = models.CharField(max_length=12, choices=Code)

    class Meta(PersonsEvent.Meta):
        verbose_name = "peristiwa laporan survei"
        verbose_name_plural = "peristiwa laporan survei"

    def __str__(self) -> str:
        return f"{self.report}: {self.get_code_display()}"
