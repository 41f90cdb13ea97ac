"""Pictures, videos, captions and documents that the office publishes."""

from django.db import models
from django.urls import reverse
from django.utils import timezone

from office.models import User


class Media(models.Model):
    """One file of the office's own in private storage. The public gets it through a view, and only
    while something published shows it.

    A picture keeps its full size and has smaller renditions beside it, each a mapping with `width`,
    `height`, `content_type`, `size` (bytes) and `file` (its place in the storage).
    """

    class Kind(models.TextChoices):
        PICTURE = "gambar", "Gambar"
        VIDEO = "video", "Video"
        CAPTIONS = "takarir", "Takarir (WebVTT)"
        DOCUMENT = "dokumen", "Dokumen PDF"

    token = models.CharField(max_length=43, unique=True)
    kind = models.CharField("jenis", max_length=10, choices=Kind)
    name = models.CharField("nama berkas", max_length=120)
    file = models.CharField(max_length=80)
    content_type = models.CharField("tipe", max_length=90)
    size = models.PositiveIntegerField("ukuran (byte)")
    sha256 = models.CharField(max_length=64)
    width = models.PositiveIntegerField("lebar (piksel)", null=True, blank=True)
    height = models.PositiveIntegerField("tinggi (piksel)", null=True, blank=True)
    pages = models.PositiveIntegerField("jumlah halaman", null=True, blank=True)
    renditions = models.JSONField(default=list, blank=True)
    uploader = models.ForeignKey(
        User, verbose_name="diunggah oleh", null=True, on_delete=models.PROTECT, related_name="+"
    )
    uploaded_at = models.DateTimeField("diunggah", default=timezone.now)

    class Meta:
        verbose_name = "berkas"
        verbose_name_plural = "berkas"
        ordering = ["-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("infocontent:media", args=[self.token, self.name])
