"""What happened to an item or an announcement, one row a verb."""

from django.db import models
from django.db.models import Q

from office.append_only import Event

from ..workflow import EventCode
from .announcement import Announcement
from .item import Item


class ContentEvent(Event):
    """One verb that was done; codes and data, the words are made in the template."""

    item = models.ForeignKey(
        Item, null=True, blank=True, on_delete=models.PROTECT, related_name="events"
    )
    announcement = models.ForeignKey(
        Announcement, null=True, blank=True, on_delete=models.PROTECT, related_name="events"
    )
    code = models.CharField("peristiwa", max_length=20, choices=EventCode)

    class Meta(Event.Meta):
        constraints = [
            models.CheckConstraint(
                name="content_event_of_one_thing",
                condition=Q(item__isnull=False, announcement=None)
                | Q(item=None, announcement__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_code_display()} {self.at:%d-%m-%Y %H.%M}"
