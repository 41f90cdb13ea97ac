from datetime import date

import pytest
from django.core.files.storage import default_storage

from office.refusals import NotAllowed, Refusal, StaleDraft
from office.roles import Role
from reports.meetings import actions
from reports.meetings.actions import Agreed, Followed
from reports.meetings.models import FollowUp, Meeting, MeetingAction
from reports.period import Period
from tests.factories import make_user

from .conftest import LATER
from .meeting import (
    DECEMBER,
    NOVEMBER,
    OCTOBER,
    TYPED,
    WRITERS,
    codes,
    make_draft,
    make_signed,
    promise,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_paper", "_next_year")]

SIGNERS = {Role.PPID, Role.OFFICE_HEAD}
DONE, CONTINUED, DROPPED = FollowUp.Outcome


def test_a_meeting_is_prepared_written_and_signed():
    head = make_user(Role.OFFICE_HEAD)
    meeting = make_draft(actor=head, agreed=[promise(head)])

    actions.sign_meeting(meeting, actor=head, at=LATER)

    meeting.refresh_from_db()
    assert meeting.is_signed
    assert (meeting.signed_by, meeting.signed_at) == (head, LATER)
    assert meeting.figures["months"]["now"]["received"] == 0
    assert len(meeting.sha256) == 64
    assert default_storage.size(meeting.file) == meeting.size
    assert codes(meeting) == ["dimulai", "disimpan", "ditandatangani"]
    assert meeting.events.last().data == {"sha256": meeting.sha256}
    assert [row.solution for row in meeting.obstacles.all()] == ["Satu loket dibuka di lantai dua"]
    assert meeting.people == ["Rina Wijaya, Kepala Kantor", "Dedi Gunawan, Kepala Seksi"]


@pytest.mark.parametrize("role", [role for role in Role if role not in WRITERS])
def test_who_does_not_write_is_refused(role):
    stranger, meeting = make_user(role), make_draft()

    for verb in (
        lambda: actions.begin_meeting(NOVEMBER, actor=stranger),
        lambda: actions.save_meeting(meeting, actor=stranger, **TYPED),
        lambda: actions.add_note(meeting, actor=stranger, text="x"),
    ):
        with pytest.raises(NotAllowed):
            verb()
    assert codes(meeting) == ["dimulai", "disimpan"]


@pytest.mark.parametrize("role", list(Role))
def test_only_the_head_and_the_ppid_sign(role):
    person, meeting = make_user(role), make_draft()

    if role in SIGNERS:
        actions.sign_meeting(meeting, actor=person)
    else:
        with pytest.raises(NotAllowed):
            actions.sign_meeting(meeting, actor=person)

    assert Meeting.objects.get().is_signed is (role in SIGNERS)


@pytest.mark.parametrize(
    ("period", "words"),
    [
        (Period(2026, 10), "sudah ada"),
        (Period(2027, 3), "belum dimulai"),
        (Period(2026), "Pilih bulan"),
        (Period(1999, 1), "Pilih bulan"),
    ],
    ids=["twice", "not begun", "a year", "before the law"],
)
def test_a_month_that_cannot_have_a_meeting_is_refused(period, words):
    make_draft(OCTOBER)

    with pytest.raises(Refusal, match=words):
        actions.begin_meeting(period, actor=make_user(Role.VERIFIER))


def test_a_meeting_is_not_put_before_a_signed_one():
    make_signed(NOVEMBER)

    with pytest.raises(Refusal, match="sesudahnya sudah ditandatangani"):
        actions.begin_meeting(OCTOBER, actor=make_user(Role.VERIFIER))


@pytest.mark.parametrize(
    ("blank", "item"),
    [
        ({"held_on": None}, "tanggal rapat"),
        ({"place": " "}, "tempat"),
        ({"attendance": " \n "}, "siapa yang hadir"),
        ({"obstacles": [("Loket sempit", "")]}, "solusi dari setiap kendala"),
    ],
)
def test_what_is_not_told_is_not_signed(blank, item):
    meeting = make_draft(**blank)

    with pytest.raises(actions.MeetingIncomplete) as refusal:
        actions.sign_meeting(meeting, actor=make_user(Role.PPID))

    assert refusal.value.items == [item]
    assert not Meeting.objects.signed().exists()


def test_a_month_that_is_not_over_is_not_signed():
    meeting = make_draft(Period(2027, 2), held_on=LATER.date())

    with pytest.raises(Refusal, match="belum berakhir"):
        actions.sign_meeting(meeting, actor=make_user(Role.PPID))


def test_minutes_are_signed_in_the_order_of_their_months():
    make_draft(OCTOBER)
    november = make_draft(NOVEMBER)

    with pytest.raises(Refusal, match="Oktober 2026 belum ditandatangani"):
        actions.sign_meeting(november, actor=make_user(Role.PPID))


@pytest.mark.parametrize("day", [date(2026, 9, 30), date(2027, 2, 2)])
def test_a_meeting_is_held_after_its_month_began_and_not_in_the_future(day):
    with pytest.raises(Refusal, match="Tanggal rapat"):
        make_draft(held_on=day)


def test_a_draft_that_somebody_else_changed_is_not_overwritten():
    clerk, meeting = make_user(Role.VERIFIER), make_draft()
    seen = meeting.version
    actions.save_meeting(meeting, actor=clerk, version=seen, place="Aula")

    with pytest.raises(StaleDraft):
        actions.save_meeting(meeting, actor=clerk, version=seen, place="Lobi")
    with pytest.raises(StaleDraft):
        actions.sign_meeting(meeting, actor=make_user(Role.PPID), version=seen)

    meeting.refresh_from_db()
    assert meeting.place == "Aula"


def test_signed_minutes_are_neither_written_nor_signed_again():
    ppid, meeting = make_user(Role.PPID), make_signed()

    for verb in (actions.save_meeting, actions.sign_meeting):
        with pytest.raises(actions.MeetingSigned):
            verb(meeting, actor=ppid)


def test_saving_takes_the_place_of_what_was_there():
    clerk = make_user(Role.VERIFIER)
    meeting = make_draft(agreed=[promise(clerk)])

    actions.save_meeting(
        meeting, actor=clerk, obstacles=[("Listrik padam", ""), ("Antrean", "Nomor daring")]
    )

    assert not meeting.actions.exists()
    assert [row.obstacle for row in meeting.obstacles.all()] == ["Listrik padam", "Antrean"]
    assert meeting.events.last().data == {"actions": 0, "follow_ups": 0}


def test_nobody_who_has_left_is_given_an_action():
    gone = make_user(Role.OFFICER, is_active=False)

    with pytest.raises(Refusal, match="tidak lagi bertugas"):
        make_draft(agreed=[promise(gone)])


def test_an_action_of_a_draft_is_not_open_yet():
    owner = make_user(Role.OFFICER)

    make_draft(agreed=[promise(owner)])

    assert not MeetingAction.objects.open().exists()


@pytest.mark.parametrize(
    ("outcome", "told", "stays_open"),
    [
        (DONE, {}, False),
        (CONTINUED, {"new_due_on": date(2027, 2, 20)}, True),
        (DROPPED, {"note": "Gedung direnovasi"}, False),
    ],
)
def test_the_next_meeting_settles_what_the_last_one_agreed(outcome, told, stays_open):
    owner = make_user(Role.OFFICER)
    action = make_signed(agreed=[promise(owner, date(2026, 12, 1))]).actions.get()

    second = make_signed(NOVEMBER, followed=[Followed(action, outcome, **told)])

    still = list(MeetingAction.objects.open())
    assert (action in still) is stays_open
    if stays_open:
        assert still[0].until == told["new_due_on"]
    assert second.follow_ups.get().outcome == outcome
    assert action in MeetingAction.objects.open(before=NOVEMBER.first)


def test_minutes_are_not_signed_while_an_old_action_was_not_looked_at():
    owner = make_user(Role.OFFICER)
    make_signed(agreed=[promise(owner)])
    meeting = make_draft(NOVEMBER)

    with pytest.raises(actions.MeetingIncomplete, match="tindak lanjut rapat sebelumnya"):
        actions.sign_meeting(meeting, actor=make_user(Role.PPID))


def test_an_action_stays_open_over_several_meetings():
    owner = make_user(Role.OFFICER)
    action = make_signed(agreed=[promise(owner)]).actions.get()
    later = Followed(action, CONTINUED, date(2027, 3, 1))
    make_signed(NOVEMBER, followed=[later])

    meeting = make_signed(DECEMBER, followed=[Followed(action, DONE)])

    assert not MeetingAction.objects.open().exists()
    assert MeetingAction.objects.open(before=DECEMBER.first).get().until == date(2027, 3, 1)
    assert meeting.follow_ups.get().action == action


@pytest.mark.parametrize(
    ("outcome", "told", "words"),
    [
        (CONTINUED, {}, "tanggal baru"),
        (DONE, {"new_due_on": date(2027, 3, 1)}, "tanggal baru"),
        (DROPPED, {}, "mengapa"),
        ("lain", {}, "Pilih hasil"),
    ],
)
def test_a_follow_up_says_what_it_has_to(outcome, told, words):
    action = make_signed(agreed=[promise(make_user(Role.OFFICER))]).actions.get()

    with pytest.raises(Refusal, match=words):
        make_draft(NOVEMBER, followed=[Followed(action, outcome, **told)])


def test_what_is_settled_is_not_followed_up_again():
    action = make_signed(agreed=[promise(make_user(Role.OFFICER))]).actions.get()
    make_signed(NOVEMBER, followed=[Followed(action, DONE)])

    with pytest.raises(Refusal, match="sudah diselesaikan"):
        make_draft(DECEMBER, followed=[Followed(action, DONE)])


def test_what_another_meeting_settled_meanwhile_is_not_settled_twice():
    action = make_signed(agreed=[promise(make_user(Role.OFFICER))]).actions.get()
    november = make_draft(NOVEMBER, followed=[Followed(action, DONE)])
    december = make_draft(DECEMBER, followed=[Followed(action, DONE)])
    head = make_user(Role.OFFICE_HEAD)

    actions.sign_meeting(november, actor=head)
    actions.sign_meeting(december, actor=head)

    assert FollowUp.objects.get().meeting == november


def test_the_owner_tells_how_it_goes():
    owner = make_user(Role.OFFICER)
    meeting = make_signed(agreed=[promise(owner)])
    action = meeting.actions.get()

    actions.report_action(action, actor=owner, text=" Kursi sudah dipesan. ")

    assert action.reports.get().text == "Kursi sudah dipesan."
    assert codes(meeting)[-1] == "dikabarkan"
    assert meeting.events.last().data == {"action": action.pk, "report": action.reports.get().pk}


def test_nobody_else_tells_of_an_action():
    action = make_signed(agreed=[promise(make_user(Role.OFFICER))]).actions.get()

    with pytest.raises(NotAllowed):
        actions.report_action(action, actor=make_user(Role.OFFICE_HEAD), text="Selesai")


def test_a_settled_action_has_no_news():
    owner = make_user(Role.OFFICER)
    action = make_signed(agreed=[promise(owner)]).actions.get()
    with pytest.raises(Refusal, match="Tuliskan"):
        actions.report_action(action, actor=owner, text=" ")
    make_signed(NOVEMBER, followed=[Followed(action, DONE)])

    with pytest.raises(Refusal, match="sudah diselesaikan"):
        actions.report_action(action, actor=owner, text="Selesai")


def test_signed_minutes_are_set_right_by_a_note():
    clerk, meeting = make_user(Role.VERIFIER), make_signed()

    actions.add_note(meeting, actor=clerk, text="Rapatnya di aula.")

    assert meeting.notes.get().text == "Rapatnya di aula."
    assert codes(meeting)[-1] == "dicatat"
    with pytest.raises(Refusal, match="Tuliskan"):
        actions.add_note(meeting, actor=clerk, text=" ")
    with pytest.raises(Refusal, match="betulkan langsung"):
        actions.add_note(make_draft(NOVEMBER), actor=clerk, text="x")


def test_an_action_is_worded_once():
    owner = make_user(Role.OFFICER)

    meeting = make_draft(agreed=[Agreed("Tambah kursi", owner, date(2027, 1, 15))])

    action = meeting.actions.get()
    assert (action.text, action.owner, action.due_on) == (
        "Tambah kursi",
        owner,
        date(2027, 1, 15),
    )
