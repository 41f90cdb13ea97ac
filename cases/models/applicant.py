"""Who asks: identity, kept apart from the case and closed by default."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from office.crypto import EncryptedTextField

from .case import Case


class Applicant(models.Model):
    """The person or body behind one case. An anonymous case has no such row.

    `nik` is the citizen's 16-digit number, asked only where UU KIP needs it; `nik_index` is a
    keyed digest of it, to find the same person's other cases without reading the number.
    """

    class Kind(models.TextChoices):
        """UU 14/2008 Ps 1 angka 12 and the forms 1A/1B: who may ask for public information."""

        PERSON = "perorangan", _("Perorangan")
        LEGAL_ENTITY = "badan_hukum", _("Badan hukum")
        GROUP = "kelompok", _("Kelompok orang")

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="applicant")
    kind = models.CharField("jenis pemohon", max_length=12, choices=Kind, default=Kind.PERSON)
    full_name = EncryptedTextField("nama lengkap", blank=True)
    nik = EncryptedTextField("NIK", blank=True)
    nik_index = models.CharField(max_length=64, blank=True, editable=False)
    legal_entity_number = EncryptedTextField("nomor SK pengesahan badan hukum", blank=True)
    address = EncryptedTextField("alamat", blank=True)
    phone = EncryptedTextField("telepon", blank=True)
    email = EncryptedTextField("e-mail", blank=True)
    email_index = models.CharField(max_length=64, blank=True, editable=False)
    occupation = EncryptedTextField("pekerjaan", blank=True)
    proxy_name = EncryptedTextField("nama kuasa", blank=True)
    proxy_nik = EncryptedTextField("NIK kuasa", blank=True)

    class Meta:
        verbose_name = "pelapor/pemohon"
        verbose_name_plural = "pelapor/pemohon"
        default_permissions = ()
        indexes = [
            models.Index(fields=["nik_index"], name="applicant_nik", condition=~Q(nik_index="")),
        ]

    def __str__(self) -> str:
        return self.masked_name

    @property
    def masked_name(self) -> str:
        return " ".join(f"{part[0]}•••" for part in self.full_name.split()) or "—"

    @property
    def masked_nik(self) -> str:
        return f"{self.nik[:4]}••••••••{self.nik[-4:]}" if self.nik else ""

    @property
    def masked_email(self) -> str:
        name, _at, domain = self.email.partition("@")
        return f"{name[:1]}•••@{domain}" if domain else ""

    @property
    def masked_phone(self) -> str:
        return f"•••{self.phone[-3:]}" if self.phone else ""
