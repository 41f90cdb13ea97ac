"""What is typed about rights, breaches and batches. The forms validate and never save."""

import re
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.filters import as_reference
from cases.nik import clean_nik
from cases.workflow import Channel, Kind
from office.filters import DayInput
from office.forms import CrispyForm

from .models import AffectedCase
from .workflow import RequestKind

LONG = 4000


def text(label: str, *, rows: int = 4, hint: str = "", required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONG,
        required=required,
        help_text=hint,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class RightsForm(CrispyForm):
    """The public form; the case is the one that is open in the session."""

    kind = forms.ChoiceField(
        label=_("Hak apa yang Anda pakai?"),
        choices=RequestKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih salah satu hak.")},
    )
    detail = forms.CharField(
        label=_("Apa yang Anda minta?"),
        min_length=5,
        max_length=LONG,
        help_text=_(
            "Untuk perbaikan: sebutkan data mana yang salah dan yang benar. Untuk yang lain: "
            "sebutkan data yang Anda maksud."
        ),
        error_messages={"required": _("Tulis apa yang Anda minta.")},
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class StaffForm(CrispyForm):
    """Sentences of the error summary stand away from their fields and name them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages["required"] = f"Bagian “{field.label}” belum diisi."


class EmptyForm(StaffForm):
    """A verb that needs nothing but the deed."""


class FulfilForm(StaffForm):
    answer = text("Jawaban kepada warga", hint="Apa yang dilakukan. Warga membacanya di Lacak.")


class CorrectForm(FulfilForm):
    """Only what is filled in is changed; what is stored is not shown."""

    full_name = forms.CharField(label="Nama lengkap", required=False, max_length=120)
    nik = forms.CharField(label="NIK", required=False, max_length=40)
    legal_entity_number = forms.CharField(
        label="Nomor SK badan hukum", required=False, max_length=80
    )
    address = forms.CharField(label="Alamat", required=False, max_length=300)
    phone = forms.RegexField(
        r"^\+?[0-9 ().\-]{6,25}$", label="Telepon", required=False, max_length=25
    )
    email = forms.EmailField(label="E-mail", required=False, max_length=150)
    occupation = forms.CharField(label="Pekerjaan", required=False, max_length=80)
    proxy_name = forms.CharField(label="Nama kuasa", required=False, max_length=120)
    proxy_nik = forms.CharField(label="NIK kuasa", required=False, max_length=40)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if name != "answer":
                field.widget.attrs["autocomplete"] = "off"
        self.order_fields([name for name in self.fields if name != "answer"])

    def clean_nik(self) -> str:
        return self._nik("nik")

    def clean_proxy_nik(self) -> str:
        return self._nik("proxy_nik")

    def _nik(self, name: str) -> str:
        typed = self.cleaned_data[name]
        return clean_nik(typed) if typed else ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        names = [name for name in self.fields if name != "answer"]
        changes = {name: cleaned.pop(name, "") for name in names}
        return {**cleaned, "changes": {name: value for name, value in changes.items() if value}}


class ConfirmForm(StaffForm):
    """What cannot be taken back asks for one deliberate tick."""

    confirm = forms.BooleanField(
        label="Saya sudah memeriksa; data yang dimusnahkan tidak dapat dikembalikan"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields([name for name in self.fields if name != "confirm"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned.pop("confirm", None)
        return cleaned


class EraseForm(ConfirmForm, FulfilForm):
    """An erasure, with the answer to the citizen."""


class RefuseForm(StaffForm):
    ground = forms.CharField(
        label="Dasar hukum",
        max_length=200,
        help_text="Undang-undang dan pasal yang membolehkan penolakan ini.",
    )
    answer = text("Alasan", hint="Dengan kata-kata yang mudah dipahami. Warga membacanya.")


class MomentInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class BreachTextForm(StaffForm):
    title = forms.CharField(label="Ringkasan", max_length=150)
    what = text("Data yang terungkap", hint="Jenis data dan kira-kira berapa orang. Tanpa nama.")
    how = text("Kapan dan bagaimana terungkap")
    handling = text("Upaya penanganan dan pemulihan")
    needs_public_notice = forms.BooleanField(
        label="Masyarakat perlu diberi tahu",
        required=False,
        help_text="Bila mengganggu pelayanan publik atau berdampak serius bagi masyarakat.",
    )


class BreachForm(BreachTextForm):
    known_at = forms.DateTimeField(
        label="Diketahui (T0)",
        help_text="Saat kantor pertama kali tahu. Jam 3×24 dihitung dari sini.",
        widget=MomentInput,
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
    )
    field_order = ["title", "known_at", "what", "how", "handling", "needs_public_notice"]

    def clean_known_at(self) -> datetime:
        moment = self.cleaned_data["known_at"]
        if moment > timezone.now():
            raise forms.ValidationError("Waktu diketahui (T0) belum terjadi.")
        if moment.year < 2020:
            raise forms.ValidationError("Waktu ini terlalu lama. Periksa tahunnya.")
        return moment


class BreachChangeForm(BreachTextForm):
    version = forms.IntegerField(widget=forms.HiddenInput)


class ListForm(StaffForm):
    """Affected cases by their numbers."""

    references = text(
        "Nomor kasus", hint="Satu nomor per baris, atau dipisah koma. Paling banyak 2.000."
    )

    def clean_references(self) -> list[str]:
        words = [word for word in re.split(r"[,;\s]+", self.cleaned_data["references"]) if word]
        found = {word: as_reference(word) for word in words}
        wrong = [word for word, reference in found.items() if reference is None]
        if wrong:
            raise forms.ValidationError(f"Bukan nomor kasus: {', '.join(wrong[:5])[:100]}")
        if len(words) > 2000:
            raise forms.ValidationError("Paling banyak 2.000 nomor sekaligus.")
        return sorted({reference for reference in found.values() if reference})


class CriteriaForm(StaffForm):
    """Affected cases by what they have in common."""

    received_from = forms.DateField(label="Diterima dari", widget=DayInput)
    received_to = forms.DateField(label="Diterima sampai", widget=DayInput)
    kind = forms.ChoiceField(label="Jenis", required=False, choices=[("", "Semua"), *Kind.choices])
    channel = forms.ChoiceField(
        label="Kanal", required=False, choices=[("", "Semua"), *Channel.choices]
    )
    has_identity = forms.BooleanField(
        label="Hanya yang menyimpan identitas", required=False, initial=True
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        start, end = cleaned.get("received_from"), cleaned.get("received_to")
        if start and end and not (start.year >= 2000 and start <= end and end.year < 2100):
            self.add_error("received_to", "Rentang tanggal ini tidak benar.")
        return cleaned


class SentForm(StaffForm):
    via = forms.ChoiceField(label="Dikirim lewat", choices=AffectedCase.Via.choices)


class NoteForm(StaffForm):
    note = forms.CharField(
        label="Bukti",
        max_length=200,
        help_text="Nomor dan tanggal surat, atau alamat pengumumannya.",
    )


class CloseForm(StaffForm):
    lesson = text("Pelajaran dan perbaikan")
