"""Kind keberatan: what an objection (UU 14/2008 Ps 35-36) has beyond a case, its answer, and what
came of it at the Komisi Informasi.
"""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from cases.models import Case, Letter
from cases.workflow import ANSWER_OUTCOMES, Kind, Outcome
from office.models import User


class Ground(models.TextChoices):
    """UU 14/2008 Ps 35(1), by letter. Only b needs no request before it."""

    EXCLUDED = "a", _("Permohonan ditolak dengan alasan informasi dikecualikan")
    PERIODIC = "b", _("Informasi berkala tidak disediakan")
    NO_RESPONSE = "c", _("Permohonan tidak ditanggapi")
    OTHERWISE = "d", _("Permohonan ditanggapi tidak sebagaimana yang diminta")
    NOT_FULFILLED = "e", _("Permohonan tidak dipenuhi")
    COST = "f", _("Biaya yang dikenakan tidak wajar")
    LATE = "g", _("Informasi disampaikan melebihi waktu yang diatur")


def _day(value: date | None) -> str:
    return date_format(value, "j F Y") if value else ""


class Objection(models.Model):
    """What somebody holds against how a request was treated; decided by the Atasan PPID.

    `grounds` are the letters ticked, in order ("cg"). `file_until` is the last day of the
    30 working days to file, as computed when it came; None where no clock ran (ground b).
    """

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="keberatan")
    request = models.ForeignKey(
        Case,
        verbose_name="permohonan",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="objections",
    )
    periodic_information = models.CharField(
        _("informasi berkala yang tidak tersedia"), max_length=300, blank=True
    )
    grounds = models.CharField(_("alasan keberatan"), max_length=7)
    purpose = models.TextField(_("tujuan penggunaan informasi"), max_length=1000)
    by_proxy = models.BooleanField("melalui kuasa", default=False)
    # The day on which the citizen found the ground; the 30 working days count from it.
    found_on = models.DateField("alasan ditemukan pada", null=True, blank=True)
    file_until = models.DateField("dapat diajukan sampai", null=True, blank=True)

    class Meta:
        verbose_name = "keberatan"
        verbose_name_plural = "keberatan"
        default_permissions = ()
        permissions = [
            ("decide_objection", "Memutus keberatan (Atasan PPID)"),
            ("record_dispute", "Mencatat sengketa informasi"),
        ]
        constraints = [
            models.CheckConstraint(
                name="objection_has_known_grounds", condition=Q(grounds__regex=r"^a?b?c?d?e?f?g?$")
            ),
            models.CheckConstraint(name="objection_has_a_ground", condition=~Q(grounds="")),
            models.CheckConstraint(
                name="objection_without_request_only_for_b",
                condition=Q(request__isnull=False)
                | (Q(grounds=Ground.PERIODIC) & ~Q(periodic_information="")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.case)

    @property
    def ground_labels(self) -> list[str]:
        return [f"{letter}. {Ground(letter).label}" for letter in self.grounds]

    @property
    def in_words(self) -> list[tuple[str, str]]:
        """What a receipt and the desk say of it, blank parts left out."""
        rows = [
            (_("Nomor permohonan"), self.request.reference if self.request else ""),
            (_("Informasi berkala yang tidak tersedia"), self.periodic_information),
            (_("Alasan keberatan"), "; ".join(self.ground_labels)),
            (_("Tujuan penggunaan informasi"), self.purpose),
            (_("Alasan ditemukan pada"), _day(self.found_on)),
            (_("Dapat diajukan sampai"), _day(self.file_until)),
        ]
        return [(str(label), value) for label, value in rows if value]


class ObjectionAnswer(models.Model):
    """The Atasan PPID's answer (Ps 36(2)): drafted by an officer, signed by the superior, never by
    who signed a decision on the request. One whose grounds hold orders what the PPID has to do.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="objection_answers")
    outcome = models.CharField(
        "putusan",
        max_length=32,
        choices=[(o.value, o.label) for o in ANSWER_OUTCOMES[Kind.OBJECTION]],
        blank=True,
    )
    answer = models.TextField("tanggapan", max_length=10_000, blank=True)
    # Ps 36(3): a superior who upholds the PPID says why in writing.
    reasons = models.TextField("alasan tertulis", max_length=10_000, blank=True)
    order = models.TextField("perintah kepada PPID", max_length=5000, blank=True)
    order_until = models.DateField("dilaksanakan paling lambat", null=True, blank=True)

    author = models.ForeignKey(
        User, verbose_name="penyusun", on_delete=models.PROTECT, related_name="+"
    )
    updated_at = models.DateTimeField("diperbarui", default=timezone.now)
    signed_by = models.ForeignKey(
        User, verbose_name="ditandatangani", null=True, on_delete=models.PROTECT, related_name="+"
    )
    signed_at = models.DateTimeField("ditandatangani pada", null=True)
    # Who signed the latest decision on the request, kept here so that the database can compare.
    decision_signer = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    letter = models.OneToOneField(
        Letter, null=True, on_delete=models.PROTECT, related_name="objection_answer"
    )

    class Meta:
        verbose_name = "tanggapan atas keberatan"
        verbose_name_plural = "tanggapan atas keberatan"
        ordering = ["signed_at", "pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                name="objection_answer_one_in_the_making",
                condition=Q(signed_at=None),
            ),
            models.CheckConstraint(
                name="objection_answer_signed_completely",
                condition=Q(signed_at=None, signed_by=None, letter=None)
                | (
                    Q(signed_at__isnull=False, signed_by__isnull=False, letter__isnull=False)
                    & ~Q(outcome="")
                    & ~Q(answer="")
                ),
            ),
            models.CheckConstraint(
                name="objection_answer_signer_is_another",
                condition=Q(signed_by=None)
                | (
                    ~Q(signed_by=F("author"))
                    & (Q(decision_signer=None) | ~Q(signed_by=F("decision_signer")))
                ),
            ),
            models.CheckConstraint(
                name="objection_answer_orders_or_reasons",
                condition=Q(signed_at=None)
                | (Q(outcome=Outcome.REFUSED) & ~Q(reasons=""))
                | (~Q(outcome=Outcome.REFUSED) & ~Q(order="") & Q(order_until__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display() or 'Konsep'} {self.case}"


class Dispute(models.Model):
    """A dispute before the Komisi Informasi (Ps 37-38) that followed an objection."""

    class Route(models.TextChoices):
        NONE = "", "Belum ditentukan"
        MEDIATION = "mediasi", "Mediasi"
        ADJUDICATION = "ajudikasi", "Ajudikasi nonlitigasi"

    class Result(models.TextChoices):
        PENDING = "", "Belum ada"
        AGREED = "kesepakatan", "Kesepakatan mediasi"
        FOR_APPLICANT = "dikabulkan", "Permohonan dikabulkan"
        PARTLY = "dikabulkan_sebagian", "Permohonan dikabulkan sebagian"
        FOR_OFFICE = "ditolak", "Permohonan ditolak"
        DROPPED = "gugur", "Gugur atau dicabut"

    case = models.OneToOneField(
        Case, verbose_name="keberatan", on_delete=models.PROTECT, related_name="dispute"
    )
    number = models.CharField("nomor sengketa", max_length=80)
    filed_on = models.DateField("diajukan pada")
    route = models.CharField("jalur", max_length=10, choices=Route, blank=True, default="")
    result = models.CharField("hasil", max_length=20, choices=Result, blank=True, default="")
    decided_on = models.DateField("tanggal putusan", null=True, blank=True)
    carried_out = models.TextField("pelaksanaan putusan", max_length=3000, blank=True)
    court = models.TextField("gugatan ke pengadilan dan putusannya", max_length=3000, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "sengketa informasi"
        verbose_name_plural = "sengketa informasi"
        ordering = ["-filed_on"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="dispute_result_has_its_day",
                condition=Q(result="", decided_on=None)
                | (~Q(result="") & Q(decided_on__gte=F("filed_on"))),
            )
        ]

    def __str__(self) -> str:
        return self.number
