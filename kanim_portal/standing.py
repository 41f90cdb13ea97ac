"""How the desk stands, for who heads it or a part of it: today, the months before, the sections
side by side. Today is counted from the open cases, the months are read from their summary.
"""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject
from django.urls import reverse
from django.utils.formats import date_format, number_format

from cases.desk.due import Clock
from cases.models import Case
from cases.workflow import Status
from office.calendar import today as office_today
from office.models import Section, User
from reports.period import Period
from reports.recap.models import MonthSummary
from reports.recap.months import MonthFigures, SectionFigures, read
from reports.recap.refreshing import months_between
from reports.texts import rising_topics
from yankomas.charts import Chart, Point, draw

MONTHS = 13
RISING = 5
# On the first days of a month it says nothing yet; until then the month before is shown.
TELLING = 10
# Longer numbers would run into each other above the bars; they are in the table.
WRITTEN_ABOVE = 10_000


def is_head(user: User) -> bool:
    """Who answers for the work of others: heads of section, verifier, PPID and those above."""
    return user.may("view_report") and user.may("view_case")


@dataclass
class Now:
    """Open cases of one section at this moment; None is what no section has yet."""

    section: int | None
    open: int = 0
    overdue: int = 0
    in_approval: int = 0

    def add(self, other: "Now") -> None:
        self.open += other.open
        self.overdue += other.overdue
        self.in_approval += other.in_approval


@dataclass(frozen=True)
class Tile:
    label: str
    value: str
    hint: str = ""
    link: str = ""
    tone: str = ""


@dataclass(frozen=True)
class MonthLine:
    """One month of the trend; `month` also says where its rows are."""

    month: date
    received: int
    answered: int
    late: int
    share: str
    median: str
    link: str


@dataclass(frozen=True)
class SectionLine:
    name: str
    now: Now
    received: int
    share: str
    links: dict[str, str] = field(default_factory=dict)


def oldest_case(cases: QuerySet[Case]) -> Subquery:
    """The open case that waits longest for an answer, as one value for a larger statement."""
    waiting = cases.filter(closed_at=None, answered_at=None)
    # Not by the column itself: PostgreSQL would then walk through its index from the first case on,
    # past all that are closed, in search of an open one.
    return Subquery(
        waiting.order_by(Coalesce("received_at", "received_at"), "pk")
        .annotate(told=JSONObject(pk="pk", reference="reference", at="received_at"))
        .values("told")[:1]
    )


