"""The steps of a complaint (UU 25/2009 Ps 43): what went wrong, what it cost, what is asked for,
who asks.
"""

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.intake.forms import (
    NARRATIVE_LENGTH,
    AttachmentForm,
    PastDateField,
    PrivacyForm,
    StepForm,
    TopicField,
    text_area,
)


class IncidentForm(StepForm):
    topic = TopicField(label=_("Tentang layanan apa?"))
    subject = forms.CharField(
        label=_("Judul singkat"),
        max_length=150,
        help_text=_("Misalnya: Antre empat jam, kuota habis"),
    )
    narrative = forms.CharField(
        label=_("Apa yang terjadi?"),
        min_length=20,
        max_length=NARRATIVE_LENGTH,
        help_text=_(
            "Ceritakan urut: siapa melakukan apa, kapan, dan akibatnya. Jangan tulis nomor "
            "paspor atau NIK."
        ),
        widget=text_area(8),
    )
    happened_on = PastDateField(label=_("Tanggal kejadian"))
    place = forms.CharField(
        label=_("Tempat kejadian"),
        max_length=150,
        help_text=_("Misalnya: loket 3, atau aplikasi M-Paspor"),
    )
    about_whom = forms.CharField(
        label=_("Petugas yang dilaporkan, bila ada"),
        required=False,
        max_length=150,
        help_text=_("Nama atau ciri. Petugas itu dan atasannya tidak dapat membuka pengaduan ini."),
    )


class RemedyForm(StepForm):
    loss = forms.CharField(
        label=_("Kerugian yang Anda alami"),
        required=False,
        max_length=2000,
        help_text=_("Uang, waktu, kesempatan, atau perasaan. Sebutkan jumlahnya bila ada."),
        widget=text_area(3),
    )
    requested_remedy = forms.CharField(
        label=_("Penyelesaian yang Anda minta"),
        max_length=2000,
        help_text=_("Misalnya: jadwal baru, pengembalian biaya, penjelasan, atau permintaan maaf."),
        widget=text_area(4),
    )


class EvidenceForm(AttachmentForm):
    """Photos and papers that show what happened."""


class ComplainantForm(PrivacyForm):
    """Who complains, if anybody."""
