"""The blank form on paper: two copies, each with the rights of applicants on its back."""

import re
from collections.abc import Sequence
from typing import Any

import segno
from django.conf import settings
from django.core.cache import cache
from django.urls import reverse

from cases.models import Applicant
from office import pdf
from office.models import Office

from ..models import InformationRequest, PaperForm

_DARK = re.compile(rb"\x01+")


def numbered(forms: Sequence[PaperForm]) -> bytes:
    """Forms of one print run, all of one language."""
    return _render([_sheet(form) for form in forms], language=forms[0].language)


def unnumbered(language: str) -> bytes:
    """The form for everybody; kept for some minutes, because drawing it takes a second."""
    key = f"paper-form-{language}"
    content = cache.get(key)
    if content is None:
        content = _render([{"number": ""}], language=language)
        cache.set(key, content, 300)
    return content


def _render(sheets: list[dict[str, Any]], *, language: str) -> bytes:
    context = {
        "sheets": sheets,
        "office": Office.objects.current(),
        "applicants": Applicant.Kind.choices,
        "accesses": InformationRequest.Access.choices,
        "deliveries": InformationRequest.Delivery.choices,
        "nik": range(16),
        "site": settings.SITE_URL,
    }
    return pdf.render(
        "inforequests/paper_form.pdf.html", context, language=language, styles="paper_form"
    )


def _sheet(form: PaperForm) -> dict[str, Any]:
    """The number, and as a QR code the page on which an officer enters what was written."""
    address = f"{settings.SITE_URL}{reverse('admin:inforequests_paperform_enter')}"
    rows = list(segno.make_qr(f"{address}?nomor={form.number}", error="m").matrix)
    # Whole runs of dark squares: square by square, drawing fifty forms takes much longer.
    runs = "".join(_runs(y, row) for y, row in enumerate(rows))
    return {"number": form.number, "path": runs, "size": len(rows)}


def _runs(y: int, row: bytearray) -> str:
    return "".join(
        f"M{run.start()} {y}h{len(run[0])}v1h-{len(run[0])}z" for run in _DARK.finditer(row)
    )
