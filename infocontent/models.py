"""What the office publishes, and the tree of topics that it and the cases point at."""

from django.core.cache import cache
from django.core.validators import URLValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

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


class ItemQuerySet(models.QuerySet["Item"]):
    def published(self) -> "ItemQuerySet":
        return self.filter(is_published=True)


class Item(models.Model):
    """One thing that the office gives people to read or watch. It is taken back, never deleted:
    visits say that it was handed over.
    """

    class Kind(models.TextChoices):
        FAQ = "faq", _("Tanya jawab")
        INFOGRAPHIC = "infografis", _("Infografis")
        VIDEO = "video", _("Video")
        BROCHURE = "brosur", _("Brosur")

    kind = models.CharField("jenis", max_length=12, choices=Kind, default=Kind.FAQ)
    topic = models.ForeignKey(
        Topic,
        verbose_name="topik",
        on_delete=models.PROTECT,
        related_name="items",
        limit_choices_to={"parent__isnull": False},
    )
    title = models.CharField("judul", max_length=120)
    title_en = models.CharField("judul (Inggris)", max_length=120, blank=True)
    body = models.TextField("isi", blank=True, help_text="Teks biasa; baris kosong memisah alinea.")
    body_en = models.TextField("isi (Inggris)", blank=True)
    link = models.URLField(
        "tautan",
        max_length=300,
        blank=True,
        validators=[URLValidator(schemes=["https"])],
        help_text="Tempat gambar, video, atau berkasnya; dimulai dengan https://.",
    )
    slug = models.SlugField(
        "alamat",
        max_length=60,
        unique=True,
        help_text="Bagian akhir alamat halaman. Tercetak di kode QR, jadi tetap selamanya.",
    )
    is_published = models.BooleanField("diterbitkan", default=False)
    published_at = models.DateTimeField(
        "terakhir diterbitkan", null=True, blank=True, editable=False
    )

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = "bahan informasi"
        verbose_name_plural = "bahan informasi"
        ordering = ["title", "pk"]
        default_permissions = ("add", "change", "view")
        constraints = [
            models.CheckConstraint(
                name="item_published_says_when",
                condition=models.Q(is_published=False) | models.Q(published_at__isnull=False),
            ),
            models.CheckConstraint(
                name="item_is_not_empty",
                condition=~models.Q(body="", link=""),
                violation_error_message="Tulis isinya, atau beri tautan.",
            ),
            models.CheckConstraint(
                name="item_link_is_https",
                condition=models.Q(link="") | models.Q(link__startswith="https://"),
                violation_error_message="Tautan dimulai dengan https://.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("infocontent:item", args=[self.slug])

    @property
    def label_language(self) -> str:
        """In which language the reader gets the title."""
        return "en" if get_language() == "en" and self.title_en else "id"

    @property
    def text_language(self) -> str:
        return "en" if get_language() == "en" and self.body_en else "id"

    @property
    def label(self) -> str:
        """The title in the reader's language."""
        return self.title_en if self.label_language == "en" else self.title

    @property
    def text(self) -> str:
        return self.body_en if self.text_language == "en" else self.body
