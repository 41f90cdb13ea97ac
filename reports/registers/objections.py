"""Register Keberatan (UU 14/2008 Ps 35-36, columns a to k), each cell from a real event.

| column | value | event |
|---|---|---|
| a, b, c, f, g | the case, its applicant, Objection | receipt of the objection |
| d, e | the request, or the periodic information that was missing | receipt of the request |
| h, i, j | signed ObjectionAnswer | answer of the Atasan PPID |
| k | Dispute, else that the citizen confirmed | record of the dispute, else that confirmation |
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from cases.models import Case
from cases.workflow import Kind, outcome_label
from inforequests.models import Dispute, Ground, Objection, ObjectionAnswer
from office.calendar import today
from office.models import User

from .columns import Column, Source, Style
from .people import People, Person
from .requests import CaseRow
from .traces import Trace, source, traces

IDENTITY = "c. Identitas Lengkap Pemohon dan/atau Kuasa"
ANSWERED_ON = "i. Hari dan Tanggal Pemberian Tanggapan"
GROUNDS = "g. Alasan Keberatan (Pasal 35 ayat (1) huruf)"


@dataclass(frozen=True)
class ObjectionEntry:
    """One line of the register, before it is put into cells."""

    case: CaseRow
    person: Person
    trace: Trace
    objection: Objection | None
    request_received: Source | None
    answer: ObjectionAnswer | None
    dispute: str

    @property
    def request_number(self) -> str:
        request = self.objection.request if self.objection else None
        return request.reference if request else ""

    @property
    def wanted(self) -> str:
        """What was asked for; the request's own words only for those who may see the request."""
        objection = self.objection
        if objection and objection.request and self.request_received:
            return objection.request.subject
        return (objection.periodic_information if objection else "") or self.case.subject

    @property
    def purpose(self) -> str:
        return self.objection.purpose if self.objection else ""

    @property
    def outcome(self) -> str:
        return outcome_label(Kind.OBJECTION, self.answer.outcome) if self.answer else ""

    @property
    def answered_on(self) -> date | None:
        return today(self.answer.signed_at) if self.answer and self.answer.signed_at else None

    @property
    def superior(self) -> str:
        return f"{self.answer.signed_by}, Atasan PPID" if self.answer else ""

    @property
    def reaction(self) -> str:
        if self.dispute:
            return f"Sengketa: {self.dispute}"
        return "Menerima" if self.trace.accepted else ""


def read(cases: list[CaseRow], people: People, user: User) -> list[ObjectionEntry]:
    """The entries of some cases, in a fixed number of queries."""
    keys = [case.pk for case in cases]
    histories, persons = traces(keys), people.of((case.pk, case.privacy) for case in cases)
    objections = {
        row.case_id: row
        for row in Objection.objects.filter(case__in=keys)
        .select_related("request")
        .only(
            "case",
            "grounds",
            "purpose",
            "periodic_information",
            "request__reference",
            "request__subject",
        )
    }
    asked = {row.request_id for row in objections.values() if row.request_id}
    visible = set(Case.objects.visible_to(user).filter(pk__in=asked).values_list("pk", flat=True))
    answers = {
        row.case_id: row
        for row in ObjectionAnswer.objects.filter(case__in=keys, signed_at__isnull=False)
        .order_by("signed_at", "pk")
        .select_related("signed_by")
    }
    disputes = dict(Dispute.objects.filter(case__in=keys).values_list("case", "number"))
    entries = []
    for case in cases:
        objection = objections.get(case.pk)
        request = objection.request_id if objection else None
        entries.append(
            ObjectionEntry(
                case,
                persons[case.pk],
                histories[case.pk],
                objection,
                # The receipt is the first line of every history.
                Source(request, 1) if request in visible else None,
                answers.get(case.pk),
                disputes.get(case.pk, ""),
            )
        )
    return entries


def _received(entry: ObjectionEntry) -> Source | None:
    return source(entry.trace.received)


def _requested(entry: ObjectionEntry) -> Source | None:
    return entry.request_received


def _wanted(entry: ObjectionEntry) -> Source | None:
    return entry.request_received or _received(entry)


def _answered(entry: ObjectionEntry) -> Source | None:
    return source(entry.trace.answered)


def _reacted(entry: ObjectionEntry) -> Source | None:
    return source(entry.trace.disputed or entry.trace.accepted)


def _received_on(entry: ObjectionEntry) -> date:
    return today(entry.case.received_at)


def _has_ground(letter: str) -> Callable[[ObjectionEntry], bool]:
    return lambda entry: entry.objection is not None and letter in entry.objection.grounds


# fmt: off
COLUMNS: list[Column] = [
    Column("a. Nomor Registrasi Keberatan", 16, lambda entry: entry.case.reference, _received),
    Column("b. Tanggal Diterima", 14, _received_on, _received, Style.DAY),
    Column(IDENTITY, 36, lambda entry: entry.person.in_full, _received),
    Column("d. Nomor Pendaftaran Permohonan", 16, lambda entry: entry.request_number, _requested),
    Column("e. Informasi yang Diminta", 36, lambda entry: entry.wanted, _wanted),
    Column("f. Tujuan Penggunaan", 28, lambda entry: entry.purpose, _received),
    *(
        Column(letter, 4, _has_ground(letter), _received, Style.TICK, GROUNDS)
        for letter in Ground.values
    ),
    Column("h. Keputusan Atasan PPID", 24, lambda entry: entry.outcome, _answered),
    Column(ANSWERED_ON, 26, lambda entry: entry.answered_on, _answered, Style.WEEKDAY),
    Column("j. Nama dan Posisi Atasan PPID", 28, lambda entry: entry.superior, _answered),
    Column("k. Tanggapan Pemohon (menerima/sengketa)", 20, lambda entry: entry.reaction, _reacted),
]
# fmt: on
