"""What waits in the lists around the cases: exclusions, personal data, the yearly report."""

from datetime import date
from typing import Any, cast

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format

from cases.counting import CappedCount, in_words
from cases.desk.due import Clock
from cases.models import Case
from dataprotection.models import Breach, DisposalBatch, SubjectRequest
from infocontent.models import Exclusion
from office.models import User
from reports.models import Report, ReportRule
from reports.period import Period

from .task import Task


def list_tasks(user: User, today: date | None = None) -> list[Task]:
    """The lines that this person's duties ask for; all counted in one statement."""
    today = today or Clock().today
    last_year = Period(today.year - 1)
    watched: dict[str, QuerySet[Any]] = {}
    if user.may("view_exclusion"):
        watched["ending"] = Exclusion.objects.ending(today)
    if user.may("handle_subject_request"):
        asked = SubjectRequest.objects.visible_to(user).unsettled()
        watched |= {"asked": asked, "late": asked.late()}
    if user.may("keep_breaches"):
        watched["breaches"] = Breach.objects.filter(closed_at=None)
    if user.may("sign_retention"):
        unsigned = DisposalBatch.objects.filter(second_signer=None, cancelled_at=None)
        watched["unsigned"] = unsigned.exclude(first_signer=user)
    if user.may("publish_report"):
        watched["reported"] = Report.objects.public().filter(year=last_year.year)
        watched["before"] = Case.objects.filter(received_at__lt=last_year.ends_at)
    if not watched:
        return []
    me = User.objects.filter(pk=user.pk)
    counts = cast(
        dict[str, int],
        me.values(**{name: CappedCount(rows) for name, rows in watched.items()}).get(),
    )
    tasks = []
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
        tasks.append(_unreported(last_year, today))
    return tasks


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
