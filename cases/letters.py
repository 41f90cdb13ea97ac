"""Answer templates: the few variables that are filled in; all else stays as it was written."""

import re

from django.utils import timezone, translation
from django.utils.formats import date_format

from office.models import Office

from .models import AnswerTemplate, Case
from .workflow import Kind

_VARIABLE = re.compile(r"\{([a-z_]+)\}")

# Never the citizen's name: a draft is read by everybody who handles the case, an identity only
# for a stated purpose (actions.reveal_identity).
_SALUTATION = {
    "id": {
        Kind.COMPLAINT: "Bapak/Ibu Pelapor",
        Kind.INFORMATION_REQUEST: "Bapak/Ibu Pemohon Informasi",
        Kind.OBJECTION: "Bapak/Ibu Pemohon Keberatan",
        Kind.QUESTION: "Bapak/Ibu",
    },
    "en": {
        Kind.COMPLAINT: "Sir or Madam",
        Kind.INFORMATION_REQUEST: "Sir or Madam",
        Kind.OBJECTION: "Sir or Madam",
        Kind.QUESTION: "Sir or Madam",
    },
}


VARIABLES = [
    "sapaan",
    "nomor",
    "tanggal_diterima",
    "perihal",
    "topik",
    "jenis",
    "tenggat",
    "seksi",
    "kantor",
]


def fill_in(template: AnswerTemplate, case: Case) -> str:
    """The template's text for one case. An unknown variable stays visible; nothing is evaluated."""
    with translation.override(template.language):
        values = {
            "sapaan": _SALUTATION[template.language][Kind(case.kind)],
            "nomor": case.reference,
            "tanggal_diterima": date_format(timezone.localdate(case.received_at), "j F Y"),
            "perihal": case.subject,
            "topik": case.topic.label if case.topic else case.subject,
            "jenis": str(case.get_kind_display()),
            "tenggat": date_format(case.due_on, "j F Y") if case.due_on else "",
            "seksi": case.section.name if case.section else "",
            "kantor": Office.objects.current().name,
        }
    # One pass: a value that itself looks like a variable is not looked at again.
    return _VARIABLE.sub(lambda found: values.get(found[1], found[0]), template.body)
