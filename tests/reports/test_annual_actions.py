from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError

from office.refusals import NotAllowed, Refusal, StaleDraft
from office.roles import Role
from reports.annual import actions
from reports.models import Report, ReportEvent, ReportRule
from reports.period import Period
from tests.factories import make_desk, make_user

from .conftest import LATER
from .writing import TEXTS, codes, make_corrected, make_draft, make_published
from .year import moment, request, small_year

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_paper", "_next_year")]

YEAR = Period(2026)


def test_a_report_is_begun_written_and_published():
    ppid = make_user(Role.PPID)
    report = make_draft(ppid)

    actions.publish_report(report, actor=ppid, at=LATER)

    report.refresh_from_db()
    assert report.is_published
    assert (report.published_by, report.published_at) == (ppid, LATER)
    assert report.figures["counts"]["permohonan"]["n"] == 0
    assert len(report.sha256) == 64
    assert report.pages == 1
    assert default_storage.size(report.file) == report.size
    assert codes(report) == ["dimulai", "disimpan", "diterbitkan"]
    assert report.events.last().data == {"sha256": report.sha256}


@pytest.mark.parametrize("role", [role for role in Role if role != Role.PPID])
def test_only_the_ppid_writes_and_publishes(role):
    stranger = make_user(role)
    report = make_draft()

    for verb in (
        lambda: actions.begin_report(Period(2025), actor=stranger),
        lambda: actions.save_report(report, actor=stranger, policy="x"),
        lambda: actions.publish_report(report, actor=stranger),
    ):
        with pytest.raises(NotAllowed):
            verb()
    report.refresh_from_db()
    assert codes(report) == ["dimulai", "disimpan"]


def test_a_year_that_is_not_over_cannot_be_published():
    report = make_draft(year=2027)

    with pytest.raises(Refusal, match="belum berakhir"):
        actions.publish_report(report, actor=make_user(Role.PPID))


def test_a_year_that_has_not_begun_has_no_report():
    with pytest.raises(Refusal, match="belum dimulai"):
        actions.begin_report(Period(2028), actor=make_user(Role.PPID))


@pytest.mark.parametrize(
    "blank",
    [
        "policy", "facilities", "people", "budget", "spent", "internal_obstacles",
        "external_obstacles", "recommendations",
    ],
)  # fmt: skip
def test_every_chapter_has_to_be_written(blank):
    ppid = make_user(Role.PPID)
    report = make_draft(ppid)
    actions.save_report(
        report, actor=ppid, **{blank: None if blank in ("budget", "spent") else " "}
    )

    with pytest.raises(actions.ReportIncomplete) as refusal:
        actions.publish_report(report, actor=ppid)

    assert refusal.value.items == [blank]
    assert not Report.objects.published().exists()


def test_a_month_needs_no_policy_and_no_budget():
    ppid = make_user(Role.PPID)
    report = actions.begin_report(Period(2026, 3), actor=ppid)
    written = ("internal_obstacles", "external_obstacles", "recommendations")
    actions.save_report(report, actor=ppid, **{name: TEXTS[name] for name in written})

    actions.publish_report(report, actor=ppid)

    assert report.is_published
    assert not Report.objects.public().exists()


def test_there_is_one_draft_of_a_period():
    ppid = make_user(Role.PPID)
    make_draft(ppid)

    with pytest.raises(Refusal, match="sudah ada"):
        actions.begin_report(YEAR, actor=ppid)
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.create(year=2026, edition=2, correction="x", author=ppid)


def test_a_draft_that_somebody_else_changed_is_not_overwritten():
    ppid = make_user(Role.PPID)
    report = make_draft(ppid)
    seen = report.version
    actions.save_report(report, actor=ppid, version=seen, policy="Yang pertama")

    with pytest.raises(StaleDraft):
        actions.save_report(report, actor=ppid, version=seen, policy="Yang kedua")
    with pytest.raises(StaleDraft):
        actions.publish_report(report, actor=ppid, version=seen)

    report.refresh_from_db()
    assert report.policy == "Yang pertama"


def test_a_published_report_is_not_written_again():
    ppid = make_user(Role.PPID)
    report = make_published(ppid)

    for verb in (actions.save_report, actions.publish_report):
        with pytest.raises(Refusal, match="tidak diubah lagi"):
            verb(report, actor=ppid)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE reports_report SET policy = 'x'",
        "DELETE FROM reports_report",
        "UPDATE reports_reportevent SET code = 'x'",
        "DELETE FROM reports_reportevent",
    ],
)
def test_the_database_refuses_to_change_what_was_published(statement):
    make_published()

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_draft_may_change_in_the_database():
    report = make_draft()

    assert Report.objects.filter(pk=report.pk).update(policy="Lain") == 1


def test_an_event_is_neither_changed_nor_deleted():
    event = make_draft().events.first()

    for step in (event.save, event.delete):
        with pytest.raises(TypeError):
            step()
    assert ReportEvent.objects.count() == 2


def test_a_correction_is_another_edition_that_says_why():
    ppid = make_user(Role.PPID)
    first = make_published(ppid)
    with pytest.raises(Refusal, match="Tuliskan apa yang dibetulkan"):
        actions.begin_report(YEAR, actor=ppid)

    second = make_corrected(first, ppid)

    assert (second.edition, second.policy) == (2, TEXTS["policy"])
    assert second.correction.startswith("Jumlah petugas")
    first.refresh_from_db()
    assert first.people == TEXTS["people"]


def test_nothing_is_corrected_that_was_never_published():
    with pytest.raises(Refusal, match="Belum ada laporan terbit"):
        actions.begin_report(YEAR, actor=make_user(Role.PPID), correction="Salah hitung")


def test_what_was_counted_at_the_publication_stays_counted():
    desk = make_desk()
    small_year(desk)
    report = make_published()
    request(desk, "2026-12-30")

    report.refresh_from_db()

    assert report.figures["counts"]["permohonan"]["n"] == 15
    public = report.public_figures["counts"]
    assert public["permohonan"]["n"] == 15
    assert {part["n"] for part in public["permohonan"]["by"]["pemohon"]} <= {None, 0, 15}
    assert public["keberatan"]["n"] is None
    assert "sisa" not in public


@pytest.mark.parametrize(("day", "month"), [(31, 4), (30, 2), (29, 2), (0, 1), (1, 13)])
def test_a_due_date_exists_in_every_year(day, month):
    with pytest.raises(IntegrityError), transaction.atomic():
        ReportRule.objects.create(day=day, month=month, law="x", valid_from="2027-01-01")


def test_the_due_date_is_a_dated_row():
    ReportRule.objects.create(day=30, month=4, law="PERKI baru", valid_from="2028-01-01")

    assert ReportRule.objects.in_force().due_on(2026).isoformat() == "2027-03-31"
    assert (
        ReportRule.objects.in_force(moment("2028-02-01").date()).due_on(2027).isoformat()
        == "2028-04-30"
    )
    assert LATER - timedelta(days=1) > moment("2026-12-31")
