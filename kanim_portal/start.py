"""The start page of the desk: what waits for this person, each line a link with its count."""

from datetime import date
from typing import Any, cast
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

from .start_lists import list_tasks
from .task import Task


def start_page(request: HttpRequest) -> dict[str, Any]:
    """All counts in one statement, each a scalar of its own that stops at the cap."""
    user = staff(request)
    others = {
        "admin_tasks": admin_tasks(user),
        "list_tasks": list_tasks(user),
        "content_tasks": content_tasks(user),
        "announce_form": EmergencyForm() if may_announce_now(user) else None,
    }
    if not user.may("view_case"):
        return {**others, "calendar_tasks": calendar_tasks(user)}
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
    counts = me.values(
        **{name: CappedCount(cases) for name, cases in counted.items()},
        moving=CappedCount(waiting_for(user)),
    ).get()
    words = {name: in_words(count) for name, count in cast(dict[str, int], counts).items()}
    tasks = [
        Task(line.label, line.hint, words[f"line_{n}"], _list(line.query), line.tone)
        for n, line in enumerate(lines)
    ]
    by_status = [
        (status, words[f"status_{status}"], _list({"status": status})) for status in statuses
    ]
    others["calendar_tasks"] = [*moving_tasks(words["moving"]), *calendar_tasks(user)]
    return {**others, "tasks": tasks, "by_status": by_status, "today": clock.today}


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


def content_tasks(user: User) -> list[Task]:
    """What of the library waits for the team and for who approves, counted in one statement."""
    if not (user.may("change_item") or user.may("approve_item")):
        return []
    me = User.objects.filter(pk=user.pk)
    counted = {
        f"line_{n}": CappedCount(ItemFilter(query, queryset=Item.objects.all()).qs)
        for n, (_label, _hint, query, _tone) in enumerate(CONTENT_LINES)
    }
    counts = cast(dict[str, int], me.values(**counted).get())
    return [
        Task(
            label,
            hint,
            in_words(counts[f"line_{n}"]),
            f"{reverse('admin:infocontent_item_changelist')}?{urlencode(query)}",
            tone,
        )
        for n, (label, hint, query, tone) in enumerate(CONTENT_LINES)
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
