"""The summary that the monthly recap is read from, and the months that somebody has frozen."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from office.append_only import AppendOnly, PersonsEvent
from office.models import User


class MonthMark(models.Model):
    """A month has to be counted again: the database itself writes one with every change of a row
    that the recap counts (see the migrations).

    Only added, so that no two writers ever wait for one row; taken away by the counting that read
    it. Holds the moment or day as the row has it: which month that is only the office's zone says.
    """

    at = models.DateTimeField(null=True)
    day = models.DateField(null=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="month_mark_names_a_time",
                condition=Q(at__isnull=False) | Q(day__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return str(self.day or self.at)


class MonthSummary(models.Model):
    """The figures of one month as they were counted from the rows; nobody types any of them."""

    month = models.DateField(unique=True)
    figures = models.JSONField(default=dict)
    refreshed_at = models.DateTimeField()

    class Meta:
        ordering = ["month"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(name="month_summary_first_day", condition=Q(month__day=1))
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class FrozenMonth(AppendOnly):
    """A month whose figures somebody declared final, kept as they were. What is counted otherwise
    later shows beside them as a correction. The database refuses to change or delete it.
    """

    month = models.DateField("bulan", unique=True)
    figures = models.JSONField(default=dict)
    frozen_at = models.DateTimeField("dibekukan pada", default=timezone.now)
    frozen_by = models.ForeignKey(
        User, verbose_name="dibekukan oleh", on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "rekap bulanan"
        verbose_name_plural = "rekap bulanan"
        ordering = ["month"]
        default_permissions = ()
        permissions = [("freeze_recap", "Membekukan rekap bulanan")]
        constraints = [
            models.CheckConstraint(name="frozen_month_first_day", condition=Q(month__day=1)),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class FreezeNote(models.Model):
    """Why a frozen month is counted otherwise now, in somebody's words; only ever added to."""

    frozen = models.ForeignKey(FrozenMonth, on_delete=models.PROTECT, related_name="notes")
    text = models.TextField("catatan", max_length=2000)
    author = models.ForeignKey(
        User, verbose_name="penulis", on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField("pada", default=timezone.now)

    class Meta:
        verbose_name = "catatan koreksi rekap"
        verbose_name_plural = "catatan koreksi rekap"
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(name="freeze_note_says_something", condition=~Q(text=""))
        ]

    def __str__(self) -> str:
        return f"{self.frozen}: {self.text[:40]}"


class RecapEvent(PersonsEvent):
    """What was done to a month's recap; only ever added to."""

    class Code(models.TextChoices):
        FROZEN = "dibekukan", "Dibekukan"
        NOTED = "dicatat", "Koreksi dijelaskan"

    frozen = models.ForeignKey(FrozenMonth, on_delete=models.PROTECT, related_name="events")
    code = models.CharField(max_length=12, choices=Code)

    class Meta(PersonsEvent.Meta):
        verbose_name = "peristiwa rekap"
        verbose_name_plural = "peristiwa rekap"

    def __str__(self) -> str:
        return f"{self.frozen}: {self.get_code_display()}"
