from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from cases import actions as case_actions
from cases.actions import data_rights
from cases.models import Applicant
from cases.workflow import CaseError, NotAllowed, Privacy, Status
from dataprotection import actions
from dataprotection.models import ClockRule, RetentionRule, SubjectRequest
from dataprotection.models.clock import TimeLeft
from dataprotection.workflow import AlreadyAsked, AlreadySettled, MustBeKept, RequestKind
from office.crypto import keyed_digest
from tests.cases.snapshot import snapshot
from tests.dataprotection.past import SECRET, make_past
from tests.factories import IDENTITY, NOW, WIB, codes, make_case, make_desk, notices

pytestmark = pytest.mark.django_db

TEXT = "Mohon diperiksa."


def ask(case, kind=RequestKind.ACCESS, **more):
    return actions.ask(case, kind=kind, detail="Data saya di kasus ini.", **more)


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        ((2026, 11, 24, 10, 0), (2026, 11, 27, 10, 0)),
        # From Friday night over a weekend, over Lebaran with its joint leave, over the new year.
        ((2026, 11, 27, 23, 59), (2026, 11, 30, 23, 59)),
        ((2026, 3, 19, 8, 15), (2026, 3, 22, 8, 15)),
        ((2026, 12, 31, 16, 30), (2027, 1, 3, 16, 30)),
        ((2028, 2, 27, 0, 0), (2028, 3, 1, 0, 0)),
    ],
)
def test_the_clock_counts_hours_through_nights_weekends_and_holidays(asked, due):
    request = ask(make_case(), at=datetime(*asked, tzinfo=WIB))

    assert request.due_at == datetime(*due, tzinfo=WIB)
    assert "27/2022" in request.law


def test_a_new_length_of_the_law_does_not_move_a_request_that_runs():
    running = ask(make_case())
    ClockRule.objects.create(
        duty="hak_subjek", hours=48, law="UU baru", valid_from=NOW.date() + timedelta(days=1)
    )

    later = ask(make_case(), at=NOW + timedelta(days=2))

    running.refresh_from_db()
    assert running.due_at - running.asked_at == timedelta(hours=72)
    assert later.due_at - later.asked_at == timedelta(hours=48)


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (71.99, "sisa 71 jam 59 menit"),
        (0.5, "sisa 0 jam 30 menit"),
        (-2, "terlambat 2 jam 0 menit"),
    ],
)
def test_what_is_left_is_told_in_hours(hours, words):
    assert TimeLeft.until(NOW + timedelta(hours=hours), NOW).words == words


def test_asking_leaves_one_sealed_line_without_a_word_of_what_was_asked():
    case = make_case()

    request = actions.ask(case, kind="perbaikan", detail="Nama saya Sari Melati")

    event = case.events.last()
    assert codes(case) == ["diterima", "minta_hak_data"]
    assert event.actor is None
    assert (event.data["kind"], event.data["request"]) == ("perbaikan", request.pk)
    assert "Sari" not in str(event.data)


def test_the_same_right_is_not_asked_for_twice_at_once():
    case = make_case()
    ask(case)
    before = snapshot(case)

    with pytest.raises(AlreadyAsked):
        ask(case)

    assert snapshot(case) == before
    assert ask(case, RequestKind.RESTRICTION).pk


@pytest.mark.parametrize("kind", [RequestKind.ACCESS, RequestKind.RESTRICTION, "tarik_persetujuan"])
def test_a_request_is_taken_and_fulfilled_with_one_line_each(kind):
    desk, case = make_desk(), make_case()
    request = ask(case, kind)

    actions.take(request, actor=desk.ppid)
    actions.fulfil(request, actor=desk.ppid, answer="Salinan ada di halaman ini.")

    request.refresh_from_db()
    assert (request.status, request.handler) == ("dipenuhi", desk.ppid)
    assert request.answer == "Salinan ada di halaman ini."
    assert codes(case)[1:] == ["minta_hak_data", "hak_data_ditangani", "hak_data_dipenuhi"]
    assert ("perkembangan", None) in notices(case)


