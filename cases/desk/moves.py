"""The verbs of the desk in one table, and the one place that decides which of them are offered now.

The table only offers; the verbs in cases.actions guard themselves again under the row lock.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format

from office.calendar import today
from office.models import User

from .. import actions
from ..deadlines import Step
from ..models import Case
from ..workflow import ANSWERED_BY_LETTER, FINAL, FLOW, Kind, Privacy, Status
from . import forms
from .reclassifying import ReclassifyForm


@dataclass(frozen=True)
class Move:
    """One verb: its word in the address, its form, its action, and when it is offered to whom.

    A move without a label of its own is a second button in the form of the move before it.
    """

    verb: str
    label: str
    button: str
    form: type[forms.MoveForm]
    action: Callable[..., Any]
    is_possible: Callable[[Case, User], bool]
    done: str | Callable[[Case, Any], str]
    hint: str = ""
    is_main: Callable[[Case], bool] = lambda case: False
    is_dangerous: bool = False

    def said(self, case: Case, result: Any) -> str:
        return self.done(case, result) if callable(self.done) else self.done


def leads_to(case: Case, target: Status) -> bool:
    return target in FLOW[case.status]


def is_worker(case: Case, user: User) -> bool:
    """The case's own officer, a colleague while nobody has it, or the head of the section."""
    return user.may("work_case") and (
        case.assignee_id in (None, user.pk) or user.may("head_section")
    )


def _may_verify(case: Case, user: User) -> bool:
    return user.may("verify_case") and leads_to(case, Status.VERIFIED)


def may_draft(case: Case, user: User) -> bool:
    """Whether this person may write what the case is answered with."""
    return case.status == Status.IN_PROGRESS and is_worker(case, user)


def _may_draft_text(case: Case, user: User) -> bool:
    return case.kind not in ANSWERED_BY_LETTER and may_draft(case, user)


def _may_judge(case: Case, user: User) -> bool:
    duty = "decide_objection" if case.kind == Kind.OBJECTION else "approve_answer"
    return case.status == Status.IN_APPROVAL and user.may(duty)


def _may_approve(case: Case, user: User) -> bool:
    draft = getattr(case, "answer_draft", None)
    return (
        case.kind not in ANSWERED_BY_LETTER
        and _may_judge(case, user)
        and draft is not None
        and draft.author_id != user.pk
    )


def _may_extend(case: Case, user: User) -> bool:
    return (
        case.kind == Kind.INFORMATION_REQUEST
        and not case.is_extended
        and case.status
        in (Status.VERIFIED, Status.ASSIGNED, Status.IN_PROGRESS, Status.IN_APPROVAL)
        and (case.due_on is None or today() <= case.due_on)
        and user.may("extend_case")
    )


def _may_reclassify(case: Case, user: User) -> bool:
    # An objection was filed as one and stays one.
    return (
        case.kind != Kind.OBJECTION
        and user.may("verify_case")
        and case.status not in FINAL
        and not case.answered_at
    )


def may_set_topic(case: Case, user: User) -> bool:
    return user.may("verify_case") and case.status not in FINAL


def _may_reopen(case: Case, user: User) -> bool:
    return (
        case.status in (Status.DONE, Status.ARCHIVED)
        and not case.is_reopened
        and case.section_id is not None
        and user.may("close_case")
    )


def _may_end_as(status: Status) -> Callable[[Case, User], bool]:
    return lambda case, user: user.may("close_case") and leads_to(case, status)


def _reclassified(case: Case, computations: Any) -> str:
    said = f"Jenis kasus diubah menjadi {case.get_kind_display()}."
    answer = next((c for c in computations if c.step == Step.ANSWER and c.due == case.due_on), None)
    if answer and answer.due:
        said += (
            f" Tenggat dihitung ulang sejak diterima: {date_format(answer.due, 'j F Y')} "
            f"({answer.days} {answer.unit_label}, {answer.law})."
        )
    return said


def _extended(case: Case, _result: Any) -> str:
    due = f" Tenggat baru: {date_format(case.due_on, 'j F Y')}." if case.due_on else ""
    return f"Waktu diperpanjang dan pemohon diberi tahu.{due}"


_ALWAYS: Callable[[Case], bool] = lambda case: True  # noqa: E731 - it stands in the table below

