"""The ways in: one-time links, counters with a QR code, and what keeps each to one answer."""

from datetime import date

from django.core.cache import cache
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import get_language

from .response import Response


class SurveyedServiceQuerySet(models.QuerySet["SurveyedService"]):
    def offered(self) -> "SurveyedServiceQuerySet":
        """Those that a person who scans a code can choose from."""
        return self.filter(is_offered=True)


class SurveyedService(models.Model):
    """A kind of service by which results are told apart."""

    code = models.SlugField("kode", max_length=30, unique=True)
    name = models.CharField("nama", max_length=80)
    name_en = models.CharField("nama (Inggris)", max_length=80, blank=True)
    is_offered = models.BooleanField("dapat dipilih pengisi", default=True)
    order = models.PositiveSmallIntegerField("urutan", default=0)

    objects = SurveyedServiceQuerySet.as_manager()

    class Meta:
        verbose_name = "layanan yang disurvei"
        verbose_name_plural = "layanan yang disurvei"
        ordering = ["order", "pk"]
        default_permissions = ("add", "change", "view")

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        return self.name_en if get_language() == "en" and self.name_en else self.name


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def used(self) -> "InvitationQuerySet":
        return self.filter(Exists(SpentKey.objects.filter(digest=OuterRef("digest"))))


class Invitation(models.Model):
    """A link that was offered after a closed case or a finished visit.

    Which case or visit is not stored: the link is computed from it with the office's secret key,
    and only its digest is here. Nor is stored which answer was given with it.
    """

    class After(models.TextChoices):
        CASE = "kasus", "Kasus yang ditutup"
        VISIT = "kunjungan", "Kunjungan yang selesai"

    digest = models.CharField(max_length=64, unique=True, editable=False)
    after = models.CharField("sesudah", max_length=10, choices=After)
    service = models.CharField("layanan", max_length=30, blank=True)
    created_on = models.DateField("ditawarkan")
    expires_on = models.DateField("berlaku sampai dengan")

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "tautan survei"
        verbose_name_plural = "tautan survei"
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="invitation_expires_later",
                condition=Q(expires_on__gte=models.F("created_on")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_after_display()} {self.created_on:%d-%m-%Y}"

    def has_expired(self, day: date) -> bool:
        return day > self.expires_on


class SpentKey(models.Model):
    """That a link or a form has been answered with: the row that a second answer runs into.

    Of a link no time is kept, and no key is a number that grows: neither says which answer came
    with it. Keys of forms at the counter are swept after some days.
    """

    digest = models.CharField(max_length=64, primary_key=True)
    spent_on = models.DateField(null=True, db_index=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.digest[:8]


class Counter(models.Model):
    """A place with a printed QR code. The code is replaced by a new one when it has got about."""

    code = models.CharField("kode", max_length=12, unique=True, editable=False)
    name = models.CharField("tempat", max_length=60, help_text="Misalnya Loket 2.")
    service = models.ForeignKey(
        SurveyedService,
        verbose_name="layanan",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Kosong: pengisi memilih sendiri.",
    )
    opened_on = models.DateField("dibuat")
    retired_on = models.DateField("ditarik", null=True, blank=True)

    class Meta:
        verbose_name = "kode QR loket"
        verbose_name_plural = "kode QR loket"
        ordering = ["retired_on", "name", "pk"]
        default_permissions = ()
        permissions = [("keep_survey_counters", "Mencetak dan menarik kode QR survei")]
        constraints = [
            models.CheckConstraint(
                name="survey_counter_retired_later",
                condition=Q(retired_on=None) | Q(retired_on__gte=models.F("opened_on")),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("admin:surveys_counter_change", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.retired_on is None


class AskingRulesQuerySet(models.QuerySet["AskingRules"]):
    def current(self) -> "AskingRules":
        """The rules in force, kept in memory for a minute."""
        rules = cache.get("survey-rules")
        if rules is None:
            rules = self.first() or AskingRules()
            cache.set("survey-rules", rules, 60)
        return rules


class AskingRules(models.Model):
    """How long a link lives, and from when on answers look like a burst. One row."""

    link_days = models.PositiveSmallIntegerField(
        "masa berlaku tautan (hari)", default=30, validators=[MinValueValidator(1)]
    )
    device_minutes = models.PositiveSmallIntegerField(
        "perangkat yang sama: dalam berapa menit", default=10, validators=[MinValueValidator(1)]
    )
    device_answers = models.PositiveSmallIntegerField(
        "perangkat yang sama: paling banyak jawaban",
        default=2,
        validators=[MinValueValidator(1)],
        help_text="Lebih dari ini, semua jawaban perangkat itu ditandai.",
    )
    minute_answers = models.PositiveSmallIntegerField(
        "satu kode QR atau kios: paling banyak jawaban per menit",
        default=6,
        validators=[MinValueValidator(1)],
    )
    fast_seconds = models.PositiveSmallIntegerField(
        "semua jawaban sama: paling cepat (detik)",
        default=12,
        help_text="Lebih cepat dari ini ditandai.",
    )

    objects = AskingRulesQuerySet.as_manager()

    class Meta:
        verbose_name = "aturan survei"
        verbose_name_plural = "aturan survei"
        default_permissions = ("view", "change")
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="asking_rules_have_one_row"),
            models.CheckConstraint(
                name="asking_rules_above_zero",
                condition=Q(
                    link_days__gte=1,
                    device_minutes__gte=1,
                    device_answers__gte=1,
                    minute_answers__gte=1,
                ),
            ),
        ]

    def __str__(self) -> str:
        return "Aturan survei"


class Trace(models.Model):
    """For two hours: from which device and in which minute an answer at the counter came.

    So that all answers of a burst can be marked, also the first. Never of an answer by link. The
    device is a digest whose key changes every day.
    """

    response = models.OneToOneField(
        Response, primary_key=True, on_delete=models.PROTECT, related_name="+"
    )
    device = models.CharField(max_length=64)
    place = models.CharField(max_length=12)
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=["device", "at"], name="trace_of_a_device"),
            models.Index(fields=["place", "at"], name="trace_of_a_place"),
            models.Index(fields=["at"], name="trace_oldest"),
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.at:%H.%M}"
