"""A visit to the walk-in desk, from the number to what came of it, and its history."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from infocontent.models import Item, Topic
from office.append_only import AppendOnly
from office.crypto import EncryptedTextField
from office.models import User
from office.numbering import Series

from ..workflow import AT_COUNTER, FINAL, OPEN, Lane, Origin, Outcome, PriorityReason, Status
from .desk import Counter, Service


class DayNumber(Series):
    """One series for each service on each local day."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["service", "day"], name="day_number_once")]

    def __str__(self) -> str:
        return f"{self.service} {self.day}: {self.last}"

    @classmethod
    def take(cls, service: Service, day: date) -> int:
        return cls.next_numbers(service=service.pk, day=day)[0]


class VisitQuerySet(models.QuerySet["Visit"]):
    def on(self, day: date) -> "VisitQuerySet":
        return self.filter(day=day)

    def waiting(self) -> "VisitQuerySet":
        return self.filter(status=Status.WAITING)

    def in_line(self) -> "VisitQuerySet":
        """In the order of the line, lanes apart."""
        return self.order_by("queued_at", "pk")


class Visit(models.Model):
    """One person at the walk-in desk. Not a case: it may open one.

    `series` and `number` are what the slip says and never change; `service` is the line in which
    the visitor stands now. Name and contact are optional, encrypted, and never leave the counter.
    """

    token = models.CharField(max_length=22, unique=True, editable=False)
    day = models.DateField("hari")
    series = models.ForeignKey(
        Service, verbose_name="seri", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    # None: logged afterwards, without a slip.
    number = models.PositiveIntegerField("nomor", null=True)
    service = models.ForeignKey(
        Service, verbose_name="layanan", on_delete=models.PROTECT, related_name="visits"
    )
    lane = models.CharField("jalur", max_length=10, choices=Lane, default=Lane.ORDINARY)
    priority_reason = models.CharField(
        "alasan prioritas", max_length=12, choices=PriorityReason, blank=True, default=""
    )
    origin = models.CharField("asal", max_length=8, choices=Origin, default=Origin.KIOSK)
    language = models.CharField("bahasa", max_length=2, default="id")
    status = models.CharField("status", max_length=16, choices=Status, default=Status.WAITING)

    arrived_at = models.DateTimeField("datang")
    # The place in the line: the arrival, or the moment of coming back into it.
    queued_at = models.DateTimeField()
    called_at = models.DateTimeField("dipanggil", null=True, blank=True)
    started_at = models.DateTimeField("mulai dilayani", null=True, blank=True)
    ended_at = models.DateTimeField("selesai", null=True, blank=True)
    calls = models.PositiveSmallIntegerField("berapa kali dipanggil", default=0)
    has_missed = models.BooleanField("pernah tidak datang", default=False)
    counter = models.ForeignKey(
        Counter,
        verbose_name="loket",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="visits",
    )
    officer = models.ForeignKey(
        User,
        verbose_name="petugas",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    visitor_name = EncryptedTextField("nama", blank=True)
    visitor_contact = EncryptedTextField("kontak", blank=True)
    topic = models.ForeignKey(
        Topic,
        verbose_name="topik",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="visits",
    )
    asked = models.TextField("yang ditanyakan", blank=True)
    answered = models.TextField("yang dijawab", blank=True)
    handed_over = models.ManyToManyField(
        Item, verbose_name="diserahkan kepada pengunjung", blank=True, related_name="visits"
    )
    outcome = models.CharField("hasil", max_length=16, choices=Outcome, blank=True, default="")
    referred_to = models.CharField("dirujuk kepada", max_length=120, blank=True)
    case = models.OneToOneField(
        Case,
        verbose_name="kasus",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="visit",
    )

    # Grows with every verb; a button of an older page is answered with what happened since.
    version = models.PositiveIntegerField(default=1)
    events_count = models.PositiveIntegerField(default=0)

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = "kunjungan"
        verbose_name_plural = "kunjungan"
        ordering = ["-arrived_at", "-pk"]
        default_permissions = ("view",)
        permissions = [
            ("serve_visit", "Melayani di loket Yankomas"),
            ("export_visit", "Mengekspor daftar kunjungan"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["series", "day", "number"], name="visit_number_once"),
            models.UniqueConstraint(
                fields=["counter"],
                condition=Q(status__in=sorted(AT_COUNTER)),
                name="visit_one_at_a_counter",
            ),
            models.CheckConstraint(
                name="visit_ended_exactly_when_final",
                condition=Q(ended_at=None, status__in=sorted(OPEN))
                | Q(ended_at__isnull=False, status__in=sorted(FINAL)),
            ),
            models.CheckConstraint(
                name="visit_at_a_counter_has_one",
                condition=~Q(status__in=sorted(AT_COUNTER)) | Q(counter__isnull=False),
            ),
            models.CheckConstraint(
                name="visit_priority_says_why",
                condition=Q(lane=Lane.ORDINARY, priority_reason="")
                | (Q(lane=Lane.PRIORITY) & ~Q(priority_reason="")),
            ),
            models.CheckConstraint(
                name="visit_case_opened_has_case",
                condition=Q(case__isnull=False, outcome=Outcome.CASE_OPENED)
                | (Q(case=None) & ~Q(outcome=Outcome.CASE_OPENED)),
            ),
            models.CheckConstraint(
                name="visit_only_logged_ones_lack_a_number",
                condition=Q(number__isnull=False) | Q(origin=Origin.LOGGED),
            ),
        ]
        indexes = [
            models.Index(fields=["-arrived_at", "-id"], name="visit_newest"),
            models.Index(fields=["day", "status", "queued_at"], name="visit_of_the_day"),
            models.Index(fields=["day", "-called_at"], name="visit_last_called"),
        ]

    def __str__(self) -> str:
        arrived = timezone.localtime(self.arrived_at)
        return self.label if self.number else f"Kunjungan {arrived:%d-%m-%Y %H.%M}"

    @property
    def label(self) -> str:
        """What the slip and the board say, such as A012."""
        return f"{self.series.prefix}{self.number:03d}" if self.number else "—"

    @property
    def is_priority(self) -> bool:
        return self.lane == Lane.PRIORITY


class EventCode(models.TextChoices):
    """One code per verb; words for people are made from it when a page is shown."""

    TAKEN = "diambil", _("Nomor diambil")
    CALLED = "dipanggil", _("Dipanggil")
    CALLED_AGAIN = "dipanggil_lagi", _("Dipanggil lagi")
    MISSED = "tidak_datang", _("Tidak datang, kembali ke antrean")
    NO_SHOW = "tidak_hadir", _("Tidak hadir")
    STARTED = "mulai", _("Mulai dilayani")
    HELD = "ditahan", _("Ditahan")
    RESUMED = "dilanjutkan", _("Dilanjutkan")
    TRANSFERRED = "dipindah", _("Dipindah ke layanan lain")
    RECORDED = "dicatat", _("Isi dicatat")
    CASE_OPENED = "kasus_dibuka", _("Kasus dibuka")
    FINISHED = "selesai", _("Selesai")
    LOGGED = "susulan", _("Dicatat susulan")
    UNSERVED = "tidak_terlayani", _("Tidak terlayani sampai tutup")


class VisitEvent(AppendOnly):
    """One line of a visit's history, kept for ever; all figures are counted from these rows.

    The database itself refuses UPDATE and DELETE (see the migrations).
    """

    visit = models.ForeignKey(
        Visit, on_delete=models.PROTECT, related_name="events", db_index=False
    )
    seq = models.PositiveIntegerField()
    code = models.CharField(max_length=16, choices=EventCode)
    at = models.DateTimeField()
    actor = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    counter = models.ForeignKey(Counter, null=True, on_delete=models.PROTECT, related_name="+")
    data = models.JSONField(default=dict)

    class Meta:
        verbose_name = "peristiwa kunjungan"
        verbose_name_plural = "peristiwa kunjungan"
        ordering = ["visit", "seq"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["visit", "seq"], name="visit_event_sequence")
        ]

    def __str__(self) -> str:
        return f"{self.seq}. {self.code}"
