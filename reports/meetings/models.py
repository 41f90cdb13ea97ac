"""The evaluation meeting of a month: what it looked at, what hindered the work, who does what."""

from datetime import date

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from office.append_only import AppendOnly, PersonsEvent
from office.documents.models import Document
from office.models import User

from ..period import FIRST_YEAR, LAST_YEAR, Period


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def signed(self) -> "MeetingQuerySet":
        return self.filter(state=Meeting.State.SIGNED)

    def drafts(self) -> "MeetingQuerySet":
        return self.filter(state=Meeting.State.DRAFT)


class Meeting(Document):
    """The meeting (rapat evaluasi) about one month. A draft shows figures as they are now; signing
    freezes them with the minutes, and the database refuses to change them afterwards. What was
    wrong is set right by a note beside them.
    """

    class State(models.TextChoices):
        DRAFT = "konsep", "Konsep"
        SIGNED = "ditandatangani", "Ditandatangani"

    month = models.DateField("bulan")
    state = models.CharField("keadaan", max_length=14, choices=State, default=State.DRAFT)

    held_on = models.DateField("tanggal rapat", null=True, blank=True)
    place = models.CharField("tempat", max_length=150, blank=True)
    attendance = models.TextField("hadir", max_length=5000, blank=True)
    discussion = models.TextField("jalannya rapat", max_length=20_000, blank=True)

    author = models.ForeignKey(
        User, verbose_name="notulis", on_delete=models.PROTECT, related_name="+"
    )
    signed_by = models.ForeignKey(
        User, verbose_name="ditandatangani", null=True, on_delete=models.PROTECT, related_name="+"
    )
    signed_at = models.DateTimeField("ditandatangani pada", null=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = "rapat evaluasi"
        verbose_name_plural = "rapat evaluasi"
        ordering = ["-month"]
        default_permissions = ()
        permissions = [
            ("write_meeting", "Menyiapkan dan mencatat rapat evaluasi"),
            ("sign_meeting", "Menandatangani notula rapat evaluasi"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["month"], name="meeting_once_a_month"),
            models.CheckConstraint(
                name="meeting_of_a_month",
                condition=Q(month__day=1, month__year__range=(FIRST_YEAR, LAST_YEAR)),
            ),
            models.CheckConstraint(
                name="meeting_signed_completely",
                condition=Q(state="konsep", signed_at=None, signed_by=None, file="")
                | (
                    Q(
                        state="ditandatangani",
                        signed_at__isnull=False,
                        signed_by__isnull=False,
                        held_on__isnull=False,
                        size__gt=0,
                        pages__gt=0,
                    )
                    & ~Q(place="")
                    & ~Q(attendance="")
                    & ~Q(file="")
                    & ~Q(sha256="")
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"Rapat evaluasi {self.period}"

    def get_absolute_url(self) -> str:
        return reverse("admin:reports_meeting_change", args=[self.pk])

    @property
    def period(self) -> Period:
        return Period(self.month.year, self.month.month)

    @property
    def is_signed(self) -> bool:
        return self.state == self.State.SIGNED

    @property
    def people(self) -> list[str]:
        """Who was there, one a line as typed."""
        return [line.strip() for line in self.attendance.splitlines() if line.strip()]

    @property
    def file_name(self) -> str:
        return f"notula-rapat-evaluasi-{self.month:%Y-%m}.pdf"


class Obstacle(models.Model):
    """One thing that hindered the work in the month (kendala), and what the meeting does about
    it.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="obstacles")
    position = models.PositiveSmallIntegerField()
    obstacle = models.CharField("kendala", max_length=500)
    solution = models.CharField("solusi", max_length=500, blank=True)

    class Meta:
        verbose_name = "kendala"
        verbose_name_plural = "kendala"
        ordering = ["position"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["meeting", "position"], name="obstacle_in_order"),
            models.CheckConstraint(name="obstacle_is_told", condition=~Q(obstacle="")),
        ]

    def __str__(self) -> str:
        return self.obstacle


class MeetingActionQuerySet(models.QuerySet["MeetingAction"]):
    def open(self, before: date | None = None) -> "MeetingActionQuerySet":
        """Agreed on in signed minutes and not settled in any; with `before`, by the meetings about
        the months before that one. `until` is the day that holds now.
        """
        told = FollowUp.objects.filter(
            action=OuterRef("pk"), meeting__state=Meeting.State.SIGNED
        ).order_by()
        actions = self.filter(meeting__state=Meeting.State.SIGNED)
        if before:
            told = told.filter(meeting__month__lt=before)
            actions = actions.filter(meeting__month__lt=before)
        moved = told.order_by("-meeting__month").values("new_due_on")[:1]
        return actions.filter(~Exists(told.exclude(outcome=FollowUp.Outcome.CONTINUED))).annotate(
            until=Coalesce(Subquery(moved), "due_on")
        )


class MeetingAction(models.Model):
    """What a meeting agreed on: one person does one thing by one day. It stays open over the
    following meetings until one of them settles it.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="actions")
    position = models.PositiveSmallIntegerField()
    text = models.CharField("tindak lanjut", max_length=500)
    owner = models.ForeignKey(
        User, verbose_name="penanggung jawab", on_delete=models.PROTECT, related_name="+"
    )
    due_on = models.DateField("selesai paling lambat")

    objects = MeetingActionQuerySet.as_manager()

    class Meta:
        verbose_name = "tindak lanjut"
        verbose_name_plural = "tindak lanjut"
        ordering = ["meeting", "position"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["meeting", "position"], name="meeting_action_in_order"),
            models.CheckConstraint(name="meeting_action_is_told", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return self.text


class FollowUp(models.Model):
    """What a later meeting found of an action: done, still open until a new day, or dropped."""

    class Outcome(models.TextChoices):
        DONE = "selesai", "Selesai"
        CONTINUED = "berlanjut", "Berlanjut dengan tanggal baru"
        DROPPED = "dihentikan", "Dihentikan dengan alasan"

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="follow_ups")
    action = models.ForeignKey(MeetingAction, on_delete=models.PROTECT, related_name="follow_ups")
    outcome = models.CharField("hasil", max_length=10, choices=Outcome)
    new_due_on = models.DateField("tanggal baru", null=True, blank=True)
    note = models.CharField("keterangan", max_length=500, blank=True)

    class Meta:
        verbose_name = "pemeriksaan tindak lanjut"
        verbose_name_plural = "pemeriksaan tindak lanjut"
        ordering = ["action"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["meeting", "action"], name="follow_up_once_a_meeting"),
            models.CheckConstraint(
                name="follow_up_says_what_it_has_to",
                condition=Q(outcome="selesai", new_due_on=None)
                | Q(outcome="berlanjut", new_due_on__isnull=False)
                | (Q(outcome="dihentikan", new_due_on=None) & ~Q(note="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action}: {self.get_outcome_display()}"


class ActionReport(AppendOnly):
    """What the owner of an action tells of it between two meetings."""

    action = models.ForeignKey(MeetingAction, on_delete=models.PROTECT, related_name="reports")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    text = models.CharField("kabar", max_length=500)

    class Meta:
        verbose_name = "kabar tindak lanjut"
        verbose_name_plural = "kabar tindak lanjut"
        ordering = ["pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.action}: {self.text}"


class MeetingNote(AppendOnly):
    """What was found wrong in signed minutes; the minutes themselves stay as they are."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="notes")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    text = models.TextField("catatan", max_length=2000)

    class Meta:
        verbose_name = "catatan notula"
        verbose_name_plural = "catatan notula"
        ordering = ["pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.meeting}: {self.at:%d-%m-%Y}"


class MeetingEvent(PersonsEvent):
    """One step in the life of a meeting."""

    class Code(models.TextChoices):
        BEGUN = "dimulai", "Konsep dimulai"
        SAVED = "disimpan", "Konsep disimpan"
        SIGNED = "ditandatangani", "Notula ditandatangani"
        REPORTED = "dikabarkan", "Kabar tindak lanjut"
        NOTED = "dicatat", "Catatan ditambahkan"

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="events")
    code = models.CharField(max_length=14, choices=Code)

    class Meta(PersonsEvent.Meta):
        verbose_name = "peristiwa rapat"
        verbose_name_plural = "peristiwa rapat"

    def __str__(self) -> str:
        return f"{self.meeting}: {self.get_code_display()}"
