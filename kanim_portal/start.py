"""The start page of the desk: what waits for this person, each line a link with its count."""

from dataclasses import dataclass
from datetime import date
from typing import Any, cast
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from cases.counting import CappedCount, in_words
from cases.desk.due import Clock
from cases.desk.todo import lines_for
from cases.filters import CaseFilter
from cases.models import Case
from cases.workflow import OPEN, Status
from office.models import Holiday, User
from office.staff import staff


@dataclass(frozen=True)
class Task:
    """A line with its count in words; an empty one is shown as done."""

    label: str
    hint: str
    count: str
    link: str
    tone: str = ""

    @property
    def is_empty(self) -> bool:
        return self.count == "0"


def start_page(request: HttpRequest) -> dict[str, Any]:
    """All counts in one statement, each a scalar of its own that stops at the cap."""
    user = staff(request)
    if not user.may("view_case"):
        return {"admin_tasks": admin_tasks(user)}
    visible, clock = Case.objects.visible_to(user), Clock()
    lines = lines_for(user)
    statuses = [status for status in Status if status in OPEN]
    counted = {
        **{
            f"line_{n}": CaseFilter(line.query, queryset=visible, request=request, clock=clock).qs
            for n, line in enumerate(lines)
        },
        **{f"status_{status}": visible.open().filter(status=status) for status in statuses},
    }
    me = User.objects.filter(pk=user.id)
    counts = me.values(**{name: CappedCount(cases) for name, cases in counted.items()}).get()
    words = {name: in_words(count) for name, count in cast(dict[str, int], counts).items()}
    tasks = [
        Task(line.label, line.hint, words[f"line_{n}"], _list(line.query), line.tone)
        for n, line in enumerate(lines)
    ]
    by_status = [
        (status, words[f"status_{status}"], _list({"status": status})) for status in statuses
    ]
    return {
        "tasks": tasks,
        "by_status": by_status,
        "admin_tasks": admin_tasks(user),
        "today": clock.today,
    }


def admin_tasks(user: User, today: date | None = None) -> list[Task]:
    """What the tables ask for, for those who keep them."""
    if not user.is_superuser and not user.may("change_user"):
        return []
    year = (today or Clock().today).year + 1
    accounts = User.objects.filter(
        is_active=True, is_staff=True, groups=None, is_superuser=False
    ).count()
    tasks = []
    if not Holiday.objects.filter(date__year=year).exists():
        tasks.append(
            Task(
                f"Hari libur {year} belum dimuat",
                "Tenggat yang melewati akhir tahun belum dapat dihitung",
                "1",
                reverse("admin:office_holiday_changelist"),
                "segera",
            )
        )
    if accounts:
        tasks.append(
            Task(
                "Akun aktif tanpa peran",
                "Belum dapat melakukan apa pun",
                str(accounts),
                reverse("admin:office_user_changelist") + "?groups__isnull=True",
            )
        )
    return tasks


def _list(query: dict[str, str]) -> str:
    return f"{reverse('admin:cases_case_changelist')}?{urlencode(query)}"
