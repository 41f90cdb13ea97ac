"""What a request under UU 14/2008 has beyond a case."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.models import Case


class InformationRequest(models.Model):
    """A request for public information; the form's fields as PERKI 1/2021 lists them."""

    class Access(models.TextChoices):
        INSPECT = "melihat", _("Melihat, membaca, mendengarkan, atau mencatat")
        COPY = "salinan", _("Mendapatkan salinan (cetak atau digital)")

    class Delivery(models.TextChoices):
        PICK_UP = "langsung", _("Mengambil langsung")
        COURIER = "kurir", _("Kurir")
        POST = "pos", _("Pos")
        FAX = "faksimili", _("Faksimili")
        EMAIL = "email", _("E-mail atau unduh dari halaman lacak")

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="permohonan")
    purpose = models.TextField(_("tujuan penggunaan informasi"))
    access = models.CharField(_("cara memperoleh informasi"), max_length=10, choices=Access)
    delivery = models.CharField(_("cara mengirimkan informasi"), max_length=10, choices=Delivery)
    by_proxy = models.BooleanField("melalui kuasa", default=False)
    # An oral request is written down by the officer (UU 14/2008 Ps 22 (3)).
    is_assisted = models.BooleanField("ditulis petugas untuk penyandang disabilitas", default=False)

    class Meta:
        verbose_name = "permohonan informasi"
        verbose_name_plural = "permohonan informasi"
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.case)
