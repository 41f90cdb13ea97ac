"""What is written in a case: between office and citizen, and inside the office."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from office.models import User

from ..workflow import Kind, Outcome
from .case import Case


class MessageQuerySet(models.QuerySet["Message"]):
    def public(self) -> "MessageQuerySet":
        """What the citizen may read."""
        return self.exclude(kind__in=Message.INTERNAL)


class Message(models.Model):
    """One text in a case. Notes and remarks stay inside the office; the other kinds are the
    citizen's to read.
    """

    class Kind(models.TextChoices):
        CITIZEN = "warga", _("Pesan Anda")
        QUESTION = "permintaan", _("Permintaan kelengkapan")
        ANSWER = "jawaban", _("Jawaban kantor")
        INFORMATION = "pemberitahuan", _("Pemberitahuan kantor")
        NOTE = "catatan", _("Catatan internal")
        REMARK = "koreksi", _("Catatan pengembalian konsep")

    INTERNAL = (Kind.NOTE, Kind.REMARK)

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="messages")
    kind = models.CharField("jenis", max_length=16, choices=Kind)
    body = models.TextField("isi")
    author = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    written_at = models.DateTimeField("ditulis", default=timezone.now)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = "pesan"
        verbose_name_plural = "pesan"
        ordering = ["written_at", "pk"]
        default_permissions = ()
        indexes = [models.Index(fields=["case", "written_at"], name="message_case")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.written_at:%d-%m-%Y}"

    @property
    def is_internal(self) -> bool:
        return self.kind in self.INTERNAL


class AnswerDraft(models.Model):
    """The answer in the making: written by one person, approved by another, sent as a Message."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="answer_draft")
    body = models.TextField("konsep jawaban")
    outcome = models.CharField("hasil", max_length=32, choices=Outcome, blank=True, default="")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    updated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "konsep jawaban"
        verbose_name_plural = "konsep jawaban"
        default_permissions = ()

    def __str__(self) -> str:
        return f"Konsep {self.case}"


class AnswerTemplate(models.Model):
    """A ready-made text for answers; only the variables listed in cases.letters are filled in."""

    name = models.CharField("nama", max_length=120)
    kind = models.CharField("untuk jenis", max_length=12, choices=Kind, blank=True)
    language = models.CharField(
        "bahasa", max_length=2, choices=[("id", "Indonesia"), ("en", "English")], default="id"
    )
    body = models.TextField("isi")
    is_active = models.BooleanField("aktif", default=True)

    class Meta:
        verbose_name = "contoh jawaban"
        verbose_name_plural = "contoh jawaban"
        ordering = ["kind", "name"]

    def __str__(self) -> str:
        return self.name
