"""The public form for complaints."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.actions import Identity
from cases.intake.wizard import Intake, Step
from cases.models import Case
from cases.workflow import Kind, Privacy
from infocontent.models import Topic

from . import actions
from .forms import ComplainantForm, EvidenceForm, IncidentForm, RemedyForm


def _lodge(
    *,
    topic: str,
    privacy: str,
    happened_on: str,
    full_name: str = "",
    address: str = "",
    email: str = "",
    phone: str = "",
    **answers: Any,
) -> Case:
    identity = None
    if privacy != Privacy.ANONYMOUS:
        identity = Identity(full_name=full_name, address=address, email=email, phone=phone)
    return actions.lodge(
        topic=Topic.objects.leaf(topic),
        privacy=privacy,
        happened_on=date.fromisoformat(happened_on),
        identity=identity,
        **answers,
    )


def _wipe_identity(raw: dict[str, Any]) -> dict[str, Any]:
    """Choosing anonymity, even late, forgets what was typed before."""
    return {"privacy": raw["privacy"]} if raw.get("privacy") == Privacy.ANONYMOUS else raw


intake = Intake(
    kind=Kind.COMPLAINT,
    namespace="complaints",
    title=_("Pengaduan"),
    start_template="complaints/start.html",
    lodge=_lodge,
    steps=(
        # The topic stands before it: an accusation is met with no text (infocontent.suggesting).
        Step("peristiwa", _("Apa yang terjadi"), IncidentForm, suggest_after="subject"),
        Step("harapan", _("Kerugian dan penyelesaian"), RemedyForm),
        Step(
            "lampiran",
            _("Bukti"),
            EvidenceForm,
            lead=_("Tidak wajib. Foto, tangkapan layar, atau surat membantu kami."),
        ),
        Step("pelapor", _("Identitas Anda"), ComplainantForm, wipe=_wipe_identity),
    ),
)
