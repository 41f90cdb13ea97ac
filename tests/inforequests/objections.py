"""Requests at every point from which an objection may start, and objections at every step."""

from datetime import timedelta
from typing import Any

from cases import actions
from cases.models import Case
from cases.workflow import Kind, Outcome, Status
from infocontent.models import Exclusion
from inforequests.actions import (
    check_decision,
    decide_objection,
    lodge_objection,
    sign_decision,
    submit_answer,
    submit_decision,
)
from tests.factories import DECISION, NOW, ORDER, Desk, make_case

from .exclusions import make_exclusion

AGO = NOW - timedelta(days=28)
GRANTED = DECISION
REFUSED = {
    "outcome": Outcome.REFUSED,
    "is_held": True,
    "ground": "h",
    "explanation": "Memuat data pribadi orang lain.",
}
PARTLY = {
    **DECISION,
    **REFUSED,
    "outcome": Outcome.GRANTED_PARTLY,
    "redacted": "Nama pemohon paspor",
    "redaction_reason": "Rahasia pribadi",
}
NOT_HELD = {"outcome": Outcome.NOT_HELD, "is_held": False, "is_holder_unknown": True}


def make_decided(desk: Desk, at: Any, decision: dict[str, Any] | None = None, **more: Any) -> Case:
    """A request that was decided five minutes after it came, by the three hands."""
    case = make_case(Kind.INFORMATION_REQUEST, Status.IN_PROGRESS, desk=desk, at=at, **more)
    items = dict(decision or GRANTED)
    if items["outcome"] in (Outcome.REFUSED, Outcome.GRANTED_PARTLY):
        items["exclusion"] = Exclusion.objects.first() or make_exclusion()
    decide(case, desk, at + timedelta(minutes=5), **items)
    return Case.objects.get(pk=case.pk)


def decide(case: Case, desk: Desk, at: Any, **items: Any) -> None:
    """Draft, check and sign a new decision."""
    submit_decision(case, actor=desk.officer, at=at, **(items or GRANTED))
    check_decision(case, actor=desk.head, at=at)
    sign_decision(case, actor=desk.ppid, at=at)


def make_objection(request: Case, at: Any = NOW, **more: Any) -> Case:
    words = {"grounds": "e", "narrative": "Saya belum menerima datanya.", "purpose": "Penelitian"}
    return lodge_objection(request=request, at=at, **{**words, **more})


def bring(objection: Case, desk: Desk, at: Any = NOW, answer: dict[str, Any] | None = None) -> Case:
    """To the Atasan PPID, or into work where there is no answer yet."""
    actions.verify(objection, actor=desk.verifier, section=desk.section, at=at)
    actions.assign(
        objection, actor=desk.verifier, section=desk.section, assignee=desk.officer, at=at
    )
    actions.start(objection, actor=desk.officer, at=at)
    if answer:
        submit_answer(objection, actor=desk.officer, at=at, **answer)
    return objection


def order(days: int = 7) -> dict[str, Any]:
    return {**ORDER, "order_until": NOW.date() + timedelta(days=days)}


def uphold(request: Case, desk: Desk, **more: Any) -> Case:
    """An objection that the Atasan PPID finds right."""
    objection = bring(make_objection(request, **more), desk, answer=order())
    decide_objection(objection, actor=desk.office_head, at=NOW)
    return objection


def lapsed() -> Case:
    """A request of four weeks ago that nobody answered."""
    return make_case(Kind.INFORMATION_REQUEST, at=AGO)


def again(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)
