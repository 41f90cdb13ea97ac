"""The case: one row for whatever a citizen asked, whatever its kind."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection, models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from infocontent.models import Topic
from office.calendar import today as office_today
from office.models import Section, User
from office.numbering import Series

from ..search import MatchesText
from ..workflow import (
    FINAL,
    OPEN,
    Channel,
    Kind,
    Outcome,
    Privacy,
    ServiceClass,
    Status,
    outcome_label,
)

if TYPE_CHECKING:
    from .applicant import Applicant

PREFIX = {
    Kind.COMPLAINT: "PG",
    Kind.INFORMATION_REQUEST: "PI",
    Kind.OBJECTION: "KB",
    Kind.QUESTION: "TL",
}


class ReferenceCounter(Series):
    """One series per kind and year (the registers demand it)."""

    kind = models.CharField(max_length=12, choices=Kind)
    year = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "year"], name="reference_counter_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.year}: {self.last}"

    @classmethod
    def next_reference(cls, kind: str, year: int, *, count: int = 1) -> str:
        """Take the next number (or the first of `count`) and format it."""
        return format_reference(kind, year, cls.next_numbers(count, kind=str(kind), year=year)[0])


def format_reference(kind: str, year: int, number: int) -> str:
    return f"{PREFIX[Kind(kind)]}-{year}-{number:06d}"


class CaseQuerySet(models.QuerySet["Case"]):
    def open(self) -> "CaseQuerySet":
        return self.filter(closed_at=None)

    def overdue(self, today: date | None = None) -> "CaseQuerySet":
        """Open and not answered though the due date has passed."""
        return self.open().filter(answered_at=None, due_on__lt=today or office_today())

    def due_by(self, day: date, today: date | None = None) -> "CaseQuerySet":
        """Open, not answered, due between today and `day`."""
        return self.open().filter(answered_at=None, due_on__range=(today or office_today(), day))

    def visible_to(self, user: User) -> "CaseQuerySet":
        """The cases this member of staff may know of; every list, count, search and export starts
        here.
        """
        if not user.is_authenticated or not user.may("view_case"):
            return self.none()
        cases = self
        if not user.may("view_all_cases"):
            if user.section_id is None:
                return self.none()
            cases = cases.filter(section=user.section_id)
        return cases.without_conflict_for(user)

    def without_conflict_for(self, user: User) -> "CaseQuerySet":
        """Leave out cases that name this person as reported, or somebody this person heads."""
        accused = Q(user=user)
        if user.may("head_section") and user.section_id:
            accused |= Q(user__section=user.section_id) | Q(section=user.section_id)
        return self.exclude(Exists(ReportedOfficer.objects.filter(accused, case=OuterRef("pk"))))

    def matching(self, words: str) -> "CaseQuerySet":
        """Full-text search over subject and narrative; every word must begin some word of the
        text.
        """
        return (
            self.filter(MatchesText(models.F("pk"), words))
            if MatchesText.terms(words)
            else self.none()
        )

    def for_word_lists(self) -> "CaseQuerySet":
        """Those whose words may be counted and learnt from: the lists and the suggestions are also
        read by whom a case names.
        """
        named = ReportedOfficer.objects.filter(case=OuterRef("pk"))
        return self.exclude(privacy=Privacy.CONFIDENTIAL).exclude(Exists(named))

    def for_list(self) -> "CaseQuerySet":
        """What a row of a list shows, and no narrative."""
        return self.select_related("topic", "section", "assignee").defer(
            "narrative", "due_basis", "closing_reason", "access_digest", "events_seal"
        )


class Case(models.Model):
    """One matter that somebody brought to the office, from receipt to the end.

    It *has* a kind and can be given another, keeping number, time of receipt and history. Only the
    verbs in cases.actions write it. Moments are UTC; days (`_on`) are local dates of the office.
    """

    kind = models.CharField("jenis", max_length=12, choices=Kind)
    reference = models.CharField("nomor", max_length=20)
    access_digest = models.CharField(max_length=64, null=True, editable=False)  # noqa: DJ001 - unique
    status = models.CharField("status", max_length=24, choices=Status, default=Status.RECEIVED)
    channel = models.CharField("kanal", max_length=16, choices=Channel, default=Channel.WEB)
    privacy = models.CharField("kerahasiaan", max_length=8, choices=Privacy, default=Privacy.OPEN)
    language = models.CharField("bahasa", max_length=2, choices=settings.LANGUAGES, default="id")

    subject = models.CharField("perihal", max_length=150)
    narrative = models.TextField("uraian")
    topic = models.ForeignKey(
        Topic,
        verbose_name="topik",
        null=True,
        db_index=False,
        blank=True,
        on_delete=models.PROTECT,
        related_name="cases",
    )
    service_class = models.CharField(
        "klasifikasi", max_length=32, choices=ServiceClass, blank=True, default=""
    )

    section = models.ForeignKey(
        Section,
        verbose_name="seksi",
        null=True,
        db_index=False,
        blank=True,
        on_delete=models.PROTECT,
        related_name="cases",
    )
    assignee = models.ForeignKey(
        User,
        verbose_name="petugas",
        null=True,
        db_index=False,
        blank=True,
        on_delete=models.PROTECT,
        related_name="assigned_cases",
    )
    reported_officers: models.ManyToManyField[User, "ReportedOfficer"] = models.ManyToManyField(
        User, verbose_name="petugas terlapor", through="ReportedOfficer", related_name="+"
    )

    received_at = models.DateTimeField("diterima", default=timezone.now)
    # Two laws may count differently (UU 25/2009 calendar days, PermenPANRB 62/2018 and UU KIP
    # working days).
    due_working_on = models.DateField("tenggat hari kerja", null=True, blank=True)
    due_calendar_on = models.DateField("tenggat hari kalender", null=True, blank=True)
    due_on = models.DateField("tenggat", null=True, blank=True)
    due_basis = models.JSONField("dasar hitungan", default=list, blank=True)
    is_extended = models.BooleanField("diperpanjang", default=False)
    answered_at = models.DateTimeField("ditanggapi", null=True, blank=True)
    reply_until = models.DateField("pemohon dapat menanggapi sampai", null=True, blank=True)
    citizen_wrote_at = models.DateTimeField("pesan warga belum dibaca", null=True, blank=True)
    is_reopened = models.BooleanField("pernah dibuka kembali", default=False)

    closed_at = models.DateTimeField("ditutup", null=True, blank=True)
    outcome = models.CharField("hasil", max_length=32, choices=Outcome, blank=True, default="")
    closing_reason = models.TextField("alasan penutupan", blank=True)
    duplicate_of = models.ForeignKey(
        "self",
        verbose_name="sama dengan",
        null=True,
        db_index=False,
        blank=True,
        on_delete=models.PROTECT,
        related_name="duplicates",
    )
    forwarded_to = models.CharField("diteruskan kepada", max_length=150, blank=True)
    privacy_notice = models.ForeignKey(
        "PrivacyNotice", null=True, db_index=False, on_delete=models.PROTECT, related_name="+"
    )

    # Grows by one with every verb; a form that was opened at an older version is refused.
    version = models.PositiveIntegerField(default=1)
    # Seals the last event, so that a chain cut off at its end does not verify.
    events_count = models.PositiveIntegerField(default=0)
    events_seal = models.CharField(max_length=64, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = "kasus"
        verbose_name_plural = "kasus"
        ordering = ["-received_at", "-id"]
        default_permissions = ("view",)
        permissions = [
            ("view_all_cases", "Melihat kasus semua seksi"),
            ("verify_case", "Memverifikasi dan mengklasifikasi"),
            ("assign_case", "Mendisposisi"),
            ("work_case", "Mengerjakan dan menyusun jawaban"),
            ("approve_answer", "Menyetujui jawaban"),
            ("extend_case", "Memperpanjang waktu permohonan informasi"),
            ("close_case", "Menutup dan membuka kembali"),
            ("reveal_identity", "Membuka identitas pelapor"),
            ("reveal_confidential_identity", "Membuka identitas pelapor yang dirahasiakan"),
            ("export_case", "Mengekspor daftar kasus"),
            ("head_section", "Mengepalai seksi"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["reference"], name="case_reference_once"),
            models.UniqueConstraint(fields=["access_digest"], name="case_access_digest_once"),
            models.CheckConstraint(
                name="case_closed_exactly_when_final",
                condition=Q(closed_at__isnull=False, status__in=sorted(FINAL))
                | Q(closed_at__isnull=True, status__in=sorted(OPEN)),
            ),
            models.CheckConstraint(
                name="case_final_has_outcome_and_reason",
                condition=Q(closed_at__isnull=True) | (~Q(outcome="") & ~Q(closing_reason="")),
            ),
            models.CheckConstraint(
                name="case_answered_has_answer",
                condition=~Q(status__in=[Status.ANSWERED, Status.DONE])
                | Q(answered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="case_duplicate_names_the_other",
                condition=Q(duplicate_of__isnull=False, status=Status.DUPLICATE)
                | (Q(duplicate_of__isnull=True) & ~Q(status=Status.DUPLICATE)),
            ),
            models.CheckConstraint(
                name="case_forwarded_names_the_body",
                condition=~Q(status=Status.FORWARDED) | ~Q(forwarded_to=""),
            ),
            models.CheckConstraint(
                name="case_officer_only_within_a_section",
                condition=Q(assignee__isnull=True) | Q(section__isnull=False),
            ),
            models.CheckConstraint(name="case_kind_known", condition=Q(kind__in=Kind.values)),
        ]
        # Each costs every citizen's sending a little, so none is here twice: a foreign key has no
        # index of its own where one below begins with it.
        indexes = [
            # Archives: newest first, whole office, by kind, by status and by section.
            models.Index(fields=["-received_at", "-id"], name="case_newest"),
            models.Index(fields=["kind", "-received_at", "-id"], name="case_kind_newest"),
            models.Index(fields=["status", "-received_at", "-id"], name="case_status_newest"),
            models.Index(fields=["section", "-received_at", "-id"], name="case_section_newest"),
            models.Index(fields=["topic", "-received_at", "-id"], name="case_topic_newest"),
            models.Index(
                fields=["assignee", "-received_at", "-id"],
                name="case_assignee_newest",
                condition=Q(assignee__isnull=False),
            ),
            models.Index(
                fields=["duplicate_of"],
                name="case_duplicate_of",
                condition=Q(duplicate_of__isnull=False),
            ),
            # The desk: only open cases, so these stay as small as the open work.
            models.Index(
                fields=["section", "status", "due_on"],
                name="case_open_section",
                condition=Q(closed_at__isnull=True),
            ),
            models.Index(
                fields=["assignee", "due_on"],
                name="case_open_assignee",
                condition=Q(closed_at__isnull=True),
            ),
            models.Index(
                fields=["due_on"], name="case_open_due", condition=Q(closed_at__isnull=True)
            ),
            models.Index(
                fields=["status"], name="case_open_status", condition=Q(closed_at__isnull=True)
            ),
            # How many were served in a period, and what is past its retention.
            models.Index(
                fields=["closed_at"], name="case_closed", condition=Q(closed_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("admin:cases_case_change", args=[self.pk])

    @classmethod
    def reserve_key(cls) -> int:
        """The primary key of a case to come, so that what points at it can be written first."""
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute(
                    "SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [cls._meta.db_table]
                )
                return cursor.fetchone()[0]
            # A transaction that writes is alone here, so nobody else takes the same key.
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [cls._meta.db_table])
            row = cursor.fetchone()
            return (row[0] if row else 0) + 1

    @property
    def detail(self) -> Any:
        """The kind's own row (a Complaint, an InformationRequest …), or None where the kind has
        none.
        """
        return getattr(self, self.kind, None)

    @property
    def outcome_label(self) -> str:
        return outcome_label(self.kind, self.outcome)

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def identity(self) -> "Applicant | None":
        return getattr(self, "applicant", None)

    @property
    def clock_started_on(self) -> date:
        """The day from which the answer is due: the receipt, or the reopening of a closed case."""
        starts = [row["start"] for row in self.due_basis if row["step"] == "jawaban"]
        return date.fromisoformat(starts[0]) if starts else office_today(self.received_at)

    def can_be_answered_back(self, today: date | None = None) -> bool:
        """Whether the citizen may still answer back (10 working days after an answer).

        While the day cannot be told, for want of a decree, the right does not lapse. An objection's
        answer is the office's last word (UU 14/2008 Ps 37).
        """
        return (
            self.status == Status.ANSWERED
            and self.kind != Kind.OBJECTION
            and (self.reply_until is None or (today or office_today()) <= self.reply_until)
        )


class ReportedOfficer(models.Model):
    """A member of staff whom a complaint is about; neither this person nor the person's head sees
    the case.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reported")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    # Where the person worked when named: a transfer does not open the case to the former head.
    section = models.ForeignKey(Section, null=True, on_delete=models.PROTECT, related_name="+")
    named_at: "models.DateTimeField[datetime, datetime]" = models.DateTimeField(
        default=timezone.now
    )

    class Meta:
        verbose_name = "petugas terlapor"
        verbose_name_plural = "petugas terlapor"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["case", "user"], name="reported_officer_once")
        ]

    def __str__(self) -> str:
        return f"{self.case}: {self.user}"
