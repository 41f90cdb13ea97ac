"""The report on paper: a tagged PDF with contents, bars and the tables that say the same."""

from datetime import datetime
from typing import Any

from django.utils import translation

from infocontent import markdown
from office import pdf
from office.models import Office, User

from ..models import Report
from .chapters import chapters_of
from .tables import has_hidden, tables_of, totals_of


def on_paper(
    report: Report,
    figures: dict[str, Any],
    *,
    signer: User | None = None,
    at: datetime | None = None,
) -> bytes:
    """The report with the figures of its public edition; without a signer it is a draft."""
    with translation.override("id"):
        context = {**content_of(report, figures), "signer": signer, "at": at}
        context["office"] = Office.objects.current()
    return pdf.render("reports/report.pdf.html", context, styles="report")


def content_of(report: Report, figures: dict[str, Any]) -> dict[str, Any]:
    """Chapters with their texts as HTML and their tables, for paper and for the public page."""
    tables = tables_of(figures, is_public=True)
    chapters = [
        {
            "number": chapter.number,
            "title": chapter.title,
            "texts": [
                (heading, markdown.render(text)) for _name, heading, text in chapter.texts if text
            ],
            "tables": [table for table in tables if table.chapter == chapter.number],
            "has_money": chapter.number == 2 and report.budget is not None,
        }
        for chapter in chapters_of(report)
    ]
    return {
        "report": report,
        "chapters": chapters,
        "totals": totals_of(figures),
        "has_hidden": has_hidden(tables),
    }
