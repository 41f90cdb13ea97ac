"""A small year of the office, brought about by the verbs, with the moments said."""

from datetime import date, datetime
from itertools import count
from typing import Any

from cases import actions
from cases.actions.corresponding import send_letter
from cases.models import Case, LetterTemplate
from cases.workflow import Kind, Outcome, Status
from infocontent.models import Exclusion, Topic
from inforequests import actions as requests
from inforequests.models import Dispute, Objection, ObjectionAnswer
from tests.factories import DECISION, IDENTITY, WIB, Desk, make_case

_numbers = count(1)


def moment(day: str, hour: int = 9) -> datetime:
    return datetime.fromisoformat(day).replace(hour=hour, tzinfo=WIB)


def make_exclusion(ground: str = "h") -> Exclusion:
    return Exclusion.objects.create(
        title="Data pribadi pemohon paspor",
        ground=ground,
        legal_basis="UU 27/2022",
        if_opened="Membuka data pribadi.",
        if_closed="Melindungi pemohon.",
        holder="Seksi Tikkim",
        decree_number="W.1-2025",
        decree_on=date(2025, 1, 10),
        tested_on=date(2025, 1, 5),
        tested_at_place="Bandung",
        participants="PPID",
        starts_on=date(2025, 1, 10),
        ends_on=date(2029, 1, 10),
    )


def decision(outcome: str, *, ground: str = "h", statute: str = "") -> dict[str, Any]:
    """The columns of a decision that says all that the law wants of this outcome."""
    exclusion = Exclusion.objects.first() or make_exclusion()
    kept_back = {"ground": ground, "other_statute": statute, "exclusion": exclusion}
    return {
        **(DECISION if outcome in (Outcome.GRANTED, Outcome.GRANTED_PARTLY) else {}),
        **{
            Outcome.GRANTED: {},
            Outcome.GRANTED_PARTLY: {
                **kept_back, "redacted": "Nama", "redaction_reason": "Data pribadi",
            },
            Outcome.REFUSED: {**kept_back, "is_held": True, "explanation": "Dikecualikan."},
            Outcome.NOT_HELD: {"is_held": False, "held_by": "Polda Jawa Barat"},
            Outcome.NOT_YET_HELD: {
                "is_held": False, "available_on": date(2027, 6, 1), "explanation": "Disusun.",
            },
            Outcome.PUBLISHED: {"is_held": True, "link": "https://kanim.example/data"},
        }[Outcome(outcome)],
        "outcome": outcome,
    }  # fmt: skip


def request(desk: Desk, day: str, *, topic: str = "paspor-baru", **lodged: Any) -> Case:
    """One that came in and was given to the officer the same morning."""
    return make_case(
        Kind.INFORMATION_REQUEST,
        Status.IN_PROGRESS,
        desk=desk,
        at=moment(day),
        topic=Topic.objects.get(code=topic) if topic else None,
        **lodged,
    )


def decide(case: Case, desk: Desk, day: str, outcome: str, **grounds: str) -> Case:
    at = moment(day, 13)
    requests.submit_decision(case, actor=desk.officer, at=at, **decision(outcome, **grounds))
    requests.check_decision(case, actor=desk.head, at=at)
    requests.sign_decision(case, actor=desk.ppid, at=at)
    return case


def objection(to: Case | None, day: str, grounds: str) -> Case:
    """Written as it arrives; the verbs of objections are tested elsewhere."""

    def detail(case: Case) -> None:
        Objection.objects.create(
            case=case,
            request=to,
            grounds=grounds,
            purpose="Penelitian",
            periodic_information="" if to else "Laporan keuangan",
        )

    return actions.register(
        kind=Kind.OBJECTION,
        subject="Keberatan",
        narrative="Jawabannya tidak sesuai.",
        identity=IDENTITY,
        at=moment(day),
        beside=[detail],
    )


def answer(case: Case, desk: Desk, day: str, outcome: str, *, until: str = "") -> None:
    at = moment(day, 14)
    letter, _message = send_letter(
        case,
        LetterTemplate.Code.OBJECTION_ANSWER,
        signer=desk.office_head,
        signer_title="Atasan PPID",
        at=at,
        values={},
    )
    upheld = outcome != Outcome.REFUSED
    ObjectionAnswer.objects.create(
        case=case,
        outcome=outcome,
        answer="Keberatan kami periksa.",
        reasons="" if upheld else "Alasannya tetap berlaku.",
        order="Berikan informasinya." if upheld else "",
        order_until=date.fromisoformat(until) if upheld else None,
        author=desk.officer,
        signed_by=desk.office_head,
        signed_at=at,
        letter=letter,
    )


