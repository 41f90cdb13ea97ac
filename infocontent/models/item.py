"""What the office gives people to read or watch, and every version of it."""

from datetime import date, datetime, timedelta

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from office.calendar import today as office_today
from office.models import User

from ..workflow import OPEN, ItemState, VersionState
from .content import Content, Kind, missing

# Before the day on which somebody should look at it again, its owner is told.
REVIEW_NOTICE = timedelta(days=14)


class Origin(models.TextChoices):
    """What made the office write it: the loop from what people ask back to what they find."""

    OWN = "sendiri", "Gagasan tim"
    SEARCH = "pencarian", "Pencarian tanpa hasil"
    TOPIC = "topik", "Topik tanpa bahan"
    VOTES = "suara", "Suara “tidak membantu”"
    RISING = "naik", "Pengaduan yang naik"
    CASE = "kasus", "Jawaban sebuah kasus"
    MEETING = "rapat", "Rapat evaluasi"


class ItemQuerySet(models.QuerySet["Item"]):
    def published(self, at: datetime | None = None) -> "ItemQuerySet":
        """What everybody may see at this moment."""
        at = at or timezone.now()
        return self.filter(
            Q(expires_at=None) | Q(expires_at__gt=at), state=ItemState.LIVE, published_at__lte=at
        )

    def expired(self, at: datetime) -> "ItemQuerySet":
        """Still called live though their time is over."""
        return self.filter(state=ItemState.LIVE, expires_at__lte=at)

    def to_review(self, today: date | None = None) -> "ItemQuerySet":
        """Live, and to be looked at again within the notice or already late."""
        by = (today or office_today()) + REVIEW_NOTICE
        return self.filter(state=ItemState.LIVE, review_by__lte=by)

    def to_check(self) -> "ItemQuerySet":
        """Live with facts that nobody of this office has confirmed yet."""
        return self.filter(state=ItemState.LIVE, needs_check=True)


