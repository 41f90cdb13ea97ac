"""What the public ticks and types. The forms validate and never save."""

from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from office.forms import CrispyForm

from .models import (
    AgeBand,
    Education,
    Element,
    HourBand,
    Instrument,
    Occupation,
    Sex,
    SurveyedService,
)

COMMENT_LENGTH = 1000
ABOUT = {
    "sex": (_("Jenis kelamin"), Sex),
    "age": (_("Umur"), AgeBand),
    "education": (_("Pendidikan terakhir"), Education),
    "occupation": (_("Pekerjaan"), Occupation),
    "hours": (_("Jam Anda dilayani"), HourBand),
}
_shown = signing.TimestampSigner(salt="survey-form")


def new_key(seed: str) -> str:
    """Goes with a form: `seed` tells it from others, the signature tells when it was shown."""
    return _shown.sign(seed)


def read_key(key: str, now: float) -> tuple[str, float]:
    """The seed and for how many seconds the form was open; raises BadSignature."""
    seed = _shown.unsign(key)
    stamp = key.rsplit(_shown.sep, 2)[1]
    return seed, max(0.0, now - signing.b62_decode(stamp))


class SheetForm(CrispyForm):
    """One instrument. Nothing is chosen beforehand: a tick that nobody made is no answer."""

    key = forms.CharField(max_length=200, required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        instrument: Instrument,
        elements: list[Element],
        *args: Any,
        services: list[SurveyedService] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.instrument = instrument
        self.codes = [element.code for element in elements]
        if services:
            self.fields["service"] = forms.ChoiceField(
                label=_("Layanan apa yang Anda terima?"),
                choices=[(service.code, service.label) for service in services],
                widget=forms.RadioSelect,
                error_messages={
                    "required": _("Pilih layanan yang Anda terima."),
                    "invalid_choice": _("Pilih layanan yang Anda terima."),
                },
            )
        for number, element in enumerate(elements, start=1):
            self.fields[element.code] = _question(number, element, instrument)
        if not instrument.is_optional:
            self._ask_more()

    def _ask_more(self) -> None:
        self.fields["comment"] = forms.CharField(
            label=_("Saran untuk kami"),
            required=False,
            max_length=COMMENT_LENGTH,
            help_text=_(
                "Jangan tulis nama, nomor telepon, atau nomor paspor, milik Anda maupun orang lain."
            ),
            widget=forms.Textarea(attrs={"rows": 3}),
        )
        for name, (label, choices) in ABOUT.items():
            self.fields[name] = forms.ChoiceField(
                label=label, required=False, choices=[("", _("Tidak diisi")), *choices.choices]
            )

    @property
    def questions(self) -> list[forms.BoundField]:
        return [self[code] for code in self.codes]

    @property
    def about(self) -> list[forms.BoundField]:
        return [self[name] for name in ABOUT if name in self.fields]

    @property
    def is_about_open(self) -> bool:
        """Whether the block was used, or has something to correct."""
        return any(field.errors or field.value() for field in self.about)

    def sheet(self) -> dict[str, Any]:
        """The arguments of a Sheet that the form knows."""
        said = self.cleaned_data
        more: dict[str, Any] = {"service": said["service"]} if "service" in said else {}
        return {
            "instrument": self.instrument,
            "values": {code: said[code] for code in self.codes},
            "comment": said.get("comment", ""),
            "about": {name: said[name] for name in ABOUT if name in said},
            **more,
        }


def _question(number: int, element: Element, instrument: Instrument) -> forms.Field:
    words = element.words or [str(step) for step in range(1, instrument.scale + 1)]
    missing = _("Pertanyaan %(number)d belum dijawab.") % {"number": number}
    return forms.TypedChoiceField(
        label=f"{number}. {element.question}",
        coerce=int,
        choices=[(step, word) for step, word in enumerate(words, start=1)],
        widget=forms.RadioSelect,
        help_text=element.hint,
        error_messages={"required": missing, "invalid_choice": missing},
    )
