"""The recap in the admin: a year, one month, the rows behind a figure, and the files."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from cases.models import AccessLog
from office import pdf
from office.calendar import today
from office.desk.pages import framed, page_number, posted, told, tried
from office.models import User
from office.staff import staff

from ..period import FIRST_YEAR, LAST_YEAR
from . import actions
from .behind import LAST_PAGE, sources_of
from .blocks import (
    Links,
    blocks_of,
    channels_of_month,
    channels_of_year,
    contacts_of,
    figures_of_month,
    main_figures,
    per_month,
    totals_of,
)
from .counting import period_of
from .files import CONTENT_TYPES, WRITE, Form
from .forms import MonthForm, NoteForm, SliceForm, YearForm
from .labels import label_of
from .slices import Measure
from .year import Line, Recap, recap_of


def year_page(request: HttpRequest) -> HttpResponse:
    user = _reader(request)
    form = YearForm({"tahun": request.GET.get("tahun", today().year)})
    if not form.is_valid():
        messages.warning(request, "Tahun itu tidak dikenali, jadi yang tampil tahun ini.")
        form = YearForm({"tahun": today().year})
        form.full_clean()
    recap = recap_of(form.cleaned_data["tahun"])
    context = {
        "title": f"Rekap bulanan {recap.year}",
        "form": form,
        "recap": recap,
        "contacts": contacts_of(recap),
        "totals": totals_of(recap),
        "figures": main_figures(recap.total, Links(recap.year)),
        "months": per_month(recap),
        "blocks": blocks_of(recap, recap.total),
        "channels": channels_of_year(recap),
        "forms": Form,
        "previous": recap.year - 1 if recap.year > FIRST_YEAR else None,
        "next": recap.year + 1 if recap.year < min(today().year, LAST_YEAR) else None,
        "sees_all": user.may("view_all_cases"),
    }
    return _page(request, "year.html", context)


def month_page(request: HttpRequest) -> HttpResponse:
    """One month; a head freezes it here, and explains here what changed since."""
    user = _reader(request)
    month = _month(request)
    if month is None:
        messages.warning(request, "Bulan itu tidak dikenali, jadi yang tampil tahun ini.")
        return redirect("admin:recap")
    recap, own = _line(month)
    note = NoteForm(posted(request))
    if request.method == "POST":
        frozen = own.frozen
        if frozen is None:
            raise Http404
        verb = partial(actions.note_correction, frozen)
        if note.is_valid() and tried(request, note, verb, **note.cleaned_data):
            messages.success(request, "Catatan koreksi disimpan.")
            return redirect(_month_address(month))
    context = {
        "title": f"Rekap {date_format(month, 'F Y')}",
        "recap": recap,
        "line": own,
        "month": month,
        "channels": channels_of_month(recap, own),
        "figures": figures_of_month(recap, own),
        "blocks": blocks_of(recap, own.figures, month),
        "form": note,
        "notes": list(own.frozen.notes.select_related("author")) if own.frozen else [],
        "may_freeze": user.may(actions.FREEZE),
        "is_over": period_of(month).is_over(),
        "sees_all": user.may("view_all_cases"),
    }
    return _page(request, "month.html", context)


def freeze_page(request: HttpRequest) -> HttpResponse:
    """Asks first: there is no way back."""
    user = _reader(request)
    if not user.may(actions.FREEZE):
        raise PermissionDenied
    month = _month(request)
    if month is None:
        raise Http404
    if request.method == "POST":
        done = f"Rekap {date_format(month, 'F Y')} dibekukan."
        told(request, partial(actions.freeze_month, month), done)
        return redirect(_month_address(month))
    recap, own = _line(month)
    if own.frozen:
        return redirect(_month_address(month))
    context = {
        "title": f"Bekukan rekap {date_format(month, 'F Y')}?",
        "line": own,
        "month": month,
        "channels": channels_of_month(recap, own),
        "is_over": period_of(month).is_over(),
    }
    return _page(request, "freeze.html", context)


def rows_page(request: HttpRequest) -> HttpResponse:
    """What one figure counts, apart by where it is written down."""
    user = _reader(request)
    form = SliceForm(request.GET)
    if not form.is_valid():
        raise Http404
    chosen = form.slice
    sources = [(source, *source.number()) for source in sources_of(chosen, user)]
    filled = [row for row in sources if row[1]]
    wanted = request.GET.get("sumber", "")
    here = next((row[0] for row in filled if row[0].code == wanted), None)
    here = here or (filled[0][0] if filled else None)
    number = page_number(request, "hal", LAST_PAGE)
    entries, is_more = here.page(number) if here else ([], False)
    query = request.GET.copy()
    for name in ("sumber", "hal"):
        query.pop(name, None)
    context = {
        "title": "Di balik angka",
        "label": label_of(chosen),
        "slice": chosen,
        "sources": [(source, words, source is here) for source, _n, words in filled],
        "is_sum": chosen.measure == Measure.CONTACTS,
        "here": here,
        "entries": entries,
        "hidden": here.hidden() if here else 0,
        "query": query.urlencode(),
        "number": number,
        "previous": number - 1,
        "next": number + 1 if is_more and number < LAST_PAGE else 0,
        "back": _month_address(chosen.period.first)
        if chosen.period.month
        else f"{reverse('admin:recap')}?tahun={chosen.period.year}",
    }
    return _page(request, "rows.html", context)


def download(request: HttpRequest) -> HttpResponseBase:
    user = _reader(request)
    form, wanted = YearForm(request.GET), request.GET.get("bentuk", "")
    if not form.is_valid() or wanted not in Form.values:
        return redirect("admin:recap")
    year, kind = form.cleaned_data["tahun"], Form(wanted)
    AccessLog.objects.create(
        what=AccessLog.What.EXPORT,
        user=user,
        at=timezone.now(),
        data={"list": "rekap-bulanan", "year": year, "form": wanted},
    )
    content, name = WRITE[kind](recap_of(year)), f"rekap-{year}.{wanted}"
    if kind == Form.PDF:
        return pdf.download(content, name)
    if kind == Form.CSV:
        # The mark tells Excel that the file is UTF-8.
        content = b"\xef\xbb\xbf" + content
    return HttpResponse(
        content,
        content_type=CONTENT_TYPES[kind],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _reader(request: HttpRequest) -> User:
    user = staff(request)
    if not user.may("view_report"):
        raise PermissionDenied
    return user


def _month(request: HttpRequest) -> date | None:
    form = MonthForm(request.GET)
    return form.cleaned_data["bulan"] if form.is_valid() else None


def _line(month: date) -> tuple[Recap, Line]:
    recap = recap_of(month.year)
    return recap, recap.lines[month.month - 1]


def _month_address(month: date) -> str:
    return f"{reverse('admin:recap_month')}?bulan={month:%Y-%m}"


def _page(request: HttpRequest, template: str, context: dict[str, Any]) -> TemplateResponse:
    context = {"rows_address": reverse("admin:recap_rows"), **context}
    return framed(request, f"admin/reports/recap/{template}", context)


PAGES: list[tuple[str, Callable[[HttpRequest], HttpResponseBase], str]] = [
    ("rekap/", year_page, "recap"),
    ("rekap/bulan/", month_page, "recap_month"),
    ("rekap/bekukan/", freeze_page, "recap_freeze"),
    ("rekap/baris/", rows_page, "recap_rows"),
    ("rekap/unduh/", download, "recap_download"),
]
