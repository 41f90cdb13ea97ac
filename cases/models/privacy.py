"""Privacy notices, ways back in, and the log of who read what (UU 27/2022 Ps 21, 31)."""

from django.core.cache import cache
from django.db import models
from django.utils import timezone

from office.append_only import AppendOnly
from office.models import User

from .case import Case


class PrivacyNoticeQuerySet(models.QuerySet["PrivacyNotice"]):
    def in_force(self) -> "PrivacyNotice | None":
        """The latest published version, kept in memory for a minute."""
        notice = cache.get("privacy-notice")
        if notice is None:
            notice = self.filter(published_at__lte=timezone.now()).order_by("-published_at").first()
            cache.set("privacy-notice", notice, 60)
        return notice


class PrivacyNotice(models.Model):
    """One version of the privacy notice; each case points at the version its sender was shown."""

    version = models.CharField("versi", max_length=20, unique=True)
    text = models.TextField("teks (Indonesia)")
    text_en = models.TextField("teks (Inggris)", blank=True)
    published_at = models.DateTimeField("diterbitkan", default=timezone.now)

    objects = PrivacyNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = "pemberitahuan privasi"
        verbose_name_plural = "pemberitahuan privasi"
        ordering = ["-published_at"]

    def __str__(self) -> str:
        return self.version


class AccessLink(models.Model):
    """A one-time link, sent by e-mail, to get a new access code. Only a digest of the secret is
    kept.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="access_links")
    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.case} {self.expires_at:%d-%m-%Y %H:%M}"


class AccessLog(AppendOnly):
    """A member of staff read something that is closed by default: an identity, a file, an
    export.
    """

    class What(models.TextChoices):
        IDENTITY = "identitas", "Identitas dibuka"
        FILE = "berkas", "Berkas diunduh"
        EXPORT = "ekspor", "Daftar diekspor"
        REFUSED = "ditolak", "Akses ditolak"

    what = models.CharField("apa", max_length=10, choices=What)
    user = models.ForeignKey(User, verbose_name="siapa", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(
        Case, verbose_name="kasus", null=True, on_delete=models.PROTECT, related_name="access_log"
    )
    at = models.DateTimeField("kapan", default=timezone.now)
    purpose = models.CharField("tujuan", max_length=200, blank=True)
    data = models.JSONField("rincian", default=dict)

    class Meta:
        verbose_name = "catatan akses"
        verbose_name_plural = "catatan akses"
        ordering = ["-pk"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.get_what_display()} {self.at:%d-%m-%Y %H:%M}"
