"""What is kept of the words in cases: marks of likeness, and what was learnt of topics."""

from django.db import models

from .case import Case


class TextMark(models.Model):
    """One mark of one case's text; cases that share several marks say nearly the same.

    A mark is a digest of two neighbouring stems and no word. The key begins with the mark, so that
    the newest cases with it are read from its end; cases.marks writes and removes the rows.
    """

    pk = models.CompositePrimaryKey("mark", "case_id")
    mark = models.IntegerField()
    case = models.ForeignKey(Case, db_index=False, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "tanda kemiripan"
        verbose_name_plural = "tanda kemiripan"
        default_permissions = ()
        # What goes when the text of a case goes.
        indexes = [models.Index(fields=["case"], name="text_mark_case")]

    def __str__(self) -> str:
        return f"{self.mark:x}"


class TopicModel(models.Model):
    """What one night's learning made of the topics that staff had set: per topic the weight of
    each word. The newest row counts; earlier ones stay to show how it went.
    """

    trained_at = models.DateTimeField("dipelajari")
    examples = models.PositiveIntegerField("contoh")
    # Of the examples that were held back: how many, and how many of these it got right.
    tried = models.PositiveIntegerField("dicoba")
    right = models.PositiveIntegerField("tepat")
    rules_right = models.PositiveIntegerField("tepat menurut kata kunci")
    weights = models.JSONField("bobot")

    class Meta:
        verbose_name = "hasil belajar topik"
        verbose_name_plural = "hasil belajar topik"
        default_permissions = ()
        ordering = ["-trained_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="topic_model_right_of_tried",
                condition=models.Q(
                    right__lte=models.F("tried"), rules_right__lte=models.F("tried")
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.trained_at:%d-%m-%Y %H.%M}: {self.examples} contoh"
