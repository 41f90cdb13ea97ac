"""The steps of an objection: against the answer to a request, or because information that has to
be out is not (UU 14/2008 Ps 35(1) b).
"""

from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.correspondence import day
from cases.intake.forms import NARRATIVE_LENGTH, PastDateField, StepForm, text_area
from cases.models import Case
from cases.workflow import CaseError
from office.calendar import today

from . import grounds as law
from .models import Ground

# Where the draft keeps which request it is about; put there by the server, never typed.
REQUEST = "permohonan"


def ground_choices() -> list[tuple[str, str]]:
    return [(ground.value, f"{ground.value}. {ground.label}") for ground in Ground]


def narrative() -> forms.CharField:
    return forms.CharField(
        label=_("Kasus posisi"),
        min_length=10,
        max_length=NARRATIVE_LENGTH,
        help_text=_("Apa yang terjadi, kapan, dan mengapa Anda keberatan. Ubah sesuka Anda."),
        widget=text_area(8),
    )


def purpose() -> forms.CharField:
    return forms.CharField(
        label=_("Tujuan penggunaan informasi"), max_length=1000, widget=text_area(3)
    )


class GroundsForm(StepForm):
    grounds = forms.MultipleChoiceField(
        label=_("Alasan keberatan"),
        choices=ground_choices,
        help_text=_("Boleh lebih dari satu (UU 14/2008 Pasal 35 ayat (1))."),
        widget=forms.CheckboxSelectMultiple,
    )
    narrative = narrative()
    purpose = purpose()
    found_on = PastDateField(label=_("Kapan Anda menemukan alasannya?"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        until = self._until()
        if until is None or today() <= until:
            del self.fields["found_on"]
        else:
            self.fields["found_on"].help_text = gettext(
                "Keberatan dapat diajukan sampai %(day)s. Isi hari ini hanya bila Anda baru "
                "menemukan alasannya sesudah itu."
            ) % {"day": day(until)}

    @cached_property
    def request(self) -> Case:
        """The request that was opened with its number and code when the draft was begun."""
        return Case.objects.select_related("permohonan").get(pk=self.answers[REQUEST])

    @property
    def about(self) -> str:
        return gettext("Atas permohonan %(number)s: “%(subject)s”") % {
            "number": self.request.reference,
            "subject": self.request.subject,
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("grounds") and "found_on" not in self.errors:
            try:
                law.term(self.request, data["grounds"], today(), found_on=data.get("found_on"))
            except CaseError as refusal:
                self.add_error("found_on" if "found_on" in self.fields else None, str(refusal))
        return {**data, "request": self.request.pk}

    def clean_grounds(self) -> str:
        return law.letters(self.cleaned_data["grounds"])

    def in_words(self, name: str, value: Any) -> str:
        if name != "grounds":
            return super().in_words(name, value)
        return "\n".join(f"{letter}. {Ground(letter).label}" for letter in value)

    def _until(self) -> Any:
        found = law.found(self.request, today())
        return law.last_day(found.on) if found else None


class PeriodicForm(StepForm):
    periodic_information = forms.CharField(
        label=_("Informasi berkala apa yang tidak tersedia?"),
        max_length=300,
        help_text=_("Misalnya: Laporan keuangan kantor tahun 2025"),
    )
    narrative = narrative()
    purpose = purpose()
