"""The written notice on a request (pemberitahuan tertulis, UU 14/2008 Ps 22(7)), item by item."""

from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models import Case, Letter
from cases.workflow import ANSWER_OUTCOMES, Kind, Outcome
from infocontent.models import Exclusion, PublicInformation
from office.models import User

from .request import InformationRequest

GIVES = (Outcome.GRANTED, Outcome.GRANTED_PARTLY)
KEEPS_BACK = (Outcome.GRANTED_PARTLY, Outcome.REFUSED)
MOST_MONEY = 100_000_000


def _signed_as(*outcomes: Outcome) -> Q:
    return Q(signed_at__isnull=False, outcome__in=outcomes)


class DecisionQuerySet(models.QuerySet["Decision"]):
    def signed(self) -> "DecisionQuerySet":
        return self.filter(signed_at__isnull=False)

    def in_the_making(self) -> "DecisionQuerySet":
        return self.filter(signed_at=None)


class Decision(models.Model):
    """One decision on one request: drafted by an officer, checked by a section head, signed by the
    PPID. A signed one is never changed; a request that is taken up again gets another.

    Money is whole rupiah. What an outcome has to say is asked by inforequests.requirements and kept
    by the constraints below.
    """

    class Form(models.TextChoices):
        SOFTCOPY = "softcopy", _("Salinan digital (softcopy)")
        HARDCOPY = "hardcopy", _("Salinan cetak (hardcopy)")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="decisions")
    outcome = models.CharField(
        "keputusan",
        max_length=32,
        choices=[(o.value, o.label) for o in ANSWER_OUTCOMES[Kind.INFORMATION_REQUEST]],
        blank=True,
    )
    # a and b: whether this office controls it, and who does if not.
    is_held = models.BooleanField("dikuasai kantor ini", null=True)
    held_by = models.CharField("Badan Publik yang menguasai", max_length=150, blank=True)
    is_holder_unknown = models.BooleanField("pihak yang menguasai tidak diketahui", default=False)
    available_on = models.DateField("akan tersedia pada", null=True, blank=True)
    # c: the ground of what is kept back, with the record of its consequence test (Ps 17, 19).
    ground = models.CharField(
        "alasan (Pasal 17 huruf)", max_length=1, choices=Exclusion.Ground, blank=True
    )
    other_statute = models.CharField("undang-undang lain", max_length=200, blank=True)
    exclusion = models.ForeignKey(
        Exclusion,
        verbose_name="catatan uji konsekuensi",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="decisions",
    )
    # d and e: what is given, and what of it is blacked out.
    material = models.TextField("materi yang diberikan", max_length=5000, blank=True)
    redacted = models.TextField("materi yang dihitamkan", max_length=5000, blank=True)
    redaction_reason = models.TextField("alasan penghitaman", max_length=5000, blank=True)
    # f: means and format.
    delivery = models.CharField(
        "cara penyampaian", max_length=10, choices=InformationRequest.Delivery, blank=True
    )
    form = models.CharField("bentuk", max_length=10, choices=Form, blank=True)
    # g: cost, in the lines of the official form, and how to pay.
    copy_pages = models.PositiveIntegerField("lembar disalin", default=0)
    copy_price = models.PositiveIntegerField("biaya per lembar (Rp)", default=0)
    shipping_cost = models.PositiveIntegerField("biaya pengiriman (Rp)", default=0)
    other_cost = models.PositiveIntegerField("biaya lain-lain (Rp)", default=0)
    payment = models.CharField("cara pembayaran", max_length=300, blank=True)
    # Where it can be read by anybody: a row of the list of public information, or an address.
    information = models.ForeignKey(
        PublicInformation,
        verbose_name="baris DIP",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="decisions",
    )
    link = models.URLField(
        "tautan", max_length=300, blank=True, validators=[URLValidator(schemes=["https"])]
    )
    explanation = models.TextField("penjelasan", max_length=10_000, blank=True)

    author = models.ForeignKey(
        User, verbose_name="penyusun", on_delete=models.PROTECT, related_name="+"
    )
    updated_at = models.DateTimeField("diperbarui", default=timezone.now)
    checked_by = models.ForeignKey(
        User, verbose_name="diperiksa", null=True, on_delete=models.PROTECT, related_name="+"
    )
    checked_at = models.DateTimeField("diperiksa pada", null=True)
    signed_by = models.ForeignKey(
        User, verbose_name="ditandatangani", null=True, on_delete=models.PROTECT, related_name="+"
    )
    signed_at = models.DateTimeField("ditandatangani pada", null=True)
    letter = models.OneToOneField(
        Letter, null=True, on_delete=models.PROTECT, related_name="decision"
    )

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = "keputusan atas permohonan"
        verbose_name_plural = "keputusan atas permohonan"
        ordering = ["signed_at", "pk"]
        default_permissions = ()
        permissions = [
            ("check_decision", "Memeriksa keputusan permohonan informasi"),
            ("sign_decision", "Menandatangani keputusan permohonan informasi"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], name="decision_one_in_the_making", condition=Q(signed_at=None)
            ),
            models.CheckConstraint(
                name="decision_signed_completely",
                condition=Q(signed_at=None, signed_by=None, letter=None)
                | (
                    Q(
                        signed_at__isnull=False,
                        signed_by__isnull=False,
                        letter__isnull=False,
                        checked_by__isnull=False,
                        checked_at__isnull=False,
                        is_held__isnull=False,
                    )
                    & ~Q(outcome="")
                ),
            ),
            # Three pairs of eyes: the one who wrote it, the head who checked it, the PPID.
            models.CheckConstraint(
                name="decision_signer_is_another",
                condition=Q(signed_by=None)
                | (~Q(signed_by=F("author")) & ~Q(signed_by=F("checked_by"))),
            ),
            models.CheckConstraint(
                name="decision_checker_is_another",
                condition=Q(checked_by=None) | ~Q(checked_by=F("author")),
            ),
            models.CheckConstraint(
                name="decision_names_the_holder",
                condition=~_signed_as(Outcome.NOT_HELD)
                | (Q(is_held=False) & (~Q(held_by="") | Q(is_holder_unknown=True))),
            ),
            models.CheckConstraint(
                name="decision_says_when_available",
                condition=~_signed_as(Outcome.NOT_YET_HELD) | Q(available_on__isnull=False),
            ),
            models.CheckConstraint(
                name="decision_gives_something",
                condition=~_signed_as(*GIVES)
                | (Q(is_held=True) & ~Q(material="") & ~Q(delivery="") & ~Q(form="")),
            ),
            models.CheckConstraint(
                name="decision_keeps_back_with_a_ground",
                condition=~_signed_as(*KEEPS_BACK)
                | (Q(exclusion__isnull=False) & (~Q(ground="") | ~Q(other_statute=""))),
            ),
            models.CheckConstraint(
                name="decision_names_what_is_blacked_out",
                condition=~_signed_as(Outcome.GRANTED_PARTLY)
                | (~Q(redacted="") & ~Q(redaction_reason="")),
            ),
            models.CheckConstraint(
                name="decision_points_to_what_is_published",
                condition=~_signed_as(Outcome.PUBLISHED)
                | (Q(information__isnull=False) | ~Q(link="")),
            ),
            models.CheckConstraint(
                name="decision_costs_can_be_paid",
                condition=Q(signed_at=None)
                | Q(copy_pages=0, shipping_cost=0, other_cost=0)
                | ~Q(payment=""),
            ),
            models.CheckConstraint(
                name="decision_costs_within_reason",
                condition=Q(
                    copy_pages__lte=MOST_MONEY,
                    copy_price__lte=MOST_MONEY,
                    shipping_cost__lte=MOST_MONEY,
                    other_cost__lte=MOST_MONEY,
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display() or 'Konsep'} {self.case}"

    @property
    def copy_cost(self) -> int:
        return self.copy_pages * self.copy_price

    @property
    def total_cost(self) -> int:
        return self.copy_cost + self.shipping_cost + self.other_cost

    @property
    def gives(self) -> bool:
        return self.outcome in GIVES

    @property
    def keeps_back(self) -> bool:
        return self.outcome in KEEPS_BACK
