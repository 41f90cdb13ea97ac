"""The to-do lists: each is a filter of the case list, so a count and its list cannot disagree."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q, TextChoices

from office.models import User

from ..kinds import APPROVALS
from ..models import CaseQuerySet
from ..workflow import Status


class Todo(TextChoices):
    """What waits for one step of one role; the value stands in the list's address."""

    VERIFY = "verifikasi", "Perlu diverifikasi"
    ASSIGN = "disposisi", "Perlu didisposisi"
    START = "mulai", "Siap Anda kerjakan"
    WORK = "kerja", "Sedang Anda kerjakan"
    APPROVE = "persetujuan", "Menunggu persetujuan Anda"


def waiting(cases: CaseQuerySet, todo: str, user: User) -> CaseQuerySet:
    """Those of the cases that wait for this step by this person."""
    return _WAITING[Todo(todo)](cases.open(), user)


_WAITING: dict[Todo, Callable[[CaseQuerySet, User], CaseQuerySet]] = {
    Todo.VERIFY: lambda cases, user: cases.filter(status=Status.RECEIVED),
    Todo.ASSIGN: lambda cases, user: cases.filter(
        # Also what lost its officer on the way, as when that officer turned out to be reported.
        Q(status=Status.VERIFIED)
        | Q(status__in=[Status.ASSIGNED, Status.IN_PROGRESS], assignee=None)
    ),
    Todo.START: lambda cases, user: cases.filter(
        Q(assignee=user) | Q(assignee=None, section=user.section_id), status=Status.ASSIGNED
    ),
    Todo.WORK: lambda cases, user: cases.filter(status=Status.IN_PROGRESS, assignee=user),
    Todo.APPROVE: lambda cases, user: cases.filter(_waits_for_word_of(user)),
}


def _waits_for_word_of(user: User) -> Q:
    """Nobody approves a draft of the own hand; a decision or an objection waits for its own."""
    mine = Q(pk__in=[])
    if user.may("approve_answer"):
        mine |= ~Q(kind__in=APPROVALS) & ~Q(answer_draft__author=user)
    for kind, approval in APPROVALS.items():
        mine |= Q(kind=kind) & approval.waiting(user)
    return Q(status=Status.IN_APPROVAL) & mine


def _has_the_last_word(user: User) -> bool:
    duties = {"approve_answer"}.union(*(approval.duties for approval in APPROVALS.values()))
    return any(user.may(duty) for duty in duties)


@dataclass(frozen=True)
class Line:
    """One line of the start page: words, and the filter it stands for."""

    label: str
    hint: str
    query: dict[str, str]
    tone: str = ""


def lines_for(user: User) -> list[Line]:
    """What this person's roles are asked to do, most urgent first."""
    if not user.may("view_case"):
        return []
    # Who only works on cases is asked for the own ones; who hands out or oversees, for all in
    # sight.
    oversees = user.may("assign_case") or user.may("view_all_cases")
    own = {} if oversees else {"mine": "on"}
    whose = "" if oversees else " (kasus Anda)"
    lines = [
        Line(
            f"Terlambat{whose}",
            "Tenggat sudah lewat dan belum dijawab",
            {**own, "overdue": "on"},
            "lewat",
        ),
        Line(
            f"Jatuh tempo dalam 3 hari kerja{whose}",
            "Hari ini sampai tiga hari kerja lagi",
            {**own, "due_soon": "on"},
            "segera",
        ),
    ]
    if user.may("verify_case"):
        lines.append(Line(Todo.VERIFY.label, "Baru diterima", {"todo": Todo.VERIFY}))
    if user.may("assign_case"):
        lines.append(
            Line(Todo.ASSIGN.label, "Belum ada petugas yang memegang", {"todo": Todo.ASSIGN})
        )
    if _has_the_last_word(user):
        lines.append(
            Line(Todo.APPROVE.label, "Konsep jawaban dari rekan Anda", {"todo": Todo.APPROVE})
        )
    if user.may("work_case"):
        lines.append(
            Line(Todo.START.label, "Didisposisi, belum mulai dikerjakan", {"todo": Todo.START})
        )
        lines.append(Line(Todo.WORK.label, "Belum diajukan untuk persetujuan", {"todo": Todo.WORK}))
    lines.append(
        Line(f"Warga menulis atau menanggapi{whose}", "Pesan belum dibaca", {**own, "unread": "on"})
    )
    return lines
