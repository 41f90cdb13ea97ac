"""The office's log of breaches and of what was destroyed. Only ever added to."""

from typing import Any, NoReturn

from django.db import models
from django.db.models import Q
from django.utils import timezone

from office.models import User

from ..workflow import EventCode
from .breach import Breach
from .retention import DisposalBatch


class ProtectionEvent(models.Model):
    """One verb about one breach or one batch: codes and figures, never who it was about.

    Requests of data subjects are not here: each concerns one case and stands in its sealed history.
    The database refuses UPDATE and DELETE (see the migrations).
    """

    breach = models.ForeignKey(
        Breach, null=True, blank=True, on_delete=models.PROTECT, related_name="events"
    )
    batch = models.ForeignKey(
        DisposalBatch, null=True, blank=True, on_delete=models.PROTECT, related_name="events"
    )
    code = models.CharField("peristiwa", max_length=26, choices=EventCode)
    # None: the clock.
    actor = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField("waktu", default=timezone.now)
    data = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="protection_event_of_one_thing",
                condition=Q(breach__isnull=False, batch=None) | Q(breach=None, batch__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_code_display()} {self.at:%d-%m-%Y %H.%M}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise TypeError("The log cannot be changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("The log cannot be deleted.")
