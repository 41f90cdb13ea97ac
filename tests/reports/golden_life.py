"""One request of the golden year on its way, and what is expected to come of it."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

import inforequests.actions as requesting
from cases import actions
from cases.models import Case
from cases.workflow import Outcome
from infocontent.models import Exclusion
from office.uploads import StoredFile
from tests.factories import WIB, Desk

YEAR = 2025
_tokens = count(1)


@dataclass
class Expected:
    """What the one who wrote the script says of a request; words are codes."""

    outcome: str = ""
    told_on: date | None = None
    given: bool = False
    leaves_the_register: bool = False


@dataclass
class ExpectedObjection:
    outcome: str = ""
    told_on: date | None = None
    reaction: str = ""


@dataclass
class Life:
    """One request on its way; each step takes place some hours after the last one."""

    case: Case
    desk: Desk
    at: datetime
    exclusion: Exclusion
    document: StoredFile
    expected: Expected = field(default_factory=Expected)
    objections: dict[int, ExpectedObjection] = field(default_factory=dict)

    def later(self, hours: float = 5) -> datetime:
        self.at += timedelta(hours=hours)
        return self.at

    def verify(self) -> None:
        actions.verify(
            self.case, actor=self.desk.verifier, section=self.desk.section, at=self.later()
        )

    def assign(self) -> None:
        desk = self.desk
        actions.assign(
            self.case,
            actor=desk.verifier,
            section=desk.section,
            assignee=desk.officer,
            at=self.later(),
        )

    def start(self) -> None:
        actions.start(self.case, actor=self.desk.officer, at=self.later())

    def to_work(self) -> None:
        self.verify()
        self.assign()
        self.start()

    def submit(self, **items: Any) -> None:
        requesting.submit_decision(self.case, actor=self.desk.officer, at=self.later(60), **items)

    def decide(self, *, files: int = 0, **items: Any) -> None:
        """Drafted, checked and signed; documents enclosed where there are any."""
        if files:
            actions.add_files(
                self.case,
                actor=self.desk.officer,
                files=[
                    replace(self.document, token=f"tahun-emas-{next(_tokens)}")
                    for _ in range(files)
                ],
                is_internal=False,
                at=self.later(1),
            )
        self.submit(**items)
        requesting.check_decision(self.case, actor=self.desk.head, at=self.later(20))
        requesting.sign_decision(self.case, actor=self.desk.ppid, at=self.later(30))
        self.expected.outcome = str(items["outcome"])
        self.expected.told_on = self.at.astimezone(WIB).date()
        self.expected.given = bool(files)

    def end(self, verb: Callable[..., Any], meant: str, /, **how: Any) -> None:
        verb(self.case, at=self.later(), **how)
        self.expected.outcome = meant

    def object_to_it(self, grounds: str, **how: Any) -> Case:
        case = requesting.lodge_objection(
            request=how.pop("request", self.case),
            grounds=grounds,
            narrative="Saya tidak puas.",
            purpose="Penelitian lanjutan",
            at=self.later(48),
            **how,
        )
        self.objections[case.pk] = ExpectedObjection()
        return case

    def answer_objection(self, case: Case, **items: Any) -> None:
        desk, section = self.desk, self.desk.section
        actions.verify(case, actor=desk.verifier, section=section, at=self.later())
        actions.assign(
            case, actor=desk.verifier, section=section, assignee=desk.officer, at=self.later()
        )
        actions.start(case, actor=desk.officer, at=self.later())
        if items["outcome"] != Outcome.REFUSED:
            items["order_until"] = (self.at + timedelta(days=40)).date()
        requesting.submit_answer(case, actor=desk.officer, at=self.later(70), **items)
        requesting.decide_objection(case, actor=desk.office_head, at=self.later(50))
        expected = self.objections[case.pk]
        expected.outcome = str(items["outcome"])
        expected.told_on = self.at.astimezone(WIB).date()


HARD = {"is_held": True, "material": "Tabel per bulan", "delivery": "langsung", "form": "hardcopy"}
SOFT = {**HARD, "delivery": "email", "form": "softcopy"}
COST = {"copy_pages": 12, "copy_price": 500, "shipping_cost": 15_000, "payment": "Tunai di loket"}
