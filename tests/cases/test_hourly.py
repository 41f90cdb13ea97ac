import os
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from cases import access_link, actions
from cases.models import AccessLink, Case, DraftFile, IntakeDraft, Notice
from cases.workflow import Status
from office import throttle
from office.models import Holiday, ThrottleWindow
from tests.factories import NOW, codes, make_case, make_desk, make_stored_file, notices

pytestmark = pytest.mark.django_db


def hourly(at=NOW):
    out = StringIO()
    call_command("hourly", at=at, stdout=out)
    return dict(line.rsplit(": ", 1) for line in out.getvalue().splitlines())


def make_draft(*, expires_at, case=None, files=0):
    draft = IntakeDraft.objects.create(
        token=f"token-{IntakeDraft.objects.count()}",
        kind="pengaduan",
        started_at=NOW - timedelta(hours=24),
        expires_at=expires_at,
        case=case,
    )
    for _ in range(files):
        file = make_stored_file()
        fields = {name: getattr(file, name) for name in file.__dataclass_fields__}
        DraftFile.objects.create(draft=draft, **fields)
    return draft


def test_the_officer_is_reminded_once_within_three_working_days():
    desk = make_desk()
    case = make_case("pertanyaan", Status.IN_PROGRESS, desk=desk, at=NOW)
    assert f"{case.due_on}" == "2026-12-01"

    assert hourly(NOW)["segera jatuh tempo, diingatkan"] == "0"
    friday = NOW + timedelta(days=3)
    assert hourly(friday)["segera jatuh tempo, diingatkan"] == "1"
    assert hourly(friday)["segera jatuh tempo, diingatkan"] == "0"
    assert codes(case).count("segera_jatuh_tempo") == 1
    assert ("segera_jatuh_tempo", desk.officer) in notices(case)


def test_officer_and_head_hear_once_that_the_date_has_passed():
    desk = make_desk()
    case = make_case("pertanyaan", Status.IN_PROGRESS, desk=desk, at=NOW)
    late = NOW + timedelta(days=8)

    assert hourly(late)["lewat tenggat, diingatkan"] == "1"
    assert hourly(late + timedelta(hours=1))["lewat tenggat, diingatkan"] == "0"
    assert codes(case).count("lewat_tenggat") == 1
    assert {user for code, user in notices(case) if code == "lewat_tenggat"} == {
        desk.officer,
        desk.head,
    }


def test_a_new_due_date_is_told_of_again():
    desk = make_desk()
    case = make_case("permohonan", Status.IN_PROGRESS, desk=desk, at=NOW)
    assert (
        hourly(datetime(2026, 12, 7, 3, tzinfo=NOW.tzinfo))["segera jatuh tempo, diingatkan"] == "1"
    )
    actions.extend(case, actor=desk.head, reason="Data dikumpulkan.")

    assert (
        hourly(datetime(2026, 12, 16, 3, tzinfo=NOW.tzinfo))["segera jatuh tempo, diingatkan"]
        == "1"
    )
    assert codes(case).count("segera_jatuh_tempo") == 2


def test_an_answered_case_closes_by_itself_after_ten_silent_working_days():
    case = make_case(status=Status.ANSWERED, at=NOW)

    assert hourly(NOW + timedelta(days=14))["ditutup karena tidak ditanggapi"] == "0"
    assert hourly(NOW + timedelta(days=15))["ditutup karena tidak ditanggapi"] == "1"
    assert hourly(NOW + timedelta(days=15))["ditutup karena tidak ditanggapi"] == "0"
    case.refresh_from_db()
    assert case.status == Status.DONE
    assert ("ditutup", None) in notices(case)


def test_one_broken_case_is_logged_and_the_rest_is_done(monkeypatch, caplog):
    broken, sound = (make_case(status=Status.ANSWERED, at=NOW) for _ in range(2))
    close_silent = actions.close_silent

    def fail(case, *, at):
        if case.pk == broken.pk:
            raise RuntimeError(case.narrative)
        return close_silent(case, at=at)

    fail.__name__ = "close_silent"
    monkeypatch.setattr(actions, "close_silent", fail)

    assert hourly(NOW + timedelta(days=15))["ditutup karena tidak ditanggapi"] == "1"

    sound.refresh_from_db()
    assert sound.status == Status.DONE
    assert f"close_silent of case {broken.pk}: RuntimeError" in caplog.text
    assert "empat jam" not in caplog.text


def test_a_year_without_holidays_stops_no_reminder(caplog):
    case = make_case("pertanyaan", Status.IN_PROGRESS, at=NOW)
    Holiday.objects.all().delete()
    cache.clear()
    counts = hourly(NOW + timedelta(days=5))

    assert counts["segera jatuh tempo, diingatkan"] == "1"
    assert "load_holidays" in caplog.text
    assert "segera_jatuh_tempo" in codes(case)


