from datetime import date, datetime, timedelta

import pytest

from cases import actions
from cases.deadlines import Computation
from cases.models import Case, DeadlineRule, DueProposal
from cases.workflow import Kind, Status
from office.calendar import days_changed
from office.models import Holiday
from tests.factories import NOW, WIB, make_case, make_desk

from .holidays import accept, close_on, fresh, open_on, state_of, waiting, without_joint_leave

pytestmark = pytest.mark.django_db

REQUEST = Kind.INFORMATION_REQUEST
UNANSWERED = [
    Status.RECEIVED,
    Status.INCOMPLETE,
    Status.VERIFIED,
    Status.ASSIGNED,
    Status.IN_PROGRESS,
    Status.IN_APPROVAL,
]
SETTLED = [status for status in Status if status not in UNANSWERED]


@pytest.fixture
def desk():
    return make_desk()


@pytest.mark.parametrize("status", UNANSWERED)
@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [
        (REQUEST, "2026-12-08", "2026-12-09"),
        (Kind.COMPLAINT, "2026-12-14", "2026-12-15"),
        (Kind.QUESTION, "2026-12-01", "2026-12-02"),
    ],
)
def test_every_open_unanswered_case_that_would_move_is_proposed(desk, kind, old, new, status):
    case = make_case(kind, status, desk=desk, at=NOW)
    before = state_of(case)

    close_on("2026-11-26")

    assert waiting() == {case.reference: (old, new)}
    assert state_of(case) == before


@pytest.mark.parametrize("status", SETTLED)
def test_an_answered_or_closed_case_is_not_proposed(desk, status):
    make_case(REQUEST, status, desk=desk, at=NOW)
    Case.objects.filter(status=Status.RECEIVED).update(due_working_on=None)  # a duplicate's other

    close_on("2026-11-26")

    assert waiting() == {}
    assert not DueProposal.objects.exists()


@pytest.mark.parametrize("day", ["2026-11-23", "2026-11-24", "2026-11-28", "2026-12-09"])
def test_a_holiday_outside_the_count_moves_nothing(day):
    make_case(REQUEST, at=NOW)

    close_on(day)

    assert waiting() == {}


def test_a_holiday_taken_back_makes_the_date_earlier(desk):
    case = make_case(REQUEST, at=datetime(2026, 12, 18, 9, tzinfo=WIB))

    open_on("2026-12-24")

    assert waiting() == {case.reference: ("2027-01-07", "2027-01-06")}


def test_a_day_that_moves_within_the_count_moves_no_date():
    close_on("2026-11-26")
    case = make_case(REQUEST, at=NOW)
    holiday = Holiday.objects.get(date=date(2026, 11, 26))

    holiday.date = date(2026, 11, 27)
    holiday.save()
    days_changed()

    assert f"{case.due_on}" == "2026-12-09"
    assert waiting() == {}


@pytest.mark.parametrize(
    ("received", "old", "new"),
    [
        ("2026-03-13", "2026-04-06", "2026-03-30"),
        ("2026-05-12", "2026-06-02", "2026-05-28"),
        ("2026-12-18", "2027-01-07", "2027-01-06"),
        ("2027-03-04", "2027-03-30", "2027-03-23"),
    ],
)
def test_joint_leave_that_becomes_work_and_back_moves_a_case_there_and_back(
    desk, received, old, new
):
    case = make_case(REQUEST, at=datetime.fromisoformat(f"{received}T09:00+07:00"))
    decreed = list(Holiday.objects.filter(category="cuti_bersama").values())

    for year in (2026, 2027):
        without_joint_leave(year)
    days_changed()
    assert waiting() == {case.reference: (old, new)}
    accept(desk.ppid)
    assert f"{fresh(case).due_on}" == new

    Holiday.objects.filter(category="cuti_bersama").delete()
    Holiday.objects.bulk_create(Holiday(**row) for row in decreed)
    days_changed()
    assert waiting() == {case.reference: (new, old)}
    accept(desk.ppid)
    assert f"{fresh(case).due_on}" == old


def test_joint_leave_added_in_mid_year_as_in_2025(desk):
    open_on("2025-08-18")
    case = make_case(REQUEST, at=datetime(2025, 8, 5, 9, tzinfo=WIB))
    assert f"{case.due_on}" == "2025-08-19"

    close_on("2025-08-18", category="cuti_bersama", name="Cuti Bersama HUT RI")

    assert waiting() == {case.reference: ("2025-08-19", "2025-08-20")}


