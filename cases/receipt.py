"""The receipt (tanda bukti penerimaan) as a PDF.

UU 14/2008 Ps 22(4) and UU 25/2009 Ps 44 want it to name the number, who filed what, when and
where it was received, and by whom.
"""

from typing import Any

from django.http import HttpResponse
from django.utils import timezone, translation

from office import pdf
from office.models import Office

from . import access_code as codes
from .deadlines import Computation
from .models import Case
from .workflow import Kind, Privacy

# What a detail holds for the verifier alone, or what stands elsewhere on the receipt.
NOT_PRINTED = {"id", "case", "about_whom", "by_proxy", "is_assisted"}


def render_receipt(case: Case, access_code: str | None = None) -> bytes:
    """The receipt in the case's language; with the code only where it has just been handed out."""
    with translation.override(case.language):
        context = _context(case, access_code)
    return pdf.render("cases/receipt.pdf.html", context, language=case.language, styles="receipt")


def _context(case: Case, access_code: str | None) -> dict[str, Any]:
    return {
        "case": case,
        "office": Office.objects.current(),
        "code": codes.grouped(codes.normalized(access_code)) if access_code else "",
        "is_anonymous": case.privacy == Privacy.ANONYMOUS,
        "identity": case.identity,
        "details": _details(case),
        "files": list(case.attachments.filter(uploader=None, message=None)),
        "computations": [Computation.from_json(row) for row in case.due_basis],
        "is_request": case.kind in (Kind.INFORMATION_REQUEST, Kind.OBJECTION),
        "printed_at": timezone.now(),
    }


def _details(case: Case) -> list[tuple[str, Any]]:
    """Label and value of what the kind asks for beyond a case, as far as it was filled in."""
    if case.detail is None:
        return []
    if hasattr(case.detail, "in_words"):
        return case.detail.in_words
    rows = []
    for column in case.detail._meta.fields:
        value = column.value_from_object(case.detail)
        if column.name in NOT_PRINTED or value in ("", None, False):
            continue
        if column.choices:
            value = dict(column.flatchoices)[value]
        rows.append((column.verbose_name.capitalize(), value))
    return rows


def receipt_download(case: Case, access_code: str | None = None) -> HttpResponse:
    return pdf.download(
        render_receipt(case, access_code=access_code), f"tanda-terima-{case.reference}.pdf"
    )
