"""The lives that the requests of the golden year live, each step through a real verb."""

from collections.abc import Callable
from datetime import date, timedelta

import complaints.actions
import inforequests.actions as requesting
from cases import actions
from cases.actions import Identity
from cases.models import Case
from cases.workflow import Kind, Outcome, Privacy
from tests.factories import IDENTITY, ORDER, UPHELD

from .golden_life import COST, HARD, SOFT, YEAR, Life

APPLICANTS = [
    (IDENTITY, Privacy.OPEN),
    (
        Identity(
            kind="badan_hukum",
            full_name="=CMD|' /C calc'!A0",
            legal_entity_number="AHU-0012345",
            address="+62 Jalan Asia Afrika 8, Bandung",
            email="data@lembaga.example",
        ),
        Privacy.OPEN,
    ),
    (
        Identity(
            full_name="Budi Rahasia",
            nik="3273014507900004",
            address="Jalan Tersembunyi 1",
            phone="081200000001",
            occupation="Wartawan",
        ),
        Privacy.CONFIDENTIAL,
    ),
    (
        Identity(
            kind="kelompok",
            full_name="Kelompok Warga Cihampelas",
            nik="3273014507900005",
            address="Jalan Cihampelas 160",
            phone="081200000002",
            email="warga@cihampelas.example",
            occupation="Warga",
            proxy_name="Rina Kuasa",
            proxy_nik="3273014507900006",
        ),
        Privacy.OPEN,
    ),
]


def grant_on_paper(life: Life) -> None:
    life.to_work()
    life.decide(outcome=Outcome.GRANTED, **HARD, **COST)


def grant_by_mail(life: Life) -> None:
    life.to_work()
    life.decide(outcome=Outcome.GRANTED, files=2, **SOFT)
    actions.confirm_resolved(life.case, at=life.later(30))


def grant_and_hear_nothing(life: Life) -> None:
    life.to_work()
    life.decide(outcome=Outcome.GRANTED, files=1, **SOFT)
    assert actions.close_silent(life.case, at=life.later(24 * 40))


def grant_partly(life: Life) -> None:
    life.to_work()
    life.decide(
        outcome=Outcome.GRANTED_PARTLY,
        files=1,
        **SOFT,
        ground="h",
        exclusion=life.exclusion,
        redacted="Nama pemohon paspor",
        redaction_reason="Rahasia pribadi",
    )


def extend_and_grant(life: Life) -> None:
    life.to_work()
    actions.extend(
        life.case, actor=life.desk.head, reason="Data belum terdokumentasi.", at=life.later(24)
    )
    life.decide(outcome=Outcome.GRANTED, **HARD)


def complete_and_grant(life: Life) -> None:
    actions.request_completion(
        life.case, actor=life.desk.verifier, text="Tahun berapa?", at=life.later()
    )
    actions.complete(life.case, text="Tahun 2024.", at=life.later(24))
    grant_on_paper(life)


def return_and_grant(life: Life) -> None:
    life.to_work()
    life.submit(outcome=Outcome.GRANTED, **HARD)
    actions.return_draft(
        life.case, actor=life.desk.head, remarks="Lampirkan tabelnya.", at=life.later()
    )
    life.decide(outcome=Outcome.GRANTED, files=3, **SOFT)


def refuse(life: Life) -> None:
    life.to_work()
    life.decide(
        outcome=Outcome.REFUSED,
        is_held=True,
        ground="h",
        exclusion=life.exclusion,
        explanation="Memuat data pribadi.",
    )


def refuse_by_another_law(life: Life) -> None:
    life.to_work()
    life.decide(
        outcome=Outcome.REFUSED,
        is_held=True,
        ground="j",
        other_statute="UU 27/2022 Pasal 36",
        exclusion=life.exclusion,
        explanation="Dilindungi undang-undang lain.",
    )


def point_to_the_holder(life: Life) -> None:
    life.to_work()
    life.decide(outcome=Outcome.NOT_HELD, is_held=False, held_by="Ditjen Imigrasi")


def know_no_holder(life: Life) -> None:
    life.to_work()
    life.decide(outcome=Outcome.NOT_HELD, is_held=False, is_holder_unknown=True)


def promise_it(life: Life) -> None:
    life.to_work()
    life.decide(
        outcome=Outcome.NOT_YET_HELD,
        is_held=False,
        available_on=date(YEAR + 1, 6, 30),
        explanation="Rekap tahunan belum selesai.",
    )


def point_to_what_is_out(life: Life) -> None:
    life.to_work()
    life.decide(outcome=Outcome.PUBLISHED, is_held=True, link="https://kanim.example/laporan")


def answer_back_and_refuse(life: Life) -> None:
    grant_partly(life)
    actions.answer_back(life.case, text="Kurang lengkap.", at=life.later(24))
    life.decide(
        outcome=Outcome.REFUSED,
        is_held=True,
        ground="h",
        exclusion=life.exclusion,
        explanation="Sisanya dikecualikan.",
    )


def answer_back_and_wait(life: Life) -> None:
    grant_on_paper(life)
    actions.answer_back(life.case, text="Bukan ini.", at=life.later(24))


def reopen_and_grant(life: Life) -> None:
    refuse(life)
    actions.close(life.case, actor=life.desk.head, reason="Pemohon menelepon.", at=life.later(24))
    actions.reopen(life.case, actor=life.desk.ppid, reason="Ternyata ada.", at=life.later(24))
    life.decide(outcome=Outcome.GRANTED, files=1, **SOFT)