def dispute(case: Case, desk: Desk, day: str, **more: Any) -> Dispute:
    return Dispute.objects.create(
        case=case,
        number=f"{next(_numbers):03d}/KI-JABAR/2026",
        filed_on=date.fromisoformat(day),
        recorded_by=desk.ppid,
        **more,
    )


def small_year(desk: Desk) -> dict[str, Case]:
    """2026, small enough to be counted by hand (see test_figures.py)."""
    cases: dict[str, Case] = {}
    # Of the year before: decided in this one, and never counted as received in it.
    cases["rest"] = request(desk, "2025-12-29")
    decide(cases["rest"], desk, "2026-01-08", Outcome.GRANTED)
    cases["granted"] = request(desk, "2026-03-02")
    decide(cases["granted"], desk, "2026-03-09", Outcome.GRANTED)
    cases["partly"] = request(desk, "2026-03-02", channel="yankomas")
    decide(cases["partly"], desk, "2026-03-10", Outcome.GRANTED_PARTLY)
    # Over Nyepi and Idul Fitri: 11 working days, a day too many.
    cases["late_refusal"] = request(desk, "2026-03-03")
    decide(cases["late_refusal"], desk, "2026-03-25", Outcome.REFUSED, ground="j")
    cases["statute"] = request(desk, "2026-04-06", topic="")
    decide(cases["statute"], desk, "2026-04-08", Outcome.REFUSED, ground="", statute="UU 6/2011")
    cases["not_held"] = request(desk, "2026-05-04", channel="surat")
    decide(cases["not_held"], desk, "2026-05-05", Outcome.NOT_HELD)
    cases["not_yet"] = request(desk, "2026-05-04")
    decide(cases["not_yet"], desk, "2026-05-06", Outcome.NOT_YET_HELD)
    cases["published"] = request(desk, "2026-05-04")
    decide(cases["published"], desk, "2026-05-04", Outcome.PUBLISHED)
    cases["extended"] = request(desk, "2026-06-02")
    actions.extend(
        cases["extended"], actor=desk.head, reason="Belum lengkap.", at=moment("2026-06-10")
    )
    decide(cases["extended"], desk, "2026-06-24", Outcome.GRANTED)
    cases["withdrawn"] = request(desk, "2026-07-01")
    actions.withdraw(cases["withdrawn"], at=moment("2026-07-02"))
    cases["lapsed"] = request(desk, "2026-07-01")
    actions.archive(
        cases["lapsed"],
        actor=desk.ppid,
        reason="Tidak dilengkapi.",
        outcome=Outcome.INCOMPLETE_LAPSED,
        at=moment("2026-07-10"),
    )
    cases["forwarded"] = request(desk, "2026-07-01")
    actions.forward(
        cases["forwarded"],
        actor=desk.ppid,
        body="Kementerian",
        reason="Bukan wewenang kantor ini.",
        at=moment("2026-07-03"),
    )
    # Decided twice: counted once, by the first decision.
    cases["twice"] = request(desk, "2026-08-03")
    decide(cases["twice"], desk, "2026-08-05", Outcome.REFUSED)
    actions.answer_back(cases["twice"], text="Belum lengkap.", at=moment("2026-08-06"))
    decide(cases["twice"], desk, "2026-08-10", Outcome.GRANTED)
    cases["overdue"] = request(desk, "2026-11-02")
    cases["open"] = request(desk, "2026-12-29")
    # Decided only after the year: still open at its end.
    cases["decided_after"] = request(desk, "2026-12-28")
    decide(cases["decided_after"], desk, "2027-01-06", Outcome.GRANTED)
    _objections(cases, desk)
    return cases


def _objections(cases: dict[str, Case], desk: Desk) -> None:
    cases["upheld"] = objection(cases["twice"], "2026-08-06", "ad")
    answer(cases["upheld"], desk, "2026-08-07", Outcome.GRANTED, until="2026-08-21")
    cases["partly_upheld"] = objection(cases["late_refusal"], "2026-04-01", "a")
    answer(cases["partly_upheld"], desk, "2026-04-10", Outcome.GRANTED_PARTLY, until="2026-04-20")
    cases["rejected"] = objection(cases["statute"], "2026-04-13", "a")
    answer(cases["rejected"], desk, "2026-06-30", Outcome.REFUSED)
    cases["unanswered"] = objection(None, "2026-12-21", "b")
    dispute(
        cases["rejected"],
        desk,
        "2026-07-06",
        route="mediasi",
        result="kesepakatan",
        decided_on=date(2026, 9, 1),
    )
    dispute(
        cases["partly_upheld"],
        desk,
        "2026-04-20",
        route="ajudikasi",
        result="ditolak",
        decided_on=date(2027, 1, 20),
        court="Gugatan ke PTUN Bandung",
    )
