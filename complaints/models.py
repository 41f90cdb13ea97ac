"""Kind pengaduan: what a complaint has beyond a case."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.models import Case


class Complaint(models.Model):
    """A complaint about the service (UU 25/2009 Ps 43): what went wrong, the loss, what is asked
    for.
    """

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="pengaduan")
    happened_on = models.DateField(_("tanggal kejadian"), null=True, blank=True)
    place = models.CharField(_("tempat kejadian"), max_length=150, blank=True)
    # As the citizen wrote it; the verifier turns it into Case.reported_officers.
    about_whom = models.CharField("siapa yang dilaporkan", max_length=150, blank=True)
    loss = models.TextField(_("kerugian"), blank=True)
    requested_remedy = models.TextField(_("penyelesaian yang diminta"), blank=True)

    class Meta:
        verbose_name = "pengaduan"
        verbose_name_plural = "pengaduan"
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.case)
