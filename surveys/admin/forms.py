"""What staff type about the surveys."""

from typing import Any

from django import forms

from cases.intake.forms import TopicField
from infocontent.models import Topic
from office.filters import DayInput
from office.forms import CrispyForm

from ..models import Element, Instrument, SurveyedService


class CounterForm(CrispyForm):
    name = forms.CharField(
        label="Tempat",
        max_length=60,
        help_text="Misalnya Loket 2 atau Ruang tunggu.",
        error_messages={"required": "Tuliskan tempatnya, misalnya Loket 2."},
    )
    service = forms.ModelChoiceField(
        label="Layanan",
        queryset=SurveyedService.objects.all(),
        required=False,
        empty_label="Pengisi memilih sendiri",
    )


class VersionForm(CrispyForm):
    valid_from = forms.DateField(
        label="Berlaku sejak",
        widget=DayInput,
        help_text="Paling cepat besok. Sampai hari itu versi yang sekarang tetap dipakai.",
        error_messages={"required": "Isi sejak kapan versi baru berlaku."},
    )


class CommentTopicForm(CrispyForm):
    topic = TopicField(label="Topik", required=False)

    def clean_topic(self) -> Topic | None:
        return Topic.objects.leaf(self.cleaned_data["topic"])


class CommentFilterForm(CrispyForm):
    """Which comments to look at; nonsense shows all."""

    bulan = forms.RegexField(
        r"^20[0-9]{2}-(0[1-9]|1[0-2])\Z",
        label="Bulan",
        required=False,
        widget=forms.TextInput(attrs={"type": "month"}),
        error_messages={"invalid": "Tulis bulan seperti 2026-11."},
    )
    belum = forms.BooleanField(label="Hanya yang belum bertopik", required=False)


class LinesField(forms.CharField):
    """A list of words, one a line."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 4, "cols": 30}), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value) or ""
        return [line.strip() for line in text.splitlines() if line.strip()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.to_python(data) != (initial or [])


class ElementForm(forms.ModelForm):
    options = LinesField(
        label="Pilihan jawaban",
        required=False,
        help_text="Satu per baris, dari nilai terendah. Kosong: angka skala.",
    )
    options_en = LinesField(label="Pilihan jawaban (Inggris)", required=False)

    class Meta:
        model = Element
        fields = [
            "code",
            "position",
            "name",
            "name_en",
            "statement",
            "statement_en",
            "explanation",
            "explanation_en",
            "options",
            "options_en",
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        instrument: Instrument | None = getattr(self.instance, "instrument", None)
        scale = instrument.scale if instrument else 4
        for name in ("options", "options_en"):
            words = cleaned.get(name) or []
            if words and len(words) != scale:
                self.add_error(name, f"Tulis {scale} pilihan, atau kosongkan.")
            if any(len(word) > 60 for word in words):
                self.add_error(name, "Satu pilihan paling panjang 60 huruf.")
        return cleaned
