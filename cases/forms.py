"""What a citizen types on the tracking pages. The forms validate and never save."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from office.forms import CrispyForm

from .intake.forms import MultipleFileField

TEXT_LENGTH = 10_000


class KeyField(forms.CharField):
    """One half of a key. Whatever is typed becomes something that can be looked up.

    Nonsense then gets the same answer as a key that does not fit.
    """

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\x00", "")[:80]


class ReferenceForm(CrispyForm):
    reference = KeyField(
        label=_("Nomor"),
        help_text=_("Ada di tanda terima, misalnya PG-2026-000042."),
        error_messages={"required": _("Isi nomor dari tanda terima Anda.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )

    def clean_reference(self) -> str:
        """The number as the office writes it, whatever stood between its parts."""
        typed = re.sub(r"[^A-Z0-9]", "", self.cleaned_data["reference"].upper())
        parts = re.fullmatch(r"([A-Z]{2})([0-9]{4})([0-9]{1,6})", typed)
        return f"{parts[1]}-{parts[2]}-{parts[3]:0>6}" if parts else typed[:20]


class TrackForm(ReferenceForm):
    code = KeyField(
        label=_("Kode akses"),
        help_text=_(
            "16 huruf dan angka. Huruf besar atau kecil, dengan atau tanpa spasi, sama saja."
        ),
        error_messages={"required": _("Isi kode akses dari tanda terima Anda.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )


class LostCodeForm(ReferenceForm):
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=150,
        help_text=_("Alamat yang Anda tulis ketika mengirim."),
        error_messages={"required": _("Isi alamat e-mail yang Anda tulis ketika mengirim.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class ReplyForm(CrispyForm):
    """A message from the citizen. `key` tells one opened form from another: a repeat is known."""

    text = forms.CharField(
        label=_("Pesan Anda"),
        max_length=TEXT_LENGTH,
        error_messages={"required": _("Tulis pesan Anda.")},
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    berkas = MultipleFileField(
        label=_("Lampiran"),
        required=False,
        help_text=_("Paling banyak 5 berkas, masing-masing 10 MB: JPG, PNG, WebP, PDF, atau DOCX."),
    )
    key = forms.CharField(max_length=43, required=False, widget=forms.HiddenInput)

    def name_text(self, label: str, hint: str) -> None:
        """Say what the text is for; that depends on where the case stands."""
        self["text"].label, self["text"].help_text = label, hint
