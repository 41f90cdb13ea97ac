"""The form in which a draft is written: every word and file of Content, and the plan around it."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, cast

from django import forms
from django.core.validators import URLValidator

from office.filters import DayInput
from office.models import User

from ..announcing import checked_text, one_line
from ..models import CONTENT_FIELDS, Content, Kind, Topic, Version
from ..models.item import Origin
from .files import SLOTS, FilesMixin, file_fields, initial_files
from .forms import DAYS, MOMENTS, later_day, later_moment, named

PLAN = ("note", "publish_at", "expires_at", "review_by")
FILES = tuple(slot.name for slot in SLOTS)
TEXTS = ("body", "body_en", "transcript", "transcript_en")
LINES = ("title", "title_en", "keywords", "legal_source", "alt", "alt_en", "note")
# Parts of the form that are folded away while there is nothing in them.
ENGLISH = ("title_en", "body_en", "alt_en", "transcript_en")
MEDIA = (*FILES, *(slot.upload for slot in SLOTS), "drawing", "alt", "transcript")
LONG_ROWS = {"body": 14, "body_en": 14, "transcript": 8, "transcript_en": 8}
# Which part of the form an item of this kind is about, besides its text.
ABOUT_MEDIA = {Kind.INFOGRAPHIC, Kind.VIDEO, Kind.BROCHURE, Kind.BANNER}


class MomentInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class TopicField(forms.ChoiceField):
    """The leaves of the tree by their groups; the one that the text has stays choosable."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._topics: dict[str, Topic] = {}

    def offer(self, current: Topic | None) -> None:
        topics = {topic.code: topic for topic in Topic.objects.tree()}
        if current:
            topics.setdefault(current.code, current)
        groups: dict[str, list[tuple[str, str]]] = {}
        for topic in topics.values():
            groups.setdefault(str(topic.parent), []).append((topic.code, topic.name))
        self._topics = topics
        self.choices = [("", "Pilih topik"), *groups.items()]

    def clean(self, value: Any) -> Any:
        return self._topics.get(super().clean(value))


