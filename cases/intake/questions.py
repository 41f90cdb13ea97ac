"""The public form for service questions (kind pertanyaan), open to Indonesians and foreigners
alike.
"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from infocontent.models import Topic

from .. import actions
from ..models import Case
from ..workflow import Kind
from .forms import NARRATIVE_LENGTH, AttachmentForm, ContactFields, StepForm, TopicField, text_area
from .wizard import Intake, Step


class QuestionForm(StepForm):
    topic = TopicField(label=_("Tentang apa pertanyaan Anda?"))
    subject = forms.CharField(
        label=_("Pertanyaan singkat"),
        max_length=150,
        help_text=_("Misalnya: Syarat paspor anak yang orang tuanya WNA"),
    )
    narrative = forms.CharField(
        label=_("Jelaskan keadaan Anda"),
        min_length=10,
        max_length=NARRATIVE_LENGTH,
        help_text=_("Jangan tulis NIK atau nomor paspor. Kami tidak memerlukannya untuk menjawab."),
        widget=text_area(6),
    )


class AskerForm(ContactFields, StepForm):
    full_name = forms.CharField(
        label=_("Nama panggilan"),
        required=False,
        max_length=120,
        help_text=_("Boleh dikosongkan."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ["full_name", "email", "phone"]


class PaperForm(AttachmentForm):
    """A picture of what the question is about."""


def _lodge(
    *, topic: str, full_name: str = "", email: str = "", phone: str = "", **answers: Any
) -> Case:
    return actions.register(
        kind=Kind.QUESTION,
        topic=Topic.objects.leaf(topic),
        identity=actions.Identity(full_name=full_name, email=email, phone=phone),
        **answers,
    )


intake = Intake(
    kind=Kind.QUESTION,
    namespace="questions",
    title=_("Tanya layanan"),
    start_template="cases/intake/question_start.html",
    lodge=_lodge,
    steps=(
        Step("pertanyaan", _("Pertanyaan Anda"), QuestionForm, suggest_after="subject"),
        Step(
            "lampiran",
            _("Lampiran"),
            PaperForm,
            lead=_("Tidak wajib. Misalnya tangkapan layar pesan galat."),
        ),
        Step(
            "kontak",
            _("Kontak Anda"),
            AskerForm,
            lead=_("Semua boleh kosong. Tanpa e-mail, jawaban Anda lihat di halaman Lacak."),
        ),
    ),
)
