"""What a data subject asks of the office (UU 27/2022 Ps 5-13)."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from cases.models import Case
from office.crypto import EncryptedTextField
from office.models import User

from ..workflow import UNSETTLED, RequestKind, RequestStatus
from .clock import TimeLeft


class SubjectRequestQuerySet(models.QuerySet["SubjectRequest"]):
    def unsettled(self) -> "SubjectRequestQuerySet":
        return self.filter(status__in=UNSETTLED)

    def late(self, at: datetime | None = None) -> "SubjectRequestQuerySet":
        return self.unsettled().filter(due_at__lt=at or timezone.now())

    def visible_to(self, user: User) -> "SubjectRequestQuerySet":
        """For who settles them, and of the cases that this person may know of."""
        if not user.is_authenticated or not user.may("handle_subject_request"):
            return self.none()
        return self.filter(case__in=Case.objects.visible_to(user).values("pk"))


class SubjectRequest(models.Model):
    """One right, called upon for one case by the holder of its number and code.

    Its steps are lines of the case's own history. What was typed and answered is about a person,
    so both are kept encrypted.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="data_requests")
    kind = models.CharField("hak", max_length=20, choices=RequestKind)
    detail = EncryptedTextField("yang diminta")
    status = models.CharField(
        "status", max_length=10, choices=RequestStatus, default=RequestStatus.ASKED
    )
    asked_at = models.DateTimeField("diajukan")
    due_at = models.DateTimeField("paling lambat")
    law = models.CharField("dasar jam", max_length=120)
    taken_at = models.DateTimeField("mulai ditangani", null=True, blank=True)
    settled_at = models.DateTimeField("diselesaikan", null=True, blank=True)
    handler = models.ForeignKey(
        User,
        verbose_name="yang menangani",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    ground = models.CharField("dasar hukum penolakan", max_length=200, blank=True)
    answer = EncryptedTextField("jawaban", blank=True)

    objects = SubjectRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "permintaan hak data"
        verbose_name_plural = "permintaan hak data"
        ordering = ["due_at", "pk"]
        default_permissions = ()
        permissions = [("handle_subject_request", "Menangani permintaan hak atas data pribadi")]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "kind"],
                condition=Q(status__in=UNSETTLED),
                name="data_request_once_at_a_time",
            ),
            models.CheckConstraint(
                name="data_request_settled_has_moment_and_answer",
                condition=Q(status__in=UNSETTLED, settled_at=None)
                | (
                    Q(status__in=[RequestStatus.FULFILLED, RequestStatus.REFUSED])
                    & Q(settled_at__isnull=False, handler__isnull=False)
                    & ~Q(answer="")
                ),
            ),
            models.CheckConstraint(
                name="data_request_refused_with_ground",
                condition=~Q(status=RequestStatus.REFUSED) | ~Q(ground=""),
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"], name="data_request_open", condition=Q(status__in=UNSETTLED)
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.asked_at:%d-%m-%Y}"

    def get_absolute_url(self) -> str:
        return reverse("admin:dataprotection_subjectrequest_change", args=[self.pk])

    @property
    def is_unsettled(self) -> bool:
        return self.status in UNSETTLED

    @property
    def left(self) -> TimeLeft:
        """What was left when it was settled, or is left now."""
        return TimeLeft.until(self.due_at, self.settled_at)
