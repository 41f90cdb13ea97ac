import pytest

from cases import actions
from cases.models import Case
from cases.workflow import (
    ANSWER_OUTCOMES,
    FINAL,
    FLOW,
    OPEN,
    CaseError,
    Kind,
    NotAllowed,
    Outcome,
    StaleCase,
    Status,
)
from office.models import User
from tests.cases.snapshot import snapshot
from tests.cases.verbs import JOB_VERBS, OTHER_VERBS, STAFF_VERBS, VERBS
from tests.factories import codes, make_case, make_desk

pytestmark = pytest.mark.django_db

# They leave their event but change nothing that somebody else could overwrite.
QUIET = {"reveal_identity", "set_due", "remind_due_soon", "remind_overdue", "export_data"}
CELLS = [(name, status) for name in VERBS for status in Status]
ALLOWED = [(name, status) for name, status in CELLS if status in VERBS[name].moves]
REFUSED = [
    (name, status)
    for name, status in CELLS
    if status not in VERBS[name].moves and name not in JOB_VERBS
]
IDLE = [(name, status) for name in JOB_VERBS for status in Status if (name, status) not in ALLOWED]


def arrange(name: str, status: Status) -> tuple[Case, dict[str, object]]:
    verb, desk = VERBS[name], make_desk()
    case = make_case(verb.kind, status, desk=desk)
    # A section even before verification: a refusal must come from the flow, not from the scope.
    Case.objects.filter(pk=case.pk, section=None).update(section=desk.section)
    verb.before(case)
    actor: User | None = getattr(desk, verb.by) if verb.by else None
    return case, {"actor": actor, "desk": desk}


@pytest.mark.parametrize(("name", "status"), ALLOWED)
def test_a_verb_leads_where_the_flow_says_and_leaves_one_event(name, status):
    case, people = arrange(name, status)
    before = codes(case)

    VERBS[name].do(case, **people)

    stored = Case.objects.get(pk=case.pk)
    event = stored.events.last()
    assert stored.status == VERBS[name].moves[status]
    assert codes(stored) == [*before, VERBS[name].event]
    assert (event.actor, event.seq) == (people["actor"], len(before) + 1)
    assert stored.version == case.version == len(before) + (name not in QUIET)
    assert (stored.closed_at is None) == (stored.status in OPEN)


@pytest.mark.parametrize(("name", "status"), REFUSED)
def test_a_verb_from_any_other_status_is_refused_and_writes_nothing(name, status):
    case, people = arrange(name, status)
    # The other case of a duplicate is made by the verb's own preparation.
    before = (
        snapshot(case)
        if name != "mark_duplicate"
        else Case.objects.filter(pk=case.pk).values().get()
    )

    with pytest.raises(CaseError) as refusal:
        VERBS[name].do(case, **people)

    after = (
        snapshot(case)
        if name != "mark_duplicate"
        else Case.objects.filter(pk=case.pk).values().get()
    )
    assert after == before
    assert not isinstance(refusal.value, NotAllowed)
    assert str(refusal.value)


@pytest.mark.parametrize(("name", "status"), IDLE)
def test_the_hourly_job_leaves_alone_what_is_not_due(name, status):
    case, people = arrange(name, status)
    before = snapshot(case)

    assert VERBS[name].do(case, **people) is False

    assert snapshot(case) == before


@pytest.mark.parametrize("kind", [Kind.COMPLAINT, Kind.INFORMATION_REQUEST, Kind.QUESTION])
@pytest.mark.parametrize("status", Status)
def test_the_verbs_lead_every_kind_to_every_status(kind, status):
    assert make_case(kind, status).status == status


def test_every_verb_is_in_the_table():
    verbs = set(actions.__all__) - {"Identity", "register"}

    assert verbs == set(VERBS) - {"adopt_as_complaint"}


def test_the_flow_allows_exactly_what_some_verb_does():
    moves = {
        (status, target)
        for verb in VERBS.values()
        for status, target in verb.moves.items()
        if status != target
    }
    flow = {(status, target) for status in Status for target in FLOW[status] if status != target}

    assert moves == flow


def test_the_ends_are_final_and_only_two_of_them_lead_back():
    assert {status for status in FINAL if FLOW[status]} == {Status.DONE, Status.ARCHIVED}
    assert set(Status) == FINAL | OPEN
    assert not FINAL & OPEN


def test_every_kind_has_outcomes_that_an_answer_may_have():
    ends = {
        Outcome.FORWARDED,
        Outcome.WITHDRAWN,
        Outcome.DUPLICATE,
        Outcome.ARCHIVED,
        Outcome.INCOMPLETE_LAPSED,
        Outcome.NONE,
    }

    assert set(ANSWER_OUTCOMES) == set(Kind)
    assert not ends & {outcome for outcomes in ANSWER_OUTCOMES.values() for outcome in outcomes}


@pytest.mark.parametrize("name", sorted(set(STAFF_VERBS) - QUIET))
def test_a_page_opened_before_somebody_elses_change_is_refused(name):
    status = next(iter(VERBS[name].moves))
    case, people = arrange(name, status)
    shown = case.version
    actions.note(case, actor=people["desk"].verifier, text="Lebih dulu.")
    before = snapshot(case)

    with pytest.raises(StaleCase) as stale:
        VERBS[name].do(case, **people, version=shown)

    assert snapshot(case)["case"] == before["case"]
    assert str(people["desk"].verifier) in str(stale.value)
    assert stale.value.at == "10.00"


@pytest.mark.parametrize("name", OTHER_VERBS)
def test_the_citizens_verbs_have_no_actor(name):
    case, people = arrange(name, next(iter(VERBS[name].moves)))

    VERBS[name].do(case, **people)

    assert case.events.last().actor is None
