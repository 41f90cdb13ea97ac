"""A filter of the case list that one person keeps."""

from django.db import models

from office.models import User


class SavedFilter(models.Model):
    """A named query string of the case list; what it shows still depends on who opens it."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="saved_filters")
    name = models.CharField("nama", max_length=60)
    query = models.CharField(max_length=1000)

    class Meta:
        ordering = ["name"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["user", "name"], name="saved_filter_name_once")
        ]

    def __str__(self) -> str:
        return self.name
