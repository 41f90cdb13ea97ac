"""Which parts of a case are gone for good. The rows of the case stay, its register stays whole."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .case import Case

# Stands wherever a text stood; the same everywhere, so that it tells nothing.
MARK = "[data dimusnahkan]"


class Redaction(models.Model):
    """One part of a case was made unreadable; done again only after the case was reopened.

    Rows are written by cases.actions.redact alone.
    """

    class Part(models.TextChoices):
        IDENTITY = "identitas", _("Identitas pelapor/pemohon")
        # What comes with the form: of an information request these are KTP and power of attorney.
        PAPERS = "bukti_identitas", _("Berkas yang dikirim bersama formulir (bukti identitas)")
        FILES = "berkas", _("Semua berkas")
        TEXTS = "teks", _("Uraian dan pesan")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="redactions")
    part = models.CharField("bagian", max_length=16, choices=Part)
    at = models.DateTimeField("dimusnahkan", default=timezone.now)

    class Meta:
        verbose_name = "pemusnahan"
        verbose_name_plural = "pemusnahan"
        default_permissions = ()
        permissions = [
            ("correct_identity", "Memperbaiki identitas atas permintaan"),
            ("redact_case", "Memusnahkan data kasus yang sudah ditutup"),
        ]
        constraints = [models.UniqueConstraint(fields=["case", "part"], name="redaction_once")]

    def __str__(self) -> str:
        return f"{self.part} {self.at:%d-%m-%Y}"
