"""Texts of the notices, which an administrator edits."""

from django.db import models


class BreachLetter(models.Model):
    """One letter about a breach; only the variables listed in dataprotection.letters are filled
    in.
    """

    class Code(models.TextChoices):
        SUBJECT = "subjek", "Kepada subjek data"
        AUTHORITY = "lembaga", "Kepada lembaga pelindungan data"

    code = models.CharField("surat", max_length=10, choices=Code)
    language = models.CharField(
        "bahasa", max_length=2, choices=[("id", "Indonesia"), ("en", "English")], default="id"
    )
    recipient = models.TextField(
        "kepada",
        blank=True,
        help_text="Nama dan alamat lembaga. Surat kepada subjek data mengambil nama pemohon.",
    )
    body = models.TextField("isi")

    class Meta:
        verbose_name = "contoh surat insiden"
        verbose_name_plural = "contoh surat insiden"
        ordering = ["code", "-language"]
        default_permissions = ("add", "change", "view")
        constraints = [
            models.UniqueConstraint(fields=["code", "language"], name="letter_once_per_language")
        ]

    def __str__(self) -> str:
        return f"{self.get_code_display()} ({self.language})"
