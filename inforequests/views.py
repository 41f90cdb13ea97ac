"""The public form for information requests, and the question that keeps service questions out of
it.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from cases.actions import Identity
from cases.intake.wizard import Intake, Step
from cases.models import Applicant, Case
from cases.workflow import Kind
from infocontent.models import Topic

from . import actions
from .forms import PROXY, ApplicantKindForm, IdentityForm, InformationForm, PapersForm

IDENTITY_FIELDS = (
    "full_name",
    "nik",
    "legal_entity_number",
    "address",
    "phone",
    "email",
    "occupation",
    "proxy_name",
    "proxy_nik",
)


def _lodge(*, applicant_kind: str, acting: str, **answers: Any) -> Case:
    typed = {name: answers.pop(name) for name in IDENTITY_FIELDS if name in answers}
    return actions.lodge(
        topic=Topic.objects.leaf("permohonan-informasi"),
        identity=Identity(kind=applicant_kind, **typed),
        by_proxy=acting == PROXY,
        **answers,
    )


def _required_paper(answers: dict[str, Any]) -> Any:
    """PERKI 1/2021: a proxy acts by a special power of attorney, a group by a mandate."""
    applicant = answers.get("pemohon", {})
    if applicant.get("acting") == PROXY:
        return _("Lampirkan surat kuasa khusus, karena Anda mengajukan sebagai kuasa.")
    if applicant.get("applicant_kind") == Applicant.Kind.GROUP:
        return _("Lampirkan surat kuasa dan KTP anggota kelompok.")
    return ""


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
            required_paper=_required_paper,
        ),
    ),
)


@require_safe
def own_matter(request: HttpRequest) -> HttpResponse:
    """The exit for people who ask about their own passport or permit: the question form is
    faster.
    """
    return render(request, "inforequests/own_matter.html")
