"""What staff did to the surveys. Only ever added to."""

from django.db import models
from django.utils import timezone

from office.append_only import AppendOnly
from office.models import User

from .asking import Counter
from .instrument import Instrument
from .response import Response


class EventCode(models.TextChoices):
    VERSION_MADE = "versi_baru", "Versi baru dibuat"
    COUNTER_OPENED = "kode_dibuat", "Kode QR dibuat"
    COUNTER_RETIRED = "kode_ditarik", "Kode QR ditarik"
    TOPIC_GIVEN = "topik_saran", "Saran diberi topik"


class SurveyEvent(AppendOnly):
    """One verb of staff: codes and data, never what a citizen wrote.

    The database refuses UPDATE and DELETE (see the migrations).
    """

    code = models.CharField("peristiwa", max_length=16, choices=EventCode)
    instrument = models.ForeignKey(
        Instrument, null=True, on_delete=models.PROTECT, related_name="events"
    )
    counter = models.ForeignKey(Counter, null=True, on_delete=models.PROTECT, related_name="events")
    response = models.ForeignKey(
        Response, null=True, on_delete=models.PROTECT, related_name="events"
    )
    actor = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("waktu", default=timezone.now)
    data = models.JSONField(default=dict)

    class Meta:
        ordering = ["pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.get_code_display()} {self.at:%d-%m-%Y %H.%M}"
