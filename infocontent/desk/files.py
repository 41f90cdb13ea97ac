"""The files of a draft as form fields: send one, take it off, keep what was taken before.

What arrived is kept at once and named by a hidden field, so that a mistake elsewhere in the form
costs nobody a second upload.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms.boundfield import BoundField

from office.models import User
from office.uploads import UploadRefused

from ..fields import OneFileField, OneFileInput
from ..media import take_captions, take_document, take_picture, take_video
from ..models import Content, Media


@dataclass(frozen=True)
class Slot:
    """One place for a file; its name is the field of Content."""

    name: str
    kind: str
    label: str
    accept: str
    hint: str
    take: Callable[..., Media]

    @property
    def upload(self) -> str:
        return f"{self.name}_baru"

    @property
    def removal(self) -> str:
        return f"{self.name}_hapus"


SLOTS = [
    Slot(
        "picture", Media.Kind.PICTURE, "Gambar", ".jpg,.jpeg,.png,.webp",
        "JPG, PNG, atau WebP, paling besar 10 MB. Ukuran kecil untuk ponsel dibuat sendiri.",
        take_picture,
    ),
    Slot(
        "video", Media.Kind.VIDEO, "Video", ".mp4,.m4v,.webm",
        "MP4 atau WebM, paling besar 60 MB.",
        take_video,
    ),
    Slot(
        "captions", Media.Kind.CAPTIONS, "Takarir", ".vtt",
        "WebVTT (.vtt): kalimat yang diucapkan beserta waktunya.",
        take_captions,
    ),
    Slot(
        "document", Media.Kind.DOCUMENT, "Dokumen", ".pdf",
        "PDF, paling besar 10 MB.",
        take_document,
    ),
]  # fmt: skip


def file_fields() -> dict[str, forms.Field]:
    """For each slot: the file kept so far, a new one, and a tick to take it off."""
    fields: dict[str, forms.Field] = {}
    for slot in SLOTS:
        fields[slot.name] = forms.CharField(
            label=slot.label, required=False, max_length=43, widget=forms.HiddenInput
        )
        fields[slot.upload] = OneFileField(
            label=f"Unggah {slot.label.lower()}",
            required=False,
            help_text=slot.hint,
            widget=OneFileInput(attrs={"accept": slot.accept}),
            error_messages={"empty": "Berkas itu kosong. Pilih berkas lain."},
        )
        fields[slot.removal] = forms.BooleanField(
            label=f"Lepaskan {slot.label.lower()} ini", required=False
        )
    return fields


def initial_files(content: Content | None) -> dict[str, str]:
    files = {slot.name: getattr(content, slot.name) for slot in SLOTS} if content else {}
    return {name: media.token for name, media in files.items() if media}


@dataclass(frozen=True)
class Place:
    """A slot as the form shows it; `is_new` was sent just now and stands in no saved draft yet."""

    slot: Slot
    media: Media | None
    is_new: bool
    upload: BoundField
    removal: BoundField


class FilesMixin(forms.Form):
    """Turns tokens, uploads and ticks into `Media` rows of Content's own fields."""

    uploader: User
    # What the reader of the form is shown as the file in each place.
    kept: dict[str, Media]

    @property
    def places(self) -> list[Place]:
        return [self._place(slot) for slot in SLOTS]

    def _place(self, slot: Slot) -> Place:
        media = self.kept.get(slot.name)
        is_new = media is not None and media.token != self.initial.get(slot.name)
        return Place(slot, media, is_new, self[slot.upload], self[slot.removal])

    def take_files(self, cleaned: dict[str, Any]) -> None:
        """To be called last in `clean`: afterwards the file is on the disk and has its row."""
        self.kept = self._known(cleaned)
        for slot in SLOTS:
            upload: UploadedFile | None = cleaned.pop(slot.upload, None)
            is_off = cleaned.pop(slot.removal, False)
            if upload:
                self._take(slot, upload)
            elif is_off:
                self.kept.pop(slot.name, None)
            cleaned[slot.name] = self.kept.get(slot.name)
        self._remember()

    def _take(self, slot: Slot, upload: UploadedFile) -> None:
        try:
            self.kept[slot.name] = slot.take(upload, uploader=self.uploader)
        except UploadRefused as refusal:
            self.add_error(slot.upload, str(refusal))

    def _known(self, cleaned: dict[str, Any]) -> dict[str, Media]:
        """The files that the hidden fields name; a token of another kind of file is nobody's."""
        tokens = {slot.name: cleaned.get(slot.name) or "" for slot in SLOTS}
        found = {
            (media.kind, media.token): media
            for media in Media.objects.filter(token__in=[t for t in tokens.values() if t])
        }
        named = {slot.name: found.get((slot.kind, tokens[slot.name])) for slot in SLOTS}
        return {name: media for name, media in named.items() if media}

    def _remember(self) -> None:
        """Should the form come back, it names what is kept now and asks nothing twice."""
        tokens = {slot.name: self.kept[slot.name].token for slot in SLOTS if slot.name in self.kept}
        removals = {slot.removal for slot in SLOTS}
        typed = {name: self.data[name] for name in self.data if name not in removals}
        self.data = {**typed, **{slot.name: tokens.get(slot.name, "") for slot in SLOTS}}
