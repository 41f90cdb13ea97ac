"""The parts of a survey report (PermenPANRB 14/2017) and what is typed in them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from ..models import SurveyReport

TEXTS = ("background", "legal_basis", "purpose", "method", "analysis")
WRITTEN = (*TEXTS, "follow_ups", "population", "population_note")
REQUIRED = (*TEXTS, "follow_ups")
# One row for each element at most.
MOST_ROWS = 9
ROW = ("element", "program", "term", "when", "responsible")

HEADINGS = {
    "background": _("Latar belakang"),
    "legal_basis": _("Dasar hukum"),
    "purpose": _("Tujuan"),
    "method": _("Metodologi"),
    "analysis": _("Analisis"),
}
_COLUMNS: dict[str, Any] = {column.name: column for column in SurveyReport._meta.fields}


def missing(report: SurveyReport) -> list[str]:
    """What is still blank, as columns of SurveyReport."""
    return [name for name in REQUIRED if not getattr(report, name)]


def label_of(name: str) -> str:
    """What a column of SurveyReport is called in the middle of a sentence."""
    return str(_COLUMNS[name].verbose_name)
