"""Rows of files that became cases, and the keyword rules that guess a topic."""

from django.db import models

from cases.models import Case
from infocontent.models import Topic


class KeywordRule(models.Model):
    """A word that hints at a topic in imported text; the rule with the highest weight wins."""

    keyword = models.CharField("kata kunci", max_length=60)
    topic = models.ForeignKey(
        Topic, verbose_name="topik", on_delete=models.PROTECT, related_name="keyword_rules"
    )
    weight = models.PositiveSmallIntegerField("bobot", default=1)

    class Meta:
        verbose_name = "aturan kata kunci"
        verbose_name_plural = "aturan kata kunci"
        ordering = ["topic", "-weight", "keyword"]
        constraints = [
            models.UniqueConstraint(fields=["keyword", "topic"], name="keyword_rule_once")
        ]

    def __str__(self) -> str:
        return f"{self.keyword} → {self.topic}"


class ImportedRow(models.Model):
    """One row of a file that became a case; its digest keeps a second import from adding it."""

    source = models.CharField("sumber", max_length=40)
    digest = models.CharField(max_length=64)
    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="imported_row")

    class Meta:
        verbose_name = "baris impor"
        verbose_name_plural = "baris impor"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["source", "digest"], name="imported_row_once")
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.digest[:8]}"