def test_a_refusal_names_its_ground_and_its_reason():
    desk, case = make_desk(), make_case()
    request = ask(case)

    for blank in ({"ground": "", "answer": TEXT}, {"ground": "UU 27/2022 Pasal 15", "answer": " "}):
        with pytest.raises(CaseError):
            actions.refuse(request, actor=desk.ppid, **blank)
    actions.refuse(request, actor=desk.ppid, ground="UU 27/2022 Pasal 15", answer=TEXT)

    request.refresh_from_db()
    assert (request.status, request.ground) == ("ditolak", "UU 27/2022 Pasal 15")
    assert codes(case)[1:] == ["minta_hak_data", "hak_data_ditolak"]


VERBS = {
    "take": lambda request, actor: actions.take(request, actor=actor),
    "fulfil": lambda request, actor: actions.fulfil(request, actor=actor, answer=TEXT),
    "refuse": lambda request, actor: actions.refuse(
        request, actor=actor, ground="Pasal 15", answer=TEXT
    ),
}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("who", ["officer", "head", "verifier", "ppid", "office_head"])
def test_only_those_who_protect_data_settle_requests(verb, who):
    desk = make_desk()
    case = make_case(status=Status.IN_PROGRESS, desk=desk)
    request = ask(case)

    if who in ("ppid", "office_head"):
        VERBS[verb](request, getattr(desk, who))
    else:
        before = snapshot(case)
        with pytest.raises(NotAllowed):
            VERBS[verb](request, getattr(desk, who))
        assert snapshot(case) == before


@pytest.mark.parametrize("verb", VERBS)
def test_what_is_settled_stays_settled(verb):
    desk, case = make_desk(), make_case()
    request = ask(case)
    actions.fulfil(request, actor=desk.ppid, answer=TEXT)
    before = snapshot(case)

    with pytest.raises(AlreadySettled):
        VERBS[verb](request, desk.office_head)

    assert snapshot(case) == before


def test_a_confidential_case_is_for_the_head_of_the_office():
    desk = make_desk()
    request = ask(make_case(privacy=Privacy.CONFIDENTIAL))

    with pytest.raises(NotAllowed):
        actions.take(request, actor=desk.ppid)
    actions.take(request, actor=desk.office_head)


def test_a_person_named_in_the_case_settles_nothing_about_it():
    desk = make_desk()
    request = ask(make_case(status=Status.IN_PROGRESS, desk=desk, reported=[desk.ppid]))

    with pytest.raises(NotAllowed):
        actions.fulfil(request, actor=desk.ppid, answer=TEXT)
    assert not SubjectRequest.objects.visible_to(desk.ppid).exists()
    assert SubjectRequest.objects.visible_to(desk.office_head).exists()


def test_a_correction_changes_the_identity_and_tells_fields_but_no_values():
    desk, case = make_desk(), make_case()
    request = ask(case, RequestKind.CORRECTION)

    actions.fulfil(
        request,
        actor=desk.ppid,
        answer="Nama dan e-mail sudah diperbaiki.",
        changes={"full_name": "Sari Melati", "email": "Baru@Example.com"},
    )

    applicant, event = Applicant.objects.get(case=case), case.events.last()
    assert (applicant.full_name, applicant.nik) == ("Sari Melati", IDENTITY.nik)
    assert applicant.email_index == keyed_digest("email", "baru@example.com")
    assert applicant.nik_index == keyed_digest("nik", IDENTITY.nik)
    assert (event.code, event.data) == (
        "identitas_diperbaiki",
        {"fields": ["email", "full_name"], "request": request.pk},
    )
    assert codes(case).count("hak_data_dipenuhi") == 0


