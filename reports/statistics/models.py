"""The figures of a month as they were made public."""

from django.db import models
from django.db.models import Q

from office.append_only import AppendOnly
from office.models import User


class PublicMonthQuerySet(models.QuerySet["PublicMonth"]):
    def newest_editions(self) -> "PublicMonthQuerySet":
        """Each month once, as it is shown today, the latest month first."""
        later = self.model.objects.filter(
            month=models.OuterRef("month"), edition__gt=models.OuterRef("edition")
        )
        return self.exclude(models.Exists(later)).order_by("-month")


class PublicMonth(AppendOnly):
    """One month's public figures. They never change: figures that moved with every answer would
    let a reader who comes back each day count single cases. A correction is a new edition.

    `figures` holds only what may be read by everybody; a withheld number is null in it.
    """

    month = models.DateField("bulan")
    edition = models.PositiveSmallIntegerField("edisi", default=1)
    figures = models.JSONField("angka")
    published_at = models.DateTimeField("diterbitkan")
    # None: published by the clock.
    published_by = models.ForeignKey(
        User,
        verbose_name="diterbitkan oleh",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    reason = models.CharField("alasan pembetulan", max_length=300, blank=True)

    objects = PublicMonthQuerySet.as_manager()

    class Meta:
        verbose_name = "statistik publik"
        verbose_name_plural = "statistik publik"
        ordering = ["-month", "-edition"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["month", "edition"], name="public_month_edition_once"),
            models.CheckConstraint(
                name="public_month_begins_on_the_first", condition=Q(month__day=1)
            ),
            models.CheckConstraint(
                name="public_month_correction_says_why_and_who",
                condition=Q(edition=1, reason="", published_by=None)
                | (Q(edition__gt=1, published_by__isnull=False) & ~Q(reason="")),
            ),
        ]

    def __str__(self) -> str:
        edition = f" (edisi {self.edition})" if self.edition > 1 else ""
        return f"Statistik {self.month:%Y-%m}{edition}"
