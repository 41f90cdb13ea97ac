"""Who may do what with an announcement, and the forms for it; cleaned data are the verbs' keyword
arguments.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone

from office.models import User
from office.texts import tidy

from .actions import has_written
from .facts import unknown_facts
from .markdown import unsafe_links
from .models import Announcement, AnnouncementState

# Away from the ends of the calendar, where moving a moment into another zone overflows.
_BOUNDS = [
    MinValueValidator(datetime(2000, 1, 1, tzinfo=UTC), "Tahunnya tidak mungkin. Periksa lagi."),
    MaxValueValidator(datetime(2100, 1, 1, tzinfo=UTC), "Tahunnya tidak mungkin. Periksa lagi."),
]


@dataclass(frozen=True)
class Offers:
    """What one person can do with one announcement now."""

    may_change: bool = False
    may_publish: bool = False
    is_alone: bool = False
    must_wait: bool = False
    may_withdraw: bool = False


def may_write(user: User) -> bool:
    return user.may("add_announcement") or user.may("announce_now")


def may_announce_now(user: User) -> bool:
    return user.may("announce_now")


def offers(announcement: Announcement, user: User) -> Offers:
    """The same rules as the verbs', so that nobody is offered what would be refused."""
    alone = may_announce_now(user)
    decides = alone or user.may("approve_announcement")
    if announcement.state == AnnouncementState.DRAFT:
        wrote = has_written(announcement, user)
        return Offers(
            may_change=alone or user.may("change_announcement"),
            may_publish=decides and (alone or not wrote),
            is_alone=alone and wrote,
            must_wait=wrote and not alone,
        )
    is_over = announcement.ends_at is not None and announcement.ends_at <= timezone.now()
    is_live = announcement.state == AnnouncementState.LIVE and not is_over
    return Offers(may_withdraw=decides and is_live)


class SeenForm(forms.Form):
    """Which state of the text a person has read."""

    seen = forms.DateTimeField(widget=forms.HiddenInput)


class EmergencyForm(forms.ModelForm):
    """As little as an outage leaves time for."""

    class Meta:
        model = Announcement
        fields = ["level", "title", "body", "ends_at"]
        labels = {"body": "Isi", "ends_at": "Selesai", "title": "Judul", "level": "Tingkat"}
        help_texts = {
            "title": "Satu kalimat yang cukup dibaca dari jauh, misalnya: Pengambilan foto paspor "
            "berhenti sementara.",
            "body": "Apa yang terjadi, siapa yang terkena, dan apa yang sebaiknya dilakukan.",
        }
        widgets = {
            "body": forms.Textarea(attrs={"rows": 4}),
            "ends_at": forms.DateTimeInput(
                format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}
            ),
        }

    first_level: int = Announcement.Level.EMERGENCY

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            self.initial["level"] = self.first_level
        for name in {"starts_at", "ends_at"} & set(self.fields):
            self.fields[name].validators.extend(_BOUNDS)
        for field in self.fields.values():
            # The error summary lists the sentences away from their fields.
            field.error_messages["required"] = f"Bagian “{field.label}” belum diisi."

    def clean_title(self) -> str:
        return one_line(self.cleaned_data["title"])

    def clean_body(self) -> str:
        return checked_text(self.cleaned_data["body"])

    def clean_ends_at(self) -> datetime | None:
        ends_at = self.cleaned_data["ends_at"]
        if ends_at and ends_at <= timezone.now():
            raise forms.ValidationError("Waktu selesai sudah lewat. Isi waktu yang akan datang.")
        return ends_at


class AnnouncementForm(EmergencyForm):
    """All of it. `seen` is there only where something could have changed meanwhile."""

    seen = forms.DateTimeField(widget=forms.HiddenInput)

    first_level = Announcement.Level.INFO

    class Meta(EmergencyForm.Meta):
        fields = ["level", "title", "body", "starts_at", "ends_at", "title_en", "body_en"]
        labels = {
            **EmergencyForm.Meta.labels,
            "starts_at": "Mulai",
            "title_en": "Judul (Inggris)",
            "body_en": "Isi (Inggris)",
        }
        widgets = {
            **EmergencyForm.Meta.widgets,
            "starts_at": EmergencyForm.Meta.widgets["ends_at"],
            "body": forms.Textarea(attrs={"rows": 7}),
            "body_en": forms.Textarea(attrs={"rows": 7}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            del self.fields["seen"]
        else:
            self.initial["seen"] = self.instance.changed_at.isoformat()

    def clean_title_en(self) -> str:
        return one_line(self.cleaned_data["title_en"])

    def clean_body_en(self) -> str:
        return checked_text(self.cleaned_data["body_en"])

    def see(self, changed_at: datetime) -> None:
        """What was typed is shown again beside the newest text; sending it once more replaces
        that.
        """
        typed = {name: self.data[name] for name in self.data}
        self.data = {**typed, "seen": changed_at.isoformat()}


def one_line(text: str) -> str:
    line = " ".join(tidy(text).split())
    if text and not line:
        raise forms.ValidationError("Tulis kata-katanya.")
    return line


def checked_text(text: str) -> str:
    if schemes := unsafe_links(text):
        raise forms.ValidationError(
            f"Tautan “{schemes[0]}:” tidak dapat dipakai. Pakai https://, mailto:, atau tel:."
        )
    if facts := unknown_facts(text):
        raise forms.ValidationError(f"{facts[0]} tidak dikenal. Periksa ejaannya.")
    return tidy(text)