def withdraw_at_once(life: Life) -> None:
    life.end(actions.withdraw, Outcome.WITHDRAWN)


def withdraw_on_the_way(life: Life) -> None:
    life.to_work()
    life.end(actions.withdraw, Outcome.WITHDRAWN)


def withdraw_after_the_answer(life: Life) -> None:
    grant_on_paper(life)
    actions.withdraw(life.case, at=life.later())


def forward(life: Life) -> None:
    life.verify()
    life.end(
        actions.forward,
        Outcome.FORWARDED,
        actor=life.desk.head,
        body="Dinas Kependudukan",
        reason="Bukan wewenang kami.",
    )


def lapse(life: Life) -> None:
    actions.request_completion(
        life.case, actor=life.desk.verifier, text="Informasi apa?", at=life.later()
    )
    life.later(24 * 9)
    life.end(
        actions.archive,
        Outcome.INCOMPLETE_LAPSED,
        actor=life.desk.verifier,
        reason="Tidak dilengkapi.",
        outcome=Outcome.INCOMPLETE_LAPSED,
    )


def archive_and_reopen(life: Life) -> None:
    life.to_work()
    actions.archive(life.case, actor=life.desk.head, reason="Tidak jelas.", at=life.later())
    actions.reopen(life.case, actor=life.desk.head, reason="Sudah jelas.", at=life.later())


def mark_as_duplicate(life: Life) -> None:
    original = Case.objects.filter(kind=Kind.INFORMATION_REQUEST).earliest("pk")
    life.end(actions.mark_duplicate, Outcome.DUPLICATE, actor=life.desk.verifier, original=original)


def wait(life: Life) -> None:
    """Nobody has looked at it yet."""


def wait_in_work(life: Life) -> None:
    life.to_work()


def wait_for_the_signature(life: Life) -> None:
    life.to_work()
    life.submit(outcome=Outcome.GRANTED, **HARD)
    requesting.check_decision(life.case, actor=life.desk.head, at=life.later())


def become_a_complaint(life: Life) -> None:
    complaints.actions.adopt(life.case, actor=life.desk.verifier, at=life.later())
    life.expected.leaves_the_register = True


def be_upheld_and_accept(life: Life) -> None:
    refuse(life)
    objection = life.object_to_it("a")
    life.answer_objection(objection, **UPHELD)
    actions.confirm_resolved(objection, at=life.later(24))
    life.objections[objection.pk].reaction = "menerima"


def win_and_be_given(life: Life) -> None:
    refuse_by_another_law(life)
    life.answer_objection(life.object_to_it("ad"), **ORDER)
    life.decide(outcome=Outcome.GRANTED, files=1, **SOFT)


def hear_nothing_and_win(life: Life) -> None:
    life.to_work()
    life.later(24 * 30)
    life.answer_objection(life.object_to_it("cg"), **(ORDER | {"outcome": Outcome.GRANTED_PARTLY}))
    life.decide(outcome=Outcome.GRANTED, **HARD)


def go_to_the_commission(life: Life) -> None:
    grant_partly(life)
    objection = life.object_to_it("df")
    life.answer_objection(objection, **UPHELD)
    number = f"S-{objection.pk}/KI/{YEAR}"
    filed = life.later(24 * 5)
    requesting.record_dispute(
        objection, actor=life.desk.ppid, number=number, filed_on=filed.date(), at=life.later(30)
    )
    requesting.update_dispute(
        objection,
        actor=life.desk.office_head,
        route="mediasi",
        result="kesepakatan",
        decided_on=filed.date() + timedelta(days=1),
        at=life.later(24 * 3),
    )
    life.objections[objection.pk].reaction = number


def object_and_wait(life: Life) -> None:
    point_to_the_holder(life)
    life.object_to_it("e")


def object_and_take_it_back(life: Life) -> None:
    promise_it(life)
    objection = life.object_to_it("abcdefg")
    actions.withdraw(objection, at=life.later(24))


def miss_what_should_be_out(life: Life) -> None:
    """Beside a request, an objection that needs none (ground b)."""
    wait_in_work(life)
    objection = life.object_to_it(
        "b",
        request=None,
        periodic_information="Laporan keuangan semester I",
        identity=APPLICANTS[0][0],
    )
    life.answer_objection(objection, **ORDER)


LIVES: list[Callable[[Life], None]] = [
    grant_by_mail,
    grant_on_paper,
    refuse,
    grant_partly,
    extend_and_grant,
    point_to_the_holder,
    complete_and_grant,
    withdraw_at_once,
    grant_and_hear_nothing,
    point_to_what_is_out,
    refuse_by_another_law,
    forward,
    lapse,
    return_and_grant,
    know_no_holder,
    promise_it,
    answer_back_and_refuse,
    withdraw_on_the_way,
    mark_as_duplicate,
    grant_by_mail,
    reopen_and_grant,
    answer_back_and_wait,
    withdraw_after_the_answer,
    archive_and_reopen,
    become_a_complaint,
    be_upheld_and_accept,
    win_and_be_given,
    hear_nothing_and_win,
    go_to_the_commission,
    object_and_wait,
    object_and_take_it_back,
    miss_what_should_be_out,
]
UNFINISHED: list[Callable[[Life], None]] = [wait, wait_in_work, wait_for_the_signature]
