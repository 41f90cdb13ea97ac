from datetime import date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.db.utils import DatabaseError
from django.utils import timezone

from cases import actions
from cases.actions import due_changes
from cases.actions.due_changes import AlreadyDecided, StaleProposal, decide, move_due, propose
from cases.models import DueChange, DueProposal
from cases.workflow import Kind, NotAllowed, Status
from office.models import Holiday
from office.roles import DUTIES, Role
from tests.factories import NOW, WIB, codes, make_case, make_desk, make_user, notices

from .holidays import accept, close_on, decline, fresh, open_on, state_of, the_proposal, waiting

pytestmark = pytest.mark.django_db

REQUEST = Kind.INFORMATION_REQUEST


@pytest.fixture
def desk():
    return make_desk()


@pytest.mark.parametrize("person", ["ppid", "verifier"])
def test_accepting_moves_each_case_with_one_event_and_one_notice(desk, person):
    cases = [
        make_case(kind, Status.IN_PROGRESS, desk=desk, at=NOW) for kind in (REQUEST, "pengaduan")
    ]
    before = [codes(case) for case in cases]
    close_on("2026-11-26")
    actor = getattr(desk, person)

    decided = accept(actor, at=NOW + timedelta(hours=1))

    assert [change.case_id for change in decided.done] == [case.pk for case in cases]
    for case, codes_before in zip(cases, before, strict=True):
        assert codes(case) == [*codes_before, "tenggat_digeser"]
        assert notices(case).count(("tenggat_digeser", None)) == 1
        event = case.events.last()
        assert event.actor == actor
        assert case.due_changes.get().event_seq == event.seq
    assert case.events.last().data == {
        "proposal": DueProposal.objects.get().pk,
        "due_from": "2026-12-14",
        "due_to": "2026-12-15",
        "working_from": "2026-12-14",
        "working_to": "2026-12-15",
    }
    assert DueProposal.objects.get().state == "selesai"


def test_moving_a_date_makes_no_open_form_stale(desk):
    case = make_case(Kind.COMPLAINT, Status.IN_PROGRESS, desk=desk, at=NOW)
    close_on("2026-11-26")
    accept(desk.ppid)

    actions.save_draft(case, actor=desk.officer, body="Konsep.", version=case.version)

    assert fresh(case).answer_draft.body == "Konsep."


def test_the_chain_of_the_history_stays_whole(desk):
    make_case(REQUEST, Status.IN_PROGRESS, desk=desk, at=NOW)
    close_on("2026-11-26")
    accept(desk.ppid)

    call_command("verify_events", stdout=StringIO())


def test_refusing_changes_nothing_and_is_not_asked_again(desk):
    case = make_case(REQUEST, Status.IN_PROGRESS, desk=desk, at=NOW)
    before = state_of(case)
    close_on("2026-11-26")

    decline(desk.ppid)

    assert state_of(case) == before
    assert case.due_changes.get().decided_by == desk.ppid
    assert propose() == 0
    assert DueProposal.objects.get().state == "selesai"


def test_another_date_than_the_refused_one_is_proposed(desk):
    case = make_case(REQUEST, at=NOW)
    close_on("2026-11-26")
    decline(desk.ppid)

    close_on("2026-11-27")

    assert waiting() == {case.reference: ("2026-12-08", "2026-12-10")}


def test_one_case_may_be_accepted_and_another_refused(desk):
    moved, kept = (make_case(REQUEST, at=NOW) for _ in range(2))
    close_on("2026-11-26")

    accept(desk.ppid, only=[moved.due_changes.get().pk])
    assert the_proposal().changes.filter(state="menunggu").get().case == kept
    decline(desk.ppid, only=[kept.due_changes.get().pk])

    assert [f"{fresh(case).due_on}" for case in (moved, kept)] == ["2026-12-09", "2026-12-08"]
    assert not DueProposal.objects.filter(state="terbuka").exists()


def test_the_open_proposal_follows_the_calendar(desk):
    case = make_case(REQUEST, at=NOW)
    close_on("2026-11-26")
    first = the_proposal()

    close_on("2026-11-27")

    assert the_proposal().pk == first.pk
    assert the_proposal().version > first.version
    assert waiting() == {case.reference: ("2026-12-08", "2026-12-10")}
    assert case.due_changes.get(state="dilewati").why == "kalender_lain"
    with pytest.raises(StaleProposal):
        accept(desk.ppid, version=first.version)


def test_a_calendar_put_back_closes_the_proposal():
    case = make_case(REQUEST, at=NOW)
    close_on("2026-11-26")

    open_on("2026-11-26")

    assert waiting() == {}
    assert case.due_changes.get().why == "kalender_lain"
    assert DueProposal.objects.get().state == "selesai"


def test_asking_again_changes_nothing():
    make_case(REQUEST, at=NOW)
    close_on("2026-11-26")
    before = the_proposal().version, list(DueChange.objects.values())

    assert [propose() for _ in range(2)] == [1, 1]

    assert (the_proposal().version, list(DueChange.objects.values())) == before


@pytest.mark.parametrize(
    ("step", "why"), [("withdraw", "sudah_dijawab"), ("extend", "tenggat_lain")]
)
@pytest.mark.parametrize("finder", ["decision", "job"])
def test_a_case_that_has_moved_on_is_skipped_with_a_reason(desk, step, why, finder):
    case = make_case(REQUEST, Status.IN_PROGRESS, desk=desk, at=NOW)
    close_on("2026-11-26")
    if step == "withdraw":
        actions.withdraw(case)
    else:
        actions.extend(case, actor=desk.head, reason="Belum didokumentasikan.", at=NOW)
    before = codes(case)

    if finder == "job":
        propose()
    else:
        assert [change.case for change in accept(desk.ppid).skipped] == [case]

    assert codes(case) == before
    assert case.due_changes.get().why == why
    assert DueProposal.objects.get().state == "selesai"