class WritingForm(FilesMixin, forms.ModelForm):
    """Writes nothing itself: `content` and `plan` are what the verbs take."""

    topic = TopicField(label="Topik")
    link = forms.URLField(
        label="Tautan",
        required=False,
        max_length=300,
        assume_scheme="https",
        validators=[URLValidator(schemes=["https"])],
        error_messages={"invalid": "Tulis alamatnya lengkap; tautan dimulai dengan https://."},
        help_text="Halaman resmi di luar portal; dimulai dengan https://.",
    )

    class Meta:
        model = Version
        fields = [name for name in (*CONTENT_FIELDS, *PLAN) if name not in (*FILES, "topic")]
        labels = {
            "audience": "Untuk siapa",
            "title": "Judul",
            "title_en": "Judul (Inggris)",
            "body": "Isi",
            "body_en": "Isi (Inggris)",
            "keywords": "Kata lain",
            "legal_source": "Dasar hukum",
            "valid_from": "Berlaku sejak",
            "drawing": "Gambar dari data",
            "alt": "Teks alternatif",
            "alt_en": "Teks alternatif (Inggris)",
            "transcript": "Transkrip",
            "transcript_en": "Transkrip (Inggris)",
            "note": "Apa yang berubah",
            "publish_at": "Terbit pada",
            "expires_at": "Tayang sampai",
            "review_by": "Periksa lagi sebelum",
        }
        help_texts = {
            "title": "Seperti warga akan menanyakannya, atau yang tampak di gambarnya.",
            "alt": "Satu kalimat tentang apa yang tampak di gambar.",
            "drawing": "Digambar sendiri oleh portal dari tarif dan tenggat yang berlaku.",
            "transcript": "Semua yang diucapkan dan yang penting untuk dilihat.",
            "publish_at": "Kosong berarti segera setelah disetujui.",
            "expires_at": "Setelah itu diarsipkan sendiri. Kosong berarti tanpa batas.",
            "review_by": "Pemilik diingatkan 14 hari sebelumnya. Kosong berarti setengah tahun.",
        }
        widgets = {
            **{
                name: forms.Textarea(attrs={"rows": rows, "data-markdown": ""})
                for name, rows in LONG_ROWS.items()
            },
            "valid_from": DayInput,
            "review_by": DayInput,
            "publish_at": MomentInput,
            "expires_at": MomentInput,
        }

    def __init__(
        self, *args: Any, user: User, content: Content | None = None, **kwargs: Any
    ) -> None:
        kwargs["initial"] = {**_initial(content), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.uploader = user
        self.fields |= file_fields()
        self.kept = {}
        if content:
            self.kept = {n: file for n in FILES if (file := getattr(content, n))}
        cast(TopicField, self.fields["topic"]).offer(content.topic if content else None)
        for name in ("publish_at", "expires_at"):
            self.fields[name].validators.extend(MOMENTS)
        self.fields["valid_from"].validators.extend(DAYS)
        for name in TEXTS:
            if name.endswith("_en"):
                self.fields[name].widget.attrs["lang"] = "en"
        named(self)
        for field in self.fields.values():
            # What a draft may lack for now is said where it is handed in.
            field.is_conditional = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in (*LINES, *TEXTS):
            if name in cleaned:
                self._check(cleaned, name, one_line if name in LINES else checked_text)
        begins, ends = cleaned.get("publish_at"), cleaned.get("expires_at")
        if begins and ends and ends <= begins:
            self.add_error("expires_at", "Akhir tayang harus setelah waktu terbit.")
        self.take_files(cleaned)
        return cleaned

    def _check(self, cleaned: dict[str, Any], name: str, check: Any) -> None:
        try:
            cleaned[name] = check(cleaned[name])
        except forms.ValidationError as error:
            self.add_error(name, error)

    def clean_publish_at(self) -> datetime | None:
        return later_moment(self.cleaned_data["publish_at"])

    def clean_expires_at(self) -> datetime | None:
        return later_moment(self.cleaned_data["expires_at"])

    def clean_review_by(self) -> date | None:
        return later_day(self.cleaned_data["review_by"])

    def _post_clean(self) -> None:
        """The verbs and the fields check; an instance without its item cannot."""

    def is_filled(self, names: Iterable[str]) -> bool:
        """Whether there is anything in one of these fields, or anything wrong with it."""
        return any(self[name].value() or self[name].errors for name in names)

    @property
    def content(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in CONTENT_FIELDS}

    @property
    def plan(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in PLAN}


class NewItemForm(WritingForm):
    """The same, for something that does not exist yet. Where it comes from is noted with it."""

    kind = forms.ChoiceField(choices=Kind, widget=forms.HiddenInput)
    origin = forms.ChoiceField(
        choices=Origin, required=False, initial=Origin.OWN, widget=forms.HiddenInput
    )
    origin_note = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    @property
    def beginning(self) -> dict[str, Any]:
        return {
            "kind": self.cleaned_data["kind"],
            "origin": self.cleaned_data["origin"] or Origin.OWN,
            "origin_note": one_line(self.cleaned_data["origin_note"]),
        }


class DraftForm(WritingForm):
    """The text of an item that exists, at the state that was shown."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def see(self, lock: int) -> None:
        """What was typed is shown beside the newest text; sent once more, it replaces that."""
        self.data = {**{name: self.data[name] for name in self.data}, "seen": str(lock)}


def _initial(content: Content | None) -> dict[str, Any]:
    if content is None:
        return {}
    words = {name: getattr(content, name) for name in CONTENT_FIELDS if name not in FILES}
    # A live item has no plan of its own: the next version begins with a blank one.
    plan = {name: getattr(content, name) for name in PLAN} if isinstance(content, Version) else {}
    return {**words, **plan, **initial_files(content), "topic": content.topic.code}
