"""Who changed what in tallies, contacts and comments. Only ever added to."""

from typing import Any, NoReturn

from django.db import models
from django.db.models import Q
from django.utils import timezone

from office.models import User

from ..vocabulary import EventCode
from .comment import Comment
from .contact import Contact
from .tally import TallyMonth


class ChannelEvent(models.Model):
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
    # None: a command of the server.
    actor = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField("waktu", default=timezone.now)
    data = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = "riwayat kanal"
        verbose_name_plural = "riwayat kanal"
        ordering = ["pk"]
        default_permissions = ()
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

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise TypeError("The log cannot be changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("The log cannot be deleted.")
