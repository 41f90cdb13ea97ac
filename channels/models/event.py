"""Who changed what in tallies, contacts and comments. Only ever added to."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from office.append_only import Event

from ..vocabulary import EventCode
from .comment import Comment
from .contact import Contact
from .tally import TallyMonth


class ChannelEvent(Event):
    """One verb about one month's figures, one contact, one comment, or one file of comments.

    Codes and figures, never a text that somebody wrote. Of figures `data` keeps each cell with old
    and new. The database refuses UPDATE and DELETE (see the migrations).
    """

    tally_month = models.ForeignKey(
        TallyMonth, null=True, blank=True, on_delete=models.PROTECT, related_name="events"
    )
    contact = models.ForeignKey(
        Contact, null=True, blank=True, on_delete=models.PROTECT, related_name="events"
    )
    comment = models.ForeignKey(
        Comment, null=True, blank=True, on_delete=models.PROTECT, related_name="events"
    )
    # What the month, the contact or the comment became with this verb.
    version = models.PositiveIntegerField(default=1)
    code = models.CharField("peristiwa", max_length=20, choices=EventCode)

    class Meta(Event.Meta):
        verbose_name = "riwayat kanal"
        verbose_name_plural = "riwayat kanal"
        constraints = [
            models.UniqueConstraint(
                fields=["tally_month", "version"], name="channel_event_of_month_once"
            ),
            models.UniqueConstraint(
                fields=["contact", "version"], name="channel_event_of_contact_once"
            ),
            models.UniqueConstraint(
                fields=["comment", "version"], name="channel_event_of_comment_once"
            ),
            models.CheckConstraint(
                name="channel_event_of_one_thing",
                condition=Q(contact=None, comment=None)
                | Q(tally_month=None, comment=None)
                | Q(tally_month=None, contact=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_code_display()} {timezone.localtime(self.at):%d-%m-%Y %H.%M}"
