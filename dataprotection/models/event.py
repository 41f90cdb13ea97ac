"""The office's log of breaches and of what was destroyed. Only ever added to."""

from django.db import models
from django.db.models import Q

from office.append_only import Event

from ..workflow import EventCode
from .breach import Breach
from .retention import DisposalBatch


class ProtectionEvent(Event):
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

    class Meta(Event.Meta):
        constraints = [
            models.CheckConstraint(
                name="protection_event_of_one_thing",
                condition=Q(breach__isnull=False, batch=None) | Q(breach=None, batch__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_code_display()} {self.at:%d-%m-%Y %H.%M}"