class Standing:
    """What one head sees of the desk on one day; three queries, and one for the names of sections
    that have no open case.
    """

    def __init__(self, user: User, clock: Clock, oldest: dict[str, Any] | None) -> None:
        self.user, self.today, self.oldest = user, clock.today, oldest
        self.sees_all = user.may("view_all_cases")
        self.month = _telling_month(self.today)
        self.names: dict[int | None, str] = {}
        self.now: dict[int | None, Now] = {}
        for row in self.open_cases():
            self.names[row["section"]] = row.pop("section__name") or ""
            self.now[row["section"]] = Now(**row)
        self.months = self._months()
        self.shown = next(one for one in self.months if one.month == self.month)
        if unnamed := {*self.shown.sections, user.section_id} - {*self.names, None}:
            named = Section.objects.filter(pk__in=unnamed)
            self.names |= dict(named.values_list("pk", "name"))

    def context(self) -> dict[str, Any]:
        lines = self.trend()
        return {
            "tiles": self.tiles(),
            "trend": lines,
            "trend_chart": _chart(lines),
            "trend_at": max((m.refreshed_at for m in self.months if m.refreshed_at), default=None),
            "whose": "kantor" if self.sees_all else str(self.user.section or "seksi Anda"),
            "rising": rising_topics(self.month, RISING),
            "rising_month": self.month,
            "rising_query": _received_in(self.month),
            "sections": self.sections(),
            "office": self.office(),
        }

    def tiles(self) -> list[Tile]:
        """Where the own part of the desk stands today."""
        now = Now(None)
        for one in self.now.values():
            if self.sees_all or one.section == self.user.section_id:
                now.add(one)
        own = self._own(self.shown)
        name = date_format(self.month, "F Y")
        judged = own.on_time + own.late
        tiles = [
            Tile("Kasus terbuka", _number(now.open), "Belum selesai", _list(status="terbuka")),
            Tile(
                "Lewat tenggat",
                _number(now.overdue),
                "Belum dijawab",
                _list(overdue="on"),
                "lewat" if now.overdue else "",
            ),
            Tile(
                "Menunggu persetujuan",
                _number(now.in_approval),
                "Konsep jawaban",
                _list(status=Status.IN_APPROVAL),
                "segera" if now.in_approval else "",
            ),
            Tile(
                "Tepat waktu",
                _share(own),
                f"{_number(own.on_time)} dari {_number(judged)} kasus yang diterima {name}"
                if judged
                else f"Belum ada kasus {name} yang sampai tenggatnya",
                _list(**_received_in(self.month)),
            ),
        ]
        if self.oldest:
            at = day_of(self.oldest["at"])
            days = (self.today - at).days
            tiles.append(
                Tile(
                    "Terlama menunggu",
                    f"{_number(days)} hari",
                    f"{self.oldest['reference']}, diterima {date_format(at, 'j F Y')}",
                    reverse("admin:cases_case_change", args=[self.oldest["pk"]]),
                )
            )
        return tiles

    def trend(self) -> list[MonthLine]:
        lines = []
        for figures in self.months:
            own = self._own(figures)
            lines.append(
                MonthLine(
                    figures.month,
                    own.received,
                    own.answered,
                    own.late,
                    _share(own),
                    "—" if own.median is None else number_format(own.median.normalize(), None),
                    _list(**_received_in(figures.month)),
                )
            )
        return lines

    def sections(self) -> list[SectionLine]:
        """Each with the others for who sees all; else the own one beside the whole office."""
        used = {key for key, one in self.now.items() if one.open} | set(self.shown.sections)
        wanted: set[int | None] = used if self.sees_all else {self.user.section_id}
        lines = [self._section(key) for key in wanted]
        return sorted(lines, key=lambda line: (line.now.section is None, line.name))

    def office(self) -> SectionLine:
        whole = Now(None)
        for one in self.now.values():
            whole.add(one)
        return SectionLine("Seluruh kantor", whole, self.shown.received, _share(self.shown))

    def _section(self, key: int | None) -> SectionLine:
        month = self.shown.sections.get(key, SectionFigures())
        # The list cannot be narrowed to what has no section.
        where = {"section": str(key)} if self.sees_all else {}
        links = {
            "open": _list(status="terbuka", **where),
            "overdue": _list(overdue="on", **where),
            "in_approval": _list(status=Status.IN_APPROVAL, **where),
            "received": _list(**_received_in(self.month), **where),
        }
        return SectionLine(
            self.names[key] if key else "Belum diserahkan ke seksi",
            self.now.get(key, Now(key)),
            month.received,
            _share(month),
            links if key else {},
        )

    def _own(self, figures: MonthFigures) -> Any:
        if self.sees_all:
            return figures
        return figures.sections.get(self.user.section_id, SectionFigures())

    def open_cases(self) -> QuerySet[Case, dict[str, Any]]:
        """One walk over the open cases; without those that accuse this person."""
        return (
            Case.objects.open()
            .without_conflict_for(self.user)
            .order_by()
            .values("section", "section__name")
            .annotate(
                open=Count("pk"),
                overdue=Count("pk", filter=Q(answered_at=None, due_on__lt=self.today)),
                in_approval=Count("pk", filter=Q(status=Status.IN_APPROVAL)),
            )
        )

    def _months(self) -> list[MonthFigures]:
        """As the job has counted them last: nobody waits for a count here."""
        last = self.today.replace(day=1)
        first = date(last.year - 1, last.month, 1)
        kept = {
            row.month: row for row in MonthSummary.objects.filter(month__gte=first, month__lte=last)
        }
        found = []
        for month in months_between(first, last):
            row = kept.get(month)
            figures = read(month, row.figures if row else {}, self.today)
            found.append(replace(figures, refreshed_at=row.refreshed_at if row else None))
        return found


def day_of(moment: str) -> date:
    """The office's day of a moment as a database writes it into JSON, always in UTC."""
    at = datetime.fromisoformat(moment)
    return office_today(at if at.tzinfo else at.replace(tzinfo=UTC))


def _telling_month(today: date) -> date:
    if today.day >= TELLING:
        return today.replace(day=1)
    return date(today.year - (today.month == 1), today.month - 1 or 12, 1)


def _chart(lines: list[MonthLine]) -> Chart:
    """Cases received in each month, and in front of them those that missed their date."""
    chart = draw(
        [
            Point(
                # Every second one, up to this month: on a phone there is no room for more.
                label=date_format(line.month, "M") if place % 2 == 0 else "",
                tall=line.received,
                short=line.late,
                title=f"{date_format(line.month, 'F Y')}: {line.received} diterima, "
                f"{line.late} lewat tenggat",
            )
            for place, line in enumerate(lines)
        ]
    )
    if max(line.received for line in lines) < WRITTEN_ABOVE:
        return chart
    return replace(chart, bars=[replace(bar, value="") for bar in chart.bars])


def _received_in(month: date) -> dict[str, str]:
    period = Period(month.year, month.month)
    return {"received_from": f"{period.first}", "received_to": f"{period.last}"}


def _list(**query: str) -> str:
    return f"{reverse('admin:cases_case_changelist')}?{urlencode(query)}"


def _number(count: int) -> str:
    return number_format(count, force_grouping=True)


def _share(figures: Any) -> str:
    share = figures.on_time_share
    return "—" if share is None else f"{round(share)}%"
