"""The report on paper: a tagged PDF in the outline of PermenPANRB 14/2017."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import translation

from infocontent import markdown
from office import pdf
from office.models import Office, User
from office.roles import Role

from ..models import SurveyReport
from ..results import in_order
from .chapters import HEADINGS, TEXTS
from .figures import questionnaire_of
from .shown import follow_ups_of, shown


def on_paper(
    report: SurveyReport,
    figures: Mapping[str, Any],
    *,
    signer: User | None = None,
    at: datetime | None = None,
) -> bytes:
    """The report with the figures of its public edition; without a signer it is a draft."""
    with translation.override("id"):
        context = {
            **content_of(report, figures),
            "signer": signer,
            "signer_is_head": bool(signer) and _is_head(signer),
            "at": at,
            "office": Office.objects.current(),
        }
    return pdf.render("surveys/report.pdf.html", context, styles="report")


def content_of(report: SurveyReport, figures: Mapping[str, Any]) -> dict[str, Any]:
    """Texts as HTML and figures as tables, for paper and for the public page."""
    told = shown(figures)
    form = questionnaire_of(figures["instrument"], figures["version"])
    return {
        **told,
        "report": report,
        "texts": {name: markdown.render(getattr(report, name)) for name in TEXTS},
        "headings": HEADINGS,
        "follow_ups": follow_ups_of(report, told["elements"]),
        "questionnaire": form,
        "questions": in_order(form) if form else [],
    }


def _is_head(signer: User | None) -> bool:
    return signer is not None and signer.groups.filter(name=Role.OFFICE_HEAD).exists()
