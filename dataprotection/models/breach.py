"""The register of failures of data protection (UU 27/2022 Ps 46)."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from cases.models import Case
from office.models import User

from .clock import TimeLeft


class Breach(models.Model):
    """One failure, from the moment it became known to the last notice that it asks for."""

    title = models.CharField("ringkasan", max_length=150)
    known_at = models.DateTimeField("diketahui (T0)")
    due_at = models.DateTimeField("pemberitahuan paling lambat")
    law = models.CharField("dasar jam", max_length=120)
    # UU 27/2022 Ps 46(2): what every notice has to say.
    what = models.TextField("data yang terungkap")
    how = models.TextField("kapan dan bagaimana terungkap")
    handling = models.TextField("upaya penanganan dan pemulihan")
    needs_public_notice = models.BooleanField(
        "masyarakat perlu diberi tahu",
        default=False,
        help_text="Bila mengganggu pelayanan publik atau berdampak serius bagi masyarakat.",
    )
    authority_notified_at = models.DateTimeField("lembaga diberi tahu", null=True, blank=True)
    authority_note = models.CharField("bukti kirim ke lembaga", max_length=200, blank=True)
    public_notified_at = models.DateTimeField("masyarakat diberi tahu", null=True, blank=True)
    public_note = models.CharField("tempat pengumuman", max_length=200, blank=True)
    closed_at = models.DateTimeField("ditutup", null=True, blank=True)
    lesson = models.TextField("pelajaran dan perbaikan", blank=True)
    opened_by = models.ForeignKey(
        User, verbose_name="pencatat", on_delete=models.PROTECT, related_name="+"
    )
    # Grows with every verb: a form that was opened before is refused.
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "insiden data pribadi"
        verbose_name_plural = "insiden data pribadi"
        ordering = ["-known_at", "-pk"]
        default_permissions = ()
        permissions = [("keep_breaches", "Mengelola register insiden data pribadi")]
        constraints = [
            models.CheckConstraint(
                name="breach_closed_after_its_notices",
                condition=Q(closed_at=None)
                | (
                    Q(authority_notified_at__isnull=False)
                    & ~Q(lesson="")
                    & (Q(needs_public_notice=False) | Q(public_notified_at__isnull=False))
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"Insiden {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("admin:dataprotection_breach_change", args=[self.pk])

    @property
    def left(self) -> TimeLeft:
        return TimeLeft.until(self.due_at, self.authority_notified_at)


class AffectedCase(models.Model):
    """A case whose people have to be told, and when that was done."""

    class Via(models.TextChoices):
        EMAIL = "email", "E-mail"
        POST = "pos", "Pos atau kurir"
        HAND = "langsung", "Diserahkan langsung"
        PHONE = "telepon", "Telepon, suratnya diambil"
        NONE = "tanpa_alamat", "Tidak ada alamat: hanya lewat pengumuman"

    breach = models.ForeignKey(Breach, on_delete=models.PROTECT, related_name="affected")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="breaches")
    added_at = models.DateTimeField("ditambahkan", default=timezone.now)
    sent_at = models.DateTimeField("surat terkirim", null=True, blank=True)
    sent_via = models.CharField("dikirim lewat", max_length=12, choices=Via, blank=True)
    sent_by = models.ForeignKey(
        User,
        verbose_name="dikirim oleh",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = "kasus terdampak"
        verbose_name_plural = "kasus terdampak"
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["breach", "case"], name="affected_case_once"),
            models.CheckConstraint(
                name="affected_sent_says_how_and_by_whom",
                condition=Q(sent_at=None, sent_via="", sent_by=None)
                | (Q(sent_at__isnull=False, sent_by__isnull=False) & ~Q(sent_via="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.breach_id}: {self.case_id}"
