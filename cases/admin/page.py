"""The case page of the desk, its verbs, and the identity behind a purpose."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from .. import actions
from ..desk.access import case_or_404
from ..desk.forms import MoveForm, RevealForm
from ..desk.moves import Move, may_reveal
from ..desk.page import CasePage, form_for, move_or_404, with_story
from ..desk.people import People
from ..models import Case
from ..workflow import CaseError, NotAllowed, StaleCase


class CasePageViews:
    """Views of one case; mixed into the case admin, which knows the site."""

    def change_view(
        self,
        request: HttpRequest,
        object_id: int,
        form_url: str = "",
        extra_context: dict | None = None,
    ) -> HttpResponse:
        case = case_or_404(request, object_id, with_story(Case.objects.all()))
        page = CasePage(
            case, request.user, People(request.user), example=request.GET.get("contoh", "")
        )
        return self._show(request, page)

    def act(self, request: HttpRequest, object_id: int, verb: str) -> HttpResponse:
        """One verb, posted from the case page; whatever was typed survives a refusal."""
        move = move_or_404(verb)
        case = case_or_404(request, object_id, with_story(Case.objects.all()))
        if request.method != "POST":
            return redirect(case)
        people = People(request.user)
        form = form_for(move, case, people, request.POST, request.FILES)
        if not form.is_valid():
            return self._show_again(request, case.pk, move, form, people)
        try:
            result = move.action(case, actor=request.user, **form.cleaned_data)
        except CaseError as error:
            return self._show_again(request, case.pk, move, form, people, error)
        messages.success(request, move.said(case, result))
        if not Case.objects.visible_to(request.user).filter(pk=case.pk).exists():
            return redirect("admin:cases_case_changelist")
        return redirect(case)

    def identity(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Show who the citizen is, once, for a stated purpose; the page is kept nowhere."""
        case = case_or_404(request, object_id, with_story(Case.objects.all()))
        if request.method != "POST":
            return redirect(case)
        if not may_reveal(case, request.user):
            raise PermissionDenied
        form = RevealForm(request.POST, auto_id="identitas_%s")
        applicant = None
        if form.is_valid():
            applicant = actions.reveal_identity(case, actor=request.user, **form.cleaned_data)
        context = {
            "title": f"Identitas {case.reference}",
            "case": case,
            "form": form,
            "applicant": applicant,
        }
        return self._render(request, "admin/cases/case/identity.html", context)

    def _show_again(
        self,
        request: HttpRequest,
        pk: int,
        move: Move,
        form: MoveForm,
        people: People,
        error: CaseError | None = None,
    ) -> HttpResponse:
        """The page as the case stands now, with the typed text and why it was not done."""
        case = case_or_404(request, pk, with_story(Case.objects.all()))
        if error and not isinstance(error, StaleCase):
            form.add_error(None, str(error))
        page = CasePage(case, request.user, people, failed=move, bound=form)
        status = {StaleCase: 409, NotAllowed: 403}.get(type(error), 409 if error else 200)
        return self._show(
            request, page, status=status, stale=error if isinstance(error, StaleCase) else None
        )

    def _show(
        self, request: HttpRequest, page: CasePage, status: int = 200, **more: Any
    ) -> HttpResponse:
        title = f"{page.case.reference} · {page.case.subject}"
        context = {"title": title, **page.context(), **more}
        return self._render(request, "admin/cases/case/page.html", context, status=status)

    def _render(
        self, request: HttpRequest, template: str, context: dict[str, Any], status: int = 200
    ) -> TemplateResponse:
        request.current_app = self.admin_site.name
        context = {**self.admin_site.each_context(request), "opts": self.opts, **context}
        return TemplateResponse(request, template, context, status=status)
