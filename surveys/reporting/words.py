"""What the figures are called, in the reader's language."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ..models import AgeBand, Education, HourBand, Occupation, Sex, Source, SurveyedService

Words = Mapping[str, str | Promise]

QUESTIONS: Words = {
    "sex": _("Jenis kelamin"),
    "age": _("Umur"),
    "education": _("Pendidikan"),
    "occupation": _("Pekerjaan"),
    "hours": _("Jam pelayanan"),
    "source": _("Cara mengisi"),
}
PROFILE_QUESTIONS = list(QUESTIONS.items())
ANSWERS: Mapping[str, Words] = {
    "sex": dict(Sex.choices),
    "age": dict(AgeBand.choices),
    "education": dict(Education.choices),
    "occupation": dict(Occupation.choices),
    "hours": dict(HourBand.choices),
    "source": dict(Source.choices),
}
LEFT_OUT = _("Tidak diisi")
# What the study of the Bandung office calls the two: IKM and IPK.
SHORT = {"skm": "IKM", "spkp": "IPKP", "spak": "IPK"}
INDEXES: Words = {"skm": _("IKM"), "spkp": _("IPKP"), "spak": _("IPK")}
TOP = {"skm": 100, "spkp": 4, "spak": 4}


def answer_label(question: str, key: str) -> str:
    return str(ANSWERS[question].get(key, key) if key else LEFT_OUT)


def service_names() -> dict[str, str]:
    """The name of each surveyed service by its code; a code of the walk-in desk stands for itself
    where nobody has named it.
    """
    return {one.code: one.label for one in SurveyedService.objects.all()}


def service_label(names: Mapping[str, str], key: str) -> str:
    if not key:
        return str(_("Tidak disebut"))
    return names.get(key) or key.replace("-", " ").capitalize()


def in_language(row: Mapping[str, Any], name: str) -> str:
    """A frozen text in the reader's language."""
    english = row.get(f"{name}_en", "")
    return str(english if english and get_language() == "en" else row[name])


def index_label(code: str) -> str:
    return str(INDEXES.get(code, code.upper()))
