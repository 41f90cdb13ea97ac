"""What readers do, counted without knowing who they are."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from .item import Item


class Vote(models.Model):
    """One visitor's answer to "membantu?" on one day. `voter` is a digest that differs every day
    and for every item, and leads back to nobody.
    """

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="votes")
    day = models.DateField()
    voter = models.CharField(max_length=64)
    is_helpful = models.BooleanField("membantu")
    reason = models.CharField("alasan", max_length=300, blank=True)

    class Meta:
        verbose_name = "suara pembaca"
        verbose_name_plural = "suara pembaca"
        ordering = ["-day", "-pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["item", "day", "voter"], name="vote_once_a_day"),
        ]
        indexes = [
            # The page of bad votes reads the last months of all items.
            models.Index(fields=["day"], condition=Q(is_helpful=False), name="vote_bad_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.day} {'+' if self.is_helpful else '-'}"


class DailyCountQuerySet(models.QuerySet["DailyCount"]):
    def add(self, item_ids: list[int], what: str, day: date) -> None:
        """One more for each item, whoever else counts at the same moment."""
        for item_id in sorted(set(item_ids)):
            row, is_new = self.get_or_create(
                item_id=item_id, what=what, day=day, defaults={"count": 1}
            )
            if not is_new:
                self.filter(pk=row.pk).update(count=F("count") + 1)


class DailyCount(models.Model):
    """How often one thing happened with one item on one day."""

    class What(models.TextChoices):
        SCAN = "pindai", "Kode QR dipindai"
        USE = "pakai", "Dipakai dalam jawaban"
        DEFLECTION = "terjawab", "Menjawab sebelum formulir dikirim"

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="counts")
    what = models.CharField(max_length=10, choices=What)
    day = models.DateField()
    count = models.PositiveIntegerField(default=0)

    objects = DailyCountQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["item", "what", "day"], name="daily_count_once"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.what} {self.day}: {self.count}"


class SearchCount(models.Model):
    """How often people searched for one thing on one day. Spellings of the same words share a row
    (`key`: their stems in order); `words` is the first of them, without long digit runs.
    """

    key = models.CharField(max_length=120)
    words = models.CharField("kata", max_length=120)
    day = models.DateField("hari")
    found = models.PositiveIntegerField("hasil")
    count = models.PositiveIntegerField("berapa kali", default=0)

    class Meta:
        verbose_name = "pencarian"
        verbose_name_plural = "pencarian"
        ordering = ["-day", "-count"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["key", "day"], name="search_count_once"),
        ]
        indexes = [
            # Searches without a result become the team's next texts.
            models.Index(fields=["day", "key"], condition=Q(found=0), name="search_missed"),
        ]

    def __str__(self) -> str:
        return f"{self.words} ({self.day}): {self.count}"