_TABLE = [
    Move(
        "verifikasi", "Verifikasi", "Nyatakan lengkap dan verifikasi",
        forms.VerifyForm, actions.verify, _may_verify,
        "Kasus terverifikasi.", "Lengkap dan menjadi wewenang kantor ini.", is_main=_ALWAYS,
    ),
    Move(
        "disposisi", "Disposisi", "Disposisikan",
        forms.AssignForm, actions.assign,
        lambda case, user: user.may("assign_case") and leads_to(case, Status.ASSIGNED),
        lambda case, _result: f"Kasus didisposisi ke {case.assignee or case.section}.",
        is_main=lambda case: case.assignee_id is None,
    ),
    Move(
        "mulai", "Mulai kerjakan", "Mulai kerjakan",
        forms.MoveForm, actions.start,
        lambda case, user: case.status == Status.ASSIGNED and is_worker(case, user),
        "Kasus ini sekarang Anda kerjakan.", is_main=_ALWAYS,
    ),
    Move(
        "konsep", "Susun jawaban", "Simpan konsep",
        forms.DraftForm, actions.save_draft, _may_draft_text,
        "Konsep jawaban disimpan.", is_main=_ALWAYS,
    ),
    Move(
        "ajukan", "", "Ajukan untuk persetujuan",
        forms.SubmitForm, actions.submit, _may_draft_text,
        "Konsep diajukan untuk persetujuan.",
    ),
    Move(
        "setujui", "Setujui dan kirim", "Setujui dan kirim kepada warga",
        forms.MoveForm, actions.approve, _may_approve,
        "Jawaban disetujui dan dikirim kepada warga.",
        "Konsep di samping terkirim apa adanya.", is_main=_ALWAYS,
    ),
    Move(
        "kembalikan", "Kembalikan konsep", "Kembalikan dengan catatan",
        forms.ReturnForm, actions.return_draft, _may_judge,
        "Konsep dikembalikan kepada penyusunnya.", is_main=_ALWAYS,
    ),
    Move(
        "tandai-dibaca", "Tandai pesan warga sudah dibaca", "Sudah saya baca",
        forms.MoveForm, actions.mark_read,
        lambda case, user: case.citizen_wrote_at is not None and case.status not in FINAL,
        "Pesan warga ditandai sudah dibaca.", is_main=_ALWAYS,
    ),
    Move(
        "minta-lengkapi", "Minta warga melengkapi", "Kirim permintaan",
        forms.RequestCompletionForm, actions.request_completion,
        lambda case, user: user.may("verify_case") and leads_to(case, Status.INCOMPLETE),
        "Permintaan kelengkapan dikirim kepada warga.",
        "Tenggat jawaban tetap berjalan.",
    ),
    Move(
        "catatan", "Catatan internal", "Simpan catatan",
        forms.NoteForm, actions.note, lambda case, user: True,
        "Catatan disimpan.",
    ),
    Move(
        "berkas", "Tambah berkas", "Simpan berkas",
        forms.FilesForm, actions.add_files, lambda case, user: True,
        "Berkas disimpan.",
    ),
    Move(
        "perpanjang", "Perpanjang waktu", "Perpanjang satu kali",
        forms.ExtendForm, actions.extend, _may_extend, _extended,
        "Hanya satu kali, dengan alasan tertulis.",
    ),
    Move(
        "terlapor", "Catat petugas terlapor", "Catat petugas terlapor",
        forms.NameReportedForm, actions.name_reported,
        lambda case, user: case.kind == Kind.COMPLAINT and user.may("verify_case"),
        "Petugas terlapor dicatat.",
    ),
    Move(
        "topik", "Tetapkan topik", "Simpan topik",
        forms.TopicForm, actions.set_topic, may_set_topic,
        lambda case, _result: f"Topik ditetapkan: {case.topic}.",
        "Koreksi Anda dipelajari untuk saran berikutnya.",
    ),
    Move(
        "ubah-jenis", "Ubah jenis kasus", "Ubah jenis",
        ReclassifyForm, actions.reclassify, _may_reclassify, _reclassified,
        "Nomor, waktu terima, dan riwayat tetap.", is_dangerous=True,
    ),
    Move(
        "teruskan", "Teruskan ke instansi lain", "Teruskan",
        forms.ForwardForm, actions.forward, _may_end_as(Status.FORWARDED),
        "Kasus diteruskan dan warga diberi tahu.", is_dangerous=True,
    ),
    Move(
        "duplikat", "Tandai duplikat", "Tandai duplikat",
        forms.DuplicateForm, actions.mark_duplicate, _may_end_as(Status.DUPLICATE),
        "Kasus ditandai duplikat.", is_dangerous=True,
    ),
    Move(
        "tutup", "Tutup kasus", "Tutup",
        forms.CloseForm, actions.close, _may_end_as(Status.DONE),
        "Kasus ditutup.",
        "Misalnya karena warga menyatakan selesai lewat telepon.", is_dangerous=True,
    ),
    Move(
        "arsipkan", "Arsipkan tanpa jawaban", "Arsipkan",
        forms.ArchiveForm, actions.archive, _may_end_as(Status.ARCHIVED),
        "Kasus diarsipkan.", is_dangerous=True,
    ),
    Move(
        "buka-kembali", "Buka kembali", "Buka kembali",
        forms.ReasonForm, actions.reopen, _may_reopen,
        "Kasus dibuka kembali.", "Hanya satu kali.",
    ),
]  # fmt: skip

MOVES: dict[str, Move] = {move.verb: move for move in _TABLE}
_OF_KIND: dict[str, list[Move]] = {}


def enter_moves(kind: str, moves: Iterable[Move]) -> None:
    """Add a kind's own verbs to the desk; they are offered before the common ones."""
    for move in moves:
        MOVES[move.verb] = move
        _OF_KIND.setdefault(kind, []).append(move)


def possible(case: Case, user: User) -> list[Move]:
    """What this person can do with this case now, in the order of the desk."""
    offered = [*_OF_KIND.get(case.kind, []), *_TABLE]
    return [move for move in offered if move.is_possible(case, user)]


def may_reveal(case: Case, user: User) -> bool:
    """Whether there is an identity that this person may open for a purpose."""
    return case.identity is not None and user.may("reveal_identity") and may_see_masked(case, user)


def may_see_masked(case: Case, user: User) -> bool:
    """A confidential identity is not even hinted at for those who may not open it."""
    return case.privacy != Privacy.CONFIDENTIAL or user.may("reveal_confidential_identity")
