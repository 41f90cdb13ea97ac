"""The grid: the figures of a day or of a month, and who changed what."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format

from cases.workflow import CaseError, NotAllowed
from infocontent.models import Topic
from office.calendar import today
from office.desk.pages import Address
from office.staff import staff

from .. import actions
from ..counts import dotted
from ..forms import FIRST_DAY, DayForm, MonthForm, SheetForm
from ..history import lines_of_month
from ..models import TallyMonth
from ..refusals import Overwritten
from ..sheets import Sheet
from ..vocabulary import ContactChannel
from .base import WRITE, ContactPages, posted_version

# So many lines of history stand under the grid; the rest has a page of its own.
RECENT = 5
MOST_HISTORY = 200


@admin.register(TallyMonth)
class TallyMonthAdmin(ContactPages):
    def addresses(self) -> list[Address]:
        return [
            ("", self.changelist_view, "changelist"),
            ("riwayat/", self.history_page, "history"),
        ]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The sheet that was asked for; without a question, that of today."""
        self.require(request)
        sheet = _sheet(request)
        if request.method != "POST":
            return self._sheet_page(request, sheet, SheetForm(sheet))
        self.require(request, WRITE)
        form = SheetForm(sheet, request.POST)
        form.version = posted_version(request)
        if not form.is_valid():
            return self._sheet_page(request, sheet, form)
        try:
            changed = actions.enter_figures(
                sheet.month, sheet.day, form.figures, actor=staff(request), version=form.version
            )
        except Overwritten as refusal:
            return self._sheet_page(request, sheet, _laid_over(sheet, refusal), 409)
        except CaseError as refusal:
            form.add_error(None, str(refusal))
            return self._sheet_page(
                request, sheet, form, 403 if isinstance(refusal, NotAllowed) else 409
            )
        if changed:
            messages.success(request, f"{changed} angka disimpan untuk {_name(sheet)}.")
        else:
            messages.info(request, "Tidak ada angka yang berubah.")
        after = _next_day(sheet) if "lanjut" in request.POST else None
        query = sheet.query(day=after, month=after.replace(day=1)) if after else sheet.query()
        return redirect(_address(query))

    def history_page(self, request: HttpRequest) -> HttpResponse:
        self.require(request)
        month = _month(request)
        lines = lines_of_month(month, most=MOST_HISTORY)
        context = {
            "title": f"Riwayat angka {date_format(month, 'F Y')}",
            "month": month,
            "lines": lines,
            "most": MOST_HISTORY if len(lines) == MOST_HISTORY else None,
            "sheet_address": _address({"bulan": f"{month:%Y-%m}"}),
        }
        return self.page(request, "history.html", context)

    def _sheet_page(
        self, request: HttpRequest, sheet: Sheet, form: SheetForm, status: int = 200
    ) -> HttpResponse:
        day, month = sheet.day, sheet.month
        before, after = _previous(sheet), _following(sheet)
        context = {
            "title": f"Rekap kontak {_name(sheet)}",
            "sheet": sheet,
            "form": form,
            "lines": form.lines,
            "columns": [
                (channel, None if total is None else dotted(total))
                for channel, total in form.column_totals
            ],
            "day_form": DayForm({"hari": day or min(_last_of(month), today())}),
            "month_form": MonthForm({"bulan": f"{month:%Y-%m}"}),
            "address": _address(sheet.query()),
            "previous": before and _address(before),
            "next": after and _address(after),
            "by_month": _address(sheet.query(day=None)),
            "by_day": _address(sheet.query(day=min(_last_of(month), today()))),
            "all_channels": _address(sheet.query(all_channels=not sheet.wants_all_channels)),
            "groups": _groups(sheet),
            "total": dotted(sum(total or 0 for _channel, total in form.column_totals)),
            "others": _others(sheet),
            "history": lines_of_month(month, day=day, is_of_sheet=True, most=RECENT),
            "has_next_day": _next_day(sheet) is not None,
        }
        return self.page(request, "sheet.html", context, status)


