"""The page on which an answer becomes a draft for the library."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from infocontent.models import Item, Origin
from infocontent.workflow import ContentError
from office.staff import staff

from ..desk.access import case_or_404
from ..desk.page import with_story
from ..desk.promoting import PromoteForm, may_promote, promote
from ..models import Case
from ..workflow import Privacy
from .base import CasePages


class PromoteViews(CasePages):
    """One answer, without its people, as a question and answer for everybody."""

    def promote(self, request: HttpRequest, object_id: int) -> HttpResponse:
        case, user = case_or_404(request, object_id, with_story(Case.objects.all())), staff(request)
        if not may_promote(case, user):
            raise PermissionDenied
        form = PromoteForm(request.POST) if request.method == "POST" else PromoteForm.for_case(case)
        if form.is_bound and form.is_valid():
            try:
                item = promote(case, actor=user, **form.cleaned_data)
            except ContentError as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, f"Konsep “{item.title}” tersimpan untuk Tim Humas.")
                return redirect(case)
        context = {
            "title": "Jadikan konsep tanya jawab",
            "case": case,
            "form": form,
            "is_secret": case.privacy != Privacy.OPEN,
            "earlier": Item.objects.filter(origin=Origin.CASE, origin_note=case.reference).first(),
        }
        return self.page(request, "promote.html", context)
