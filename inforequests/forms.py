"""The steps of an information request: the ten items of PERKI 1/2021, three kinds of applicant,
proxy.
"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.intake.forms import NARRATIVE_LENGTH, AttachmentForm, ContactFields, StepForm, text_area
from cases.models import Applicant
from cases.nik import clean_nik

from .models import InformationRequest

SELF, PROXY = "sendiri", "kuasa"
IDENTITY_FIELDS = (
    "full_name",
    "nik",
    "legal_entity_number",
    "address",
    "phone",
    "email",
    "occupation",
    "proxy_name",
    "proxy_nik",
)


def required_paper(applicant: dict[str, Any]) -> Any:
    """PERKI 1/2021: a proxy acts by a special power of attorney, a group by a mandate."""
    if applicant.get("acting") == PROXY:
        return _("Lampirkan surat kuasa khusus, karena Anda mengajukan sebagai kuasa.")
    if applicant.get("applicant_kind") == Applicant.Kind.GROUP:
        return _("Lampirkan surat kuasa dan KTP anggota kelompok.")
    return ""


class InformationForm(StepForm):
    subject = forms.CharField(
        label=_("Informasi apa yang Anda minta?"),
        max_length=150,
        help_text=_("Satu kalimat. Misalnya: Jumlah paspor yang terbit tahun 2025"),
    )
    narrative = forms.CharField(
        label=_("Rincian informasi"),
        min_length=10,
        max_length=NARRATIVE_LENGTH,
        help_text=_(
            "Sebutkan dokumen, tahun, dan satuan yang Anda perlukan. Semakin jelas, semakin cepat."
        ),
        widget=text_area(6),
    )
    purpose = forms.CharField(
        label=_("Tujuan penggunaan informasi"),
        max_length=1000,
        help_text=_("Undang-undang meminta alasan permintaan (UU 14/2008 Pasal 4 ayat (3))."),
        widget=text_area(3),
    )
    access = forms.ChoiceField(
        label=_("Cara memperoleh informasi"),
        choices=InformationRequest.Access.choices,
        widget=forms.RadioSelect,
    )
    delivery = forms.ChoiceField(
        label=_("Cara mengirimkan informasi"),
        choices=InformationRequest.Delivery.choices,
        widget=forms.RadioSelect,
    )


class ApplicantKindForm(StepForm):
    applicant_kind = forms.ChoiceField(
        label=_("Siapa yang meminta?"), choices=Applicant.Kind.choices, widget=forms.RadioSelect
    )
    acting = forms.ChoiceField(
        label=_("Anda mengajukan untuk siapa?"),
        choices=[
            (SELF, _("Untuk diri sendiri atau lembaga saya")),
            (PROXY, _("Sebagai kuasa. Saya punya surat kuasa khusus")),
        ],
        widget=forms.RadioSelect,
    )


class IdentityFields(ContactFields, StepForm):
    """Everything that is asked about who asks, whatever the kind of applicant."""

    full_name = forms.CharField(
        label=_("Nama lengkap"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    nik = forms.CharField(
        label=_("NIK sesuai KTP"),
        max_length=40,
        help_text=_("16 angka. Disimpan terenkripsi dan selalu disamarkan."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    legal_entity_number = forms.CharField(label=_("Nomor SK pengesahan badan hukum"), max_length=80)
    address = forms.CharField(
        label=_("Alamat"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "street-address"}),
    )
    occupation = forms.CharField(label=_("Pekerjaan"), required=False, max_length=80)
    proxy_name = forms.CharField(label=_("Nama penerima kuasa"), max_length=120)
    proxy_nik = forms.CharField(
        label=_("NIK penerima kuasa"),
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    field_order = [
        "full_name",
        "nik",
        "legal_entity_number",
        "address",
        "occupation",
        "email",
        "phone",
        "proxy_name",
        "proxy_nik",
    ]

    def clean_nik(self) -> str:
        return clean_nik(self.cleaned_data["nik"])

    def clean_proxy_nik(self) -> str:
        return clean_nik(self.cleaned_data["proxy_nik"])

    def require_contact(self, data: dict[str, Any]) -> None:
        if (
            not data.get("email")
            and not data.get("phone")
            and not self.errors.keys() & {"email", "phone"}
        ):
            self.add_error(
                "email", _("Isi e-mail atau telepon supaya kami dapat menghubungi Anda.")
            )

    def in_words(self, name: str, value: Any) -> str:
        if name in ("nik", "proxy_nik"):
            return f"{value[:4]}••••••••{value[-4:]}"
        return super().in_words(name, value)


class IdentityForm(IdentityFields):
    """Who asks. Which proof of identity is asked depends on the kind of applicant."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        before = self.answers.get("pemohon", {})
        kind = before.get("applicant_kind")
        if kind == Applicant.Kind.LEGAL_ENTITY:
            self.fields["full_name"].label = _("Nama badan hukum")
            del self.fields["nik"], self.fields["occupation"]
        else:
            del self.fields["legal_entity_number"]
        if kind == Applicant.Kind.GROUP:
            self.fields["full_name"].label = _("Nama kelompok atau wakilnya")
            self.fields["nik"].label = _("NIK wakil kelompok")
        if before.get("acting") != PROXY:
            del self.fields["proxy_name"], self.fields["proxy_nik"]
        self.name_required_fields()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self.require_contact(data)
        return data


class PapersForm(AttachmentForm):
    """The mandate of a proxy or group, the decree of a legal body."""
