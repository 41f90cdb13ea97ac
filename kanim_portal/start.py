"""The start page of the desk: what waits for this person, each line a link with its count."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.cache import cache
from django.http import HttpRequest
from django.urls import reverse

from cases.calendar_gaps import calendar_gaps
from cases.counting import CappedCount, in_words
from cases.desk.due import Clock
from cases.desk.due_changes import waiting_for
from cases.desk.todo import lines_for
from cases.filters import CaseFilter
from cases.models import Case
from cases.workflow import OPEN, Status
from infocontent.announcing import EmergencyForm, may_announce_now
from infocontent.desk.filters import ItemFilter
from infocontent.models import Item
from office.models import Holiday, User
from office.staff import staff

from .standing import Standing, is_head, oldest_case
from .start_lists import ListTasks
from .task import Task


def start_page(request: HttpRequest) -> dict[str, Any]:
    """All counts in one statement, each a scalar of its own that stops at the cap."""
    user, clock = staff(request), Clock()
    lists, lines = ListTasks(user, clock.today), lines_for(user)
    counted: dict[str, Any] = {f"list_{name}": rows for name, rows in lists.counted().items()}
    counted |= content_counts(user)
    statuses = [status for status in Status if status in OPEN]
    if user.may("view_case"):
        visible = Case.objects.visible_to(user)
        counted |= {
            f"line_{n}": CaseFilter(line.query, queryset=visible, request=request, clock=clock).qs
            for n, line in enumerate(lines)
        }
        counted |= {f"status_{one}": visible.open().filter(status=one) for one in statuses}
        counted["moving"] = waiting_for(user)
    values: dict[str, Any] = {name: CappedCount(rows) for name, rows in counted.items()}
    if is_head(user):
        values["oldest"] = oldest_case(Case.objects.visible_to(user))
    counts: dict[str, Any] = dict(User.objects.filter(pk=user.pk).values(**values).get())
    oldest = counts.pop("oldest", None)
    page: dict[str, Any] = {
        "admin_tasks": admin_tasks(user),
        "list_tasks": lists.tasks(
            {name.removeprefix("list_"): counts[name] for name in counted if name[:5] == "list_"}
        ),
        "content_tasks": content_tasks(counts),
        "announce_form": EmergencyForm() if may_announce_now(user) else None,
        "calendar_tasks": calendar_tasks(user),
    }
    if not user.may("view_case"):
        return page
    words = {name: in_words(count) for name, count in counts.items()}
    page["calendar_tasks"] = [*moving_tasks(words["moving"]), *page["calendar_tasks"]]
    page["tasks"] = [
        Task(line.label, line.hint, words[f"line_{n}"], _list(line.query), line.tone)
        for n, line in enumerate(lines)
    ]
    page["by_status"] = [
        (status, words[f"status_{status}"], _list({"status": status})) for status in statuses
    ]
    page["today"] = clock.today
    if is_head(user):
        page["standing"] = Standing(user, clock, oldest).context()
    return page


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


def calendar_tasks(user: User) -> list[Task]:
    """Years that open deadlines reach and whose calendar is not sure; nothing while all is well."""
    if not (user.may("change_holiday") or user.may("decide_due_changes")):
        return []
    gaps = cache.get_or_set("calendar-gaps", calendar_gaps, 60)
    # Who may not open the table knows from the words what to ask for.
    table = reverse("admin:office_holiday_changelist") if user.may("view_holiday") else ""
    return [
        Task(gap.problem, gap.remedy, "1", table, "segera" if gap.is_missing else "")
        for gap in gaps or []
    ]


def moving_tasks(count: str) -> list[Task]:
    """Dates that the calendar would move and somebody has to decide about."""
    if count == "0":
        return []
    return [
        Task(
            "Tenggat yang akan bergeser",
            "Hari libur berubah; terima atau tolak tanggal barunya",
            count,
            reverse("admin:cases_dueproposal_changelist"),
            "segera",
        )
    ]


def content_counts(user: User) -> dict[str, Any]:
    """What of the library waits for the team and for who approves."""
    if not (user.may("change_item") or user.may("approve_item")):
        return {}
    return {
        f"content_{n}": ItemFilter(query, queryset=Item.objects.all()).qs
        for n, (_label, _hint, query, _tone) in enumerate(CONTENT_LINES)
    }


def content_tasks(counts: dict[str, int]) -> list[Task]:
    return [
        Task(
            label,
            hint,
            in_words(counts[f"content_{n}"]),
            f"{reverse('admin:infocontent_item_changelist')}?{urlencode(query)}",
            tone,
        )
        for n, (label, hint, query, tone) in enumerate(CONTENT_LINES)
        if f"content_{n}" in counts
    ]


CONTENT_LINES: list[tuple[str, str, dict[str, str], str]] = [
    (
        "Konsep menunggu persetujuan",
        "Orang yang tidak ikut menulis menyetujuinya",
        {"state": "versi-ditinjau"},
        "segera",
    ),
    (
        "Bahan perlu diperiksa lagi",
        "Waktu pemeriksaannya sudah atau segera lewat",
        {"review": "segera"},
        "segera",
    ),
    (
        "Bahan dengan fakta belum dipastikan",
        "Cocokkan dengan sumbernya, lalu catat sudah diperiksa",
        {"needs_check": "on"},
        "",
    ),
]


def _list(query: dict[str, str]) -> str:
    return f"{reverse('admin:cases_case_changelist')}?{urlencode(query)}"
