"""One form per verb of the desk; the cleaned data are the verb's keyword arguments."""

from typing import Any

from django import forms

from infocontent.models import Topic
from office.forms import WholeForm
from office.uploads import MAX_FILES, UploadRefused, accept

from ..filters import as_reference
from ..intake.forms import MultipleFileField, TopicField
from ..models import AnswerDraft, Case
from ..workflow import ANSWER_OUTCOMES, FINAL, Kind, Outcome, ServiceClass
from .people import People, offer

LONG = 20_000  # letters; more than any answer, less than a flood


def text(label: str, *, rows: int = 4, **kwargs: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=LONG, widget=forms.Textarea(attrs={"rows": rows}), **kwargs
    )


class MoveForm(forms.Form):
    """The base: which case, at which version, and who looks at it."""

    version = forms.IntegerField(
        widget=forms.HiddenInput,
        error_messages={
            "required": "Formulir ini tidak utuh. Muat ulang halaman, lalu coba lagi.",
            "invalid": "Formulir ini tidak utuh. Muat ulang halaman, lalu coba lagi.",
        },
    )

    def __init__(self, *args: Any, case: Case, people: People, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = case
        self.people = people
        for field in self.fields.values():
            if not field.widget.is_hidden:
                # The error summary lists the sentences away from their fields.
                field.error_messages["required"] = f"Bagian “{field.label}” belum diisi."

    # Headings and the fields below each; empty: all fields without a heading.
    parts: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def groups(self) -> list[dict[str, Any]]:
        """The visible fields as the page shows them, in groups."""
        if not self.parts:
            return [{"legend": "", "fields": self.visible_fields()}]
        return [
            {"legend": legend, "fields": [self[name] for name in names if name in self.fields]}
            for legend, names in self.parts
        ]

    @property
    def typed(self) -> list[tuple[str, str]]:
        """What was typed in the visible fields, shown again when the verb could not be done."""
        rows = []
        for field in self.visible_fields():
            value = field.value()
            if isinstance(field.field, forms.CharField) and value:
                rows.append((str(field.label), str(value)))
        return rows


def names_somebody(case: Case) -> bool:
    """Whether the citizen wrote whom the complaint is about and nobody has been recorded yet."""
    written = getattr(case.detail, "about_whom", "")
    return bool(written.strip()) and not case.reported.exists()


class KeptForm(WholeForm, MoveForm):
    """A draft that is kept over the one before."""


class DangerousForm(MoveForm):
    """A verb that cannot simply be taken back asks for one deliberate tick."""

    confirm = forms.BooleanField(label="Saya sudah memeriksa; langkah ini mengakhiri kasus")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields([name for name in self.fields if name != "confirm"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        cleaned.pop("confirm", None)
        return cleaned


class VerifyForm(MoveForm):
    section = forms.ChoiceField(label="Seksi yang menangani")
    service_class = forms.ChoiceField(
        label="Klasifikasi",
        required=False,
        choices=ServiceClass.choices,
        help_text="Menentukan tenggat. Hasil hitungannya tampil setelah disimpan.",
    )
    reported = forms.MultipleChoiceField(
        label="Petugas yang dilaporkan",
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 5}),
        help_text="Mereka dan kepala seksinya tidak akan dapat membuka kasus ini.",
    )
    nobody_here = forms.BooleanField(
        label="Yang disebut warga bukan petugas kantor ini, atau tidak dapat dikenali",
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "section", [("", "Pilih seksi"), *self.people.section_choices()])
        suggested = self.case.topic.suggested_section if self.case.topic else None
        self.fields["section"].initial = str(suggested.pk) if suggested else ""
        if self.case.kind == Kind.COMPLAINT:
            offer(self, "reported", self.people.staff_choices())
        else:
            del self.fields["service_class"], self.fields["reported"]
        if names_somebody(self.case):
            self.fields["reported"].help_text = (
                f"Warga menulis: “{self.case.detail.about_whom}”. Yang dipilih dan kepala "
                "seksinya tidak akan dapat membuka kasus ini."
            )
        else:
            del self.fields["nobody_here"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        nobody = cleaned.pop("nobody_here", False)
        is_open = names_somebody(self.case) and not nobody and not cleaned.get("reported")
        if is_open and "reported" in self.fields and "reported" not in self.errors:
            self.add_error(
                "reported",
                "Warga menyebut seseorang. Pilih petugasnya, atau centang bahwa orang itu "
                "bukan petugas kantor ini.",
            )
        return cleaned

    def clean_section(self) -> Any:
        return self.people.section(self.cleaned_data["section"])

    def clean_reported(self) -> Any:
        return self.people.colleagues(self.cleaned_data["reported"])


class RequestCompletionForm(MoveForm):
    text = text(
        "Apa yang perlu dilengkapi", help_text="Dikirim kepada warga. Sebutkan satu per satu."
    )


class TopicForm(MoveForm):
    topic = TopicField(label="Topik")
    # Of what the page proposed; blank where it proposed nothing.
    suggested = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.case.topic:
            self.fields["topic"].initial = self.case.topic.code

    def clean_topic(self) -> Any:
        return Topic.objects.leaf(self.cleaned_data["topic"])

    def clean_suggested(self) -> str:
        suggested = self.cleaned_data["suggested"]
        return suggested if Topic.objects.leaf(suggested) else ""


class AssignForm(MoveForm):
    to = forms.ChoiceField(label="Kepada")
    note = text("Catatan disposisi", rows=2, required=False, help_text="Hanya untuk petugas.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reported = frozenset(person.user_id for person in self.case.reported.all())
        offer(
            self,
            "to",
            [
                ("", "Pilih seksi atau petugas"),
                *self.people.desk_choices(without=reported),
            ],
        )
        if self.case.assignee_id:
            self.fields["to"].initial = f"petugas-{self.case.assignee_id}"
        elif self.case.section_id:
            self.fields["to"].initial = f"seksi-{self.case.section_id}"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if choice := cleaned.pop("to", None):
            cleaned["section"], cleaned["assignee"] = self.people.desk(choice)
        return cleaned


class DraftForm(MoveForm):
    body = text("Konsep jawaban", rows=14)
    outcome = forms.ChoiceField(label="Hasil", required=False)

    def __init__(self, *args: Any, draft: AnswerDraft | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        outcomes = [(outcome.value, outcome.label) for outcome in ANSWER_OUTCOMES[self.case.kind]]
        offer(self, "outcome", [("", "Pilih hasil"), *outcomes])


class SubmitForm(DraftForm):
    """The same fields as the draft; whoever asks for approval also says what came out."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].required = True
        self.fields["outcome"].error_messages["required"] = "Pilih hasil sebelum mengajukan konsep."


class ReturnForm(MoveForm):
    remarks = text("Apa yang perlu diperbaiki", help_text="Hanya untuk petugas.")


class ExtendForm(MoveForm):
    reason = text(
        "Alasan perpanjangan", help_text="Dikirim kepada pemohon (UU 14/2008 Pasal 22 ayat (8))."
    )


class ReasonForm(MoveForm):
    reason = text("Alasan", rows=3)


class ForwardForm(DangerousForm):
    body = forms.CharField(
        label="Diteruskan kepada", max_length=150, help_text="Nama instansi yang berwenang."
    )
    reason = text("Alasan", rows=3, help_text="Dikirim kepada warga bersama nama instansinya.")


class DuplicateForm(DangerousForm):
    original = forms.CharField(
        label="Nomor kasus yang sama",
        max_length=40,
        help_text="Kasus ini berakhir dan menunjuk ke nomor itu.",
    )
    reason = text("Alasan", rows=2, required=False)

    def clean_original(self) -> Case:
        reference = as_reference(self.cleaned_data["original"])
        found = (
            Case.objects.visible_to(self.people.user).filter(reference=reference).first()
            if reference
            else None
        )
        if found is None:
            raise forms.ValidationError(
                "Tidak ada kasus dengan nomor itu di antara kasus yang dapat Anda buka."
            )
        return found


class CloseForm(DangerousForm):
    outcome = forms.ChoiceField(label="Hasil")
    reason = text("Alasan penutupan", rows=3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(
            self,
            "outcome",
            [(outcome.value, outcome.label) for outcome in ANSWER_OUTCOMES[self.case.kind]],
        )
        self.fields["outcome"].initial = self.case.outcome


class ArchiveForm(DangerousForm):
    outcome = forms.ChoiceField(
        label="Hasil",
        choices=[
            (outcome.value, outcome.label)
            for outcome in (Outcome.ARCHIVED, Outcome.INCOMPLETE_LAPSED)
        ],
    )
    reason = text("Alasan", rows=3, help_text="Dikirim kepada warga.")


class NoteForm(MoveForm):
    text = text("Catatan internal", rows=3, help_text="Tidak pernah terlihat oleh warga.")


class NameReportedForm(MoveForm):
    reported = forms.MultipleChoiceField(
        label="Petugas yang dilaporkan",
        widget=forms.SelectMultiple(attrs={"size": 5}),
        help_text="Mereka dan kepala seksinya langsung tidak dapat membuka kasus ini.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "reported", self.people.staff_choices())

    def clean_reported(self) -> Any:
        return self.people.colleagues(self.cleaned_data["reported"])


class FilesForm(MoveForm):
    files = MultipleFileField(  # type: ignore[assignment]
        label="Berkas",
        help_text="JPG, PNG, WebP, PDF, atau DOCX; paling banyak 5, masing-masing 10 MB.",
    )
    is_internal = forms.BooleanField(
        label="Hanya untuk petugas",
        required=False,
        initial=True,
        help_text="Tanpa tanda ini, berkas ikut terkirim bersama jawaban yang disetujui.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.case.status in FINAL or not self.people.user.may("work_case"):
            del self.fields["is_internal"]

    def clean_files(self) -> Any:
        uploads = self.cleaned_data["files"]
        if not uploads:
            raise forms.ValidationError("Pilih berkas.")
        if len(uploads) > MAX_FILES:
            raise forms.ValidationError("Paling banyak 5 berkas sekaligus.")
        stored, refusals = [], []
        for upload in uploads:
            try:
                # Judging a file stores it, too; the hourly job sweeps what no row names.
                stored.append(accept(upload))
            except UploadRefused as refusal:
                refusals.append(str(refusal))
        if refusals:
            raise forms.ValidationError(refusals)
        return stored


class RevealForm(forms.Form):
    purpose = forms.CharField(
        label="Untuk apa identitas dibuka",
        min_length=5,
        max_length=200,
        help_text="Tujuan Anda, nama Anda, dan waktunya dicatat.",
    )


class SavedFilterForm(forms.Form):
    name = forms.CharField(label="Simpan saringan ini dengan nama", max_length=60)