class Item(Content):
    """One thing that the office publishes, with the text that the public sees (before it is first
    published: the newest draft). It is archived, never deleted: visits and answers point at it.

    Only the verbs in infocontent.actions write it.
    """

    Kind = Kind

    kind = models.CharField("jenis", max_length=12, choices=Kind, default=Kind.FAQ)
    slug = models.SlugField(
        "alamat", max_length=60, unique=True, help_text="Bagian akhir alamat halaman."
    )
    short_code = models.CharField("kode pendek", max_length=8, unique=True, editable=False)
    state = models.CharField("keadaan", max_length=8, choices=ItemState, default=ItemState.NEW)
    owner = models.ForeignKey(
        User,
        verbose_name="pemilik",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="items",
    )
    published_at = models.DateTimeField("terakhir diterbitkan", null=True, blank=True)
    first_published_at = models.DateTimeField("pertama diterbitkan", null=True, blank=True)
    expires_at = models.DateTimeField("tayang sampai", null=True, blank=True)
    review_by = models.DateField("periksa lagi sebelum", null=True, blank=True)
    checked_on = models.DateField("diperiksa terakhir", null=True, blank=True)
    needs_check = models.BooleanField(
        "perlu diperiksa",
        default=False,
        help_text="Isinya dari sumber yang belum dipastikan oleh kantor ini.",
    )
    origin = models.CharField("asal", max_length=12, choices=Origin, default=Origin.OWN)
    origin_note = models.CharField("keterangan asal", max_length=200, blank=True)
    created_at = models.DateTimeField("dibuat", default=timezone.now)
    changed_at = models.DateTimeField("berubah", default=timezone.now)
    lock = models.PositiveIntegerField(default=0, editable=False)

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = "bahan informasi"
        verbose_name_plural = "bahan informasi"
        ordering = ["title", "pk"]
        default_permissions = ("add", "change", "view")
        permissions = [
            ("approve_item", "Menyetujui dan menerbitkan bahan informasi"),
            ("propose_item", "Mengusulkan bahan informasi"),
        ]
        constraints = [
            models.CheckConstraint(
                name="item_live_says_since_when",
                condition=~Q(state=ItemState.LIVE)
                | Q(published_at__isnull=False, first_published_at__isnull=False),
            ),
            models.CheckConstraint(
                name="item_link_is_https",
                condition=Q(link="") | Q(link__startswith="https://"),
                violation_error_message="Tautan dimulai dengan https://.",
            ),
            models.CheckConstraint(
                name="item_live_infographic_has_text",
                condition=~Q(state=ItemState.LIVE, kind=Kind.INFOGRAPHIC)
                | ~(Q(alt="") | Q(body="")),
            ),
            models.CheckConstraint(
                name="item_live_video_has_transcript",
                condition=~Q(state=ItemState.LIVE, kind=Kind.VIDEO) | ~Q(transcript=""),
            ),
        ]
        indexes = [
            models.Index(fields=["state", "topic"], name="item_state_topic"),
            models.Index(fields=["state", "review_by"], name="item_state_review"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("infocontent:item", args=[self.slug])

    @property
    def short_url(self) -> str:
        return reverse("short_item", args=[self.short_code])

    def is_public(self, at: datetime | None = None) -> bool:
        """As ItemQuerySet.published, for one row."""
        at = at or timezone.now()
        return (
            self.state == ItemState.LIVE
            and self.published_at is not None
            and self.published_at <= at
            and (self.expires_at is None or self.expires_at > at)
        )

    def is_past_review(self, today: date | None = None) -> bool:
        """Whether readers are warned that it may be out of date."""
        return self.review_by is not None and self.review_by < (today or office_today())

    @property
    def missing(self) -> list[str]:
        return missing(self.kind, self)

    @property
    def open_version(self) -> "Version | None":
        """The version under work, if any."""
        return self.versions.filter(state__in=OPEN).first()


class Version(Content):
    """One version of an item's text. What was approved never changes again."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField("versi")
    state = models.CharField(
        "keadaan", max_length=10, choices=VersionState, default=VersionState.DRAFT
    )
    note = models.CharField(
        "apa yang berubah", max_length=200, blank=True, help_text="Untuk penyetuju dan riwayat."
    )
    remark = models.CharField("catatan penyetuju", max_length=500, blank=True)
    publish_at = models.DateTimeField("terbit pada", null=True, blank=True)
    expires_at = models.DateTimeField("tayang sampai", null=True, blank=True)
    review_by = models.DateField("periksa lagi sebelum", null=True, blank=True)
    preview_token = models.CharField(max_length=43, unique=True, editable=False)
    author = models.ForeignKey(
        User, verbose_name="penulis", null=True, on_delete=models.PROTECT, related_name="+"
    )
    saved_at = models.DateTimeField("disimpan", default=timezone.now)
    approver = models.ForeignKey(
        User,
        verbose_name="penyetuju",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    approved_at = models.DateTimeField("disetujui", null=True, blank=True)
    live_at = models.DateTimeField("terbit", null=True, blank=True)

    class Meta:
        verbose_name = "versi"
        verbose_name_plural = "versi"
        ordering = ["-number"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="version_number_once"),
            models.UniqueConstraint(
                fields=["item"], condition=Q(state__in=sorted(OPEN)), name="version_one_open"
            ),
            models.UniqueConstraint(
                fields=["item"], condition=Q(state=VersionState.LIVE), name="version_one_live"
            ),
            # Nothing goes out without a second person. Starter texts have no author.
            models.CheckConstraint(
                name="version_second_person",
                condition=~Q(state__in=[VersionState.APPROVED, VersionState.LIVE])
                | Q(author=None)
                | (Q(approver__isnull=False) & ~Q(approver=models.F("author"))),
            ),
            models.CheckConstraint(
                name="version_expires_after_it_begins",
                condition=Q(publish_at=None)
                | Q(expires_at=None)
                | Q(expires_at__gt=models.F("publish_at")),
                violation_error_message="Akhir tayang harus setelah waktu terbit.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} (versi {self.number})"

    def get_absolute_url(self) -> str:
        return reverse("infocontent:preview", args=[self.preview_token])

    @property
    def missing(self) -> list[str]:
        return missing(self.item.kind, self)


class OldSlug(models.Model):
    """An address that an item had: printed QR codes and shared links still lead to it."""

    slug = models.SlugField(max_length=60, unique=True)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="old_slugs")

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.slug
