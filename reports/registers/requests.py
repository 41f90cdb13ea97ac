"""Register Permohonan Informasi (PERKI, columns of the annex), each cell from a real event.

| column | value | event |
|---|---|---|
| No, Tgl, Nama .. Pekerjaan, Informasi yang diminta | the case and its applicant | receipt |
| Tujuan, Jenis permohonan | InformationRequest | receipt, or the change of kind |
| Keputusan | signed Decision, else how the case ended | answer, else that end |
| Status informasi, Bentuk, Alasan penolakan, Biaya, Cara | signed Decision | answer |
| Pemberitahuan tertulis | day of the answer | answer |
| Pemberian informasi | the same day, if documents left with it | answer |

The answer is the last one that left (Decision.signed_at is its moment). Never decided: blank.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from cases.workflow import Outcome
from inforequests import wording
from inforequests.models import Decision, InformationRequest
from office.calendar import today
from office.models import User

from .columns import Column, Source, Style
from .people import People, Person
from .traces import Trace, source, traces

HELD = "Status Informasi: di bawah penguasaan"
FORM = "Bentuk Informasi yang Dikuasai"
ACCESS = "Jenis Permohonan"
DAYS = "Hari dan Tanggal"
COST = "Biaya & Cara Pembayaran"


class CaseRow(NamedTuple):
    """What is read of the case itself."""

    pk: int
    reference: str
    subject: str
    received_at: datetime
    privacy: str


@dataclass(frozen=True)
class RequestEntry:
    """One line of the register, before it is put into cells."""

    case: CaseRow
    person: Person
    trace: Trace
    purpose: str
    access: str
    decision: Decision | None

    @property
    def told_on(self) -> date | None:
        return today(self.trace.answered.at) if self.trace.answered else None

    @property
    def given_on(self) -> date | None:
        answered = self.trace.answered
        return today(answered.at) if answered and answered.data.get("files") else None

    @property
    def outcome(self) -> str:
        event = self.trace.answered or self.trace.ended
        return str(Outcome(event.data["outcome"]).label) if event else ""

    @property
    def not_held(self) -> str:
        decision = self.decision
        if decision is None or decision.is_held is not False:
            return ""
        return decision.held_by or "Tidak diketahui siapa yang menguasai"

    @property
    def refusal(self) -> str:
        return wording.ground(self.decision) if self.decision and self.decision.keeps_back else ""

    @property
    def payment(self) -> str:
        return self.decision.payment if self.decision else ""

    @property
    def cost(self) -> int | None:
        decision = self.decision
        if decision is None or not (decision.gives or decision.total_cost):
            return None
        return decision.total_cost


def read(cases: list[CaseRow], people: People, user: User) -> list[RequestEntry]:
    """The entries of some cases, in a fixed number of queries."""
    keys = [case.pk for case in cases]
    histories, persons = traces(keys), people.of((case.pk, case.privacy) for case in cases)
    details = {
        pk: (purpose, access)
        for pk, purpose, access in InformationRequest.objects.filter(case__in=keys).values_list(
            "case", "purpose", "access"
        )
    }
    named = [trace.answered.data.get("decision") for trace in histories.values() if trace.answered]
    decisions = (
        Decision.objects.signed()
        .defer("material", "redacted", "redaction_reason", "explanation")
        .in_bulk([pk for pk in named if pk])
    )
    entries = []
    for case in cases:
        trace = histories[case.pk]
        purpose, access = details.get(case.pk, ("", ""))
        decision = decisions.get(trace.answered.data.get("decision", 0)) if trace.answered else None
        entries.append(RequestEntry(case, persons[case.pk], trace, purpose, access, decision))
    return entries


def _received(entry: RequestEntry) -> Source | None:
    return source(entry.trace.received)


def _asked(entry: RequestEntry) -> Source | None:
    return source(entry.trace.asked)


def _answered(entry: RequestEntry) -> Source | None:
    return source(entry.trace.answered)


def _decided(entry: RequestEntry) -> Source | None:
    return source(entry.trace.answered or entry.trace.ended)


def _has_access(access: str) -> Callable[[RequestEntry], bool]:
    return lambda entry: entry.access == access


def _has_form(form: str) -> Callable[[RequestEntry], bool]:
    return lambda entry: entry.decision is not None and entry.decision.form == form


def _is_held(entry: RequestEntry) -> bool:
    return entry.decision is not None and entry.decision.is_held is True


Form, Access = Decision.Form, InformationRequest.Access
WEEKDAY = Style.WEEKDAY
# fmt: off
COLUMNS: list[Column] = [
    Column("No", 16, lambda entry: entry.case.reference, _received),
    Column("Tgl", 14, lambda entry: today(entry.case.received_at), _received, Style.DAY),
    Column("Nama", 22, lambda entry: entry.person.name, _received),
    Column("Alamat", 28, lambda entry: entry.person.address, _received),
    Column("Nomor Kontak", 22, lambda entry: entry.person.contact, _received),
    Column("Pekerjaan", 14, lambda entry: entry.person.occupation, _received),
    Column("Informasi yang Diminta", 36, lambda entry: entry.case.subject, _received),
    Column("Tujuan Penggunaan Informasi", 28, lambda entry: entry.purpose, _asked),
    Column("Ya", 6, _is_held, _answered, Style.TICK, HELD),
    Column("Tidak", 20, lambda entry: entry.not_held, _answered, over=HELD),
    Column("Softcopy", 10, _has_form(Form.SOFTCOPY), _answered, Style.TICK, FORM),
    Column("Hardcopy", 10, _has_form(Form.HARDCOPY), _answered, Style.TICK, FORM),
    Column("Melihat/Mengetahui", 12, _has_access(Access.INSPECT), _asked, Style.TICK, ACCESS),
    Column("Meminta Salinan", 12, _has_access(Access.COPY), _asked, Style.TICK, ACCESS),
    Column("Keputusan", 24, lambda entry: entry.outcome, _decided),
    Column("Alasan Penolakan", 28, lambda entry: entry.refusal, _answered),
    Column("Pemberitahuan Tertulis", 25, lambda entry: entry.told_on, _answered, WEEKDAY, DAYS),
    Column("Pemberian Informasi", 26, lambda entry: entry.given_on, _answered, WEEKDAY, DAYS),
    Column("Biaya", 12, lambda entry: entry.cost, _answered, Style.MONEY, COST),
    Column("Cara", 20, lambda entry: entry.payment, _answered, over=COST),
]
# fmt: on
