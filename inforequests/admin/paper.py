"""Numbered blank forms: printed, listed, voided; each change is a verb."""

from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from cases.desk.paging import PER_PAGE, page_address
from cases.models import Case
from cases.workflow import CaseError
from office import pdf
from office.desk.pages import Address, posted
from office.models import User
from office.reference_admin import CappedPaginator
from office.staff import staff

from .. import actions
from ..actions.paper import MOST_FORMS
from ..models import PaperForm
from ..paper import printing
from ..paper.forms import PaperFormFilter, PrintForm, VoidForm
from .entering import EntryViews

# No number beyond this reaches the database, whose columns would refuse it.
LAST = 999_999


@dataclass(frozen=True)
class Entry:
    """A row; `case` is None when there is none, and when this person may not know of it."""

    form: PaperForm
    case: Case | None


@admin.register(PaperForm)
class PaperFormAdmin(EntryViews):
    """A form is never changed by hand: it is printed, then used by a request or voided."""

    def addresses(self) -> list[Address]:
        run = "cetakan/<int:year>/<int:first>-<int:last>"
        return [
            ("", self.changelist_view, "changelist"),
            ("catat/", self.enter_view, "enter"),
            ("keberatan/", self.objection_view, "objection"),
            ("keberatan/berkala/", self.periodic_view, "periodic"),
            ("cetak/", self.print_view, "print"),
            (f"{run}/", self.run_view, "run"),
            (f"{run}.pdf", self.pdf_view, "pdf"),
            ("<int:object_id>/batalkan/", self.void_view, "void"),
        ]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        self.require(request)
        narrowed = PaperFormFilter(
            request.GET, queryset=PaperForm.objects.newest_first(), request=request
        )
        for problem in narrowed.problems:
            messages.warning(request, problem)
        query = narrowed.query()
        shown = CappedPaginator(narrowed.qs, PER_PAGE).get_page(request.GET.get("p"))
        context = {
            "title": "Lisan dan kertas",
            "filter": narrowed,
            "query": query,
            "shown": shown,
            "entries": _entries(list(shown), staff(request)),
            "previous_page": page_address(query, shown.number - 1) if shown.has_previous() else "",
            "next_page": page_address(query, shown.number + 1) if shown.has_next() else "",
        }
        return self.page(request, "list.html", context)

    def print_view(self, request: HttpRequest) -> HttpResponse:
        self.require(request)
        form = PrintForm(posted(request))
        if form.is_bound and form.is_valid():
            printed = actions.print_forms(**form.cleaned_data, actor=staff(request))
            first, last = printed[0], printed[-1]
            return redirect(
                "admin:inforequests_paperform_run", first.year, first.serial, last.serial
            )
        context = {"title": "Cetak formulir kosong", "form": form}
        return self.page(request, "print.html", context)

    def run_view(self, request: HttpRequest, year: int, first: int, last: int) -> HttpResponse:
        self.require(request)
        forms = _run_or_404(year, first, last)
        context = {
            "title": f"Formulir {forms[0]} sampai {forms[-1]}"
            if len(forms) > 1
            else f"Formulir {forms[0]}",
            "forms": forms,
            "unused": [form for form in forms if form.is_unused],
            "run": (year, first, last),
        }
        return self.page(request, "run.html", context)

    def pdf_view(self, request: HttpRequest, year: int, first: int, last: int) -> HttpResponse:
        """Also once more, when the printer failed; what is used or voided is left out."""
        self.require(request)
        forms = [form for form in _run_or_404(year, first, last) if form.is_unused]
        if not forms:
            raise Http404
        return pdf.download(printing.numbered(forms), f"formulir-{forms[0]}-{forms[-1]}.pdf")

    def void_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        paper = self.one(request, object_id)
        form = VoidForm(posted(request))
        if form.is_bound and form.is_valid():
            try:
                actions.void_form(paper, actor=staff(request), **form.cleaned_data)
            except CaseError as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, f"Formulir {paper} dibatalkan.")
                return redirect("admin:inforequests_paperform_changelist")
        context = {"title": f"Batalkan formulir {paper}", "paper": paper, "form": form}
        return self.page(request, "void.html", context)


def _run_or_404(year: int, first: int, last: int) -> list[PaperForm]:
    """The forms of one print run: a page of the list of numbers, all of one language."""
    if max(year, first, last) > LAST or not 0 <= last - first < MOST_FORMS or year > 9999:
        raise Http404
    forms = list(PaperForm.objects.filter(year=year, serial__range=(first, last)).order_by("pk"))
    if not forms or len({form.language for form in forms}) > 1:
        raise Http404
    return forms


def _entries(forms: list[PaperForm], user: User) -> list[Entry]:
    pks = [form.case_id for form in forms if form.case_id]
    cases = {
        case.pk: case
        for case in (
            Case.objects.visible_to(user).filter(pk__in=pks).only("reference") if pks else []
        )
    }
    return [Entry(form, cases.get(form.case_id or 0)) for form in forms]