def _sheet(request: HttpRequest) -> Sheet:
    """What was asked for; what cannot be read or has not begun is said and left."""
    day: date | None = today()
    month = today().replace(day=1)
    if typed := request.GET.get("bulan"):
        form = MonthForm({"bulan": typed})
        if form.is_valid() and form.cleaned_data["bulan"] <= today():
            day, month = None, form.cleaned_data["bulan"]
        else:
            messages.warning(request, "Bulan tidak dikenali atau belum tiba; ini lembar hari ini.")
    elif typed := request.GET.get("hari"):
        day_form = DayForm({"hari": typed})
        if day_form.is_valid() and day_form.cleaned_data["hari"] <= today():
            day = day_form.cleaned_data["hari"]
            month = day_form.cleaned_data["hari"].replace(day=1)
        else:
            messages.warning(request, "Hari tidak dikenali atau belum tiba; ini lembar hari ini.")
    code = request.GET.get("kelompok", "")[:60].replace("\x00", "")
    group = Topic.objects.filter(code=code, parent=None).first() if code else None
    return Sheet(month, day, group, wants_all_channels=request.GET.get("kanal") == "semua")


def _month(request: HttpRequest) -> date:
    form = MonthForm({"bulan": request.GET.get("bulan") or f"{today():%Y-%m}"})
    if form.is_valid():
        return form.cleaned_data["bulan"]
    messages.warning(request, "Bulan tidak dikenali, jadi yang tampil bulan ini.")
    return today().replace(day=1)


def _laid_over(sheet: Sheet, refusal: Overwritten) -> SheetForm:
    """The sheet as it is now with everything typed over it; the contested cells say what stands
    there.
    """
    fresh = Sheet(sheet.month, sheet.day, sheet.group, sheet.wants_all_channels)
    blank = SheetForm(fresh)
    data = {
        name: "" if (count := refusal.merged.get(cell)) is None else str(count)
        for name, cell in blank.names.items()
    }
    form = SheetForm(fresh, data)
    form.version = refusal.version
    form.add_error(None, str(refusal))
    for name, cell in form.names.items():
        if cell in refusal.cells:
            stored = refusal.cells[cell]
            words = "kosong" if stored is None else str(stored)
            form.add_error(name, f"{form.fields[name].label}: yang tersimpan {words}.")
    return form


def _groups(sheet: Sheet) -> list[tuple[Topic | None, str, int]]:
    """The parts of the sheet with their addresses; how many each holds by single topics."""
    parts: list[tuple[Topic | None, str, int]] = [(None, _address(sheet.query(group=None)), 0)]
    for group in sheet.groups:
        parts.append((group, _address(sheet.query(group=group)), sheet.in_detail[group.pk]))
    return parts


def _others(sheet: Sheet) -> list[dict[str, Any]]:
    """What is known of each channel beside the cells of the page."""
    return [
        {
            "channel": channel,
            "here": dotted(sheet.totals[channel]),
            "elsewhere": dotted(sheet.elsewhere[channel]) if channel in sheet.elsewhere else None,
            "singly": dotted(sheet.one_by_one[channel]),
        }
        for channel in ContactChannel
        if channel in sheet.channels or sheet.one_by_one[channel]
    ]


def _address(query: dict[str, str]) -> str:
    return f"{reverse('admin:channels_tallymonth_changelist')}?{urlencode(query)}"


def _name(sheet: Sheet) -> str:
    if sheet.day:
        return date_format(sheet.day, "l, j F Y")
    return date_format(sheet.month, "F Y")


def _last_of(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _next_day(sheet: Sheet) -> date | None:
    return sheet.day + timedelta(days=1) if sheet.day and sheet.day < today() else None


def _previous(sheet: Sheet) -> dict[str, str] | None:
    before = (sheet.day or sheet.month) - timedelta(days=1)
    if before < FIRST_DAY:
        return None
    return sheet.query(day=before if sheet.day else None, month=before.replace(day=1))


def _following(sheet: Sheet) -> dict[str, str] | None:
    if sheet.day:
        after = _next_day(sheet)
        return sheet.query(day=after, month=after.replace(day=1)) if after else None
    first = _last_of(sheet.month) + timedelta(days=1)
    return sheet.query(day=None, month=first) if first <= today() else None
