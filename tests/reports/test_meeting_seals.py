import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError

from office.roles import Role
from reports.meetings import actions
from reports.meetings.models import FollowUp, Meeting, MeetingAction, Obstacle
from tests.factories import make_user

from .meeting import NOVEMBER, OCTOBER, make_draft, make_signed, promise

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_paper", "_next_year")]

APPEND_ONLY = ("reports_actionreport", "reports_meetingnote", "reports_meetingevent")


def _run(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def _signed_with_everything() -> Meeting:
    owner = make_user(Role.OFFICER)
    action = make_signed(agreed=[promise(owner)]).actions.get()
    actions.report_action(action, actor=owner, text="Dipesan")
    followed = [actions.Followed(action, FollowUp.Outcome.DONE)]
    meeting = make_signed(NOVEMBER, agreed=[promise(owner)], followed=followed)
    actions.add_note(meeting, actor=make_user(Role.PPID), text="Catatan")
    return meeting


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE reports_meeting SET place = 'x'",
        "DELETE FROM reports_meeting",
        "UPDATE reports_obstacle SET solution = 'x'",
        "DELETE FROM reports_obstacle",
        "UPDATE reports_meetingaction SET text = 'x'",
        "DELETE FROM reports_meetingaction",
        "UPDATE reports_followup SET note = 'x'",
        "DELETE FROM reports_followup",
        *(f"UPDATE {table} SET id = id" for table in APPEND_ONLY),
        *(f"DELETE FROM {table}" for table in APPEND_ONLY),
    ],
)
def test_the_database_refuses_to_change_what_was_signed(statement):
    _signed_with_everything()

    with pytest.raises(DatabaseError):
        _run(statement)


def test_nothing_is_added_to_signed_minutes():
    meeting = make_signed()
    owner = make_user(Role.OFFICER)

    for row in (
        Obstacle(meeting=meeting, position=9, obstacle="x"),
        MeetingAction(meeting=meeting, position=9, text="x", owner=owner, due_on="2027-01-01"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            row.save()


def test_nothing_moves_from_a_draft_into_signed_minutes():
    make_signed()
    draft = make_draft(NOVEMBER)
    signed = Meeting.objects.signed().get()

    with pytest.raises(DatabaseError):
        _run(
            f"UPDATE reports_obstacle SET meeting_id = {signed.pk}, position = 7 "
            f"WHERE meeting_id = {draft.pk}"
        )


def test_a_draft_may_change_in_the_database():
    meeting = make_draft()

    assert Meeting.objects.filter(pk=meeting.pk).update(place="Aula") == 1


def test_there_is_one_meeting_a_month():
    meeting = make_draft()

    for month in (OCTOBER.first, OCTOBER.last):
        with pytest.raises(IntegrityError), transaction.atomic():
            Meeting.objects.create(month=month, author=meeting.author)


def test_minutes_are_not_signed_without_their_file():
    meeting = make_draft()

    with pytest.raises(IntegrityError), transaction.atomic():
        Meeting.objects.filter(pk=meeting.pk).update(state=Meeting.State.SIGNED)


@pytest.mark.parametrize(
    "told",
    [
        {"outcome": "berlanjut"},
        {"outcome": "selesai", "new_due_on": "2027-03-01"},
        {"outcome": "dihentikan"},
        {"outcome": "lain"},
    ],
)
def test_the_database_knows_what_a_follow_up_says(told):
    action = make_signed(agreed=[promise(make_user(Role.OFFICER))]).actions.get()
    meeting = make_draft(NOVEMBER)

    with pytest.raises(IntegrityError), transaction.atomic():
        FollowUp.objects.create(meeting=meeting, action=action, **told)


def test_what_was_added_is_neither_changed_nor_deleted():
    meeting = _signed_with_everything()
    report = MeetingAction.objects.filter(reports__isnull=False).get().reports.get()

    for row in (meeting.events.first(), meeting.notes.get(), report):
        for step in (row.save, row.delete):
            with pytest.raises(TypeError):
                step()
