"""Forms of the desk for oral and paper requests. They validate and never save."""

from collections.abc import Iterator
from typing import Any

import django_filters as filters
from django import forms
from django.conf import settings
from django.forms import BoundField

from cases.intake.forms import AttachmentForm
from cases.models import Applicant
from office.filters import DayInput, ListFilter, MomentInput

from ..actions.paper import CHANNELS, MOST_FORMS, find_form
from ..forms import PROXY, SELF, ApplicantKindForm, IdentityFields, InformationForm
from ..models import PaperForm, PaperFormQuerySet

# What a letter may leave out; the verifier then asks for it, and the clock runs all the same.
MAY_BE_MISSING = ("purpose", "access", "delivery", "nik", "legal_entity_number", "proxy_nik")


class EntryForm(InformationForm, ApplicantKindForm, IdentityFields, AttachmentForm):
    """Everything the public form asks, on one page, and how and when the request really came."""

    channel = forms.ChoiceField(
        label="Cara permohonan datang",
        choices=[
            (channel.value, label)
            for channel, label in zip(
                CHANNELS,
                ("Lisan, tatap muka", "Formulir kertas", "Surat", "Telepon"),
                strict=True,
            )
        ],
        widget=forms.RadioSelect,
    )
    received_at = forms.DateTimeField(
        label="Diterima (tanggal dan jam sebenarnya)",
        widget=MomentInput(),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%d-%m-%Y %H:%M"],
        help_text="Bukan waktu dicatat. Tenggat dihitung dari tanggal ini.",
        error_messages={"invalid": "Tulis tanggal dan jam seperti 24-11-2026 09:30."},
    )
    form_number = forms.CharField(
        label="Nomor formulir",
        required=False,
        max_length=20,
        help_text="Bila ditulis di formulir bernomor, misalnya F-2026-0001.",
    )
    language = forms.ChoiceField(
        label="Bahasa tanda terima dan surat",
        choices=settings.LANGUAGES,
        initial="id",
        widget=forms.RadioSelect,
    )
    is_assisted = forms.BooleanField(
        label="Pemohon penyandang disabilitas; petugas yang menuliskan", required=False
    )
    has_gaps = forms.BooleanField(
        label="Surat atau formulirnya belum lengkap; simpan dengan bagian yang kosong",
        required=False,
        help_text="Permohonan tetap diterima hari itu. Verifikator meminta pemohon melengkapi.",
    )

    GROUPS = (
        (
            "Penerimaan",
            "",
            ("channel", "received_at", "form_number", "language", "is_assisted", "has_gaps"),
        ),
        (
            "Informasi yang diminta",
            "Tulis dengan kata-kata pemohon. Bila lisan, bacakan kembali.",
            ("subject", "narrative", "purpose", "access", "delivery"),
        ),
        (
            "Pemohon",
            "",
            (
                "applicant_kind",
                "full_name",
                "nik",
                "legal_entity_number",
                "address",
                "occupation",
                "email",
                "phone",
            ),
        ),
        ("Kuasa", "", ("acting", "proxy_name", "proxy_nik")),
        ("Pindaian atau foto", "", ("berkas",)),
    )
    LABELS = {
        "subject": "Informasi yang diminta",
        "applicant_kind": "Jenis pemohon",
        "full_name": "Nama lengkap, badan hukum, atau kelompok",
        "nik": "NIK pemohon, atau NIK wakil kelompok",
        "acting": "Diajukan",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["situs_web"]
        for name, label in self.LABELS.items():
            self.fields[name].label = label
        acting: Any = self.fields["acting"]
        acting.choices = [(SELF, "Oleh pemohon sendiri"), (PROXY, "Oleh kuasa, dengan surat kuasa")]
        acting.initial = SELF
        self.fields["legal_entity_number"].help_text = "Hanya untuk badan hukum."
        self.fields["berkas"].help_text = (
            "Formulir atau surat yang dipindai, surat kuasa, KTP anggota kelompok, SK badan hukum. "
            "Paling banyak 5 berkas, masing-masing 10 MB: JPG, PNG, WebP, PDF, DOCX."
        )
        for field in self.fields.values():
            # The browser of an officer knows the officer's own name and address.
            field.widget.attrs["autocomplete"] = "off"
        for name in ("nik", "legal_entity_number", "proxy_name", "proxy_nik"):
            self.fields[name].required = False
            vars(self.fields[name])["is_conditional"] = True
        if self.is_bound and self.data.get("has_gaps"):
            for name in MAY_BE_MISSING:
                self.fields[name].required = False
        self.name_required_fields()
        # The summary of errors then goes down the page.
        self.order_fields([name for _title, _hint, names in self.GROUPS for name in names])

    @property
    def groups(self) -> Iterator[tuple[str, str, list[BoundField]]]:
        for title, hint, names in self.GROUPS:
            yield title, hint, [self[name] for name in names]

    def clean_nik(self) -> str:
        return super().clean_nik() if self.cleaned_data["nik"] else ""

    def clean_proxy_nik(self) -> str:
        return super().clean_proxy_nik() if self.cleaned_data["proxy_nik"] else ""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        is_body = data.get("applicant_kind") == Applicant.Kind.LEGAL_ENTITY
        by_proxy = data.get("acting") == PROXY
        self._only(data, "legal_entity_number", is_body, "badan hukum")
        self._only(data, "nik", not is_body, "perorangan dan kelompok")
        self._only(data, "proxy_name", by_proxy, "permohonan melalui kuasa")
        self._only(data, "proxy_nik", by_proxy, "permohonan melalui kuasa")
        if not data.get("has_gaps"):
            self.require_contact(data)
        return data

    def _only(self, data: dict[str, Any], name: str, is_asked: bool, whose: str) -> None:
        """A field that is asked of some applicants, and of the others must stay empty."""
        if name in self.errors:
            return
        is_given = bool(data.get(name))
        may_be_missing = name in MAY_BE_MISSING and data.get("has_gaps")
        if is_asked and not is_given and not may_be_missing:
            self.add_error(name, f"Bagian “{self.fields[name].label}” belum diisi.")
        if is_given and not is_asked and "applicant_kind" in data and "acting" in data:
            self.add_error(name, f"Kosongkan “{self.fields[name].label}”: hanya untuk {whose}.")


class PrintForm(forms.Form):
    count = forms.IntegerField(
        label="Berapa formulir",
        min_value=1,
        max_value=MOST_FORMS,
        initial=10,
        help_text=f"1 sampai {MOST_FORMS}. Setiap formulir rangkap dua, bolak-balik.",
    )
    language = forms.ChoiceField(
        label="Bahasa", choices=settings.LANGUAGES, initial="id", widget=forms.RadioSelect
    )


class VoidForm(forms.Form):
    reason = forms.CharField(
        label="Alasan",
        max_length=200,
        help_text="Misalnya: rusak, hilang, salah cetak. Jangan tulis nama pemohon.",
    )


UNUSED, USED, VOIDED = "kosong", "dipakai", "batal"


class PaperFormFilter(ListFilter):
    number = filters.CharFilter(label="Nomor formulir", method="with_number", max_length=20)
    state = filters.ChoiceFilter(
        label="Keadaan",
        choices=[(UNUSED, "Belum dipakai"), (USED, "Sudah dipakai"), (VOIDED, "Dibatalkan")],
        method="in_state",
        empty_label="Semua",
    )
    language = filters.ChoiceFilter(label="Bahasa", choices=settings.LANGUAGES, empty_label="Semua")
    printed_from = filters.DateFilter(
        label="Dicetak dari", field_name="printed_at", lookup_expr="date__gte", widget=DayInput
    )
    printed_to = filters.DateFilter(
        label="Dicetak sampai", field_name="printed_at", lookup_expr="date__lte", widget=DayInput
    )

    class Meta:
        model = PaperForm
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields_are_optional()

    def with_number(self, forms: PaperFormQuerySet, name: str, number: str) -> PaperFormQuerySet:
        found = find_form(number)
        return forms.filter(pk=found.pk) if found else forms.none()

    def in_state(self, forms: PaperFormQuerySet, name: str, state: str) -> PaperFormQuerySet:
        return {UNUSED: forms.unused, USED: forms.used, VOIDED: forms.voided}[state]()
