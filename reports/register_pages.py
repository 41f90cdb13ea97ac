"""The registers in the admin: a table to read, and the same as a file."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from cases.workflow import CaseError, NotAllowed
from office.calendar import today
from office.desk.pages import framed, page_number
from office.forms import CrispyForm
from office.models import User
from office.staff import staff

from .registers.books import BOOKS, Extract, years
from .registers.cells import rows_of
from .registers.columns import upper_headings
from .registers.paper import MOST
from .registers.people import People
from .registers.periods import PERIODS, WHOLE_YEAR
from .registers.releasing import (
    SHORTEST_PURPOSE,
    Form,
    file_name,
    may_release,
    may_release_in_full,
    release,
)

PER_PAGE = 25
CONTENT_TYPES = {
    Form.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Form.PDF: "application/pdf",
}


class ExtractForm(CrispyForm):
    """Which book, year and period; blank is this year's register of requests."""

    buku = forms.ChoiceField(
        label="Register", choices=[(book.code, book.title) for book in BOOKS.values()]
    )
    tahun = forms.TypedChoiceField(label="Tahun", coerce=int)
    masa = forms.ChoiceField(
        label="Masa",
        required=False,
        choices=[(period.code, period.label) for period in PERIODS.values()],
    )

    def __init__(self, data: Any, known_years: list[int]) -> None:
        super().__init__(data, auto_id="pilih_%s")
        self.fields["tahun"].choices = [(year, str(year)) for year in known_years]  # type: ignore[attr-defined]


class InFullForm(CrispyForm):
    """Identities leave only for a purpose, and after a deliberate tick."""

    purpose = forms.CharField(
        label="Untuk apa register dengan identitas lengkap diambil",
        min_length=SHORTEST_PURPOSE,
        max_length=200,
        help_text="Tujuan Anda, nama Anda, waktunya, dan jumlah barisnya dicatat.",
    )
    bentuk = forms.ChoiceField(label="Bentuk berkas", choices=Form.choices)
    confirm = forms.BooleanField(
        label="Saya menyimpan berkas ini di tempat yang aman dan menghapusnya setelah selesai"
    )

    def __init__(self, data: Any = None, *, fits_on_paper: bool = True) -> None:
        super().__init__(data, auto_id="lengkap_%s")
        if not fits_on_paper:
            self.offer_no_paper()
        for field in self.fields.values():
            field.error_messages["required"] = f"Bagian “{field.label}” belum diisi."

    def offer_no_paper(self) -> None:
        bentuk: Any = self.fields["bentuk"]
        bentuk.choices = [(Form.XLSX.value, Form.XLSX.label)]
        bentuk.help_text = f"PDF memuat paling banyak {MOST} baris."


def register_page(request: HttpRequest) -> HttpResponse:
    """One page of the table, always masked; each cell leads to its event."""
    user = _reader(request)
    extract, form, is_known = _chosen(request, user)
    if not is_known:
        messages.warning(request, "Pilihan tidak dikenali, jadi yang tampil register tahun ini.")
    return _show(request, extract, form)


def download(request: HttpRequest) -> HttpResponseBase:
    """The masked file of what is chosen."""
    user = _reader(request)
    extract, _form, is_known = _chosen(request, user)
    wanted = request.GET.get("bentuk", "")
    if not is_known or wanted not in Form.values:
        return redirect("admin:register")
    try:
        return _file(extract, wanted)
    except NotAllowed as error:
        raise PermissionDenied from error
    except CaseError as error:
        messages.error(request, str(error))
        return redirect(_address(extract))


def in_full(request: HttpRequest) -> HttpResponseBase:
    """The file with identities, posted with its purpose; what was typed survives a refusal."""
    user = _reader(request)
    if not may_release_in_full(user):
        raise PermissionDenied
    extract, form, is_known = _chosen(request, user)
    if request.method != "POST" or not is_known:
        return redirect(_address(extract))
    wish = InFullForm(request.POST)
    if wish.is_valid():
        try:
            return _file(
                extract,
                wish.cleaned_data["bentuk"],
                in_full=True,
                purpose=wish.cleaned_data["purpose"],
            )
        except CaseError as error:
            wish.add_error("bentuk", str(error))
    return _show(request, extract, form, wish)


def _reader(request: HttpRequest) -> User:
    user = staff(request)
    if not user.may("view_case"):
        raise PermissionDenied
    return user


def _chosen(request: HttpRequest, user: User) -> tuple[Extract, ExtractForm, bool]:
    """What the address names, and whether it named something that exists."""
    known = years()
    usual = {"buku": "permohonan", "tahun": str(today().year), "masa": WHOLE_YEAR.code}
    named = {name: request.GET[name] for name in usual if name in request.GET}
    form = ExtractForm({**usual, **named}, known)
    is_known = form.is_valid()
    if not is_known:
        form = ExtractForm(usual, known)
        form.full_clean()
    chosen = form.cleaned_data
    extract = Extract(BOOKS[chosen["buku"]], chosen["tahun"], PERIODS[chosen["masa"]], user)
    return extract, form, is_known


def _query(extract: Extract, **more: Any) -> str:
    chosen = {"buku": extract.book.code, "tahun": extract.year, "masa": extract.period.code}
    return urlencode({name: value for name, value in {**chosen, **more}.items() if value != ""})


def _address(extract: Extract) -> str:
    return f"{reverse('admin:register')}?{_query(extract)}"


def _file(
    extract: Extract, wanted: str, *, in_full: bool = False, purpose: str = ""
) -> FileResponse:
    return FileResponse(
        release(extract, wanted, in_full=in_full, purpose=purpose),
        as_attachment=True,
        filename=file_name(extract, wanted, in_full=in_full),
        content_type=CONTENT_TYPES[Form(wanted)],
    )


def _show(
    request: HttpRequest, extract: Extract, form: ExtractForm, wish: InFullForm | None = None
) -> HttpResponse:
    user, count = extract.user, extract.cases().count()
    pages = max(1, -(-count // PER_PAGE))
    number = page_number(request, "p", pages)
    entries = extract.entries(People(), start=(number - 1) * PER_PAGE, most=PER_PAGE)
    columns = extract.book.columns
    fits = count <= MOST
    parts = [] if fits else extract.counted_parts()
    if wish and not fits:
        wish.offer_no_paper()
    context = {
        "title": extract.title,
        "choice": form,
        "count": count,
        "columns": columns,
        "upper": upper_headings(columns),
        "rows": list(rows_of(columns, entries, linked=True)),
        "query": _query(extract),
        "number": number,
        "pages": pages,
        "previous_page": _query(extract, p=number - 1) if number > 1 else "",
        "next_page": _query(extract, p=number + 1) if number < pages else "",
        "sees_all": user.may("view_all_cases"),
        "may_release": may_release(user),
        "fits_on_paper": fits,
        "most": MOST,
        "parts": [
            {"label": part.label, "count": lines, "query": _query(extract, masa=part.code)}
            for part, lines in parts
            if lines <= MOST
        ],
        "form": wish or (InFullForm(fits_on_paper=fits) if may_release_in_full(user) else None),
        "is_refused": wish is not None,
    }
    return framed(request, "admin/reports/register.html", context)


PAGES: list[tuple[str, Callable[[HttpRequest], HttpResponseBase], str]] = [
    ("register/", register_page, "register"),
    ("register/unduh/", download, "register_download"),
    ("register/lengkap/", in_full, "register_in_full"),
]
