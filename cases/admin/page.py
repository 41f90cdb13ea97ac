"""The case page of the desk, its verbs, and the identity behind a purpose."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from office.staff import staff

from .. import actions
from ..arithmetic import arithmetic
from ..desk.access import case_or_404
from ..desk.forms import MoveForm, RevealForm
from ..desk.moves import Move, may_reveal
from ..desk.page import CasePage, form_for, move_or_404, with_story
from ..desk.people import People
from ..desk.picking import Picker
from ..models import Case
from ..workflow import CaseError, NotAllowed, StaleCase
from .base import CasePages


class CasePageViews(CasePages):
    """One case: what it is, what can be done, and who is behind it."""

    def change_view(
        self,
        request: HttpRequest,
        object_id: Any,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        case = self._case(request, object_id)
        user, example = staff(request), request.GET.get("contoh", "")
        page = CasePage(
            case, user, People(user), example=example, same_as=request.GET.get("sama", "")
        )
        return self._show(request, page)

    def act(self, request: HttpRequest, object_id: int, verb: str) -> HttpResponse:
        """One verb, posted from the case page; whatever was typed survives a refusal."""
        move, case = move_or_404(verb), self._case(request, object_id)
        if request.method != "POST":
            return redirect(case)
        user = staff(request)
        form = form_for(move, case, People(user), request.POST, request.FILES)
        if not form.is_valid():
            return self._show_again(request, move, form)
        try:
            result = move.action(case, actor=user, **form.cleaned_data)
        except CaseError as error:
            return self._show_again(request, move, form, error)
        messages.success(request, move.said(case, result))
        is_in_sight = Case.objects.visible_to(user).filter(pk=case.pk).exists()
        return redirect(case if is_in_sight else "admin:cases_case_changelist")

    def pick(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Look for a text, or put its address into the draft that came along; nothing is saved."""
        case, user = self._case(request, object_id), staff(request)
        if request.method != "POST":
            return redirect(case)
        page = CasePage(case, user, People(user), picker=Picker(case, request.POST))
        return self._show(request, page)

    def how_computed(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Every date of the case with its arithmetic, and the dates it had before."""
        case = case_or_404(request, object_id, Case.objects.all())
        title = f"Tenggat {case.reference}"
        return self.page(
            request, "due_dates.html", {"title": title, "case": case, **arithmetic(case)}
        )

    def identity(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Show who the citizen is, once, for a stated purpose; the page is kept nowhere."""
        case, user = self._case(request, object_id), staff(request)
        if request.method != "POST":
            return redirect(case)
        if not may_reveal(case, user):
            raise PermissionDenied
        form = RevealForm(request.POST, auto_id="identitas_%s")
        applicant = None
        if form.is_valid():
            try:
                applicant = actions.reveal_identity(case, actor=user, **form.cleaned_data)
            except CaseError as error:
                # It was anonymised, or the rights were taken away, since the page was opened.
                form.add_error(None, str(error))
        title = f"Identitas {case.reference}"
        context = {"title": title, "case": case, "form": form, "applicant": applicant}
        return self.page(request, "identity.html", context)

    def _case(self, request: HttpRequest, pk: int) -> Case:
        return case_or_404(request, pk, with_story(Case.objects.all()))

    def _show_again(
        self, request: HttpRequest, move: Move, form: MoveForm, error: CaseError | None = None
    ) -> HttpResponse:
        """The page as the case stands now, with the typed text and why it was not done."""
        case = self._case(request, form.case.pk)
        page = CasePage(case, staff(request), form.people, failed=move, bound=form)
        if isinstance(error, StaleCase):
            return self._show(request, page, status=409, stale=error)
        if error is None:
            return self._show(request, page)
        form.add_error(None, str(error))
        return self._show(request, page, status=403 if isinstance(error, NotAllowed) else 409)

    def _show(
        self, request: HttpRequest, page: CasePage, status: int = 200, **more: Any
    ) -> HttpResponse:
        title = f"{page.case.reference} · {page.case.subject}"
        context = {"title": title, **page.context(), **more}
        return self.page(request, "page.html", context, status=status)
