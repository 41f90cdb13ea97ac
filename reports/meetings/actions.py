"""Every change of an evaluation meeting: begun, written, signed, corrected by a note; and what the
owner of an action tells between two meetings. One event each, in one transaction.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from office.calendar import today
from office.documents.steps import freeze, keep, lock, log
from office.models import User
from office.refusals import NotAllowed, Refusal, require

from ..period import FIRST_YEAR, LAST_YEAR, Period
from .figures import figures_of
from .models import (
    ActionReport,
    FollowUp,
    Meeting,
    MeetingAction,
    MeetingEvent,
    MeetingNote,
    Obstacle,
)
from .paper import on_paper

FOLDER = "rapat"


class MeetingSigned(Refusal):
    """The minutes are signed and stay as they are."""

    def __init__(self) -> None:
        super().__init__(
            "Notula yang sudah ditandatangani tidak diubah lagi. Yang keliru dibetulkan dengan "
            "catatan di bawahnya."
        )


class MeetingIncomplete(Refusal):
    """What signed minutes have to say and these do not yet."""

    def __init__(self, items: list[str]) -> None:
        self.items = items
        super().__init__(f"Masih kurang: {'; '.join(items)}.")


@dataclass(frozen=True)
class Agreed:
    """A new action as the meeting words it."""

    text: str
    owner: User
    due_on: date


@dataclass(frozen=True)
class Followed:
    """What the meeting found of an action of an earlier one."""

    action: MeetingAction
    outcome: str
    new_due_on: date | None = None
    note: str = ""


@transaction.atomic
def begin_meeting(period: Period, *, actor: User, at: datetime | None = None) -> Meeting:
    """Open the record of the meeting about a month; there is one a month, in their order."""
    require(actor, "write_meeting")
    at = at or timezone.now()
    if period.is_year or not FIRST_YEAR <= period.year <= LAST_YEAR:
        raise Refusal("Pilih bulan yang dibahas.")
    if at < period.begins_at:
        raise Refusal(f"{period} belum dimulai.")
    if Meeting.objects.filter(month=period.first).exists():
        raise Refusal(f"Rapat evaluasi {period} sudah ada. Buka dari daftar rapat.")
    if Meeting.objects.signed().filter(month__gt=period.first).exists():
        raise Refusal(
            "Notula bulan sesudahnya sudah ditandatangani, jadi tindak lanjutnya sudah berjalan. "
            "Catat kekurangannya di notula itu."
        )
    meeting = Meeting.objects.create(month=period.first, author=actor, updated_at=at)
    log(meeting, MeetingEvent.Code.BEGUN, actor, at)
    return meeting


@transaction.atomic
def save_meeting(
    meeting: Meeting,
    *,
    actor: User,
    version: int | None = None,
    at: datetime | None = None,
    held_on: date | None = None,
    place: str = "",
    attendance: str = "",
    discussion: str = "",
    obstacles: Iterable[tuple[str, str]] = (),
    agreed: Iterable[Agreed] = (),
    followed: Iterable[Followed] = (),
) -> None:
    """Keep what was typed, complete or not; it takes the place of what was there before."""
    lock(meeting, version)
    require(actor, "write_meeting")
    _require_draft(meeting)
    at = at or timezone.now()
    agreed, followed = list(agreed), list(followed)
    if held_on and not meeting.month <= held_on <= today(at):
        raise Refusal("Tanggal rapat di antara awal bulan yang dibahas dan hari ini.")
    _require_owners(agreed)
    _require_carried(meeting, followed)
    keep(
        meeting,
        actor,
        at,
        held_on=held_on,
        place=place.strip(),
        attendance=attendance.strip(),
        discussion=discussion.strip(),
    )
    for rows in (meeting.obstacles, meeting.actions, meeting.follow_ups):
        rows.all().delete()
    Obstacle.objects.bulk_create(
        Obstacle(meeting=meeting, position=n, obstacle=obstacle, solution=solution)
        for n, (obstacle, solution) in enumerate(obstacles, start=1)
    )
    MeetingAction.objects.bulk_create(
        MeetingAction(
            meeting=meeting, position=n, text=row.text, owner=row.owner, due_on=row.due_on
        )
        for n, row in enumerate(agreed, start=1)
    )
    FollowUp.objects.bulk_create(
        FollowUp(
            meeting=meeting,
            action=row.action,
            outcome=row.outcome,
            new_due_on=row.new_due_on,
            note=row.note,
        )
        for row in followed
    )
    code = MeetingEvent.Code.SAVED
    log(meeting, code, actor, at, actions=len(agreed), follow_ups=len(followed))


@transaction.atomic
def sign_meeting(
    meeting: Meeting, *, actor: User, version: int | None = None, at: datetime | None = None
) -> None:
    """Count for the last time, print, and never change it again. Raises MeetingIncomplete."""
    lock(meeting, version)
    require(actor, "sign_meeting")
    _require_draft(meeting)
    at = at or timezone.now()
    if not meeting.period.is_over(at):
        raise Refusal(f"{meeting.period} belum berakhir, jadi angkanya masih akan berubah.")
    # The minutes of a month follow up what the month before agreed on.
    if earlier := Meeting.objects.drafts().filter(month__lt=meeting.month).last():
        raise Refusal(f"Notula {earlier.period} belum ditandatangani; selesaikan itu dulu.")
    if lacking := lacks(meeting):
        raise MeetingIncomplete(lacking)
    # What another meeting settled since this draft was saved is not settled twice.
    carried = MeetingAction.objects.open(before=meeting.month)
    meeting.follow_ups.exclude(action__in=carried.values("pk")).delete()
    figures = figures_of(meeting.period, at=at)
    content = on_paper(meeting, figures, signer=actor, at=at)
    freeze(
        meeting,
        content,
        folder=FOLDER,
        state=Meeting.State.SIGNED,
        figures=figures,
        signed_by=actor,
        signed_at=at,
    )
    log(meeting, MeetingEvent.Code.SIGNED, actor, at, sha256=meeting.sha256)


@transaction.atomic
def add_note(meeting: Meeting, *, actor: User, text: str, at: datetime | None = None) -> None:
    """Set right beside signed minutes what was found wrong in them."""
    lock(meeting, None)
    require(actor, "write_meeting")
    text, at = text.strip(), at or timezone.now()
    if not meeting.is_signed:
        raise Refusal("Konsep tidak diberi catatan; betulkan langsung.")
    if not text:
        raise Refusal("Tuliskan apa yang keliru dan menjadi apa.")
    note = MeetingNote.objects.create(meeting=meeting, author=actor, at=at, text=text)
    log(meeting, MeetingEvent.Code.NOTED, actor, at, note=note.pk)


@transaction.atomic
def report_action(
    action: MeetingAction, *, actor: User, text: str, at: datetime | None = None
) -> None:
    """What the owner tells of the own action; whether it is settled the next meeting decides."""
    meeting = Meeting.objects.select_for_update().get(pk=action.meeting_id)
    if action.owner_id != actor.pk:
        raise NotAllowed
    text, at = text.strip(), at or timezone.now()
    if not MeetingAction.objects.open().filter(pk=action.pk).exists():
        raise Refusal("Tindak lanjut ini sudah diselesaikan rapat.")
    if not text:
        raise Refusal("Tuliskan apa yang sudah dikerjakan.")
    report = ActionReport.objects.create(action=action, author=actor, at=at, text=text)
    log(meeting, MeetingEvent.Code.REPORTED, actor, at, action=action.pk, report=report.pk)


def lacks(meeting: Meeting) -> list[str]:
    """What has to be there before the head signs."""
    lacking = []
    if not meeting.held_on:
        lacking.append("tanggal rapat")
    if not meeting.place:
        lacking.append("tempat")
    if not meeting.people:
        lacking.append("siapa yang hadir")
    if meeting.obstacles.filter(solution="").exists():
        lacking.append("solusi dari setiap kendala")
    carried = MeetingAction.objects.open(before=meeting.month)
    if carried.exclude(pk__in=meeting.follow_ups.values("action")).exists():
        lacking.append("hasil setiap tindak lanjut rapat sebelumnya")
    return lacking


def _require_draft(meeting: Meeting) -> None:
    if meeting.is_signed:
        raise MeetingSigned


def _require_owners(agreed: list[Agreed]) -> None:
    for row in agreed:
        if not (row.owner.is_active and row.owner.is_staff):
            raise Refusal(f"{row.owner} tidak lagi bertugas; pilih penanggung jawab lain.")


def _require_carried(meeting: Meeting, followed: list[Followed]) -> None:
    """Only what earlier meetings left open is followed up, each once and completely."""
    wanted = [row.action.pk for row in followed]
    still = MeetingAction.objects.open(before=meeting.month).filter(pk__in=wanted)
    if len(set(wanted)) != len(wanted) or still.count() != len(wanted):
        raise Refusal("Ada tindak lanjut yang sudah diselesaikan rapat lain. Muat ulang.")
    for row in followed:
        if row.outcome not in FollowUp.Outcome.values:
            raise Refusal("Pilih hasil tindak lanjutnya.")
        if (row.outcome == FollowUp.Outcome.CONTINUED) != bool(row.new_due_on):
            raise Refusal("Yang berlanjut mendapat tanggal baru, yang lain tidak.")
        if row.outcome == FollowUp.Outcome.DROPPED and not row.note:
            raise Refusal("Tuliskan mengapa tindak lanjut itu dihentikan.")
