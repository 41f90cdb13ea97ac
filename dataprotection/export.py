"""All that is held about the person behind one case, for that person (UU 27/2022 Ps 7, 13).

Nothing of what is the office's own: no internal notes, no drafts, no names of staff.
"""

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from cases import tracking
from cases.actions.data_rights import IDENTITY_FIELDS
from cases.models import AccessLog, Case
from cases.timeline import public_codes, steps
from office import pdf
from office.models import Office
from office.roles import Role

WHO: dict[str, Any] = {
    Role.OFFICE_HEAD: _("Kepala Kantor"),
    Role.PPID: _("PPID"),
    Role.VERIFIER: _("Verifikator"),
    Role.SECTION_HEAD: _("Kepala Seksi"),
    Role.OFFICER: _("Petugas seksi"),
}
WHAT: dict[str, Any] = {
    AccessLog.What.IDENTITY: _("Identitas dibuka"),
    AccessLog.What.FILE: _("Berkas diunduh"),
    AccessLog.What.EXPORT: _("Daftar diekspor"),
    AccessLog.What.REFUSED: _("Dicoba dibuka, dan ditolak"),
}
IDENTITY_LABELS: dict[str, Any] = {
    "full_name": _("Nama lengkap"),
    "nik": _("NIK"),
    "legal_entity_number": _("Nomor SK pengesahan badan hukum"),
    "address": _("Alamat"),
    "phone": _("Telepon"),
    "email": _("E-mail"),
    "occupation": _("Pekerjaan"),
    "proxy_name": _("Nama penerima kuasa"),
    "proxy_nik": _("NIK penerima kuasa"),
}


def held_about(case: Case) -> dict[str, Any]:
    """As plain data; words are in the language that is active."""
    return {
        "office": Office.objects.current().name,
        "made_at": timezone.now(),
        "case": _case(case),
        "identity": _identity(case),
        "texts": {"subject": case.subject, "narrative": case.narrative, "more": _detail(case)},
        "messages": [
            {"at": message.written_at, "kind": message.get_kind_display(), "text": message.body}
            for message in case.messages.public()
        ],
        "files": list(
            tracking.visible_attachments(case.pk).values(
                "name", "content_type", "size", "sha256", "added_at"
            )
        ),
        "events": _events(case),
        "requests": [
            {
                "asked_at": request.asked_at,
                "due_at": request.due_at,
                "kind": request.get_kind_display(),
                "detail": request.detail,
                "status": request.get_status_display(),
                "ground": request.ground,
                "answer": request.answer,
            }
            for request in case.data_requests.order_by("asked_at")
        ],
        "notices": [
            {"at": notice.created_at, "state": notice.get_state_display()}
            for notice in case.notices.filter(recipient=None).order_by("pk")
        ],
        "access": _access(case),
        "destroyed": [
            {"at": redaction.at, "part": redaction.get_part_display()}
            for redaction in case.redactions.order_by("at", "pk")
        ],
    }


def as_pdf(case: Case, language: str) -> bytes:
    context = {
        "held": held_about(case),
        "labels": {name: str(label) for name, label in IDENTITY_LABELS.items()},
        "office": Office.objects.current(),
    }
    return pdf.render(
        "dataprotection/export.pdf.html", context, language=language, styles="receipt"
    )


def _case(case: Case) -> dict[str, Any]:
    return {
        "reference": case.reference,
        "kind": case.get_kind_display(),
        "status": case.get_status_display(),
        "channel": case.get_channel_display(),
        "privacy": case.get_privacy_display(),
        "received_at": case.received_at,
        "closed_at": case.closed_at,
        "outcome": case.get_outcome_display() if case.outcome else "",
        "closing_reason": case.closing_reason,
        "topic": case.topic.label if case.topic else "",
    }


def _identity(case: Case) -> list[dict[str, str]] | None:
    """Each filled-in field with its label; None where nothing identifying was ever kept."""
    applicant = case.identity
    if applicant is None:
        return None
    return [
        {"field": name, "label": str(IDENTITY_LABELS[name]), "value": getattr(applicant, name)}
        for name in IDENTITY_FIELDS
        if getattr(applicant, name)
    ]


def _detail(case: Case) -> list[dict[str, Any]]:
    """What the kind asks for beyond a case, all of it typed by the citizen."""
    if case.detail is None:
        return []
    rows = []
    for column in case.detail._meta.fields:
        value = column.value_from_object(case.detail)
        if column.primary_key or isinstance(column, models.OneToOneField) or value in ("", None):
            continue
        if column.choices:
            value = str(dict(column.flatchoices)[value])
        rows.append({"label": str(column.verbose_name), "value": value})
    return rows


def _events(case: Case) -> list[dict[str, Any]]:
    events = case.events.filter(code__in=public_codes()).order_by("seq")
    return [
        {"at": step.at, "title": str(step.title), "detail": str(step.detail)}
        for step in steps(events)
    ]


def _access(case: Case) -> list[dict[str, Any]]:
    """Who by role, never by name, looked at what is closed by default."""
    lines = case.access_log.select_related("user").prefetch_related("user__groups").order_by("pk")
    return [
        {
            "at": line.at,
            "what": str(WHAT.get(line.what, line.get_what_display())),
            "who": _role(line),
            "purpose": line.purpose,
        }
        for line in lines
    ]


def _role(line: AccessLog) -> str:
    names = {group.name for group in line.user.groups.all()}
    return next((str(words) for role, words in WHO.items() if role in names), _t("Petugas"))
