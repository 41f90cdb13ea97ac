"""A submission in the making, kept on the server for a day so that nothing typed is lost."""

from django.db import models

from office.crypto import EncryptedJSONField, EncryptedTextField

from ..workflow import Kind
from .case import Case


class IntakeDraft(models.Model):
    """What one visitor has typed so far. The token is known only to that visitor's session.

    Once sent it keeps nothing but the case and the access code, for as long as the receipt may be
    shown again (a retry must get the same receipt); then the hourly job removes it.
    """

    token = models.CharField(max_length=43, primary_key=True)
    kind = models.CharField(max_length=12, choices=Kind)
    data = EncryptedJSONField(default=dict)
    # The cleaned answers as the check page showed them last: these are sent. Empty as soon as
    # anything changes after that.
    checked = EncryptedJSONField(default=dict)
    started_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    case = models.OneToOneField(Case, null=True, on_delete=models.PROTECT, related_name="+")
    access_code = EncryptedTextField(blank=True)
    # Whether a file was ever kept with it, so that sending need not look for none.
    had_files = models.BooleanField(default=False)

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["expires_at"], name="intake_draft_expires")]

    def __str__(self) -> str:
        return f"{self.kind} {self.started_at:%d-%m-%Y %H:%M}"


class DraftFile(models.Model):
    """A checked and stored file that waits for its draft to be sent."""

    draft = models.ForeignKey(IntakeDraft, on_delete=models.CASCADE, related_name="files")
    token = models.CharField(max_length=43, unique=True)
    file = models.CharField(max_length=80)
    name = EncryptedTextField()
    content_type = models.CharField(max_length=90)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.file
