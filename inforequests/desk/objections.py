"""An objection on the case page: the answer in the making, its signature, and the dispute."""

from typing import Any

from django import forms
from django.utils import timezone

from cases.correspondence import common_values, fill_in, template_for
from cases.desk.forms import KeptForm, MoveForm
from cases.desk.moves import Move, may_draft
from cases.kinds import Panel
from cases.models import Case, LetterTemplate
from cases.workflow import CaseError, Kind, Status, outcome_label
from infocontent import markdown
from office.calendar import today
from office.models import User

from .. import actions, wording
from ..actions.objecting import decision_signers
from ..models import Dispute, ObjectionAnswer
from ..requirements import ANSWER_REQUIRED, ANSWER_SAYS, missing_in_answer


def _text(label: str, length: int, *, rows: int, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=length,
        widget=forms.Textarea(attrs={"rows": rows}),
        help_text=help_text,
    )


def _date(label: str, **more: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": "Tulis tanggal seperti 24-11-2026."},
        **more,
    )


class AnswerObjectionForm(KeptForm):
    """The answer of UU 14/2008 Ps 36(2)-(3); kept as it is, complete or not."""

    outcome = forms.ChoiceField(label="Putusan", required=False)
    answer = _text("Tanggapan", 10_000, rows=6, help_text="Dikirim kepada pemohon.")
    reasons = _text(
        "Alasan tertulis",
        10_000,
        rows=4,
        help_text="Wajib bila keputusan PPID dikuatkan (Pasal 36 ayat (3)).",
    )
    order = _text(
        "Perintah kepada PPID",
        5000,
        rows=3,
        help_text="Wajib bila keberatan diterima: apa yang harus diberikan.",
    )
    order_until = _date(
        "Dilaksanakan paling lambat",
        required=False,
        help_text="Menjadi tenggat permohonan yang dikerjakan lagi.",
    )
    parts = (
        ("", ("outcome", "answer")),
        ("Bila keberatan ditolak", ("reasons",)),
        ("Bila keberatan diterima", ("order", "order_until")),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = [  # type: ignore[attr-defined]
            ("", "Pilih putusan"),
            *((outcome, outcome_label(Kind.OBJECTION, outcome)) for outcome in ANSWER_REQUIRED),
        ]
        draft = _draft(self.case)
        typed = {name: getattr(draft, name) for name in ANSWER_SAYS} if draft else {}
        self.initial = {**typed, **self.initial}


class SubmitAnswerForm(AnswerObjectionForm):
    """The same, and nothing that the law wants said may be blank."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            items = {name: cleaned[name] for name in ANSWER_SAYS}
            for item in missing_in_answer(ObjectionAnswer(case=self.case, **items)):
                self.add_error(item, ANSWER_SAYS[item])
        return cleaned


class DisputeForm(KeptForm):
    """A dispute before the Komisi Informasi as it stands; filled in again as it goes on."""

    number = forms.CharField(label="Nomor sengketa", max_length=80)
    filed_on = _date("Diajukan pada")
    route = forms.ChoiceField(label="Jalur", choices=Dispute.Route.choices, required=False)
    result = forms.ChoiceField(label="Hasil", choices=Dispute.Result.choices, required=False)
    decided_on = _date("Tanggal putusan atau kesepakatan", required=False)
    carried_out = _text("Pelaksanaan putusan", 3000, rows=3)
    court = _text("Gugatan ke pengadilan dan putusannya", 3000, rows=3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dispute = _dispute(self.case)
        if dispute:
            names = [name for name in self.fields if name != "version"]
            self.initial = {**{name: getattr(dispute, name) for name in names}, **self.initial}


def _draft(case: Case) -> ObjectionAnswer | None:
    return case.objection_answers.filter(signed_at=None).first()


def _dispute(case: Case) -> Dispute | None:
    return Dispute.objects.filter(case=case).first()


def _may_judge(case: Case, user: User) -> bool:
    return case.status == Status.IN_APPROVAL and user.may("decide_objection")


def _may_decide(case: Case, user: User) -> bool:
    if not _may_judge(case, user):
        return False
    draft = _draft(case)
    return draft is not None and user.pk not in {draft.author_id, *decision_signers(case)}


def _is_disputable(case: Case, user: User) -> bool:
    if not user.may("record_dispute"):
        return False
    lapsed = case.is_open and not case.answered_at and case.due_on and today() > case.due_on
    return case.status in (Status.ANSWERED, Status.DONE) or bool(lapsed)


def _may_record(case: Case, user: User) -> bool:
    return _is_disputable(case, user) and _dispute(case) is None


def _may_update(case: Case, user: User) -> bool:
    return _is_disputable(case, user) and _dispute(case) is not None


def _always(case: Case) -> bool:
    return True


MOVES = [
    Move(
        "tanggapan", "Susun tanggapan", "Simpan konsep",
        AnswerObjectionForm, actions.draft_answer, may_draft,
        "Konsep tanggapan disimpan.",
        "Tanggapan tertulis Atasan PPID menurut UU 14/2008 Pasal 36.", is_main=_always,
    ),
    Move(
        "ajukan-tanggapan", "", "Ajukan kepada Atasan PPID",
        SubmitAnswerForm, actions.submit_answer, may_draft,
        "Tanggapan diajukan kepada Atasan PPID.",
    ),
    Move(
        "putus", "Putus keberatan", "Tanda tangani dan kirim kepada pemohon",
        MoveForm, actions.decide_objection, _may_decide,
        "Keberatan diputus dan tanggapannya dikirim kepada pemohon.",
        "Surat di bagian Keberatan terkirim apa adanya, dengan nomor dan berkasnya. Bila keberatan "
        "diterima, permohonannya kembali dikerjakan.", is_main=_always,
    ),
    Move(
        "sengketa", "Catat sengketa informasi", "Catat sengketa",
        DisputeForm, actions.record_dispute, _may_record,
        "Sengketa dicatat.", "Bila pemohon pergi ke Komisi Informasi.",
    ),
    Move(
        "perbarui-sengketa", "Perbarui catatan sengketa", "Simpan perkembangan",
        DisputeForm, actions.update_dispute, _may_update,
        "Perkembangan sengketa dicatat.",
    ),
]  # fmt: skip


def _context(case: Case, user: User) -> dict[str, Any]:
    objection = case.detail
    request = objection.request
    answers = list(
        case.objection_answers.select_related("author", "signed_by", "letter__attachment")
    )
    draft = next((answer for answer in answers if answer.signed_at is None), None)
    may_open = request is not None and Case.objects.visible_to(user).filter(pk=request.pk).exists()
    is_barred = _may_judge(case, user) and user.pk in decision_signers(case)
    return {
        "objection": objection,
        "may_open_request": may_open,
        "objection_answers": [
            {"row": answer, "items": _items(answer)} for answer in answers if answer.signed_at
        ],
        "answer_draft": draft,
        "answer_items": _items(draft) if draft else [],
        "answer_letter": _letter_to_come(case, draft, user)
        if draft and case.status == Status.IN_APPROVAL
        else None,
        "is_barred": is_barred,
        "dispute": _dispute(case),
    }


def _items(answer: ObjectionAnswer) -> list[tuple[str, str]]:
    rows = [
        ("Putusan", outcome_label(Kind.OBJECTION, answer.outcome)),
        ("Tanggapan", answer.answer),
        ("Alasan tertulis", answer.reasons),
        ("Perintah kepada PPID", answer.order),
        ("Dilaksanakan paling lambat", wording.day(answer.order_until)),
    ]
    return [(label, value) for label, value in rows if value not in ("", "—")]


def _letter_to_come(case: Case, draft: ObjectionAnswer, user: User) -> dict[str, Any]:
    """The letter as it would leave now, but for its number; or why it cannot."""
    at = timezone.now()
    try:
        template = template_for(LetterTemplate.Code.OBJECTION_ANSWER, case.language, at)
    except CaseError as error:
        return {"title": str(error), "body": ""}
    values = {
        name: str(value() if callable(value) else value)
        for name, value in wording.answer_values(case.detail, draft, at).items()
    } | common_values(case, number="…", signer=user, at=at)
    lines = {name: say() for name, say in wording.answer_lines(case.detail, draft).items()}
    return {
        "title": template.title,
        "body": markdown.render(fill_in(template.body, values, lines)),
    }


PANEL = Panel("admin/inforequests/_objection_panel.html", _context)
