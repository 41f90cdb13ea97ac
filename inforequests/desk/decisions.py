"""The written notice on the case page: its form, its moves, and what is shown of it."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import capfirst

from cases.correspondence import common_values, fill_in, template_for
from cases.desk.forms import KeptForm, MoveForm, text
from cases.desk.moves import Move, may_draft
from cases.kinds import Panel
from cases.models import Case, LetterTemplate
from cases.workflow import CaseError, Outcome, Status
from infocontent import markdown
from infocontent.models import Exclusion, PublicInformation
from office.calendar import today
from office.models import User

from .. import actions, wording
from ..actions.paper import DUTY
from ..models import Decision, InformationRequest
from ..requirements import REQUIRED, SAYS, missing

HELD = [("", "Belum dinyatakan"), ("ya", "Ya, dikuasai"), ("tidak", "Tidak dikuasai")]
DATE = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def _optional(name: str, *, rows: int = 0, help_text: str = "") -> forms.CharField:
    column: Any = Decision._meta.get_field(name)
    label = capfirst(column.verbose_name)
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(
        label=label,
        required=False,
        max_length=column.max_length,
        widget=widget,
        help_text=help_text,
    )


def _money(name: str) -> forms.IntegerField:
    column: Any = Decision._meta.get_field(name)
    label = capfirst(column.verbose_name)
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=100_000_000)


class DecisionForm(KeptForm):
    """The items of UU 14/2008 Ps 22(7); kept as they are, complete or not."""

    outcome = forms.ChoiceField(
        label="Keputusan",
        required=False,
        help_text="Menentukan apa yang wajib diisi. Yang kurang disebutkan saat diajukan.",
        choices=[("", "Pilih keputusan"), *((o.value, o.label) for o in map(Outcome, REQUIRED))],
    )
    is_held = forms.ChoiceField(
        label="Apakah informasi dikuasai kantor ini?", required=False, choices=HELD
    )
    held_by = _optional("held_by")
    is_holder_unknown = forms.BooleanField(
        label="Pihak yang menguasai tidak diketahui", required=False
    )
    available_on = forms.DateField(
        label="Akan tersedia pada",
        required=False,
        widget=DATE,
        help_text="Hanya bila informasi belum dikuasai atau belum didokumentasikan.",
    )
    ground = forms.ChoiceField(
        label="Pasal 17 huruf",
        required=False,
        choices=[
            ("", "Tidak ada"),
            *((ground.value, f"{ground.value}. {ground.label}") for ground in Exclusion.Ground),
        ],
    )
    other_statute = _optional(
        "other_statute", help_text="Bila dasarnya undang-undang lain, beserta pasalnya."
    )
    exclusion = forms.ModelChoiceField(
        Exclusion.objects.none(),
        label="Catatan uji konsekuensi",
        required=False,
        empty_label="Tidak ada",
        help_text="Hanya pengecualian yang berlaku hari ini. PPID mencatat yang baru.",
    )
    material = _optional("material", rows=3)
    redacted = _optional("redacted", rows=2)
    redaction_reason = _optional("redaction_reason", rows=2)
    delivery = forms.ChoiceField(label="Cara penyampaian", required=False)
    form = forms.ChoiceField(
        label="Bentuk", required=False, choices=[("", "Pilih bentuk"), *Decision.Form.choices]
    )
    copy_pages = _money("copy_pages")
    copy_price = _money("copy_price")
    shipping_cost = _money("shipping_cost")
    other_cost = _money("other_cost")
    payment = _optional("payment", help_text="Wajib bila ada biaya.")
    information = forms.ModelChoiceField(
        PublicInformation.objects.none(),
        label="Baris daftar informasi publik (DIP)",
        required=False,
        empty_label="Tidak ada",
    )
    link = forms.URLField(label="Tautan", required=False, max_length=300, assume_scheme="https")
    explanation = text(
        "Penjelasan kepada pemohon",
        rows=5,
        required=False,
        help_text="Kalimat pendek dan sederhana. Ikut dalam surat.",
    )
    parts = (
        ("", ("outcome",)),
        ("a dan b. Penguasaan", ("is_held", "held_by", "is_holder_unknown", "available_on")),
        ("c. Alasan bila ada yang dikecualikan", ("ground", "other_statute", "exclusion")),
        ("d dan e. Materi", ("material", "redacted", "redaction_reason")),
        ("f. Cara dan bentuk", ("delivery", "form", "information", "link")),
        (
            "g. Biaya",
            ("copy_pages", "copy_price", "shipping_cost", "other_cost", "payment"),
        ),
        ("", ("explanation",)),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in SAYS.keys() & self.fields.keys():
            # Not "optional": the outcome decides.
            self.fields[name].is_conditional = True  # type: ignore[attr-defined]
        request = getattr(self.case, "permohonan", None)
        wanted = request.delivery if request else ""
        self.fields["delivery"].choices = [  # type: ignore[attr-defined]
            ("", "Pilih cara"),
            *InformationRequest.Delivery.choices,
        ]
        self.fields["exclusion"].queryset = Exclusion.objects.in_force()  # type: ignore[attr-defined]
        self.fields["information"].queryset = PublicInformation.objects.listed()  # type: ignore[attr-defined]
        decision = self.case.decisions.in_the_making().first()
        # What the applicant asked for stands ready.
        self.initial = {"delivery": wanted, **_as_typed(decision), **self.initial}

    def clean_is_held(self) -> bool | None:
        return {"ya": True, "tidak": False}.get(self.cleaned_data["is_held"])

    def clean_link(self) -> str:
        link = self.cleaned_data["link"]
        if link and not link.startswith("https://"):
            raise forms.ValidationError("Tautan dimulai dengan https://.")
        return link

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in ("copy_pages", "copy_price", "shipping_cost", "other_cost"):
            if name in cleaned:
                cleaned[name] = cleaned[name] or 0
        return cleaned


class SubmitDecisionForm(DecisionForm):
    """The same, and nothing that the law wants said may be blank."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.errors:
            return cleaned
        items = {name: value for name, value in cleaned.items() if name != "version"}
        outgoing = self.case.attachments.filter(
            uploader__isnull=False, is_internal=False, message=None
        )
        for item in missing(Decision(case=self.case, **items), files=outgoing.count()):
            self.add_error(item if item in self.fields else None, SAYS[item])
        return cleaned


