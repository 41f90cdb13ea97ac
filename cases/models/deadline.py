"""The law's lengths of time, as dated rows: a change of law is a new row, never an edit of old
cases.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..workflow import Kind, ServiceClass


class DeadlineRule(models.Model):
    """How long one step may take for one kind of case, from a date on, and which law says so."""

    class Step(models.TextChoices):
        VERIFY = "verifikasi", _("Verifikasi dan penerusan")
        COMPLETENESS = "kelengkapan", _("Tanggapan lengkap atau belum")
        ANSWER = "jawaban", _("Jawaban")
        EXTENSION = "perpanjangan", _("Perpanjangan")
        COMPLETION = "melengkapi", _("Warga melengkapi")
        ANSWER_BACK = "menanggapi", _("Warga menanggapi jawaban")
        FILE = "diajukan", _("Warga mengajukan")
        DISPUTE = "sengketa", _("Warga mengajukan sengketa ke Komisi Informasi")

    class Unit(models.TextChoices):
        WORKING = "hari_kerja", _("hari kerja")
        CALENDAR = "hari_kalender", _("hari kalender")

    kind = models.CharField("jenis", max_length=12, choices=Kind)
    service_class = models.CharField(
        "klasifikasi", max_length=32, choices=ServiceClass, blank=True, default=""
    )
    step = models.CharField("langkah", max_length=16, choices=Step)
    unit = models.CharField("satuan", max_length=14, choices=Unit)
    days = models.PositiveSmallIntegerField("lama")
    law = models.CharField("dasar hukum", max_length=120)
    valid_from = models.DateField("berlaku sejak")

    class Meta:
        verbose_name = "aturan tenggat"
        verbose_name_plural = "aturan tenggat"
        ordering = ["kind", "service_class", "step", "unit", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "service_class", "step", "unit", "valid_from"],
                name="deadline_rule_once",
            ),
            models.CheckConstraint(condition=models.Q(days__gt=0), name="deadline_rule_positive"),
        ]

    def __str__(self) -> str:
        return (
            f"{self.get_kind_display()}: {self.get_step_display()} {self.days} "
            f"{self.get_unit_display()}"
        )
