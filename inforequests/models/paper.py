"""Numbered blank forms for the days on which only paper works."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from cases.models import Case
from office.models import User
from office.numbering import Series


class PaperFormCounter(Series):
    """The numbers printed in one year."""

    year = models.PositiveSmallIntegerField(primary_key=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"F {self.year}: {self.last}"


class PaperFormQuerySet(models.QuerySet["PaperForm"]):
    def unused(self) -> "PaperFormQuerySet":
        return self.filter(case=None, voided_at=None)

    def used(self) -> "PaperFormQuerySet":
        return self.exclude(case=None)

    def voided(self) -> "PaperFormQuerySet":
        return self.exclude(voided_at=None)

    def newest_first(self) -> "PaperFormQuerySet":
        return self.select_related("printed_by", "voided_by").order_by("-year", "-serial")


class PaperForm(models.Model):
    """One printed form (UU 14/2008 Ps 22 (2)-(3)), its two copies under one number.

    It ends as the paper of exactly one case, or voided. The database itself refuses to change it
    after that, and ever to delete it (see the migrations).
    """

    year = models.PositiveSmallIntegerField("tahun")
    serial = models.PositiveIntegerField("nomor urut")
    language = models.CharField("bahasa", max_length=2, choices=settings.LANGUAGES, default="id")
    printed_by = models.ForeignKey(
        User, verbose_name="dicetak oleh", on_delete=models.PROTECT, related_name="+"
    )
    printed_at = models.DateTimeField("dicetak")
    case = models.OneToOneField(
        Case,
        verbose_name="kasus",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="paper_form",
    )
    voided_by = models.ForeignKey(
        User,
        verbose_name="dibatalkan oleh",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    voided_at = models.DateTimeField("dibatalkan", null=True, blank=True)
    void_reason = models.CharField("alasan pembatalan", max_length=200, blank=True)

    objects = PaperFormQuerySet.as_manager()

    class Meta:
        verbose_name = "formulir kertas"
        verbose_name_plural = "formulir kertas"
        default_permissions = ()
        permissions = [("enter_request", "Dapat mencatat permohonan lisan dan kertas")]
        constraints = [
            models.UniqueConstraint(fields=["year", "serial"], name="paper_form_number_once"),
            models.CheckConstraint(
                name="paper_form_used_or_voided_not_both",
                condition=Q(case__isnull=True) | Q(voided_at__isnull=True),
            ),
            models.CheckConstraint(
                name="paper_form_voided_with_person_and_reason",
                condition=Q(voided_at__isnull=True, voided_by__isnull=True, void_reason="")
                | (Q(voided_at__isnull=False, voided_by__isnull=False) & ~Q(void_reason="")),
            ),
            models.CheckConstraint(
                name="paper_form_number_positive", condition=Q(year__gte=2000, serial__gte=1)
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        return f"F-{self.year}-{self.serial:04d}"

    @property
    def is_unused(self) -> bool:
        return self.case_id is None and self.voided_at is None
