"""What waits in the lists around the cases: exclusions, personal data, reports, meetings."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.formats import date_format

from cases.counting import in_words
from cases.desk.due import Clock
from cases.models import Case
from dataprotection.models import Breach, DisposalBatch, SubjectRequest
from infocontent.models import Exclusion
from office.models import User
from reports.meetings.models import Meeting, MeetingAction
from reports.models import Report, ReportRule
from reports.period import Period

from .task import Task


class ListTasks:
    """The lines that this person's duties ask for: what to count, and what it says once counted."""

    def __init__(self, user: User, today: date | None = None) -> None:
        self.user, self.today = user, today or Clock().today
        self.last_year = Period(self.today.year - 1)
        self.last_month = _month_before(self.today)

    def counted(self) -> dict[str, QuerySet[Any]]:
        user, watched = self.user, dict[str, QuerySet[Any]]()
        if user.may("view_exclusion"):
            watched["ending"] = Exclusion.objects.ending(self.today)
        if user.may("handle_subject_request"):
            asked = SubjectRequest.objects.visible_to(user).unsettled()
            watched |= {"asked": asked, "late": asked.late()}
        if user.may("keep_breaches"):
            watched["breaches"] = Breach.objects.filter(closed_at=None)
        if user.may("sign_retention"):
            unsigned = DisposalBatch.objects.filter(second_signer=None, cancelled_at=None)
            watched["unsigned"] = unsigned.exclude(first_signer=user)
        if user.may("publish_report"):
            watched["reported"] = Report.objects.public().filter(year=self.last_year.year)
            watched["before"] = Case.objects.filter(received_at__lt=self.last_year.ends_at)
        # Whatever the roles: a meeting may ask anybody of the staff for something.
        promised = MeetingAction.objects.open().filter(owner=user)
        watched |= {"promised": promised, "broken": promised.filter(Q(until__lt=self.today))}
        if user.may("sign_meeting"):
            held = Meeting.objects.drafts().filter(held_on__isnull=False)
            watched["minutes"] = held.filter(month__lte=self.last_month.first)
        return watched

    def tasks(self, counts: dict[str, int]) -> list[Task]:
        tasks = []
        if counts.get("promised"):
            tasks.append(_promised(counts["promised"], counts["broken"]))
        if counts.get("minutes"):
            words, address = in_words(counts["minutes"]), _list("reports_meeting")
            hint = "Periksa dan tandatangani"
            tasks.append(Task("Notula rapat evaluasi", hint, words, address, "segera"))
        if counts.get("ending"):
            tasks.append(_ending(counts["ending"]))
        if counts.get("asked"):
            tasks.append(_asked(counts["asked"], counts["late"]))
        if counts.get("breaches"):
            words, address = in_words(counts["breaches"]), _list("dataprotection_breach")
            tasks.append(Task("Insiden data pribadi", "Belum ditutup", words, address, "lewat"))
        if counts.get("unsigned"):
            words, address = in_words(counts["unsigned"]), _list("dataprotection_disposalbatch")
            tasks.append(Task("Berkas pemusnahan", "Menunggu tanda tangan Anda", words, address))
        # An office that has just begun with the portal reported its past by other means.
        if counts.get("before") and not counts["reported"]:
            tasks.append(_unreported(self.last_year, self.today))
        return tasks


def _month_before(today: date) -> Period:
    first = today.replace(day=1)
    return Period(first.year - (first.month == 1), first.month - 1 or 12)


def _promised(count: int, broken: int) -> Task:
    """What a meeting has asked of this person."""
    return Task(
        "Tindak lanjut rapat evaluasi",
        f"{in_words(broken)} sudah lewat tanggalnya" if broken else "Menunggu Anda",
        in_words(count),
        reverse("admin:reports_meeting_own_actions"),
        "lewat" if broken else "",
    )


def _list(name: str) -> str:
    return reverse(f"admin:{name}_changelist")


def _ending(count: int) -> Task:
    """What is kept from the public and has to be opened, or tested anew, before long."""
    return Task(
        "Pengecualian segera berakhir",
        "Siapkan untuk dibuka, atau uji konsekuensinya lagi",
        in_words(count),
        _list("infocontent_exclusion") + "?masa=segera",
        "segera",
    )


def _asked(count: int, late: int) -> Task:
    """Hours of the law that are running."""
    return Task(
        "Permintaan hak data",
        f"{in_words(late)} sudah lewat 3×24 jam" if late else "Dijawab dalam 3×24 jam",
        in_words(count),
        _list("dataprotection_subjectrequest"),
        "lewat" if late else "segera",
    )


def _unreported(last_year: Period, today: date) -> Task:
    """The yearly report, once the year is over and until it is published."""
    rule = ReportRule.objects.in_force(today)
    due_on = rule.due_on(last_year.year) if rule else None
    hint = "Siapkan konsepnya"
    if rule and due_on:
        passed = "Sudah lewat tenggat" if due_on < today else "Paling lambat"
        hint = f"{passed} {date_format(due_on, 'j F Y')} ({rule.law})"
    return Task(
        f"Laporan layanan informasi {last_year} belum terbit",
        hint,
        "1",
        _list("reports_report"),
        "segera",
    )
