"""The citizen's side: asking for a right, its clock, and a copy of everything held."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from cases import actions as case_actions
from cases import tracking
from cases.workflow import CaseError
from office import pdf, throttle

from . import actions
from .export import as_pdf, held_about
from .forms import RightsForm
from .models import ClockRule, SubjectRequest


@sensitive_post_parameters("detail")
@require_http_methods(["GET", "HEAD", "POST"])
def rights(request: HttpRequest) -> HttpResponse:
    """The form and the requests so far; without an opened case what the rights are and the way."""
    access = tracking.opened(request)
    if access is None:
        typed = request.POST.get("detail", "")
        return render(request, "dataprotection/locked.html", {"typed": typed})
    case = tracking.case_for_citizen(access.case_id)
    form, status = RightsForm(request.POST or None), 200
    if request.method == "POST" and form.is_valid():
        try:
            throttle.hit("hak-data", str(case.pk), limit=10, minutes=60)
            made = actions.ask(case, **form.cleaned_data)
        except throttle.TooOften as limit:
            form.add_error(None, _too_often(limit))
            status = 429
        except CaseError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Permintaan Anda kami terima. Jamnya mulai berjalan."))
            return redirect(f"{request.path}#permintaan-{made.pk}")
    asked = SubjectRequest.objects.filter(case=case).order_by("-asked_at")
    hours, _law = ClockRule.objects.length(ClockRule.Duty.RIGHTS, timezone.now())
    context = {"case": case, "access": access, "form": form, "asked": asked, "hours": hours}
    return render(request, "dataprotection/rights.html", context, status=status)


@require_POST
def export(request: HttpRequest, form: str) -> HttpResponse:
    """Everything as a file, at once. Posted, because it leaves a line in the case's history."""
    if form not in ("json", "pdf"):
        raise Http404
    access = tracking.opened(request)
    if access is None:
        return redirect("dataprotection:rights")
    try:
        throttle.hit("salinan-data", str(access.case_id), limit=6, minutes=60)
    except throttle.TooOften as limit:
        messages.error(request, _too_often(limit))
        return redirect("dataprotection:rights")
    case = tracking.case_for_citizen(access.case_id)
    # Written first, so that the copy tells of itself.
    case_actions.export_data(case, form=form)
    name = f"data-{case.reference}.{form}"
    if form == "pdf":
        return pdf.download(as_pdf(case, get_language() or "id"), name)
    return JsonResponse(
        held_about(case),
        json_dumps_params={"ensure_ascii": False, "indent": 2},
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Content-Security-Policy": pdf.SANDBOX,
        },
    )


def _too_often(limit: throttle.TooOften) -> str:
    return ngettext(
        "Terlalu banyak percobaan. Coba lagi dalam %(minutes)d menit.",
        "Terlalu banyak percobaan. Coba lagi dalam %(minutes)d menit.",
        limit.minutes,
    ) % {"minutes": limit.minutes}
