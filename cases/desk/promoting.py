"""From the answer of one case to a text for everybody; what leads to a person stays behind."""

import re
from typing import Any

from django import forms

from infocontent import actions
from infocontent.models import Item, Kind, Origin, Topic
from office.models import User

from ..intake.forms import TopicField
from ..models import Case, Message
from .forms import text

GAP = "…"
LONGEST_TITLE = 120
# What looks like a number of somebody's and is none: addresses, money, dates, hours.
_HARMLESS = (
    r"https?://\S+|Rp\.?\s?\d[\d.,]*|\b\d{1,2}[-./]\d{1,2}[-./]\d{4}\b|\b\d{4}-\d{2}-\d{2}\b"
    r"|\b\d{1,2}[.:]\d{2}\s?[-–]\s?\d{1,2}[.:]\d{2}\b"
)
_PERSONAL = (
    # Of an e-mail address no more than RFC 5321 allows before the @: without an end, a long run of
    # letters would be read anew from each of them.
    r"[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+"
    r"|\b(?:PG|PI|KB|TL)-\d{4}-\d{6}\b"  # a case
    r"|\+?\d(?:[\s().-]{0,2}\d){7,}"  # NIK, telephone, receipt
    r"|\b[A-Z]{1,2}\s?\d{6,8}\b"  # passport
)
_SALUTATION = (
    r"\b(?:Bapak|Ibu|Bpk\.?|Sdr\.?|Sdri\.?|Saudara|Saudari|Mr\.?|Mrs\.?|Ms\.?"
    r"|[Pp]ak|[Bb]u|[Mm]as|[Mm]bak)\s+"
    r"(?!Pelapor|Pemohon|Petugas|Kepala|Kantor)(?P<name>[A-Z][\w'’.-]+(?:\s+[A-Z][\w'’.-]+){0,4})"
)
_NUMBERS = re.compile(rf"(?P<keep>{_HARMLESS})|{_PERSONAL}")
_NAMES = re.compile(_SALUTATION)


def without_numbers(source: str) -> str:
    """The text without e-mail addresses and numbers that belong to somebody."""
    return _NUMBERS.sub(lambda found: found["keep"] or GAP, source)


def masked(source: str) -> str:
    """Likewise without names behind a salutation. A person reads the rest: no pattern knows all."""
    return _NAMES.sub(lambda found: found[0].replace(found["name"], GAP), without_numbers(source))


def sent_answer(case: Case) -> Message | None:
    """The answer in force, from the messages that the case page has read."""
    if case.answered_at is None:
        return None
    answers = [message for message in case.messages.all() if message.kind == Message.Kind.ANSWER]
    return answers[-1] if answers else None


def may_promote(case: Case, user: User) -> bool:
    return user.may("propose_item") and sent_answer(case) is not None


class PromoteForm(forms.Form):
    """A question and its answer for the library, with nobody in them."""

    title = forms.CharField(
        label="Pertanyaan",
        max_length=LONGEST_TITLE,
        help_text="Seperti warga lain akan menanyakannya. Satu kalimat.",
    )
    topic = TopicField(label="Topik")
    body = text("Jawaban", rows=14)
    is_clean = forms.BooleanField(label="Sudah saya hapus semua yang mengarah kepada orang")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages["required"] = f"Bagian “{field.label}” belum diisi."
        self.fields["is_clean"].error_messages["required"] = (
            "Baca sekali lagi, hapus nama, nomor, dan keadaan yang mengarah kepada orang, lalu "
            "centang."
        )

    @classmethod
    def for_case(cls, case: Case) -> "PromoteForm":
        answer = sent_answer(case)
        return cls(
            initial={
                "title": masked(case.subject)[:LONGEST_TITLE],
                "topic": case.topic.code if case.topic else "",
                "body": masked(answer.body) if answer else "",
            }
        )

    def clean_title(self) -> str:
        return self._clean("title")

    def clean_body(self) -> str:
        return self._clean("body")

    def _clean(self, name: str) -> str:
        value = self.cleaned_data[name]
        if without_numbers(value) != value:
            raise forms.ValidationError(
                "Masih ada alamat e-mail atau nomor yang panjang. Hapus, lalu simpan lagi."
            )
        return value


def promote(case: Case, *, actor: User, title: str, topic: str, body: str, is_clean: bool) -> Item:
    """A draft for the team; where it comes from is its origin, and no line in the case."""
    content: dict[str, Any] = {"title": title, "body": body, "topic": Topic.objects.leaf(topic)}
    plan: dict[str, Any] = {}
    if case.language == "en":
        content |= {"title_en": title, "body_en": body}
        plan["note"] = "Jawaban berbahasa Inggris: terjemahkan judul dan isinya."
    return actions.create(
        actor=actor,
        kind=Kind.FAQ,
        content=content,
        origin=Origin.CASE,
        origin_note=case.reference,
        **plan,
    )
