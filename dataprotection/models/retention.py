"""How long what is kept (UU 27/2022 Ps 42-45), and the batches in which it is destroyed."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from cases.models import Case, Redaction
from cases.workflow import Kind
from office.models import User


class RetentionRuleQuerySet(models.QuerySet["RetentionRule"]):
    def in_force(self, today: date) -> "dict[tuple[str, str], RetentionRule]":
        """For each kind and part the rule that counts: one of its own kind before the general
        one, then the latest.
        """
        found: dict[tuple[str, str], RetentionRule] = {}
        rules = self.filter(is_active=True, valid_from__lte=today).order_by("kind", "valid_from")
        # The blank kind sorts first, so that a rule of the own kind overwrites it.
        for rule in rules:
            for kind in [rule.kind] if rule.kind else Kind.values:
                found[kind, rule.part] = rule
        return found


class RetentionRule(models.Model):
    """How many days after the closing one part of a case is kept. A change of the schedule is a new
    row.
    """

    part = models.CharField("data", max_length=16, choices=Redaction.Part)
    kind = models.CharField(
        "jenis kasus", max_length=12, choices=Kind, blank=True, help_text="Kosong: semua jenis."
    )
    days = models.PositiveIntegerField("hari setelah ditutup")
    law = models.CharField("dasar hukum / JRA", max_length=200)
    valid_from = models.DateField("berlaku sejak")
    is_active = models.BooleanField("aktif", default=True)

    objects = RetentionRuleQuerySet.as_manager()

    class Meta:
        verbose_name = "aturan retensi"
        verbose_name_plural = "aturan retensi"
        ordering = ["part", "kind", "-valid_from"]
        default_permissions = ("add", "change", "view")
        constraints = [
            models.UniqueConstraint(
                fields=["part", "kind", "valid_from"], name="retention_rule_once_a_day"
            )
        ]

    def __str__(self) -> str:
        kind = f", {self.get_kind_display()}" if self.kind else ""
        return f"{self.get_part_display()}{kind}: {self.days} hari"


class DisposalBatch(models.Model):
    """Data whose term is over, on a list that two people sign before anything is destroyed."""

    made_at = models.DateTimeField("disusun", default=timezone.now)
    # None: the retention command.
    made_by = models.ForeignKey(
        User,
        verbose_name="penyusun",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    as_of = models.DateField("dihitung per tanggal")
    first_signer = models.ForeignKey(
        User,
        verbose_name="penanda tangan pertama",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    first_signed_at = models.DateTimeField(null=True, blank=True)
    second_signer = models.ForeignKey(
        User,
        verbose_name="penanda tangan kedua",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    second_signed_at = models.DateTimeField(null=True, blank=True)
    ordered_at = models.DateTimeField("diperintahkan", null=True, blank=True)
    run_at = models.DateTimeField("selesai", null=True, blank=True)
    cancelled_at = models.DateTimeField("dibatalkan", null=True, blank=True)

    class Meta:
        verbose_name = "berkas pemusnahan"
        verbose_name_plural = "berkas pemusnahan"
        ordering = ["-pk"]
        default_permissions = ()
        permissions = [("sign_retention", "Menandatangani berkas pemusnahan")]
        constraints = [
            models.CheckConstraint(
                name="batch_two_different_signers",
                condition=Q(second_signer=None)
                | (Q(first_signer__isnull=False) & ~Q(first_signer=F("second_signer"))),
            ),
            models.CheckConstraint(
                name="batch_destroys_only_with_two_signatures",
                condition=Q(ordered_at=None, run_at=None)
                | Q(first_signer__isnull=False, second_signer__isnull=False),
            ),
            models.CheckConstraint(
                name="batch_cancelled_destroys_nothing",
                condition=Q(cancelled_at=None) | Q(ordered_at=None, run_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"Berkas pemusnahan {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("admin:dataprotection_disposalbatch_change", args=[self.pk])

    @property
    def state(self) -> str:
        if self.cancelled_at:
            return "Dibatalkan"
        if self.run_at:
            return "Selesai"
        if self.ordered_at:
            return "Sedang dimusnahkan"
        if self.second_signer_id:
            return "Siap dimusnahkan"
        return "Menunggu tanda tangan kedua" if self.first_signer_id else "Menunggu tanda tangan"


class BatchLine(models.Model):
    """One part of one case in a batch, and what became of it."""

    class State(models.TextChoices):
        WAITING = "menunggu", "Menunggu"
        DONE = "dimusnahkan", "Dimusnahkan"
        SKIPPED = "dilewati", "Dilewati"

    class Reason(models.TextChoices):
        NONE = "", "—"
        OPEN = "dibuka", "Kasus dibuka kembali"
        TOUCHED = "berubah", "Kasus berubah setelah berkas disusun"
        RULE = "aturan", "Aturannya berubah atau tidak berlaku lagi"
        ASKED = "permintaan", "Ada permintaan hak data yang belum selesai"
        GONE = "sudah", "Sudah dimusnahkan sebelumnya"

    batch = models.ForeignKey(DisposalBatch, on_delete=models.PROTECT, related_name="lines")
    rule = models.ForeignKey(RetentionRule, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=16, choices=Redaction.Part)
    # The case's version on the list: whatever was done to it since takes it off.
    version = models.PositiveIntegerField()
    state = models.CharField(max_length=12, choices=State, default=State.WAITING)
    reason = models.CharField(max_length=12, choices=Reason, blank=True, default="")

    class Meta:
        verbose_name = "baris pemusnahan"
        verbose_name_plural = "baris pemusnahan"
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["batch", "case", "part"], name="batch_line_once"),
            models.CheckConstraint(
                name="batch_line_skipped_says_why",
                condition=Q(state="dilewati") & ~Q(reason="") | ~Q(state="dilewati") & Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}: {self.part} {self.state}"
