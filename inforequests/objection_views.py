"""The public form for objections: begun from an opened request, or without one for information that
has to be published periodically.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from cases import tracking
from cases.intake.forms import AttachmentForm
from cases.intake.wizard import Intake, Step
from cases.models import Case, IntakeDraft
from cases.workflow import CaseError, Kind
from office.calendar import today

from . import actions, grounds, wording
from .forms import ApplicantKindForm, IdentityForm, PapersForm
from .models import Ground
from .objection_forms import REQUEST, GroundsForm, PeriodicForm
from .views import paper_to_attach, with_identity


def _lodge(*, request: int, found_on: str | None = None, **answers: Any) -> Case:
    return actions.lodge_objection(
        request=Case.objects.get(pk=request),
        found_on=date.fromisoformat(found_on) if found_on else None,
        **answers,
    )


def _lodge_without_request(**answers: Any) -> Case:
    return actions.lodge_objection(
        request=None, grounds=Ground.PERIODIC, **with_identity(**answers)
    )


@dataclass(frozen=True)
class ObjectionIntake(Intake):
    """An intake whose draft is begun for one request, which is known by number and code."""

    def start(self, request: HttpRequest, refusal: str = "", status: int = 200) -> HttpResponse:
        access = tracking.opened(request)
        case = tracking.case_for_citizen(access.case_id) if access else None
        context = self._context(
            case=case,
            is_request=case is not None and case.kind == Kind.INFORMATION_REQUEST,
            refusal=refusal or (_refusal(case) if case else ""),
            draft=self.begun(request),
            first=self.steps[0],
        )
        return render(request, self.start_template, context, status=status)

    def step(self, request: HttpRequest, slug: str) -> HttpResponse:
        self._find(slug)
        if self.begun(request) is None:
            return redirect(f"{self.namespace}:start")
        return super().step(request, slug)

    def begun(self, request: HttpRequest) -> IntakeDraft | None:
        draft = self._unsent(request)
        return draft if draft and REQUEST in draft.data else None

    def begin(self, request: HttpRequest, case: Case) -> None:
        """A draft for this request, filled in with what the office knows; one that was begun before
        keeps what was typed.
        """
        draft = self.begun(request)
        if draft and draft.data[REQUEST] == case.pk:
            return
        on = today()
        draft = self._new_draft(request)
        draft.data = {
            REQUEST: case.pk,
            self.steps[0].slug: {
                "grounds": list(grounds.evident(case, on)),
                "narrative": wording.position(case, on),
                "purpose": case.detail.purpose[:1000],
            },
        }
        draft.save(update_fields=["data"])


def _refusal(case: Case) -> str:
    """Why no objection to this request can be begun now; empty if one can."""
    try:
        grounds.require_objectable(case)
        if grounds.found(case, today()) is None:
            raise grounds.NoGroundYet(case.due_on)
    except CaseError as refusal:
        return str(refusal)
    return ""


intake = ObjectionIntake(
    kind=Kind.OBJECTION,
    namespace="objections",
    title=_("Keberatan"),
    start_template="inforequests/objection_start.html",
    lodge=_lodge,
    steps=(
        Step("alasan", _("Alasan dan kasus posisi"), GroundsForm),
        Step(
            "lampiran",
            _("Bukti"),
            AttachmentForm,
            lead=_("Tidak wajib. Surat kami dan permohonan Anda sudah ada di berkas kasus."),
        ),
    ),
)

periodic = Intake(
    kind=Kind.OBJECTION,
    slot="keberatan-berkala",
    namespace="objections:periodic",
    title=_("Keberatan: informasi berkala tidak tersedia"),
    start_template="inforequests/objection_periodic_start.html",
    lodge=_lodge_without_request,
    steps=(
        Step("informasi", _("Informasi yang tidak tersedia"), PeriodicForm),
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


@require_POST
def prefill(request: HttpRequest) -> HttpResponse:
    """One button: the objection to the opened request, filled in as far as the office knows."""
    access = tracking.opened(request)
    if access is None:
        return redirect(f"{reverse('cases:track')}?tujuan=keberatan")
    case = tracking.case_for_citizen(access.case_id)
    if _refusal(case):
        return intake.start(request, status=409)
    intake.begin(request, case)
    return redirect("objections:step", intake.steps[0].slug)