@pytest.mark.parametrize(
    "changes", [{"full_name": IDENTITY.full_name}, {"full_name": " "}, {"case_id": "7"}]
)
def test_a_correction_that_corrects_nothing_is_refused(changes):
    desk, case = make_desk(), make_case()
    request = ask(case, RequestKind.CORRECTION)
    before = snapshot(case)

    with pytest.raises(CaseError):
        actions.fulfil(request, actor=desk.ppid, answer=TEXT, changes=changes)

    assert snapshot(case) == before
    assert Applicant.objects.get(case=case).full_name == IDENTITY.full_name


def test_an_erasure_is_refused_while_the_case_is_open_or_the_law_wants_it_kept():
    desk = make_desk()
    still_open, kept = make_case(), make_past(desk=desk, at=NOW - timedelta(days=10))

    for case, is_open in ((still_open, True), (kept, False)):
        request = ask(case, RequestKind.ERASURE)
        before = snapshot(case)
        with pytest.raises(MustBeKept) as refusal:
            actions.fulfil(request, actor=desk.ppid, answer=TEXT)
        assert refusal.value.is_open is is_open
        assert (refusal.value.until is None) is is_open
        assert snapshot(case) == before


def test_without_a_rule_nothing_is_destroyed():
    RetentionRule.objects.update(is_active=False)
    desk = make_desk()
    request = ask(make_past(desk=desk), RequestKind.ERASURE)

    with pytest.raises(MustBeKept) as refusal:
        actions.fulfil(request, actor=desk.ppid, answer=TEXT)

    assert refusal.value.until is None


def test_an_erasure_takes_what_is_past_its_term_and_leaves_one_line():
    desk = make_desk()
    case = make_past(desk=desk)
    request = ask(case, RequestKind.ERASURE)

    actions.fulfil(request, actor=desk.ppid, answer="Sudah dimusnahkan.")

    case.refresh_from_db()
    request.refresh_from_db()
    event = case.events.last()
    assert event.code == "data_dimusnahkan"
    assert event.data == {
        "parts": ["identitas", "bukti_identitas", "berkas", "teks"],
        "request": request.pk,
    }
    assert SECRET not in case.subject + case.narrative
    assert (request.detail, request.answer) == ("[data dimusnahkan]", "Sudah dimusnahkan.")
    assert Applicant.objects.get(case=case).full_name == ""


def test_an_erasure_that_would_erase_nothing_is_refused_and_one_after_all_is_gone_is_fulfilled():
    desk = make_desk()
    # Its papers would be past their term, but there are none.
    bare = make_case(status=Status.DONE, desk=desk, at=NOW - timedelta(days=200))
    request = ask(bare, RequestKind.ERASURE)
    gone = make_past(desk=desk)
    for number in range(2):
        again = ask(gone, RequestKind.ERASURE, at=NOW + timedelta(minutes=number))
        actions.fulfil(again, actor=desk.ppid, answer="Sudah dimusnahkan.")

    with pytest.raises(MustBeKept) as refusal:
        actions.fulfil(request, actor=desk.ppid, answer=TEXT)

    assert refusal.value.until is not None
    assert codes(gone).count("data_dimusnahkan") == 1
    assert codes(gone)[-1] == "hak_data_dipenuhi"


def test_whoever_keeps_words_beside_a_case_is_told_within_the_same_transaction(monkeypatch):
    desk, told = make_desk(), []
    case = make_past(desk=desk)
    tell = [lambda case, parts: told.append((case, list(parts)))]
    monkeypatch.setattr(data_rights, "REDACTORS", tell)

    case_actions.redact(case, actor=desk.ppid, parts=["teks"])

    assert told == [(case, ["teks"])]


def test_the_database_keeps_the_rules_of_a_request():
    request = ask(make_case())

    for wrong in (
        {"status": "ditolak", "settled_at": NOW, "answer": "x"},
        {"status": "dipenuhi"},
        {"settled_at": NOW},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            SubjectRequest.objects.filter(pk=request.pk).update(**wrong)
