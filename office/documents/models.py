"""The columns of a document, from its draft to the file that never changes again. The database
refuses to change or delete what is published (see the migrations of each table).
"""

from typing import Self, TypeVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from ..models import User


class Document(models.Model):
    """A draft that several people write; frozen with its figures, its file and its digest."""

    # Exact, for the office.
    figures = models.JSONField(default=dict)
    file = models.CharField(max_length=80, blank=True)
    size = models.PositiveIntegerField("ukuran (byte)", default=0)
    pages = models.PositiveSmallIntegerField("halaman", default=0)
    sha256 = models.CharField(max_length=64, blank=True)

    author = models.ForeignKey(
        User, verbose_name="penulis", on_delete=models.PROTECT, related_name="+"
    )
    updated_at = models.DateTimeField("diperbarui", default=timezone.now)
    # Grows with every verb; a form that was opened at an older version is refused.
    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True

    @property
    def file_name(self) -> str:
        raise NotImplementedError


class Edition(Document):
    """One edition of a report. A correction of what is published is another edition that says why;
    of the figures the public reads a part.
    """

    class State(models.TextChoices):
        DRAFT = "konsep", "Konsep"
        PUBLISHED = "terbit", "Terbit"

    edition = models.PositiveSmallIntegerField("edisi", default=1)
    correction = models.TextField("yang dibetulkan", max_length=2000, blank=True)
    state = models.CharField("keadaan", max_length=8, choices=State, default=State.DRAFT)
    # As it stands in the file.
    public_figures = models.JSONField(default=dict)
    published_by = models.ForeignKey(
        User, verbose_name="diterbitkan", null=True, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField("diterbitkan pada", null=True)

    class Meta:
        abstract = True

    @property
    def is_published(self) -> bool:
        return self.state == self.State.PUBLISHED


# What the database holds every table of editions to.
CORRECTION_SAYS_WHY = Q(edition=1, correction="") | (Q(edition__gt=1) & ~Q(correction=""))
PUBLISHED_COMPLETELY = Q(state="konsep", published_at=None, published_by=None, file="") | (
    Q(
        state="terbit",
        published_at__isnull=False,
        published_by__isnull=False,
        size__gt=0,
        pages__gt=0,
    )
    & ~Q(file="")
    & ~Q(sha256="")
)

_Edition = TypeVar("_Edition", bound=Edition, covariant=True)


class EditionQuerySet(models.QuerySet[_Edition]):
    def published(self) -> Self:
        return self.filter(state=Edition.State.PUBLISHED)

    def drafts(self) -> Self:
        return self.filter(state=Edition.State.DRAFT)
