from datetime import date, datetime

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from cases.models import AccessLog
from office.refusals import NotAllowed, Refusal, StaleDraft
from office.roles import Role
from surveys.models import SurveyReport, SurveyReportEvent
from surveys.period import Period
from surveys.reporting import actions
from surveys.results import published
from tests.factories import WIB, make_user

from .writing import AUGUST, PLAN, TEXTS, make_draft, make_published, many_answers

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_paper")]

WRITERS = {Role.PPID, Role.OFFICE_HEAD, Role.VERIFIER}
PUBLISHERS = {Role.PPID, Role.OFFICE_HEAD}


def codes_of(report: SurveyReport) -> list[str]:
    return list(report.events.values_list("code", flat=True))


@pytest.mark.parametrize("role", list(Role))
def test_who_writes_and_who_publishes(role):
    many_answers()
    person, ppid = make_user(role), make_user(Role.PPID)

    if role not in WRITERS:
        with pytest.raises(NotAllowed):
            actions.begin_report("skm", AUGUST, actor=person)
        report = make_draft(ppid)
        with pytest.raises(NotAllowed):
            actions.save_report(report, actor=person, background="x")
    else:
        report = make_draft(person)
    if role not in PUBLISHERS:
        with pytest.raises(NotAllowed):
            actions.publish_report(report, actor=person)
        assert not report.is_published
    else:
        actions.publish_report(report, actor=person)
        assert report.is_published


def test_each_verb_leaves_exactly_its_event():
    report = make_published()

    assert codes_of(report) == ["dimulai", "disimpan", "diterbitkan"]


def test_a_report_begins_with_the_texts_of_the_last_one_but_not_its_analysis():
    ppid = make_user(Role.PPID)
    first = actions.begin_report("skm", AUGUST, actor=ppid)
    assert first.legal_basis == "PermenPANRB 14/2017"
    actions.save_report(first, actor=ppid, **TEXTS)

    second = actions.begin_report("skm", Period(2026, "09"), actor=ppid)

    assert second.background == TEXTS["background"]
    assert (second.analysis, second.follow_ups) == ("", [])


@pytest.mark.parametrize("period", [Period(2026, "12"), Period(2027)])
def test_a_period_that_has_not_begun_has_no_report(period):
    with pytest.raises(Refusal, match="belum dimulai"):
        actions.begin_report("skm", period, actor=make_user(Role.PPID))


def test_a_period_has_one_draft():
    make_draft()

    with pytest.raises(Refusal, match="sudah ada"):
        actions.begin_report("skm", AUGUST, actor=make_user(Role.PPID))
    assert actions.begin_report("spak", AUGUST, actor=make_user(Role.PPID))


def test_an_unknown_instrument_has_no_report():
    with pytest.raises(Refusal, match="tidak ada"):
        actions.begin_report("xxx", AUGUST, actor=make_user(Role.PPID))


def test_somebody_elses_change_is_not_overwritten():
    report = make_draft()
    seen = report.version
    actions.save_report(report, actor=make_user(Role.PPID), background="Dari orang lain")

    with pytest.raises(StaleDraft):
        actions.save_report(
            report, actor=make_user(Role.PPID), version=seen, background="Dari saya"
        )
    report.refresh_from_db()
    assert report.background == "Dari orang lain"


@pytest.mark.parametrize("name", ["background", "purpose", "method", "analysis", "follow_ups"])
def test_a_report_without_one_of_its_parts_is_not_published(name):
    many_answers()
    report = make_draft(**{name: [] if name == "follow_ups" else ""})

    with pytest.raises(actions.ReportIncomplete) as refusal:
        actions.publish_report(report, actor=make_user(Role.PPID))
    assert refusal.value.items == [name]
    assert codes_of(report) == ["dimulai", "disimpan"]


def test_a_period_that_goes_on_is_not_published():
    many_answers(month=date(2026, 11, 1))
    report = make_draft(period=Period(2026, "11"))

    with pytest.raises(Refusal, match="belum berakhir"):
        actions.publish_report(report, actor=make_user(Role.PPID))
    actions.publish_report(
        report, actor=make_user(Role.PPID), at=datetime(2026, 12, 1, 0, 0, tzinfo=WIB)
    )
    assert report.is_published


@pytest.mark.parametrize(("people", "is_published"), [(0, False), (4, False), (5, True)])
def test_the_result_of_fewer_than_five_is_not_published(people, is_published):
    many_answers(people)
    many_answers(10, is_flagged=True)
    report = make_draft()

    if is_published:
        actions.publish_report(report, actor=make_user(Role.PPID))
    else:
        with pytest.raises(actions.TooFewAnswers):
            actions.publish_report(report, actor=make_user(Role.PPID))
    assert report.is_published is is_published


