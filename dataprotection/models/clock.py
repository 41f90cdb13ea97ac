"""How many hours the law gives: three times twenty-four, counted through nights and holidays."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.validators import MinValueValidator
from django.db import models
from django.utils import timezone

# UU 27/2022 Ps 30, 32, 40, 41 and 46; used where the office has no row of its own.
HOURS, LAW = 72, "UU 27/2022"


class ClockRuleQuerySet(models.QuerySet["ClockRule"]):
    def due(self, duty: str, at: datetime) -> tuple[datetime, str]:
        """The last moment for what began at `at`, and the law it comes from."""
        hours, law = self.length(duty, at)
        return at + timedelta(hours=hours), law

    def length(self, duty: str, at: datetime) -> tuple[int, str]:
        """How many hours there are for what begins at `at`, and by which law."""
        day = timezone.localdate(at)
        rule = self.filter(duty=duty, valid_from__lte=day).order_by("-valid_from").first()
        return (rule.hours, rule.law) if rule else (HOURS, LAW)


class ClockRule(models.Model):
    """The length of one duty from a day on. What has begun keeps the length it began with."""

    class Duty(models.TextChoices):
        RIGHTS = "hak_subjek", "Permintaan hak subjek data"
        BREACH = "kebocoran", "Pemberitahuan kegagalan pelindungan data"

    duty = models.CharField("kewajiban", max_length=12, choices=Duty)
    hours = models.PositiveSmallIntegerField("jam", validators=[MinValueValidator(1)])
    law = models.CharField("dasar hukum", max_length=120)
    valid_from = models.DateField("berlaku sejak")

    objects = ClockRuleQuerySet.as_manager()

    class Meta:
        verbose_name = "aturan jam"
        verbose_name_plural = "aturan jam (pelindungan data)"
        ordering = ["duty", "-valid_from"]
        default_permissions = ("add", "change", "view")
        constraints = [
            models.UniqueConstraint(fields=["duty", "valid_from"], name="clock_rule_once_a_day"),
            models.CheckConstraint(condition=models.Q(hours__gte=1), name="clock_rule_has_hours"),
        ]

    def __str__(self) -> str:
        return f"{self.get_duty_display()}: {self.hours} jam"


@dataclass(frozen=True)
class TimeLeft:
    """What is left of the hours, in whole hours and minutes; minutes are rounded down."""

    hours: int
    minutes: int
    is_late: bool

    @classmethod
    def until(cls, due: datetime, at: datetime | None = None) -> "TimeLeft":
        left = int((due - (at or timezone.now())).total_seconds())
        hours, rest = divmod(abs(left), 3600)
        return cls(hours, rest // 60, is_late=left < 0)

    @property
    def words(self) -> str:
        """For the desk; the public page puts the numbers into a sentence of its own."""
        return f"{'terlambat' if self.is_late else 'sisa'} {self.hours} jam {self.minutes} menit"

    @property
    def tone(self) -> str:
        if self.is_late:
            return "lewat"
        return "segera" if self.hours < 24 else ""