def test_what_the_calendar_says_now_goes_before_what_was_proposed(desk):
    case = make_case(REQUEST, at=NOW)
    close_on("2026-11-26")
    Holiday.objects.filter(date=date(2026, 11, 26)).delete()  # past every hook

    assert accept(desk.ppid).done == []

    assert case.due_changes.get().why == "kalender_lain"
    assert f"{fresh(case).due_on}" == "2026-12-08"


def test_the_hourly_job_finds_a_change_that_nobody_told_of():
    case = make_case(REQUEST, at=NOW)
    Holiday.objects.create(date=date(2026, 11, 26), name="Pilkada", category="libur_setempat")
    out = StringIO()

    call_command("hourly", at=timezone.now(), stdout=out)

    assert "tenggat yang akan bergeser, menunggu keputusan: 1" in out.getvalue()
    assert list(waiting()) == [case.reference]


def test_loading_a_year_says_how_many_cases_would_move():
    open_on("2026-12-24")
    make_case(REQUEST, at=datetime(2026, 12, 18, 9, tzinfo=WIB))
    out = StringIO()

    call_command("load_holidays", 2026, stdout=out)

    assert "Tenggat 1 kasus terbuka akan bergeser" in out.getvalue()
    assert list(waiting().values()) == [("2027-01-06", "2027-01-07")]


def test_the_duty_belongs_to_ppid_and_verifier():
    assert {role for role in Role if due_changes.DUTY in DUTIES[role]} == {
        Role.PPID,
        Role.VERIFIER,
    }


@pytest.mark.parametrize("role", [role for role in Role if due_changes.DUTY not in DUTIES[role]])
@pytest.mark.parametrize("is_accepted", [True, False])
def test_nobody_else_decides(desk, role, is_accepted):
    case = make_case(REQUEST, Status.IN_PROGRESS, desk=desk, at=NOW)
    close_on("2026-11-26")
    actor = make_user(role, section=desk.section)

    with pytest.raises(NotAllowed):
        decide(the_proposal(), actor=actor, is_accepted=is_accepted)
    with pytest.raises(NotAllowed):
        move_due(case.due_changes.get(), actor=actor)

    assert list(waiting()) == [case.reference]


@pytest.mark.parametrize("is_accepted", [True, False])
def test_a_case_out_of_sight_is_left_to_somebody_else(desk, is_accepted):
    hidden = make_case(status=Status.VERIFIED, desk=desk, at=NOW, reported=[desk.ppid])
    seen = make_case(REQUEST, at=NOW)
    close_on("2026-11-26")

    decided = decide(the_proposal(), actor=desk.ppid, is_accepted=is_accepted)

    assert [change.case for change in decided.done] == [seen]
    assert list(waiting()) == [hidden.reference]
    with pytest.raises(NotAllowed):
        move_due(hidden.due_changes.get(), actor=desk.ppid)


def test_a_row_is_decided_once(desk):
    case = make_case(REQUEST, at=NOW)
    close_on("2026-11-26")
    change = case.due_changes.get()
    move_due(change, actor=desk.ppid)

    with pytest.raises(AlreadyDecided):
        move_due(change, actor=desk.verifier)

    assert codes(case).count("tenggat_digeser") == 1


def test_a_large_proposal_is_decided_in_parts(desk, monkeypatch):
    monkeypatch.setattr(due_changes, "MOST", 2)
    for _ in range(3):
        make_case(Kind.QUESTION, at=NOW)
    close_on("2026-11-26")

    assert (accept(desk.ppid).left, accept(desk.ppid).left) == (1, 0)
    assert waiting() == {}


@pytest.mark.parametrize(
    "changes",
    [
        {"state": "ditolak"},
        {"due_to": date(2026, 12, 9)},
    ],
)
def test_the_database_keeps_a_decided_row_as_it_is(desk, changes):
    case = make_case(REQUEST, at=NOW)
    close_on("2026-11-26")
    accept(desk.ppid)

    with pytest.raises(DatabaseError), transaction.atomic():
        DueChange.objects.filter(case=case).update(**changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"state": "diterima", "decided_at": NOW, "event_seq": 1},
        {"state": "ditolak", "decided_at": NOW},
        {"state": "dilewati", "decided_at": NOW},
        {"state": "dilewati", "why": "sudah_dijawab"},
        {"decided_at": NOW},
        {"due_to": date(2026, 12, 8)},
    ],
)
def test_the_database_refuses_half_a_decision(changes):
    case = make_case(REQUEST, at=NOW)
    close_on("2026-11-26")

    with pytest.raises(IntegrityError), transaction.atomic():
        DueChange.objects.filter(case=case).update(**changes)


def test_the_database_allows_one_open_proposal_and_one_waiting_row_for_a_case():
    make_case(REQUEST, at=NOW)
    close_on("2026-11-26")
    row = DueChange.objects.values().get()

    with pytest.raises(IntegrityError), transaction.atomic():
        DueProposal.objects.create()
    with pytest.raises(IntegrityError), transaction.atomic():
        DueChange.objects.create(**{**row, "id": row["id"] + 1})


def test_proposing_reads_all_cases_at_once(desk, django_assert_max_num_queries):
    for _ in range(12):
        make_case(Kind.QUESTION, at=NOW)
    Holiday.objects.create(date=date(2026, 11, 26), name="Pilkada", category="libur_setempat")

    with django_assert_max_num_queries(15):
        assert propose() == 12
