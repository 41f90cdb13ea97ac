"""What the office tells everybody at once, without delay (UU 14/2008 Ps 10: serta-merta)."""

from datetime import datetime

from django.core.cache import cache
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from office.models import User

# How long a process may go on showing what it knew; an outage is told without delay.
FRESH_SECONDS = 10


class AnnouncementState(models.TextChoices):
    DRAFT = "konsep", "Konsep"
    LIVE = "terbit", "Terbit"
    WITHDRAWN = "ditarik", "Ditarik"


class AnnouncementQuerySet(models.QuerySet["Announcement"]):
    def published(self) -> "AnnouncementQuerySet":
        """Out, whether its time has come, is now or is over."""
        return self.filter(state=AnnouncementState.LIVE)

    def current(self, at: datetime | None = None) -> "AnnouncementQuerySet":
        """What every page shows now, the most urgent first."""
        at = at or timezone.now()
        return (
            self.published()
            .filter(Q(ends_at=None) | Q(ends_at__gt=at), starts_at__lte=at)
            .order_by("-level", "-starts_at")
        )

    def begun(self, at: datetime | None = None) -> "AnnouncementQuerySet":
        """What the public has been told, also what no longer holds; never a draft, nor what was
        taken back before its time came.
        """
        return self.filter(
            Q(state=AnnouncementState.LIVE, starts_at__lte=at or timezone.now())
            | Q(state=AnnouncementState.WITHDRAWN, starts_at__lte=models.F("withdrawn_at"))
        )

    def past(self, at: datetime | None = None) -> "AnnouncementQuerySet":
        """Of these, what no longer holds."""
        at = at or timezone.now()
        return self.begun(at).filter(Q(state=AnnouncementState.WITHDRAWN) | Q(ends_at__lte=at))

    def on_show(self, at: datetime | None = None) -> "list[Announcement]":
        """The same from memory, at most ten seconds old; a page pays no query for it."""
        at = at or timezone.now()
        kept = cache.get("announcements")
        if kept is None:
            kept = list(self.published().filter(Q(ends_at=None) | Q(ends_at__gt=at)))
            cache.set("announcements", kept, FRESH_SECONDS)
        shown = [one for one in kept if one.is_current(at)]
        return sorted(shown, key=lambda one: (-one.level, -one.starts_at.timestamp()))


class Announcement(models.Model):
    """One notice to everybody: a banner on every page, on the kiosk and on the board, from its
    start to its end.
    """

    class Level(models.IntegerChoices):
        INFO = 1, _("Informasi")
        IMPORTANT = 2, _("Penting")
        EMERGENCY = 3, _("Darurat")

    level = models.PositiveSmallIntegerField("tingkat", choices=Level, default=Level.INFO)
    title = models.CharField("judul", max_length=120)
    title_en = models.CharField("judul (Inggris)", max_length=120, blank=True)
    body = models.TextField("isi", blank=True, max_length=5000)
    body_en = models.TextField("isi (Inggris)", blank=True, max_length=5000)
    slug = models.SlugField("alamat", max_length=60, unique=True)
    starts_at = models.DateTimeField("mulai", default=timezone.now)
    ends_at = models.DateTimeField(
        "selesai", null=True, blank=True, help_text="Kosong berarti sampai ditarik."
    )
    state = models.CharField(
        "keadaan", max_length=8, choices=AnnouncementState, default=AnnouncementState.DRAFT
    )
    is_emergency = models.BooleanField("terbit tanpa penyetuju kedua", default=False)
    author = models.ForeignKey(
        User, verbose_name="penulis", null=True, on_delete=models.PROTECT, related_name="+"
    )
    approver = models.ForeignKey(
        User,
        verbose_name="penyetuju",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    published_at = models.DateTimeField("diterbitkan", null=True, blank=True)
    withdrawn_at = models.DateTimeField("ditarik", null=True, blank=True)
    changed_at = models.DateTimeField("berubah", default=timezone.now)

    objects = AnnouncementQuerySet.as_manager()

    class Meta:
        verbose_name = "pengumuman"
        verbose_name_plural = "pengumuman"
        ordering = ["-starts_at", "-pk"]
        default_permissions = ("add", "change", "view")
        permissions = [
            ("approve_announcement", "Menyetujui dan menarik pengumuman"),
            ("announce_now", "Menerbitkan pengumuman darurat seorang diri"),
        ]
        constraints = [
            models.CheckConstraint(
                name="announcement_ends_after_it_starts",
                condition=Q(ends_at=None) | Q(ends_at__gt=models.F("starts_at")),
                violation_error_message="Selesai harus setelah mulai.",
            ),
            models.CheckConstraint(
                name="announcement_live_says_when",
                condition=~Q(state=AnnouncementState.LIVE) | Q(published_at__isnull=False),
            ),
            models.CheckConstraint(
                name="announcement_second_person",
                condition=~Q(state=AnnouncementState.LIVE)
                | Q(is_emergency=True)
                | (Q(approver__isnull=False) & ~Q(approver=models.F("author"))),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("announcements:one", args=[self.slug])

    def is_current(self, at: datetime | None = None) -> bool:
        at = at or timezone.now()
        return (
            self.state == AnnouncementState.LIVE
            and self.starts_at <= at
            and (self.ends_at is None or self.ends_at > at)
        )

    @property
    def tone(self) -> str:
        """The word that the stylesheet knows for its level."""
        return {1: "info", 2: "awas", 3: "bahaya"}[self.level]

    def language_of(self, field: str) -> str:
        return "en" if get_language() == "en" and getattr(self, f"{field}_en") else "id"

    @property
    def label(self) -> str:
        return self.title_en if self.language_of("title") == "en" else self.title

    @property
    def label_language(self) -> str:
        return self.language_of("title")

    @property
    def text(self) -> str:
        return self.body_en if self.language_of("body") == "en" else self.body

    @property
    def text_language(self) -> str:
        return self.language_of("body")