def test_what_is_published_is_frozen():
    report = make_published()
    many_answers(50)

    report.refresh_from_db()
    assert (report.figures["n"], report.public_figures["n"]) == (20, 20)
    assert report.public_figures["value"] == "77.78"
    assert report.file
    assert len(report.sha256) == 64
    with pytest.raises(Refusal, match="tidak diubah lagi"):
        actions.save_report(report, actor=make_user(Role.PPID), background="Lain")
    with pytest.raises(Refusal, match="tidak diubah lagi"):
        actions.publish_report(report, actor=make_user(Role.PPID))


@pytest.mark.parametrize("harm", ["update", "delete", "event"])
def test_the_database_refuses_to_change_what_is_published(harm):
    report = make_published()
    same = SurveyReport.objects.filter(pk=report.pk)
    event = SurveyReportEvent.objects.filter(report=report)
    tries = {
        "update": lambda: same.update(background="Lain"),
        "delete": lambda: same._raw_delete(same.db),
        "event": lambda: event.update(code="disimpan"),
    }

    with pytest.raises(DatabaseError), transaction.atomic():
        tries[harm]()
    assert same.get().background == TEXTS["background"]


def test_a_published_report_is_corrected_by_another_edition():
    ppid = make_user(Role.PPID)
    first = make_published(ppid)
    with pytest.raises(Refusal, match="sudah terbit"):
        actions.begin_report("skm", AUGUST, actor=ppid)

    second = actions.begin_report("skm", AUGUST, actor=ppid, correction="Nama unsur")
    assert published() == [first]
    assert (second.edition, second.follow_ups) == (2, [PLAN])
    actions.publish_report(second, actor=ppid)

    assert published() == [second]
    assert second.has_profile


def test_nothing_can_be_corrected_before_it_is_published():
    with pytest.raises(Refusal, match="Belum ada"):
        actions.begin_report("skm", AUGUST, actor=make_user(Role.PPID), correction="x")


def test_the_newest_period_is_listed_first_and_one_instrument_can_be_chosen():
    august, september = make_published(), make_published(period=Period(2026, "09"))
    spak = make_published(instrument="spak")

    assert published() == [september, august, spak]
    assert published("spak") == [spak]


def test_the_profile_is_told_once_for_any_month():
    month = make_published()
    quarter = make_published(period=Period(2026, "t3"))
    other = make_published(period=Period(2026, "10"))

    assert [report.has_profile for report in (month, quarter, other)] == [True, False, True]
    assert month.public_figures["profile"]
    assert quarter.public_figures["profile"] == quarter.public_figures["services"] == []


@pytest.mark.parametrize(
    ("july", "august", "september", "refused"),
    [
        (10, 10, 0, False),  # the quarter is the two months
        (10, 10, 3, True),  # the quarter less both would be September's three
        (10, 10, 5, False),
    ],
)
def test_no_two_periods_tell_of_a_few_by_subtraction(july, august, september, refused):
    for month, people in ((7, july), (8, august), (9, september)):
        many_answers(people, date(2026, month, 1))
    make_published(period=Period(2026, "t3"), people=0)
    make_published(period=Period(2026, "07"), people=0)
    report = make_draft()

    if refused:
        with pytest.raises(actions.LeavesFew):
            actions.publish_report(report, actor=make_user(Role.PPID))
    else:
        actions.publish_report(report, actor=make_user(Role.PPID))
    assert report.is_published is not refused


def test_a_whole_that_leaves_a_few_is_refused_as_well():
    for month, people in ((7, 10), (8, 10), (9, 3)):
        many_answers(people, date(2026, month, 1))
    make_published(period=Period(2026, "07"), people=0)
    make_published(people=0)
    report = make_draft(period=Period(2026, "t3"))

    with pytest.raises(actions.LeavesFew, match="Triwulan III 2026"):
        actions.publish_report(report, actor=make_user(Role.PPID))


@pytest.mark.parametrize(
    "broken",
    [
        {"months": 2},
        {"first_month": date(2026, 2, 1), "months": 3},
        {"first_month": date(2026, 8, 2)},
        {"edition": 2},
        {"population": 100},
        {"state": "terbit"},
    ],
)
def test_the_database_refuses_a_report_that_cannot_be(broken):
    about = {"instrument": "skm", "first_month": AUGUST.first, "last_month": AUGUST.first}
    about |= {"months": 1, "author": make_user(Role.PPID)}

    with pytest.raises(IntegrityError), transaction.atomic():
        SurveyReport.objects.create(**{**about, **broken})


@pytest.mark.parametrize("role", list(Role))
def test_whoever_takes_the_answers_out_is_written_down(role):
    person = make_user(role, section="tikkim")
    if person.may("view_report") and person.may("export_case"):
        actions.log_export(person, instrumen="skm", count=20)
        line = AccessLog.objects.get()
        assert (line.what, line.user, line.data["list"]) == ("ekspor", person, "survei")
    else:
        with pytest.raises(NotAllowed):
            actions.log_export(person, instrumen="skm")
        assert not AccessLog.objects.exists()
