"""Rows that are written once and stay; where it matters the database refuses it, too."""

from typing import Any, NoReturn

from django.db import models
from django.utils import timezone

from .models import User


class AppendOnly(models.Model):
    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise TypeError(f"{type(self).__name__}s cannot be changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError(f"{type(self).__name__}s cannot be deleted.")


class Event(AppendOnly):
    """One verb that was done: codes and data, the words are made in the template."""

    # None: the clock, or a command of the server.
    actor = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField("waktu", default=timezone.now)
    data = models.JSONField(default=dict, blank=True)

    class Meta:
        abstract = True
        ordering = ["pk"]
        default_permissions = ()


class PersonsEvent(AppendOnly):
    """One step that a person took."""

    actor = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    data = models.JSONField(default=dict)

    class Meta:
        abstract = True
        ordering = ["pk"]
        default_permissions = ()
