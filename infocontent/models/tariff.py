"""What things cost, each price with the day from which it holds."""

from datetime import date

from django.db import models
from django.db.models import OuterRef, Subquery
from django.utils.translation import get_language

from office.calendar import today as office_today

from .topic import Topic


class TariffQuerySet(models.QuerySet["Tariff"]):
    def in_force(self, today: date | None = None) -> "TariffQuerySet":
        """The newest price of each thing that holds on this day."""
        day = today or office_today()
        newest = self.model.objects.filter(code=OuterRef("code"), valid_from__lte=day)
        return self.filter(pk=Subquery(newest.order_by("-valid_from").values("pk")[:1]))


class Tariff(models.Model):
    """One price as one regulation set it (PNBP). A new regulation is a new row; texts name the code
    and never the amount.
    """

    code = models.SlugField("kode", max_length=40)
    group = models.SlugField("kelompok", max_length=20)
    name = models.CharField("nama", max_length=150)
    name_en = models.CharField("nama (Inggris)", max_length=150, blank=True)
    amount = models.PositiveIntegerField("rupiah")
    unit = models.CharField("per", max_length=60, blank=True)
    unit_en = models.CharField("per (Inggris)", max_length=60, blank=True)
    valid_from = models.DateField("berlaku sejak")
    source = models.CharField("dasar hukum", max_length=150)
    topic = models.ForeignKey(
        Topic,
        verbose_name="topik",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="tariffs",
    )
    order = models.PositiveSmallIntegerField("urutan", default=0)
    needs_check = models.BooleanField("perlu diperiksa", default=False)

    objects = TariffQuerySet.as_manager()

    class Meta:
        verbose_name = "tarif"
        verbose_name_plural = "tarif"
        ordering = ["order", "code", "-valid_from"]
        default_permissions = ("add", "change", "view")
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="tariff_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.rupiah}"

    @property
    def label(self) -> str:
        return self.name_en if get_language() == "en" and self.name_en else self.name

    @property
    def per(self) -> str:
        return self.unit_en if get_language() == "en" and self.unit_en else self.unit

    @property
    def rupiah(self) -> str:
        """As people write it: Rp650.000."""
        return f"Rp{self.amount:,}".replace(",", ".")