def test_an_extension_is_counted_from_the_same_day_as_before(desk):
    case = make_case(REQUEST, Status.IN_PROGRESS, desk=desk, at=NOW)
    actions.extend(case, actor=desk.head, reason="Belum didokumentasikan.", at=NOW)
    assert f"{case.due_on}" == "2026-12-17"

    close_on("2026-11-26")
    accept(desk.ppid)

    case = fresh(case)
    steps = {row["step"]: (row["start"], row["days"], row["due"]) for row in case.due_basis}
    assert f"{case.due_on}" == f"{case.due_working_on}" == "2026-12-18"
    assert steps["jawaban"] == ("2026-11-24", 10, "2026-12-09")
    assert steps["perpanjangan"] == ("2026-11-24", 17, "2026-12-18")
    assert case.is_extended


@pytest.mark.parametrize("again", ["reopen", "answer_back"])
def test_a_case_that_came_back_is_counted_from_the_day_it_came_back(desk, again):
    case = make_case(REQUEST, Status.ANSWERED, desk=desk, at=NOW - timedelta(days=60))
    Case.objects.filter(pk=case.pk).update(reply_until=date(2026, 12, 31))
    if again == "reopen":
        actions.confirm_resolved(case)
        actions.reopen(case, actor=desk.head, reason="Belum selesai.", at=NOW)
    else:
        actions.answer_back(case, text="Masih kurang.", at=NOW)

    close_on("2026-11-26")

    assert waiting() == {case.reference: ("2026-12-08", "2026-12-09")}


@pytest.mark.parametrize(
    ("service_class", "old", "new"),
    [
        ("tidak_berkadar_pengawasan", "2026-12-14", "2026-12-15"),
        ("berkadar_pengawasan", "2027-02-23", "2027-02-24"),
    ],
)
def test_the_class_of_a_complaint_keeps_its_length(desk, service_class, old, new):
    case = make_case(status=Status.VERIFIED, desk=desk, at=NOW, service_class=service_class)

    close_on("2026-11-26")

    assert waiting() == {case.reference: (old, new)}


def test_staff_keep_the_earlier_of_the_two_clocks(desk):
    case = make_case(status=Status.VERIFIED, desk=desk, at=NOW, service_class="berkadar_pengawasan")
    kept = case.due_calendar_on
    assert case.due_on == kept < case.due_working_on

    close_on("2026-11-26")
    accept(desk.ppid)

    case = fresh(case)
    assert (case.due_on, f"{case.due_working_on}") == (kept, "2027-02-24")


def test_a_case_whose_year_is_not_decreed_is_left_to_the_hourly_job():
    make_case(REQUEST, at=datetime(2027, 12, 20, 9, tzinfo=WIB))

    close_on("2027-12-22")

    assert waiting() == {}


def test_an_extended_case_is_dated_whole_when_its_year_is_decreed(desk):
    received = datetime(2027, 12, 10, 9, tzinfo=WIB)
    case = make_case(REQUEST, Status.IN_PROGRESS, desk=desk, at=received)
    assert f"{case.due_on}" == "2027-12-27"
    actions.extend(case, actor=desk.head, reason="Belum didokumentasikan.", at=received)
    assert case.due_on is None
    close_on("2028-01-01", category="libur_nasional", name="Tahun Baru")
    close_on("2028-01-03", category="cuti_bersama", name="Cuti bersama")

    assert actions.set_due(case)

    assert f"{case.due_on}" == "2028-01-06"
    assert [row["days"] for row in case.due_basis if row["step"] == "perpanjangan"] == [17]


def test_a_year_that_is_not_known_any_more_moves_nothing():
    make_case(REQUEST, at=NOW)

    Holiday.objects.filter(category="cuti_bersama").delete()
    days_changed()

    assert waiting() == {}


def test_a_new_length_of_the_law_moves_no_open_case(desk):
    case = make_case(REQUEST, Status.IN_PROGRESS, desk=desk, at=NOW)
    before = state_of(case)
    DeadlineRule.objects.filter(kind=REQUEST, step="jawaban").update(days=3)

    days_changed()

    assert not DueProposal.objects.exists()
    assert state_of(case) == before


def test_a_date_is_counted_anew_by_the_law_that_was_in_force(desk):
    case = make_case(REQUEST, at=NOW)
    DeadlineRule.objects.filter(kind=REQUEST).update(days=3, law="Peraturan baru")

    close_on("2026-11-26")
    accept(desk.ppid)

    answer = Computation.from_json(fresh(case).due_basis[-1])
    assert (answer.days, answer.law) == (10, "UU 14/2008 Pasal 22 ayat (7)")
    assert f"{answer.due}" == "2026-12-09"
    assert ("2026-11-26", "Pilkada") in answer.skipped