def _as_typed(decision: Decision | None) -> dict[str, Any]:
    if decision is None:
        return {}
    names = [name for _legend, names in DecisionForm.parts for name in names]
    typed = {name: getattr(decision, name) for name in names}
    typed["is_held"] = {True: "ya", False: "tidak", None: ""}[decision.is_held]
    return typed


def _draft(case: Case) -> Decision | None:
    return case.decisions.in_the_making().first()


def _may_check(case: Case, user: User) -> bool:
    if case.status != Status.IN_APPROVAL or not user.may("check_decision"):
        return False
    draft = _draft(case)
    return draft is not None and draft.checked_by_id is None and draft.author_id != user.pk


def _may_sign(case: Case, user: User) -> bool:
    if case.status != Status.IN_APPROVAL or not user.may("sign_decision"):
        return False
    draft = _draft(case)
    return (
        draft is not None
        and draft.checked_by_id is not None
        and user.pk not in (draft.author_id, draft.checked_by_id)
    )


def _always(case: Case) -> bool:
    return True


MOVES = [
    Move(
        "keputusan", "Susun keputusan", "Simpan konsep",
        DecisionForm, actions.draft_decision, may_draft,
        "Konsep keputusan disimpan.",
        "Pemberitahuan tertulis menurut UU 14/2008 Pasal 22 ayat (7). Dokumen yang diberikan "
        "ditambahkan lewat Tambah berkas.", is_main=_always,
    ),
    Move(
        "ajukan-keputusan", "", "Ajukan untuk diperiksa",
        SubmitDecisionForm, actions.submit_decision, may_draft,
        "Keputusan diajukan untuk diperiksa kepala seksi.",
    ),
    Move(
        "periksa-keputusan", "Periksa keputusan", "Sudah benar, teruskan ke PPID",
        MoveForm, actions.check_decision, _may_check,
        "Keputusan diperiksa dan menunggu tanda tangan PPID.",
        "Suratnya ada di bagian Keputusan.", is_main=_always,
    ),
    Move(
        "tandatangani", "Tanda tangani keputusan", "Tanda tangani dan kirim kepada pemohon",
        MoveForm, actions.sign_decision, _may_sign,
        "Keputusan ditandatangani dan dikirim kepada pemohon.",
        "Surat di bagian Keputusan terkirim apa adanya, dengan nomor dan berkasnya.",
        is_main=_always,
    ),
]  # fmt: skip


def _context(case: Case, user: User) -> dict[str, Any]:
    decisions = list(
        case.decisions.select_related(
            "author", "checked_by", "signed_by", "letter__attachment", "exclusion", "information"
        )
    )
    draft = next((decision for decision in decisions if decision.signed_at is None), None)
    return {
        "decisions": [
            {"row": decision, "items": wording.items(decision)}
            for decision in decisions
            if decision.signed_at
        ],
        "decision_draft": draft,
        "may_enter_objection": user.may(DUTY)
        and (case.answered_at is not None or bool(case.due_on and case.due_on < today())),
        "decision_items": wording.items(draft) if draft else [],
        "decision_letter": _letter_to_come(case, draft, user)
        if draft and case.status == Status.IN_APPROVAL
        else None,
    }


def _letter_to_come(case: Case, draft: Decision, user: User) -> Any:
    """The letter as it would leave now, but for its number; or why it cannot."""
    at = timezone.now()
    refuses = draft.outcome == Outcome.REFUSED
    code = LetterTemplate.Code.REFUSAL if refuses else LetterTemplate.Code.NOTICE
    try:
        template = template_for(code, case.language, at)
    except CaseError as error:
        return {"title": str(error), "body": ""}
    values = {
        name: str(value() if callable(value) else value)
        for name, value in wording.values(draft, at).items()
    } | common_values(case, number="…", signer=user, at=at)
    filled = fill_in(template.body, values, {"butir": wording.items(draft)})
    return {"title": template.title, "body": markdown.render(filled)}


PANEL = Panel("admin/inforequests/_decision_panel.html", _context)
