"""The figures of a day and of a month: a chart and, beside it, a table with the same numbers."""

from datetime import date, timedelta

from django import forms
from django.contrib import messages
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format

from office.calendar import today
from office.desk.pages import DeskPages
from office.filters import DayInput, MonthInput

from ..charts import Chart, Point, draw, whole
from ..figures import (
    DayFigures,
    Group,
    MonthDay,
    Spread,
    courses,
    days_of_month,
    of_day,
    of_month,
    rows_of_days,
    spread,
)
from ..filters import FIRST_DAY, LAST_DAY
from ..models import Service
from ..workflow import Outcome

_DAYS = [MinValueValidator(FIRST_DAY), MaxValueValidator(LAST_DAY)]


class DayForm(forms.Form):
    hari = forms.DateField(
        label="Hari", input_formats=["%Y-%m-%d"], widget=DayInput, validators=_DAYS
    )


class MonthForm(forms.Form):
    bulan = forms.DateField(
        label="Bulan", input_formats=["%Y-%m"], widget=MonthInput, validators=_DAYS
    )


class FigureViews(DeskPages):
    """Two pages of numbers; the office's own day is what both begin with."""

    duty = "view_visit"

    def day_view(self, request: HttpRequest) -> HttpResponse:
        self.require(request)
        form = DayForm({"hari": request.GET.get("hari") or today()})
        if not form.is_valid():
            messages.warning(request, "Tanggal tidak dikenali, jadi yang tampil angka hari ini.")
            form = DayForm({"hari": today()})
            form.full_clean()
        day = form.cleaned_data["hari"]
        figures = of_day(day, courses(rows_of_days(day, day)).values())
        names = dict(Service.objects.values_list("code", "name"))
        is_today = day == today()
        context = {
            "title": "Angka hari ini" if is_today else f"Angka {date_format(day, 'j F Y')}",
            "form": form,
            "day": day,
            "figures": figures,
            "services": in_order(figures.by_service, names),
            "hours": [(hour_words(group.key), group) for group in figures.by_hour],
            "counters": [(f"Loket {group.key}", group) for group in figures.by_counter],
            "chart": day_chart(figures),
            "previous": day - timedelta(days=1) if day > FIRST_DAY else None,
            "next": None if day >= today() else day + timedelta(days=1),
        }
        return self.page(request, "day.html", context)

    def month_view(self, request: HttpRequest) -> HttpResponse:
        self.require(request)
        form = MonthForm({"bulan": request.GET.get("bulan") or f"{today():%Y-%m}"})
        if not form.is_valid():
            messages.warning(request, "Bulan tidak dikenali, jadi yang tampil angka bulan ini.")
            form = MonthForm({"bulan": f"{today():%Y-%m}"})
            form.full_clean()
        first = form.cleaned_data["bulan"]
        last = days_of_month(first)[-1]
        visits = courses(rows_of_days(first, last)).values()
        days = of_month(first, visits)
        context = {
            "title": f"Angka {date_format(first, 'F Y')}",
            "form": form,
            "first": first,
            "days": [line for line in days if line.visits],
            "outcomes": [label for _outcome, label in OUTCOMES],
            "rows": [(line, outcome_counts(line)) for line in days if line.visits],
            "sum": month_sum(days),
            "waits": spread([visit.waited for visit in visits if visit.waited is not None]),
            "visits_chart": visits_chart(days),
            "waits_chart": waits_chart(days),
            "previous": first - timedelta(days=1) if first > FIRST_DAY else None,
            "next": None if last >= today() else last + timedelta(days=1),
        }
        return self.page(request, "month.html", context)


OUTCOMES = [
    (Outcome.ANSWERED, "Dijawab"),
    (Outcome.CASE_OPENED, "Kasus dibuka"),
    (Outcome.REFERRED, "Dirujuk"),
    (Outcome.NO_SHOW, "Tidak hadir"),
    (Outcome.UNSERVED, "Tidak terlayani"),
    (Outcome.UNRECORDED, "Belum ada hasil"),
]


def outcome_counts(line: MonthDay) -> list[int]:
    return [line.outcomes[outcome] for outcome, _label in OUTCOMES]


def month_sum(days: list[MonthDay]) -> tuple[int, list[int]]:
    """All visits of the month, and each outcome's."""
    counts = [sum(column) for column in zip(*map(outcome_counts, days), strict=True)]
    return sum(day.visits for day in days), counts


def in_order(groups: list[Group], names: dict[str, str]) -> list[tuple[str, Group]]:
    """The services as the office orders them, with their names."""
    places = {code: place for place, code in enumerate(names)}
    ordered = sorted(groups, key=lambda group: places.get(group.key, len(places)))
    return [(names.get(group.key, group.key), group) for group in ordered]


def hour_words(hour: int) -> str:
    return f"pukul\u00a0{hour:02d}"


def day_chart(figures: DayFigures) -> Chart:
    """By hour of arrival: nine of ten wait at most the tall bar, half of them the short one."""
    return draw([_hour_point(group) for group in figures.by_hour])


def _hour_point(group: Group) -> Point:
    waits: Spread | None = group.waits
    words = "tidak ada yang dilayani"
    if waits:
        words = (
            f"separuh menunggu paling lama {whole(waits.middle)} menit, "
            f"9 dari 10 paling lama {whole(waits.long)} menit"
        )
    return Point(
        label=f"{group.key:02d}",
        tall=waits.long if waits else None,
        short=waits.middle if waits else None,
        title=f"{hour_words(group.key).capitalize()}: {words}",
    )


def visits_chart(days: list[MonthDay]) -> Chart:
    """Visits of each day, and in front of them those whom nobody served."""
    return draw(
        [
            Point(
                label=_day_label(line.day),
                tall=line.visits,
                short=line.no_shows + line.unserved,
                title=(
                    f"{date_format(line.day, 'j F')}: {line.visits} kunjungan, "
                    f"{line.no_shows} tidak hadir, {line.unserved} tidak terlayani"
                ),
            )
            for line in days
        ]
    )


def waits_chart(days: list[MonthDay]) -> Chart:
    return draw(
        [
            Point(
                label=_day_label(line.day),
                tall=None,
                short=line.wait,
                title=(
                    f"{date_format(line.day, 'j F')}: separuh menunggu paling lama "
                    f"{whole(line.wait)} menit"
                    if line.wait is not None
                    else f"{date_format(line.day, 'j F')}: tidak ada waktu tunggu"
                ),
            )
            for line in days
        ]
    )


def _day_label(day: date) -> str:
    """Every fifth day is named, for the others there is no room."""
    return str(day.day) if day.day == 1 or day.day % 5 == 0 else ""
