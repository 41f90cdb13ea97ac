from datetime import date, timedelta

import pytest

from cases import actions as case_actions
from cases.workflow import Kind, Status
from infocontent.models import Item, SearchCount, Topic, Vote
from infocontent.workflow import ItemState
from office.roles import Role
from reports.meetings.figures import compared_with, figures_of
from reports.meetings.late import missed_deadlines
from reports.meetings.paper import on_paper
from reports.meetings.shown import shown
from reports.period import Period
from reports.texts.counting import count_month
from tests.factories import make_case, make_desk, make_user
from tests.office.paper import accessibility_of, text_of
from tests.surveys.crowd import answer, everybody

from .conftest import LATER
from .meeting import OCTOBER, make_draft, promise
from .year import moment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_next_year")]


def answered_on(desk, received: str, answered: str):
    case = make_case(status=Status.IN_PROGRESS, desk=desk, at=moment(received))
    case_actions.submit(
        case, actor=desk.officer, body="Sudah.", outcome="terbukti_diperbaiki", at=moment(answered)
    )
    case_actions.approve(case, actor=desk.head, at=moment(answered))
    return case


def test_the_month_stands_beside_the_one_before_and_the_year_before():
    for day in ("2026-10-05", "2026-10-31", "2026-09-30", "2025-10-01", "2026-11-01"):
        make_case(at=moment(day))

    months = figures_of(OCTOBER, at=LATER)["months"]

    assert {when: months[when]["received"] for when in months} == {"now": 2, "before": 1, "year": 1}


def test_an_earlier_month_of_which_nothing_is_known_has_a_dash_and_the_month_itself_its_noughts():
    make_case(at=moment("2026-09-30"))

    said = shown(figures_of(OCTOBER, at=LATER))

    received = next(row for row in said["compared"] if row.label == "Kasus diterima")
    assert (received.now, received.before, received.year) == ("0", "1", "—")
    assert {(row.now, row.year) for row in said["channels"]} == {("0", "—")}


@pytest.mark.parametrize(
    ("period", "before", "year"),
    [
        (Period(2026, 10), date(2026, 9, 1), date(2025, 10, 1)),
        (Period(2027, 1), date(2026, 12, 1), date(2026, 1, 1)),
    ],
)
def test_the_months_that_are_compared(period, before, year):
    assert compared_with(period) == {"now": period.first, "before": before, "year": year}


def test_a_deadline_is_missed_in_the_month_in_which_it_passed():
    desk = make_desk()
    late = answered_on(desk, "2026-09-14", "2026-10-20")
    waiting = make_case(status=Status.IN_PROGRESS, desk=desk, at=moment("2026-09-15"))
    answered_on(desk, "2026-09-16", "2026-09-22")
    make_case(status=Status.WITHDRAWN, at=moment("2026-09-17"))
    make_case(status=Status.IN_PROGRESS, desk=desk, at=moment("2026-10-30"))

    found = missed_deadlines(OCTOBER, at=LATER)

    assert {late.due_on.month, waiting.due_on.month} == {10}
    assert (found["n"], found["still"]) == (2, 1)
    assert set(found["cases"]) == {late.pk, waiting.pk}
    assert found["sections"] == [
        {"section": desk.section.pk, "name": desk.section.name, "n": 2},
    ]


def test_what_is_due_today_is_not_missed_yet():
    case = make_case(at=moment("2026-10-05"))
    on_the_day = moment(str(case.due_on))

    assert missed_deadlines(OCTOBER, at=on_the_day)["n"] == 0
    assert missed_deadlines(OCTOBER, at=on_the_day + timedelta(days=1))["n"] == 1


def test_answered_on_the_last_day_is_on_time():
    desk = make_desk()
    case = make_case(status=Status.IN_PROGRESS, desk=desk, at=moment("2026-10-05"))
    answered_on(desk, "2026-10-05", str(case.due_on))

    assert missed_deadlines(OCTOBER, at=LATER)["cases"] == [case.pk]


