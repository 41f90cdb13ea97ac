"""The counts of a month's words. Made anew by a job from cases and comments; nobody edits them."""

from django.db import models

from infocontent.models import Topic

# A phrase within a longer one that stands in nearly as many texts says the same.
WITHIN = 0.8


class TextMonth(models.Model):
    """How many texts of one month and topic were read for their words; without a topic: all."""

    month = models.DateField("bulan")
    topic = models.ForeignKey(
        Topic, verbose_name="topik", null=True, on_delete=models.PROTECT, related_name="+"
    )
    n = models.PositiveIntegerField("kasus")
    # Of a month with more phrases than are kept: how often the last kept one stood there.
    least = models.PositiveIntegerField(default=0)
    counted_at = models.DateTimeField("dihitung")

    class Meta:
        verbose_name = "bulan yang dibaca"
        verbose_name_plural = "bulan yang dibaca"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["month", "topic"], name="text_month_topic_once"),
            models.UniqueConstraint(
                fields=["month"], condition=models.Q(topic=None), name="text_month_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}: {self.n}"


class PhraseCount(models.Model):
    """In how many texts of one month (and topic; without one: of all) a word or phrase stood.

    `phrase` is its stems, `written` how most people write it. Below three different texts there is
    no row: what only one or two people wrote could be about them.
    """

    month = models.DateField("bulan")
    topic = models.ForeignKey(
        Topic,
        verbose_name="topik",
        null=True,
        db_index=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    phrase = models.CharField("ungkapan", max_length=130)
    written = models.CharField("tertulis", max_length=130)
    size = models.PositiveSmallIntegerField("kata")
    n = models.PositiveIntegerField("kasus")

    class Meta:
        verbose_name = "kata dan ungkapan"
        verbose_name_plural = "kata dan ungkapan"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["month", "topic", "phrase"], name="phrase_count_topic_once"
            ),
            models.UniqueConstraint(
                fields=["month", "phrase"],
                condition=models.Q(topic=None),
                name="phrase_count_once",
            ),
            models.CheckConstraint(
                name="phrase_count_hides_the_rare", condition=models.Q(n__gte=3)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.phrase}: {self.n}"


def is_within(row: PhraseCount, other: PhraseCount) -> bool:
    """Whether the longer phrase says what this one says."""
    return (
        other.size > row.size
        and other.n >= WITHIN * row.n
        and f" {row.phrase} " in f" {other.phrase} "
    )
