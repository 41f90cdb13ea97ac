"""The list of public information (DIP) and the list of what is kept from the public."""

from datetime import date, timedelta

from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from office.calendar import today as office_today
from office.models import User

from .media import Media
from .topic import Topic

# Information whose time of secrecy ends becomes public; it is prepared before that day.
EXCLUSION_NOTICE = timedelta(days=60)


class PublicInformationQuerySet(models.QuerySet["PublicInformation"]):
    def listed(self) -> "PublicInformationQuerySet":
        return self.filter(is_listed=True)


class PublicInformation(models.Model):
    """One row of the Daftar Informasi Publik: something that the office has and anybody may have.

    The seven columns are those of PERKI 1/2010 Lampiran II; the category decides when it has to be
    announced (UU 14/2008 Ps 9-11).
    """

    class Category(models.TextChoices):
        PERIODIC = "berkala", _("Berkala")
        IMMEDIATE = "serta-merta", _("Serta-merta")
        ANY_TIME = "setiap-saat", _("Setiap saat")

    number = models.PositiveIntegerField("nomor", unique=True)
    category = models.CharField("kategori", max_length=12, choices=Category)
    summary = models.CharField("ringkasan isi informasi", max_length=300)
    summary_en = models.CharField("ringkasan (Inggris)", max_length=300, blank=True)
    holder = models.CharField("pejabat/unit/satker yang menguasai", max_length=150)
    responsible = models.CharField("penanggung jawab pembuatan/penerbitan", max_length=150)
    made = models.CharField("waktu dan tempat pembuatan", max_length=150)
    available_as = models.CharField("bentuk informasi yang tersedia", max_length=150)
    retention = models.CharField("jangka waktu penyimpanan/retensi arsip", max_length=150)
    topic = models.ForeignKey(
        Topic,
        verbose_name="topik",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="public_information",
    )
    document = models.ForeignKey(
        Media,
        verbose_name="dokumen",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    link = models.URLField(
        "tautan", max_length=300, blank=True, validators=[URLValidator(schemes=["https"])]
    )
    is_listed = models.BooleanField("tampil di daftar", default=True)
    needs_check = models.BooleanField("perlu diperiksa", default=False)
    updated_at = models.DateTimeField("diperbarui", default=timezone.now)

    objects = PublicInformationQuerySet.as_manager()

    class Meta:
        verbose_name = "informasi publik (DIP)"
        verbose_name_plural = "daftar informasi publik (DIP)"
        ordering = ["number"]
        default_permissions = ("add", "change", "view")
        constraints = [
            models.CheckConstraint(
                name="dip_link_is_https",
                condition=Q(link="") | Q(link__startswith="https://"),
                violation_error_message="Tautan dimulai dengan https://.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.summary}"

    def get_absolute_url(self) -> str:
        return reverse("infocontent:dip_row", args=[self.number])

    @property
    def label_language(self) -> str:
        return "en" if get_language() == "en" and self.summary_en else "id"

    @property
    def label(self) -> str:
        """What it is, in the reader's language."""
        return self.summary_en if self.label_language == "en" else self.summary


class ExclusionQuerySet(models.QuerySet["Exclusion"]):
    def in_force(self, today: date | None = None) -> "ExclusionQuerySet":
        day = today or office_today()
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)

    def ending(self, today: date | None = None) -> "ExclusionQuerySet":
        """In force, and over within the notice: made available before that day."""
        day = today or office_today()
        return self.in_force(day).filter(ends_on__lte=day + EXCLUSION_NOTICE)


class Exclusion(models.Model):
    """One decision that some information is kept from the public (informasi dikecualikan), with the
    record of its consequence test (lembar uji konsekuensi, PERKI 1/2021 Ps 49).

    The public sees that it exists, on what ground and until when; never what it says, nor the
    weighing.
    """

    class Ground(models.TextChoices):
        """UU 14/2008 Ps 17, by letter."""

        LAW_ENFORCEMENT = "a", _("Menghambat penegakan hukum")
        PROPERTY = "b", _("Kekayaan intelektual dan persaingan usaha")
        DEFENCE = "c", _("Pertahanan dan keamanan negara")
        RESOURCES = "d", _("Kekayaan alam")
        ECONOMY = "e", _("Ketahanan ekonomi nasional")
        FOREIGN = "f", _("Hubungan luar negeri")
        DEEDS = "g", _("Akta otentik bersifat pribadi dan wasiat")
        PRIVACY = "h", _("Rahasia pribadi")
        MEMORANDA = "i", _("Surat antar atau dalam Badan Publik yang dirahasiakan")
        OTHER_LAW = "j", _("Tidak boleh diungkap menurut undang-undang lain")

    title = models.CharField("informasi yang dikecualikan", max_length=250)
    title_en = models.CharField("informasi (Inggris)", max_length=250, blank=True)
    ground = models.CharField("alasan (UU 14/2008 Pasal 17)", max_length=1, choices=Ground)
    legal_basis = models.CharField("dasar hukum pengecualian", max_length=300)
    if_opened = models.TextField("konsekuensi bila dibuka", max_length=5000)
    if_closed = models.TextField("konsekuensi bila ditutup", max_length=5000)
    holder = models.CharField("pejabat/unit penguasa", max_length=150)
    decree_number = models.CharField("nomor surat keputusan", max_length=80)
    decree_on = models.DateField("tanggal surat keputusan")
    tested_on = models.DateField("tanggal uji konsekuensi")
    tested_at_place = models.CharField("tempat uji konsekuensi", max_length=120)
    participants = models.TextField(
        "peserta uji", max_length=3000, help_text="Nama dan jabatan, satu per baris."
    )
    starts_on = models.DateField("berlaku sejak")
    ends_on = models.DateField(
        "berlaku sampai",
        null=True,
        blank=True,
        help_text="Kosong hanya bila undang-undangnya tidak memberi batas (huruf g, h, j).",
    )
    author = models.ForeignKey(
        User, verbose_name="dicatat oleh", null=True, on_delete=models.PROTECT, related_name="+"
    )
    updated_at = models.DateTimeField("diperbarui", default=timezone.now)

    objects = ExclusionQuerySet.as_manager()

    class Meta:
        verbose_name = "informasi dikecualikan"
        verbose_name_plural = "daftar informasi dikecualikan"
        ordering = ["starts_on", "pk"]
        default_permissions = ("add", "change", "view")
        constraints = [
            models.CheckConstraint(
                name="exclusion_ends_after_it_starts",
                condition=Q(ends_on=None) | Q(ends_on__gt=models.F("starts_on")),
                violation_error_message="Berlaku sampai harus setelah berlaku sejak.",
            ),
            # UU 14/2008 Ps 20: what letters a to f protect is not kept for ever.
            models.CheckConstraint(
                name="exclusion_a_to_f_end",
                condition=Q(ends_on__isnull=False) | ~Q(ground__in=list("abcdef")),
                violation_error_message=(
                    "Pengecualian huruf a sampai f tidak permanen (UU 14/2008 Pasal 20): isi "
                    "tanggal berakhirnya."
                ),
            ),
            # UU 14/2008 Ps 19: the test comes before the decision.
            models.CheckConstraint(
                name="exclusion_tested_before_decreed",
                condition=Q(tested_on__lte=models.F("decree_on")),
                violation_error_message="Uji konsekuensi dilakukan sebelum keputusannya.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def label_language(self) -> str:
        return "en" if get_language() == "en" and self.title_en else "id"

    @property
    def label(self) -> str:
        """What is kept, in the reader's language."""
        return self.title_en if self.label_language == "en" else self.title

    def is_ending(self, today: date | None = None) -> bool:
        """As `ending()` selects them."""
        day = today or office_today()
        return (
            # A form that was filled in wrongly shows a record without its days.
            self.ends_on is not None
            and self.starts_on is not None
            and self.starts_on <= day <= self.ends_on <= day + EXCLUSION_NOTICE
        )
