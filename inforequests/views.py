"""The public form for information requests, and the question that keeps service questions out of
it.
"""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from cases.actions import Identity
from cases.intake.wizard import Intake, Step
from cases.models import Case
from cases.workflow import Kind
from infocontent.models import Topic
from office import pdf, throttle

from . import actions
from .forms import (
    IDENTITY_FIELDS,
    PROXY,
    ApplicantKindForm,
    IdentityForm,
    InformationForm,
    PapersForm,
    required_paper,
)
from .paper import printing


def with_identity(*, applicant_kind: str, acting: str, **answers: Any) -> dict[str, Any]:
    """The answers with the two steps about the applicant put together."""
    typed = {name: answers.pop(name) for name in IDENTITY_FIELDS if name in answers}
    return {
        "topic": Topic.objects.leaf("permohonan-informasi"),
        "identity": Identity(kind=applicant_kind, **typed),
        "by_proxy": acting == PROXY,
        **answers,
    }


def _lodge(**answers: Any) -> Case:
    return actions.lodge(**with_identity(**answers))


def paper_to_attach(answers: dict[str, Any]) -> Any:
    return required_paper(answers.get("pemohon", {}))


intake = Intake(
    kind=Kind.INFORMATION_REQUEST,
    namespace="inforequests",
    title=_("Permohonan informasi publik"),
    start_template="inforequests/start.html",
    lodge=_lodge,
    steps=(
        Step("informasi", _("Informasi yang diminta"), InformationForm, suggest_after="subject"),
        Step("pemohon", _("Jenis pemohon"), ApplicantKindForm),
        Step("identitas", _("Identitas pemohon"), IdentityForm),
        Step(
            "lampiran",
            _("Surat pendukung"),
            PapersForm,
            lead=_(
                "Kuasa: lampirkan surat kuasa khusus. Badan hukum: SK pengesahan. "
                "Kelompok: surat kuasa dan KTP anggota. Perorangan: lewati langkah ini."
            ),
            required_paper=paper_to_attach,
        ),
    ),
)


@require_safe
def own_matter(request: HttpRequest) -> HttpResponse:
    """The exit for people who ask about their own passport or permit: the question form is
    faster.
    """
    return render(request, "inforequests/own_matter.html")


@require_safe
def paper_form(request: HttpRequest, language: str) -> HttpResponse:
    """The form to be printed at home; without a number, which only the office gives."""
    if language not in dict(settings.LANGUAGES):
        raise Http404
    throttle.hit("pdf", throttle.client_address(request), limit=60, minutes=60)
    return pdf.download(printing.unnumbered(language), f"formulir-permohonan-{language}.pdf")