def test_searches_and_votes_of_the_month_are_looked_at():
    item = Item.objects.filter(state=ItemState.LIVE).first()
    Item.objects.filter(pk=item.pk).update(published_at=moment("2026-01-05"))
    for number in range(3):
        day = date(2026, 10, 5 + number)
        Vote.objects.create(item=item, day=day, voter=str(number), is_helpful=False, reason="Lama")
    SearchCount.objects.create(
        key="apostil", words="apostille", day=date(2026, 10, 6), count=4, found=0
    )
    SearchCount.objects.create(key="skck", words="skck", day=date(2026, 11, 2), count=9, found=0)

    figures = figures_of(OCTOBER, at=LATER)

    assert figures["searches"] == [{"words": "apostille", "n": 4}]
    assert [(row["item"], row["bad"], row["reasons"]) for row in figures["votes"]] == [
        (item.pk, 3, ["Lama"])
    ]
    assert figures_of(Period(2026, 9), at=LATER)["votes"] == []


def test_topics_and_phrases_that_rose_are_named():
    quota, queue = Topic.objects.choosable()[:2]
    places = ("Bandung", "Garut", "Cimahi", "Subang", "Sumedang", "Cianjur", "Lembang", "Soreang")
    for place in places:
        said = f"Kuota habis terus di {place}."
        make_case(Kind.QUESTION, at=moment("2026-10-05"), narrative=said, topic=quota)
        said = f"Antrean panjang sekali di {place}."
        make_case(Kind.QUESTION, at=moment("2026-09-05"), narrative=said, topic=queue)
    for month in (date(2026, 9, 1), OCTOBER.first):
        count_month(month)

    figures = figures_of(OCTOBER, at=LATER)

    assert figures["topics"] == [
        {"topic": quota.pk, "name": quota.name, "n": 8, "before": 0.0},
    ]
    assert "kuota habis" in {row["phrase"] for row in figures["phrases"]}


def test_surveys_tell_index_and_lowest_elements():
    answer([4, 4, 4, 4, 4, 4, 4, 4, 1], month=OCTOBER.first, people=3)
    answer(everybody(4), month=date(2026, 9, 1))

    (row,) = figures_of(OCTOBER, at=LATER)["surveys"]

    assert (row["name"], row["n"], row["index"], row["grade"]) == ("SKM", 3, 91.67, "A")
    assert row["before"] == 100
    assert row["lowest"][0]["code"] == "U9"


def test_a_month_without_anything_is_shown_too():
    said = shown(figures_of(OCTOBER, at=LATER))

    assert {row.now for row in said["compared"]} == {"0", "—"}
    assert said["surveys"] == said["votes"] == said["sections"] == []


def test_the_minutes_can_be_read_by_a_screen_reader():
    head = make_user(Role.OFFICE_HEAD, first_name="Ratna", last_name="Puspita")
    meeting = make_draft(agreed=[promise(head)])

    content = on_paper(meeting, figures_of(OCTOBER, at=LATER), signer=head, at=LATER)

    said, text = accessibility_of(content), text_of(content)
    assert said["is_tagged"]
    assert said["claims_ua"]
    assert (said["language"], said["title"]) == ("id", "Notula rapat evaluasi Oktober 2026")
    for words in (
        "Ruang rapat lantai dua",
        "Rina Wijaya, Kepala Kantor",
        "Loket sempit",
        "Satu loket dibuka di lantai dua",
        "Tambah kursi",
        "15 Januari 2027",
        "Kepala Kantor Kantor Imigrasi",
        "Ratna Puspita",
    ):
        assert words in text, words
    assert "KONSEP" not in text


def test_a_draft_on_paper_says_so_and_names_what_is_open():
    meeting = make_draft()

    text = text_of(on_paper(meeting, figures_of(OCTOBER, at=LATER)))

    assert "KONSEP, belum ditandatangani" in text


def test_the_figures_cost_few_queries(django_assert_max_num_queries):
    figures_of(OCTOBER, at=LATER)

    with django_assert_max_num_queries(40):
        figures_of(OCTOBER, at=LATER)
