"""The office itself: who works here, in which section, when it is open, which days are closed."""

from django.contrib.auth.models import AbstractUser
from django.core.cache import cache
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _


class OfficeQuerySet(models.QuerySet["Office"]):
    def current(self) -> "Office":
        """The office of this portal, kept in memory for a minute; an unsaved blank one before
        set-up.
        """
        office = cache.get("office")
        if office is None:
            office = self.first() or Office(name="Kantor Imigrasi", short_name="Kantor Imigrasi")
            office.hours = list(OpeningHours.objects.all())
            cache.set("office", office, 60)
        return office


class Office(models.Model):
    """The one office this portal belongs to; names and letterhead change by decree, so they are
    data.
    """

    name = models.CharField("nama kantor", max_length=150)
    short_name = models.CharField("nama pendek", max_length=60)
    ministry = models.CharField("kementerian", max_length=150)
    directorate = models.CharField(
        "direktorat jenderal / kantor wilayah", max_length=150, blank=True
    )
    address = models.TextField("alamat")
    city = models.CharField("kota", max_length=80)
    phone = models.CharField("telepon", max_length=40, blank=True)
    whatsapp = models.CharField("WhatsApp", max_length=40, blank=True)
    email = models.EmailField("e-mail", blank=True)
    letterhead = models.TextField(
        "kop surat", blank=True, help_text="Satu baris kop per baris teks."
    )
    head_name = models.CharField("nama kepala kantor", max_length=120, blank=True)

    objects = OfficeQuerySet.as_manager()

    # Filled by current(): the opening hours that pages show.
    hours: "list[OpeningHours]" = []

    class Meta:
        verbose_name = "kantor"
        verbose_name_plural = "kantor"
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="office_has_one_row"),
        ]

    def __str__(self) -> str:
        return self.name


class OpeningHours(models.Model):
    """One stretch in which a desk is open on one weekday (Monday is 1, as in ISO 8601)."""

    class Weekday(models.IntegerChoices):
        MONDAY = 1, _("Senin")
        TUESDAY = 2, _("Selasa")
        WEDNESDAY = 3, _("Rabu")
        THURSDAY = 4, _("Kamis")
        FRIDAY = 5, _("Jumat")
        SATURDAY = 6, _("Sabtu")
        SUNDAY = 7, _("Minggu")

    weekday = models.PositiveSmallIntegerField("hari", choices=Weekday)
    opens = models.TimeField("buka")
    closes = models.TimeField("tutup")

    class Meta:
        verbose_name = "jam layanan"
        verbose_name_plural = "jam layanan"
        ordering = ["weekday", "opens"]
        constraints = [
            models.UniqueConstraint(fields=["weekday", "opens"], name="opening_hours_unique"),
            models.CheckConstraint(
                condition=models.Q(closes__gt=models.F("opens")), name="opening_hours_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens:%H.%M}–{self.closes:%H.%M}"


class Section(models.Model):
    """A section (seksi) or subdivision of the office; cases are handed to it (disposisi)."""

    code = models.SlugField("kode", max_length=30, unique=True)
    name = models.CharField("nama", max_length=120)
    is_active = models.BooleanField("aktif", default=True)

    class Meta:
        verbose_name = "seksi"
        verbose_name_plural = "seksi"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class User(AbstractUser):
    """A member of staff. What a person may do comes from role groups (roles.py), where from the
    section.
    """

    section = models.ForeignKey(
        Section,
        verbose_name="seksi",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="staff",
    )
    is_demo = models.BooleanField(
        "akun demo",
        default=False,
        editable=False,
        help_text="Dibuat oleh load_demo; ditolak di luar mode demo.",
    )

    class Meta:
        verbose_name = "petugas"
        verbose_name_plural = "petugas"

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    @cached_property
    def duties(self) -> frozenset[str]:
        """The permission codenames that this person's roles grant.

        Being a superuser adds nothing: the administrator keeps accounts and tables, and sees no
        case by virtue of that role.
        """
        if not self.is_active or not self.is_staff:
            return frozenset()
        if self.is_superuser:
            codenames = self.groups.exclude(permissions=None).values_list("permissions__codename")
            return frozenset(codename for (codename,) in codenames)
        # What Django reads for the tables of the admin, read once for both.
        return frozenset(name.partition(".")[2] for name in self.get_group_permissions())

    def may(self, duty: str) -> bool:
        """Whether one of the person's roles carries this duty (a permission codename)."""
        return duty in self.duties


class Holiday(models.Model):
    """A day on which the office is closed though it is a weekday, as decreed by the yearly SKB 3
    Menteri.
    """

    class Category(models.TextChoices):
        NATIONAL = "libur_nasional", "Libur nasional"
        JOINT_LEAVE = "cuti_bersama", "Cuti bersama"
        LOCAL = "libur_setempat", "Libur setempat"

    date = models.DateField("tanggal")
    name = models.CharField("nama", max_length=150)
    category = models.CharField("jenis", max_length=20, choices=Category)
    is_estimate = models.BooleanField("perkiraan", default=False)

    class Meta:
        verbose_name = "hari libur"
        verbose_name_plural = "hari libur"
        ordering = ["date"]
        constraints = [
            models.UniqueConstraint(
                fields=["date", "category"], name="holiday_once_a_day_and_category"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.date:%d-%m-%Y} {self.name}"


class ThrottleWindow(models.Model):
    """How often one address (known only by a keyed digest of the day) did one thing in one
    window.
    """

    key = models.CharField(max_length=64, primary_key=True)
    hits = models.PositiveIntegerField()
    expires_at = models.DateTimeField()

    class Meta:
        verbose_name = "hitungan batas akses"
        verbose_name_plural = "hitungan batas akses"
        indexes = [models.Index(fields=["expires_at"], name="throttle_expires")]

    def __str__(self) -> str:
        return f"{self.key[:8]}… {self.hits}"
