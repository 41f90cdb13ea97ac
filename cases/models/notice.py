"""Notices by e-mail: an outbox that is written with the change and worked off after the commit."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from office.models import User

from .case import Case


class Notice(models.Model):
    """One e-mail that is owed to somebody about a case, and what became of it.

    It holds no address and no content: the address is read when it is sent, the text is made from
    `code`. recipient None is the citizen.
    """

    class Code(models.TextChoices):
        RECEIVED = "diterima", "Tanda terima"
        PUBLIC_STEP = "perkembangan", "Ada perkembangan"
        COMPLETION_REQUESTED = "minta_dilengkapi", "Permintaan kelengkapan"
        ANSWERED = "ditanggapi", "Ada jawaban"
        CLOSED = "ditutup", "Kasus ditutup"
        NEW_CODE_LINK = "tautan_kode", "Tautan kode akses baru"
        ASSIGNED = "didisposisi", "Kasus untuk Anda"
        DUE_SOON = "segera_jatuh_tempo", "Segera jatuh tempo"
        OVERDUE = "lewat_tenggat", "Lewat tenggat"
        DUE_MOVED = "tenggat_digeser", "Tanggal jawaban bergeser"

    class State(models.TextChoices):
        WAITING = "menunggu", "Menunggu"
        SENT = "terkirim", "Terkirim"
        FAILED = "gagal", "Gagal"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="notices")
    code = models.CharField(max_length=20, choices=Code)
    recipient = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=80, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    # The event it tells of: one event never sends the same notice to the same person twice.
    event_seq = models.PositiveIntegerField()

    class Meta:
        verbose_name = "pemberitahuan"
        verbose_name_plural = "pemberitahuan"
        ordering = ["-pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["case", "code", "event_seq", "recipient"], name="notice_once"
            ),
            # Two nulls are never equal to a database, and SQLite knows no NULLS NOT DISTINCT.
            models.UniqueConstraint(
                fields=["case", "code", "event_seq"],
                name="notice_to_citizen_once",
                condition=Q(recipient=None),
            ),
        ]
        indexes = [
            models.Index(
                fields=["created_at"], name="notice_waiting", condition=Q(state="menunggu")
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_code_display()} ({self.get_state_display()})"
