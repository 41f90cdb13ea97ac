"""The tree of topics that what the office publishes, and the cases, point at."""

from django.core.cache import cache
from django.db import models
from django.utils.translation import get_language

from office.models import Section


class TopicQuerySet(models.QuerySet["Topic"]):
    def active(self) -> "TopicQuerySet":
        return self.filter(is_active=True)

    def tree(self) -> "list[Topic]":
        """Every active leaf with its group, in the order of the tree; kept in memory for a
        minute.
        """
        topics = cache.get("topic-tree")
        if topics is None:
            topics = list(self.choosable())
            cache.set("topic-tree", topics, 60)
        return topics

    def leaf(self, code: str) -> "Topic | None":
        """The choosable topic with this code."""
        return next((topic for topic in self.tree() if topic.code == code), None)

    def choosable(self) -> "TopicQuerySet":
        """The leaves that a person can pick, in the order of the tree."""
        return (
            self.active()
            .exclude(parent=None)
            .select_related("parent")
            .order_by("parent__order", "order", "pk")
        )


class Topic(models.Model):
    """A subject people ask or complain about, as the office names it; two levels deep."""

    parent = models.ForeignKey(
        "self",
        verbose_name="kelompok",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )
    code = models.SlugField("kode", max_length=60, unique=True)
    name = models.CharField("nama", max_length=120)
    name_en = models.CharField("nama (Inggris)", max_length=120, blank=True)
    section = models.ForeignKey(
        Section,
        verbose_name="seksi yang biasa menangani",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="topics",
        help_text="Diusulkan kepada verifikator; kosong berarti ikut kelompoknya.",
    )
    order = models.PositiveSmallIntegerField("urutan", default=0)
    is_active = models.BooleanField("aktif", default=True)

    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = "topik"
        verbose_name_plural = "topik"
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(parent=models.F("id")), name="topic_not_its_own_parent"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return self.name_en if get_language() == "en" and self.name_en else self.name

    @property
    def suggested_section(self) -> Section | None:
        return self.section or (self.parent.section if self.parent else None)