def test_expired_drafts_go_with_their_files():
    draft = make_draft(expires_at=NOW - timedelta(seconds=1), files=2)
    kept = make_draft(expires_at=NOW + timedelta(hours=1), files=1)
    places = list(draft.files.values_list("file", flat=True))

    assert hourly()["isian sementara dihapus"] == "1"

    assert list(IntakeDraft.objects.all()) == [kept]
    assert not any(default_storage.exists(place) for place in places)
    assert default_storage.exists(kept.files.get().file)


def test_a_file_that_a_case_has_taken_over_stays():
    draft = make_draft(expires_at=NOW - timedelta(seconds=1), files=1)
    case = make_case(files=draft.files.all())

    hourly()

    assert not IntakeDraft.objects.exists()
    assert default_storage.exists(case.attachments.get().file)


def test_a_sent_draft_and_its_code_go_after_an_hour():
    fresh = make_case(at=NOW - timedelta(minutes=59))
    old = make_case(at=NOW - timedelta(minutes=61))
    for case in (fresh, old):
        make_draft(expires_at=NOW + timedelta(hours=23), case=case)

    hourly()

    assert IntakeDraft.objects.get().case == fresh


def age(place, hours):
    moment = (NOW - timedelta(hours=hours)).timestamp()
    os.utime(default_storage.path(place), (moment, moment))


def test_files_that_no_row_names_go_after_two_days_and_no_others():
    orphan, young = make_stored_file().file, make_stored_file().file
    case = make_case(files=[make_stored_file()])
    waiting = make_draft(expires_at=NOW + timedelta(hours=1), files=1).files.get().file
    attached = case.attachments.get().file
    foreign = Path(default_storage.path(orphan)).with_name("catatan.txt")
    foreign.write_text("bukan milik kami")
    for place in (orphan, attached, waiting):
        age(place, 49)
    os.utime(foreign, (0, 0))

    assert hourly()["berkas tanpa pemilik dihapus"] == "1"

    assert not default_storage.exists(orphan)
    assert all(default_storage.exists(place) for place in (young, attached, waiting))
    assert foreign.exists()


def test_orphans_of_last_month_are_found_too():
    place = make_stored_file().file
    age(place, 49)

    assert hourly(NOW + timedelta(days=20))["berkas tanpa pemilik dihapus"] == "1"
    assert not default_storage.exists(place)


def test_old_counts_sessions_links_and_jobs_go():
    throttle.hit("x", "y", limit=1, minutes=15)
    session = SessionStore()
    session["lacak"] = {}
    session.save()
    case = make_case(at=NOW)
    access_link.make(case)
    DBTaskResult.objects.update(status="SUCCESSFUL", finished_at=NOW)

    swept = hourly(NOW + timedelta(minutes=1)).items()
    assert {count for label, count in swept if label.endswith("dihapus")} == {"0"}
    counts = hourly(NOW + timedelta(days=15))
    assert counts["hitungan batas akses dihapus"] == counts["sesi dihapus"] == "1"
    assert counts["tautan kode dihapus"] == counts["tugas selesai dihapus"] == "1"
    for model in (ThrottleWindow, Session, AccessLink):
        assert not model.objects.exists()


def test_a_waiting_notice_without_a_live_job_is_queued_again():
    lost, alive, killed = (make_case(at=NOW).notices.get() for _ in range(3))
    DBTaskResult.objects.filter(args_kwargs__args=[lost.pk]).delete()
    DBTaskResult.objects.filter(args_kwargs__args=[killed.pk]).update(
        status="RUNNING", started_at=NOW
    )
    later = timezone.now() + timedelta(minutes=11)

    assert hourly(NOW)["surat dimasukkan lagi ke antrean"] == "0"
    assert hourly(later)["surat dimasukkan lagi ke antrean"] == "2"
    assert hourly(later)["surat dimasukkan lagi ke antrean"] == "0"
    queued = DBTaskResult.objects.filter(status="READY").values_list("args_kwargs", flat=True)
    assert sorted(row["args"][0] for row in queued) == sorted([lost.pk, alive.pk, killed.pk])


def test_a_step_that_fails_does_not_stop_the_others(monkeypatch):
    make_draft(expires_at=NOW - timedelta(seconds=1))

    def fail(at):
        raise OSError("/secret/path")

    monkeypatch.setattr("cases.sweeping.stuck_notices", fail)
    errors = StringIO()
    out = StringIO()
    with pytest.raises(CommandError, match="surat dimasukkan lagi ke antrean"):
        call_command("hourly", at=NOW, stdout=out, stderr=errors)

    assert "isian sementara dihapus: 1" in out.getvalue()
    assert errors.getvalue() == "surat dimasukkan lagi ke antrean: OSError\n"


def test_the_moment_may_be_given_by_hand(capsys):
    case = make_case(status=Status.ANSWERED, at=NOW)

    call_command("hourly", "--at", "2026-12-09T10:00")

    assert Case.objects.get(pk=case.pk).status == Status.DONE
    with pytest.raises(CommandError):
        call_command("hourly", "--at", "kemarin")
    assert Notice.objects.filter(code="ditutup").exists()
