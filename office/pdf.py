"""Pages on paper: HTML to a PDF that a screen reader can read (PDF/UA-1), with nothing fetched."""

from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import translation

STATIC = Path(settings.BASE_DIR) / "static"
FONT = STATIC / "fonts" / "plus-jakarta-sans-latin-wght-normal.woff2"
FONT_URL = "portal:font"
# Nothing in a file that is opened from here can run or load anything.
SANDBOX = "sandbox; default-src 'none'"


def render(
    template: str, context: dict[str, Any], *, language: str = "id", styles: str = "letter"
) -> bytes:
    """The template as a tagged PDF in a language; `styles` names static/css/<styles>.pdf.css.

    The template's <title> and lang become the document's own, which PDF/UA demands.
    """
    # Loading it takes half a second and needs system libraries that no other page needs.
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    with translation.override(language):
        html = render_to_string(template, context)
    fetcher, fonts = _fetcher(), FontConfiguration()
    read = partial(CSS, url_fetcher=fetcher, font_config=fonts)
    style = read(string=(STATIC / "css" / f"{styles}.pdf.css").read_text())
    page = HTML(string=html, url_fetcher=fetcher)
    return page.write_pdf(stylesheets=[style], font_config=fonts, pdf_variant="pdf/ua-1")


def download(content: bytes, name: str) -> HttpResponse:
    """A PDF as a file to keep, never shown inside the site."""
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Content-Security-Policy": SANDBOX,
        },
    )


def pages_of(content: bytes) -> int:
    # Only a publication needs it.
    from pypdf import PdfReader

    return len(PdfReader(BytesIO(content)).pages)


def _fetcher() -> Any:
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OnlyOurFont(URLFetcher):
        """Nothing that a text might name is fetched, from the network or from the disk."""

        def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
            if url != FONT_URL:
                raise ValueError("a page on paper fetches nothing")
            return URLFetcherResponse(
                url, body=FONT.read_bytes(), headers={"Content-Type": "font/woff2"}
            )

    return OnlyOurFont()
