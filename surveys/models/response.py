"""What was answered. No row here leads to a person, a case, a visit or a link."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from infocontent.models import Topic
from office.append_only import AppendOnly

from .instrument import Element, Instrument


class Source(models.TextChoices):
    LINK = "tautan", _("Tautan sekali pakai")
    QR = "qr", _("Kode QR di loket")
    KIOSK = "kios", _("Kios")


class FlagReason(models.TextChoices):
    """Why an answer is counted apart; it is never dropped."""

    NONE = "", "—"
    SAME_DEVICE = "perangkat_sama", "Banyak jawaban dari perangkat yang sama"
    CROWD = "beruntun", "Banyak jawaban dalam satu menit"
    TOO_FAST = "terlalu_cepat", "Semua jawaban sama dan terlalu cepat"
    UNKNOWN_KIOSK = "bukan_kios", "Bukan dari kios yang dipasang petugas"


class Sex(models.TextChoices):
    MALE = "l", _("Laki-laki")
    FEMALE = "p", _("Perempuan")


class AgeBand(models.TextChoices):
    UNDER_20 = "<20", _("Di bawah 20 tahun")
    FROM_20 = "20-29", _("20–29 tahun")
    FROM_30 = "30-39", _("30–39 tahun")
    FROM_40 = "40-49", _("40–49 tahun")
    FROM_50 = "50-59", _("50–59 tahun")
    FROM_60 = "60+", _("60 tahun ke atas")


class Education(models.TextChoices):
    PRIMARY = "sd", _("SD")
    LOWER_SECONDARY = "smp", _("SMP")
    UPPER_SECONDARY = "sma", _("SMA")
    BACHELOR = "s1", _("S1")
    MASTER = "s2", _("S2")
    DOCTOR = "s3", _("S3")


class Occupation(models.TextChoices):
    CIVIL_SERVANT = "pns", _("PNS")
    ARMY = "tni", _("TNI")
    POLICE = "polri", _("Polri")
    EMPLOYEE = "swasta", _("Karyawan swasta")
    ENTREPRENEUR = "wirausaha", _("Wirausaha")
    OTHER = "lainnya", _("Lainnya")


class HourBand(models.TextChoices):
    MORNING = "08-12", _("08.00–12.00")
    AFTERNOON = "13-17", _("13.00–17.00")


class ResponseQuerySet(models.QuerySet["Response"]):
    def counted(self) -> "ResponseQuerySet":
        """Those that make up the index; the flagged ones are shown apart."""
        return self.filter(is_flagged=False)

    def with_comment(self) -> "ResponseQuerySet":
        return self.exclude(comment="")


class Response(models.Model):
    """One filled-in questionnaire.

    The month is all that is kept of the time: with a day or a moment, an answer could be matched
    to the case closed or the visitor served just before it.
    """

    instrument = models.ForeignKey(
        Instrument, verbose_name="instrumen", on_delete=models.PROTECT, related_name="responses"
    )
    month = models.DateField("bulan")
    source = models.CharField("asal", max_length=8, choices=Source)
    # A SurveyedService's code, or a walk-in service's that the office has added since.
    service = models.CharField("layanan", max_length=30, blank=True)
    sex = models.CharField("jenis kelamin", max_length=1, choices=Sex, blank=True)
    age = models.CharField("umur", max_length=6, choices=AgeBand, blank=True)
    education = models.CharField("pendidikan", max_length=4, choices=Education, blank=True)
    occupation = models.CharField("pekerjaan", max_length=10, choices=Occupation, blank=True)
    hours = models.CharField("jam pelayanan", max_length=6, choices=HourBand, blank=True)
    comment = models.TextField("saran", blank=True)
    comment_topic = models.ForeignKey(
        Topic,
        verbose_name="topik saran",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    is_flagged = models.BooleanField("ditandai", default=False)
    flag_reason = models.CharField(
        "alasan ditandai", max_length=16, choices=FlagReason, blank=True, default=""
    )

    objects = ResponseQuerySet.as_manager()

    class Meta:
        verbose_name = "jawaban survei"
        verbose_name_plural = "jawaban survei"
        ordering = ["-month", "-pk"]
        default_permissions = ()
        permissions = [("sort_comments", "Memberi topik pada saran survei")]
        constraints = [
            models.CheckConstraint(
                name="response_month_is_its_first_day", condition=Q(month__day=1)
            ),
            models.CheckConstraint(
                name="response_flagged_says_why",
                condition=Q(is_flagged=False, flag_reason="")
                | (Q(is_flagged=True) & ~Q(flag_reason="")),
            ),
            models.CheckConstraint(
                name="response_topic_of_a_comment",
                condition=Q(comment_topic=None) | ~Q(comment=""),
            ),
        ]
        indexes = [
            models.Index(fields=["instrument", "month", "service"], name="response_of_a_month"),
            models.Index(
                fields=["-month", "-id"], name="response_comments", condition=~Q(comment="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.instrument} {self.month:%m-%Y}"


class Answer(AppendOnly):
    """One element's value, from 1. The database refuses UPDATE and DELETE (see the migrations)."""

    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="answers")
    element = models.ForeignKey(Element, on_delete=models.PROTECT, related_name="answers")
    value = models.PositiveSmallIntegerField("nilai")

    class Meta:
        verbose_name = "jawaban satu unsur"
        verbose_name_plural = "jawaban per unsur"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["response", "element"], name="answer_once"),
            models.CheckConstraint(name="answer_on_the_scale", condition=Q(value__range=(1, 6))),
        ]

    def __str__(self) -> str:
        return f"{self.element_id}: {self.value}"
