"""The receipt (tanda bukti penerimaan) as a PDF.

UU 14/2008 Ps 22(4) and UU 25/2009 Ps 44 want it to name the number, who filed what, when and
where it was received, and by whom.
"""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone, translation

from office.models import Office

from . import access_code as codes
from .deadlines import Computation
from .models import Case
from .workflow import Kind, Privacy

STATIC = Path(settings.BASE_DIR) / "static"
FONT = STATIC / "fonts" / "plus-jakarta-sans-latin-wght-normal.woff2"
STYLES = STATIC / "css" / "receipt.pdf.css"
FONT_URL = "portal:font"
# What a detail holds for the verifier alone, or what stands elsewhere on the receipt.
NOT_PRINTED = {"id", "case", "about_whom", "by_proxy"}


def render_receipt(case: Case, access_code: str | None = None) -> bytes:
    """The receipt in the case's language; with the code only where it has just been handed out."""
    # Loading it takes half a second and needs system libraries that no other page needs.
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    with translation.override(case.language):
        html = render_to_string("cases/receipt.pdf.html", _context(case, access_code))
    fetcher, fonts = _fetcher(), FontConfiguration()
    style = CSS(string=STYLES.read_text(), url_fetcher=fetcher, font_config=fonts)
    page = HTML(string=html, url_fetcher=fetcher)
    return page.write_pdf(stylesheets=[style], font_config=fonts)


def _fetcher() -> Any:
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OnlyOurFont(URLFetcher):
        """Nothing that a text might name is fetched, from the network or from the disk."""

        def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
            if url != FONT_URL:
                raise ValueError("the receipt fetches nothing")
            return URLFetcherResponse(
                url, body=FONT.read_bytes(), headers={"Content-Type": "font/woff2"}
            )

    return OnlyOurFont()


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
    """The receipt as a file to keep; nothing in it can run or load anything."""
    name = f"tanda-terima-{case.reference}.pdf"
    return HttpResponse(
        render_receipt(case, access_code=access_code),
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Content-Security-Policy": "sandbox; default-src 'none'",
        },
    )
