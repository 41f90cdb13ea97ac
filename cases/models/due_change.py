"""What a change of the calendar would do to open cases, and what was decided about it."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from office.models import User

from .case import Case


class DueProposal(models.Model):
    """The open cases whose due date the calendar as it now is would move; at most one is open.

    While it is open it follows the calendar, and `version` tells a page that was opened before.
    """

    class State(models.TextChoices):
        OPEN = "terbuka", "Menunggu keputusan"
        CLOSED = "selesai", "Sudah diputuskan"

    state = models.CharField("keadaan", max_length=8, choices=State, default=State.OPEN)
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField("dibuat", default=timezone.now)
    updated_at = models.DateTimeField("diperbarui", default=timezone.now)
    closed_at = models.DateTimeField("diputuskan", null=True, blank=True)

    class Meta:
        verbose_name = "usulan pergeseran tenggat"
        verbose_name_plural = "usulan pergeseran tenggat"
        ordering = ["-pk"]
        default_permissions = ()
        permissions = [("decide_due_changes", "Memutuskan pergeseran tenggat")]
        constraints = [
            models.UniqueConstraint(
                fields=["state"], condition=Q(state="terbuka"), name="due_proposal_one_open"
            ),
            models.CheckConstraint(
                condition=Q(state="terbuka", closed_at__isnull=True)
                | Q(state="selesai", closed_at__isnull=False),
                name="due_proposal_closed_exactly_when_decided",
            ),
        ]

    def __str__(self) -> str:
        return f"Usulan {timezone.localtime(self.made_at):%d-%m-%Y %H.%M}"


class DueChange(models.Model):
    """One case of a proposal: its dates before and after, each with its arithmetic.

    `due_` are the working-day dates, `kept_` the earlier of the two clocks, which staff keep.
    """

    class State(models.TextChoices):
        WAITING = "menunggu", "Menunggu"
        ACCEPTED = "diterima", "Diterima"
        REFUSED = "ditolak", "Ditolak"
        SKIPPED = "dilewati", "Dilewati"

    class Why(models.TextChoices):
        """Why a row could not be decided any more."""

        NONE = "", "—"
        ENDED = "sudah_dijawab", "Kasus sudah dijawab atau ditutup"
        MOVED_ON = "tenggat_lain", "Tenggat kasus sudah berubah oleh langkah lain"
        RECOUNTED = "kalender_lain", "Kalender berubah lagi"

    proposal = models.ForeignKey(DueProposal, on_delete=models.PROTECT, related_name="changes")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="due_changes")
    due_from = models.DateField()
    due_to = models.DateField()
    kept_from = models.DateField()
    kept_to = models.DateField()
    basis_from = models.JSONField()
    basis_to = models.JSONField()
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    why = models.CharField(max_length=13, choices=Why, blank=True, default="")
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    # The event that moved the case.
    event_seq = models.PositiveIntegerField(null=True)

    class Meta:
        verbose_name = "pergeseran tenggat"
        verbose_name_plural = "pergeseran tenggat"
        ordering = ["kept_to", "case"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(state="menunggu"), name="due_change_waits_once"
            ),
            models.CheckConstraint(
                condition=~Q(due_from=F("due_to")), name="due_change_moves_the_date"
            ),
            models.CheckConstraint(
                condition=Q(state="menunggu", decided_at__isnull=True)
                | (~Q(state="menunggu") & Q(decided_at__isnull=False)),
                name="due_change_waits_or_is_decided",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["menunggu", "dilewati"]) | Q(decided_by__isnull=False),
                name="due_change_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=(Q(state="dilewati") & ~Q(why="")) | (~Q(state="dilewati") & Q(why="")),
                name="due_change_skipped_says_why",
            ),
            models.CheckConstraint(
                condition=Q(state="diterima", event_seq__isnull=False)
                | (~Q(state="diterima") & Q(event_seq__isnull=True)),
                name="due_change_accepted_has_its_event",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case}: {self.due_from:%d-%m-%Y} → {self.due_to:%d-%m-%Y}"
