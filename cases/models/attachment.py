"""Files in a case, in private storage under random names."""

from django.db import models
from django.urls import reverse
from django.utils import timezone

from office.models import User

from .case import Case
from .message import Message


class Attachment(models.Model):
    """One file of one case. `name` is what the sender called it; `file` is a random name in
    private storage.
    """

    token = models.CharField(max_length=43, unique=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="attachments")
    message = models.ForeignKey(
        Message, null=True, blank=True, on_delete=models.PROTECT, related_name="attachments"
    )
    file = models.CharField(max_length=80)
    name = models.CharField("nama berkas", max_length=120)
    content_type = models.CharField("jenis", max_length=90)
    size = models.PositiveIntegerField("ukuran (byte)")
    sha256 = models.CharField(max_length=64)
    # None: sent by the citizen.
    uploader = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    is_internal = models.BooleanField("hanya untuk petugas", default=False)
    added_at = models.DateTimeField("ditambahkan", default=timezone.now)

    class Meta:
        verbose_name = "lampiran"
        verbose_name_plural = "lampiran"
        ordering = ["pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("cases:attachment", args=[self.token])
