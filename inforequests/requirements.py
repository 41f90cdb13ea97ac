"""What a written notice has to say, by its outcome (UU 14/2008 Ps 22(7) a-g). The form, the verbs
and the pages ask here; the database keeps the same in the constraints of Decision.
"""

from collections.abc import Iterable
from typing import Any

from cases.workflow import Outcome

from .models import Decision, InformationRequest, ObjectionAnswer

O = Outcome  # noqa: E741 - a table of outcomes reads best with one letter
SAYS = {
    "outcome": "Pilih keputusannya.",
    "is_held": "Nyatakan apakah informasi dikuasai kantor ini (huruf a).",
    "held_by": "Sebutkan Badan Publik yang menguasai, atau nyatakan tidak diketahui (huruf b).",
    "available_on": "Sebutkan kapan informasi akan tersedia.",
    "ground": "Sebutkan huruf Pasal 17 atau undang-undang lain (huruf c).",
    "exclusion": "Pilih catatan uji konsekuensinya (Pasal 19).",
    "material": "Sebutkan materi yang diberikan (huruf d).",
    "redacted": "Sebutkan materi yang dihitamkan (huruf e).",
    "redaction_reason": "Sebutkan alasan penghitaman (huruf e).",
    "delivery": "Pilih cara penyampaian (huruf f).",
    "form": "Pilih bentuk informasi (huruf f).",
    "payment": "Ada biaya, jadi sebutkan cara membayarnya (huruf g).",
    "link": "Pilih baris DIP atau isi tautan tempat informasi itu terbit.",
    "explanation": "Jelaskan keputusan ini kepada pemohon dengan kata-kata sederhana.",
    "files": "Lampirkan dokumennya, atau pilih baris DIP yang memuatnya.",
}
_GIVES = ("material", "delivery", "form")
REQUIRED: dict[str, tuple[str, ...]] = {
    O.GRANTED: _GIVES,
    O.GRANTED_PARTLY: (*_GIVES, "ground", "exclusion", "redacted", "redaction_reason"),
    O.REFUSED: ("ground", "exclusion", "explanation"),
    O.NOT_HELD: ("held_by",),
    O.NOT_YET_HELD: ("available_on", "explanation"),
    O.PUBLISHED: ("link",),
}
# Whether the office controls it follows from these outcomes.
HELD = {O.GRANTED: True, O.GRANTED_PARTLY: True, O.NOT_HELD: False, O.NOT_YET_HELD: False}
# What two columns can say, either of them.
_EITHER = {
    "held_by": ("held_by", "is_holder_unknown"),
    "ground": ("ground", "other_statute"),
    "exclusion": ("exclusion_id",),
    "link": ("link", "information_id"),
}


def missing(decision: Decision, *, files: int) -> list[str]:
    """The items that are still blank, as keys of SAYS in the order of the law. `files` is how many
    documents would go out with it.
    """
    required: Iterable[str] = REQUIRED.get(decision.outcome, ())
    blank = [] if decision.outcome in REQUIRED else ["outcome"]
    if decision.is_held is None or decision.is_held != HELD.get(
        Outcome(decision.outcome), decision.is_held
    ):
        blank.append("is_held")
    blank += [
        item
        for item in required
        if not any(_said(decision, column) for column in _EITHER.get(item, (item,)))
    ]
    if decision.total_cost and not decision.payment.strip():
        blank.append("payment")
    if _goes_out_by_wire(decision) and not files and not decision.information_id:
        blank.append("files")
    return sorted(blank, key=list(SAYS).index)


def _said(decision: Decision, column: str) -> bool:
    return _is_said(getattr(decision, column))


def _is_said(value: Any) -> bool:
    return bool(value.strip() if isinstance(value, str) else value)


def _goes_out_by_wire(decision: Decision) -> bool:
    return decision.gives and decision.delivery == InformationRequest.Delivery.EMAIL


# What an objection's answer has to say (UU 14/2008 Ps 36(2)-(3)); kept by ObjectionAnswer too.
ANSWER_SAYS = {
    "outcome": "Pilih putusannya.",
    "answer": "Tuliskan tanggapan atas keberatan.",
    "reasons": "Tuliskan alasan keputusan PPID dikuatkan (Pasal 36 ayat (3)).",
    "order": "Tuliskan perintah kepada PPID.",
    "order_until": "Tentukan sampai kapan perintah itu dilaksanakan.",
}
ANSWER_REQUIRED: dict[str, tuple[str, ...]] = {
    O.GRANTED: ("answer", "order", "order_until"),
    O.GRANTED_PARTLY: ("answer", "order", "order_until"),
    O.REFUSED: ("answer", "reasons"),
}


def missing_in_answer(answer: ObjectionAnswer) -> list[str]:
    """The items that are still blank, as keys of ANSWER_SAYS."""
    required = ANSWER_REQUIRED.get(answer.outcome, ("outcome", "answer"))
    return [item for item in required if not _is_said(getattr(answer, item))]
