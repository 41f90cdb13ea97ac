"""The index of what people can find: documents, stems, and how much each stem says about each."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..workflow import Audience
from .announcement import Announcement
from .content import Kind
from .item import Item
from .publicinformation import PublicInformation
from .topic import Topic


class DocumentQuerySet(models.QuerySet["Document"]):
    def visible(self, at: datetime | None = None) -> "DocumentQuerySet":
        at = at or timezone.now()
        return self.filter(Q(visible_until=None) | Q(visible_until__gt=at), visible_from__lte=at)


class Document(models.Model):
    """One thing that a search can find: a published item, announcement or row of the DIP."""

    ANNOUNCEMENT, DIP = "pengumuman", "dip"

    item = models.OneToOneField(
        Item, null=True, blank=True, on_delete=models.PROTECT, related_name="document_found"
    )
    announcement = models.OneToOneField(
        Announcement, null=True, blank=True, on_delete=models.PROTECT, related_name="document_found"
    )
    information = models.OneToOneField(
        PublicInformation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="document_found",
    )
    kind = models.CharField(max_length=12)
    address = models.CharField(max_length=120)
    topic = models.ForeignKey(Topic, null=True, on_delete=models.PROTECT, related_name="+")
    audience = models.CharField(max_length=8, choices=Audience, default=Audience.ALL)
    title = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300, blank=True)
    # Plain text, without marks: what the excerpt under a hit is cut from.
    text = models.TextField(blank=True)
    text_en = models.TextField(blank=True)
    visible_from = models.DateTimeField()
    visible_until = models.DateTimeField(null=True, blank=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="document_of_one_thing",
                condition=Q(item__isnull=False, announcement=None, information=None)
                | Q(item=None, announcement__isnull=False, information=None)
                | Q(item=None, announcement=None, information__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def kind_label(self) -> str | Promise:
        """What readers call it."""
        return dict(DOCUMENT_KINDS)[self.kind]


DOCUMENT_KINDS: list[tuple[str, str | Promise]] = [
    *((kind.value, kind.label) for kind in Kind),
    (Document.ANNOUNCEMENT, _("Pengumuman")),
    (Document.DIP, _("Daftar informasi publik")),
]


class Term(models.Model):
    """A stem that some document holds. `documents` is in how many: rare stems say more."""

    text = models.CharField(max_length=40, unique=True)
    documents = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.text


class Posting(models.Model):
    """How much one stem says about one document (hundredths, after BM25 without the rarity)."""

    term = models.ForeignKey(
        Term, on_delete=models.PROTECT, related_name="postings", db_index=False
    )
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="postings")
    weight = models.PositiveSmallIntegerField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["term", "document"], name="posting_once"),
        ]

    def __str__(self) -> str:
        return f"{self.term_id} in {self.document_id}: {self.weight}"


class Misspelling(models.Model):
    """A stem with one letter left out: two words that share such a form differ by one slip.

    W. Garbe, "1000x faster spelling correction" (SymSpell): only deletions are stored, so that a
    swap, a slip, a missing and a doubled letter are all found by equality, on any database.
    """

    form = models.CharField(max_length=40)
    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="misspellings")

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["form", "term"], name="misspelling_once"),
        ]

    def __str__(self) -> str:
        return self.form


class Synonym(models.Model):
    """A word as citizens write it, and the office's word for it: "antri" is "antre"."""

    word = models.CharField("kata warga", max_length=40, unique=True)
    means = models.CharField(
        "artinya", max_length=80, help_text="Satu atau beberapa kata yang dicari bersamanya."
    )

    class Meta:
        verbose_name = "padanan kata"
        verbose_name_plural = "padanan kata"
        ordering = ["word"]
        default_permissions = ("add", "change", "view", "delete")

    def __str__(self) -> str:
        return f"{self.word} → {self.means}"
