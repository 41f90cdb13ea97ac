"""Letters about a breach: the template's text with its few variables filled in."""

import re

from django.utils import timezone, translation
from django.utils.formats import date_format

from cases import actions as case_actions
from cases.models import Case
from cases.workflow import CaseError
from office import pdf
from office.models import Office, User

from .models import Breach, BreachLetter
from .workflow import NotReady

VARIABLES = [
    "nama",
    "nomor",
    "diketahui",
    "data",
    "kejadian",
    "penanganan",
    "jumlah",
    "kantor",
    "kontak",
]
_VARIABLE = re.compile(r"\{([a-z]+)\}")
TITLES = {
    "id": "Pemberitahuan kegagalan pelindungan data pribadi",
    "en": "Notice of a failure to protect personal data",
}


def to_subject(breach: Breach, case: Case, *, actor: User) -> bytes:
    """The letter of one case as a PDF. It names the person, so the reading is put on record."""
    template = _template(BreachLetter.Code.SUBJECT, case.language)
    name = "Bapak/Ibu" if case.language == "id" else "Sir or Madam"
    recipient = name
    if case.identity is not None and case.identity.full_name:
        purpose = f"Surat pemberitahuan insiden {breach.pk}"
        applicant = case_actions.reveal_identity(case, actor=actor, purpose=purpose)
        name = applicant.full_name
        recipient = "\n".join(filter(None, [name, applicant.address]))
    return _letter(breach, template, recipient, {"nama": name, "nomor": case.reference})


def to_authority(breach: Breach) -> bytes:
    """The notice to the body that supervises data protection, whose address is data."""
    template = _template(BreachLetter.Code.AUTHORITY, "id")
    if not template.recipient.strip():
        raise NotReady("Alamat lembaga belum diisi di Contoh surat insiden.")
    return _letter(breach, template, template.recipient, {})


def _template(code: str, language: str) -> BreachLetter:
    found = {row.language: row for row in BreachLetter.objects.filter(code=code)}
    template = found.get(language) or found.get("id")
    if template is None:
        raise CaseError("Contoh suratnya belum ada; minta administrator mengisinya.")
    return template


def _letter(
    breach: Breach, template: BreachLetter, recipient: str, values: dict[str, str]
) -> bytes:
    office, now = Office.objects.current(), timezone.localtime()
    with translation.override(template.language):
        known = date_format(timezone.localtime(breach.known_at), "j F Y H.i")
        values = {
            **values,
            "diketahui": known,
            "data": breach.what,
            "kejadian": breach.how,
            "penanganan": breach.handling,
            "jumlah": str(breach.affected.count()),
            "kantor": office.name,
            "kontak": " · ".join(filter(None, [office.phone, office.email, office.address])),
        }
    # One pass: a value that itself looks like a variable is not looked at again.
    body = _VARIABLE.sub(lambda found: values.get(found[1], found[0]), template.body)
    context = {
        "title": TITLES[template.language],
        "office": office,
        "recipient": recipient,
        "body": body,
        "now": now,
        "language": template.language,
    }
    return pdf.render(
        "dataprotection/letter.pdf.html", context, language=template.language, styles="receipt"
    )
