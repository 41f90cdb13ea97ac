"""Forms on which an officer writes down what came by word of mouth, by letter, by phone or on
paper. They validate and never save.
"""

from collections.abc import Iterator
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.forms import BoundField

from cases import facts
from cases.filters import as_reference
from cases.intake.forms import AttachmentForm, PastDateField, StepForm
from cases.models import Applicant
from office.filters import MomentInput

from .. import grounds as law
from .. import objection_forms as objecting
from ..actions.paper import CHANNELS
from ..forms import PROXY, SELF, ApplicantKindForm, IdentityFields, InformationForm

# What a letter may leave out; the verifier then asks for it, and the clock runs all the same.
MAY_BE_MISSING = ("purpose", "access", "delivery", "nik", "legal_entity_number", "proxy_nik")
Group = tuple[str, str, tuple[str, ...]]


class OnPaper(StepForm):
    """How and when something really came, beside what the public form asks; all on one page."""

    channel = forms.ChoiceField(
        label="Cara datang",
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
    language = forms.ChoiceField(
        label="Bahasa tanda terima dan surat",
        choices=settings.LANGUAGES,
        initial="id",
        widget=forms.RadioSelect,
    )
    is_assisted = forms.BooleanField(
        label="Pemohon penyandang disabilitas; petugas yang menuliskan", required=False
    )

    GROUPS: ClassVar[tuple[Group, ...]] = ()
    LABELS: ClassVar[dict[str, str]] = {}
    SCANS = "Formulir atau surat yang dipindai, surat kuasa, KTP anggota kelompok, SK badan hukum."

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["situs_web"]
        for name, label in self.LABELS.items():
            self.fields[name].label = label
        self.fields[
            "berkas"
        ].help_text = (
            f"{self.SCANS} Paling banyak 5 berkas, masing-masing 10 MB: JPG, PNG, WebP, PDF, DOCX."
        )
        for field in self.fields.values():
            # The browser of an officer knows the officer's own name and address.
            field.widget.attrs["autocomplete"] = "off"
        self.name_required_fields()
        # The summary of errors then goes down the page.
        self.order_fields([name for _title, _hint, names in self.GROUPS for name in names])

    @property
    def groups(self) -> Iterator[tuple[str, str, list[BoundField]]]:
        for title, hint, names in self.GROUPS:
            yield title, hint, [self[name] for name in names]


class WithApplicant(ApplicantKindForm, IdentityFields):
    """Who asks, when nothing is known yet; a letter may leave some of it out."""

    has_gaps = forms.BooleanField(
        label="Surat atau formulirnya belum lengkap; simpan dengan bagian yang kosong",
        required=False,
        help_text="Tetap diterima hari itu. Verifikator meminta pemohon melengkapi.",
    )

    APPLICANT: ClassVar[tuple[Group, ...]] = (
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
    )
    WHO: ClassVar[dict[str, str]] = {
        "applicant_kind": "Jenis pemohon",
        "full_name": "Nama lengkap, badan hukum, atau kelompok",
        "nik": "NIK pemohon, atau NIK wakil kelompok",
        "acting": "Diajukan",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        acting: Any = self.fields["acting"]
        acting.choices = [(SELF, "Oleh pemohon sendiri"), (PROXY, "Oleh kuasa, dengan surat kuasa")]
        acting.initial = SELF
        self.fields["legal_entity_number"].help_text = "Hanya untuk badan hukum."
        for name in ("nik", "legal_entity_number", "proxy_name", "proxy_nik"):
            self.fields[name].required = False
            vars(self.fields[name])["is_conditional"] = True
        if self.is_bound and self.data.get("has_gaps"):
            for name in self.fields.keys() & set(MAY_BE_MISSING):
                self.fields[name].required = False

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
        self._only(data, "proxy_name", by_proxy, "pengajuan melalui kuasa")
        self._only(data, "proxy_nik", by_proxy, "pengajuan melalui kuasa")
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


class EntryForm(OnPaper, InformationForm, WithApplicant, AttachmentForm):
    """A request."""

    form_number = forms.CharField(
        label="Nomor formulir",
        required=False,
        max_length=20,
        help_text="Bila ditulis di formulir bernomor, misalnya F-2026-0001.",
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
        *WithApplicant.APPLICANT,
        ("Pindaian atau foto", "", ("berkas",)),
    )
    LABELS = {
        **WithApplicant.WHO,
        "channel": "Cara permohonan datang",
        "subject": "Informasi yang diminta",
    }


class ObjectionEntryForm(OnPaper, AttachmentForm):
    """An objection to how a request was treated; its applicant is the request's."""

    reference = forms.CharField(
        label="Nomor permohonan",
        max_length=40,
        help_text="Nomor pendaftarannya, misalnya PI-2026-000042.",
    )
    proof = forms.CharField(
        label="NIK, nomor SK badan hukum, atau kode akses pemohon",
        required=False,
        max_length=80,
        help_text="Dicocokkan dengan permohonan itu, tidak disimpan. Boleh kosong bila Anda berhak "
        "membuka kasusnya.",
    )
    grounds = forms.MultipleChoiceField(
        label="Alasan keberatan",
        choices=objecting.ground_choices,
        help_text="Boleh lebih dari satu (UU 14/2008 Pasal 35 ayat (1)).",
        widget=forms.CheckboxSelectMultiple,
    )
    found_on = PastDateField(label="Alasannya baru ditemukan pada", required=False)
    narrative = objecting.narrative()
    purpose = objecting.purpose()

    GROUPS = (
        ("Penerimaan", "", ("channel", "received_at", "language", "is_assisted")),
        ("Permohonannya", "", ("reference", "proof")),
        (
            "Keberatannya",
            "Tulis dengan kata-kata pemohon. Bila lisan, bacakan kembali.",
            ("grounds", "narrative", "purpose", "found_on"),
        ),
        ("Pindaian atau foto", "", ("berkas",)),
    )
    LABELS = {"channel": "Cara keberatan datang"}
    SCANS = "Formulir atau surat keberatan yang dipindai, dan buktinya."

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["narrative"].help_text = "Apa yang terjadi, kapan, dan mengapa keberatan."
        # Asked of whoever may not open the request.
        vars(self.fields["proof"])["is_conditional"] = True
        self.fields["purpose"].required = False
        self.fields["purpose"].help_text = "Kosong berarti sama dengan permohonannya."
        length = facts.length("keberatan diajukan") or "waktu mengajukan"
        self.fields[
            "found_on"
        ].help_text = (
            f"Hanya bila {length} sudah lewat dan pemohon baru menemukan alasannya sesudah itu."
        )

    def clean_reference(self) -> str:
        typed = as_reference(self.cleaned_data["reference"])
        if typed is None:
            raise forms.ValidationError("Tulis nomor permohonan seperti PI-2026-000042.")
        return typed

    def clean_grounds(self) -> str:
        return law.letters(self.cleaned_data["grounds"])


class PeriodicEntryForm(OnPaper, WithApplicant, AttachmentForm):
    """An objection without a request, because information that has to be out is not (ground b)."""

    periodic_information = forms.CharField(
        label="Informasi berkala yang tidak tersedia",
        max_length=300,
        help_text="Misalnya: Laporan keuangan kantor tahun 2025",
    )
    narrative = objecting.narrative()
    purpose = objecting.purpose()

    GROUPS = (
        (
            "Penerimaan",
            "",
            ("channel", "received_at", "language", "is_assisted", "has_gaps"),
        ),
        (
            "Keberatannya",
            "Tulis dengan kata-kata pemohon. Bila lisan, bacakan kembali.",
            ("periodic_information", "narrative", "purpose"),
        ),
        *WithApplicant.APPLICANT,
        ("Pindaian atau foto", "", ("berkas",)),
    )
    LABELS = {**WithApplicant.WHO, "channel": "Cara keberatan datang"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["narrative"].help_text = "Apa yang dicari, di mana, dan mengapa keberatan."
