"""Rules that look odd until one has seen what happens without them."""

import zlib
from datetime import date, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.utils import timezone

from cases import actions
from cases.desk.bulk import BULK_MOVES
from cases.desk.todo import Todo, waiting
from cases.models import AnswerDraft, Case, DraftFile
from cases.workflow import CaseError, NotAllowed, Privacy, Status
from inforequests.actions import adopt
from office import throttle
from office.models import Holiday, Section
from office.roles import Role
from office.uploads import UploadRefused, accept

from ..factories import (
    IDENTITY,
    make_case,
    make_desk,
    make_image,
    make_stored_file,
    make_upload,
    make_user,
    notices,
)
from .desk import act, client_of, page_of
from .intake import send

pytestmark = pytest.mark.django_db


def test_a_form_error_does_not_hide_that_somebody_else_saved():
    desk = make_desk()
    case = make_case(status=Status.IN_PROGRESS, desk=desk)
    opened_at = case.version
    actions.save_draft(case, actor=desk.head, body="Versi kepala.")

    refused = client_of(desk.officer).post(
        f"/admin/cases/case/{case.pk}/lakukan/ajukan/",
        {"version": opened_at, "body": "Versi petugas.", "outcome": ""},
    )
    assert f'name="version" value="{opened_at}"' in refused.content.decode()
    again = client_of(desk.officer).post(
        f"/admin/cases/case/{case.pk}/lakukan/ajukan/",
        {"version": opened_at, "body": "Versi petugas.", "outcome": "dijelaskan"},
    )

    assert again.status_code == 409
    assert "Versi petugas." in again.content.decode()
    assert AnswerDraft.objects.get().body == "Versi kepala."


def test_a_complaint_that_names_somebody_is_not_verified_without_a_word_about_it():
    desk = make_desk()
    case = make_case(about_whom="Petugas loket 3, Andi")
    typed = {"section": desk.section.pk, "service_class": ""}

    refused = act(desk.verifier, case, "verifikasi", **typed)
    assert refused.status_code == 200
    assert "Petugas loket 3, Andi" in refused.content.decode()
    case.refresh_from_db()
    assert case.status == Status.RECEIVED

    act(desk.verifier, case, "verifikasi", **typed, nobody_here="on")
    case.refresh_from_db()
    assert case.status == Status.VERIFIED


def test_a_complaint_that_names_somebody_is_not_verified_in_bulk():
    desk = make_desk()
    case = make_case(about_whom="Andi")

    with pytest.raises(CaseError, match="satu per satu"):
        BULK_MOVES["verifikasi"].action(
            case, actor=desk.verifier, section=desk.section, version=case.version
        )


def test_a_case_that_lost_its_officer_waits_to_be_assigned():
    desk = make_desk()
    case = make_case(status=Status.IN_PROGRESS, desk=desk)
    actions.name_reported(case, actor=desk.verifier, reported=[desk.officer])

    assert case in waiting(Case.objects.all(), Todo.ASSIGN, desk.verifier)


@pytest.mark.parametrize("privacy", [Privacy.CONFIDENTIAL, Privacy.ANONYMOUS])
def test_file_names_of_hidden_people_do_not_reach_the_section(privacy):
    identity = IDENTITY if privacy == Privacy.CONFIDENTIAL else None
    case = make_case(
        privacy=privacy, identity=identity, files=[make_stored_file("KTP-Sari-Melati.jpg")]
    )

    assert case.attachments.get().name == "lampiran-1.jpg"


def test_a_change_of_officer_inside_the_section_is_no_news_for_the_citizen():
    desk = make_desk()
    case = make_case(status=Status.ASSIGNED, desk=desk)
    before = len(notices(case))
    colleague = make_user(Role.OFFICER, section=desk.section)

    actions.assign(case, actor=desk.head, section=desk.section, assignee=colleague)

    assert notices(case)[before:] == [("didisposisi", colleague)]


def test_reading_an_identity_and_a_reminder_make_no_open_form_stale():
    desk = make_desk()
    case = make_case(status=Status.IN_PROGRESS, desk=desk)
    opened_at = case.version
    actions.reveal_identity(case, actor=desk.head, purpose="Menghubungi pelapor")
    with time_machine.travel(timezone.now() + timedelta(days=60), tick=False):
        assert actions.remind_overdue(case)

    actions.note(case, actor=desk.officer, text="Sudah ditelepon.", version=opened_at)


@pytest.mark.parametrize("way", ["answer_back", "reopen"])
def test_a_case_that_comes_back_gets_the_full_time_again(way):
    desk = make_desk()
    status = Status.ANSWERED if way == "answer_back" else Status.DONE
    case = make_case("pertanyaan", status, desk=desk)
    first_due = case.due_on
    with time_machine.travel(timezone.now() + timedelta(days=6), tick=False):
        if way == "answer_back":
            actions.answer_back(case, text="Belum jelas.")
        else:
            actions.reopen(case, actor=desk.head, reason="Warga menelepon lagi.")

        assert case.due_on > first_due
        assert case not in Case.objects.overdue()


def test_an_anonymous_case_cannot_become_an_information_request():
    desk = make_desk()
    case = make_case(privacy=Privacy.ANONYMOUS, identity=None)

    with pytest.raises(CaseError, match="anonim"):
        adopt(case, actor=desk.verifier, purpose="Skripsi")


def test_an_overdue_case_that_nobody_has_reminds_the_desk():
    desk = make_desk()
    case = make_case()
    with time_machine.travel(timezone.now() + timedelta(days=90), tick=False):
        actions.remind_overdue(case)

    assert ("lewat_tenggat", desk.verifier) in notices(case)


def test_the_case_page_shows_the_version_of_an_untouched_form():
    desk = make_desk()
    case = make_case(status=Status.IN_PROGRESS, desk=desk)

    page = client_of(desk.officer).get(page_of(case)).content.decode()

    assert f'name="version" value="{case.version}"' in page


def test_whoever_had_a_hand_in_the_answer_does_not_approve_it():
    desk = make_desk()
    case = make_case(status=Status.IN_PROGRESS, desk=desk)
    actions.save_draft(case, actor=desk.head, body="Loket ditambah.")
    actions.submit(case, actor=desk.officer, body="Loket ditambah.", outcome="dijelaskan")

    with pytest.raises(NotAllowed):
        actions.approve(case, actor=desk.head)
    actions.approve(case, actor=desk.ppid)


def test_nothing_is_enclosed_while_the_answer_is_being_read():
    desk = make_desk()
    case = make_case(status=Status.IN_APPROVAL, desk=desk)

    with pytest.raises(CaseError, match="diperiksa"):
        actions.add_files(case, actor=desk.head, files=[make_stored_file()], is_internal=False)


def test_what_the_accused_wrote_goes_back_and_cannot_be_sent():
    desk = make_desk()
    case = make_case(status=Status.IN_APPROVAL, desk=desk)

    actions.name_reported(case, actor=desk.verifier, reported=[desk.officer])

    assert case.status == Status.IN_PROGRESS
    assert not Case.objects.visible_to(desk.head).filter(pk=case.pk).exists()


def test_a_transfer_of_the_accused_does_not_open_the_case_to_the_former_head():
    desk = make_desk()
    colleague = make_user(Role.OFFICER, section=desk.section)
    case = make_case(status=Status.VERIFIED, desk=desk, reported=[colleague])
    colleague.section = Section.objects.exclude(pk=desk.section.pk).first()
    colleague.save()

    assert not Case.objects.visible_to(desk.head).filter(pk=case.pk).exists()


def test_the_reason_for_closing_outlives_the_reopening():
    desk = make_desk()
    case = make_case(status=Status.ARCHIVED, desk=desk)
    reason = case.closing_reason

    actions.reopen(case, actor=desk.head, reason="Warga datang ke kantor.")

    assert reason in case.messages.last().body


def test_a_case_of_an_undecreed_year_gets_its_date_when_the_decree_is_out():
    with time_machine.travel("2028-12-20 10:00+07:00", tick=False):
        case = make_case("pertanyaan")
        assert case.due_on is None
        assert not actions.set_due(case)
        for year in (2028, 2029):
            for month, category in ((1, "libur_nasional"), (2, "cuti_bersama")):
                day = date(year, month, 1)
                Holiday.objects.create(date=day, name="Libur", category=category)
        cache.clear()

        call_command("hourly", stdout=StringIO())

    case.refresh_from_db()
    assert case.due_on == date(2028, 12, 27)
    assert case.events.last().code == "tenggat_dihitung"


def test_done_on_a_shared_device_closes_the_opened_case_too(client, settings):
    settings.INTAKE_MIN_SECONDS = 0
    send(client, "tanya")
    case = make_case(code="ABCD-EFGH-JKMN-PQRS")
    client.post("/lacak/", {"reference": case.reference, "code": "ABCD-EFGH-JKMN-PQRS"})
    assert client.get("/lacak/kasus/").status_code == 200

    client.post("/tanya/selesai/")

    assert client.get("/lacak/kasus/").status_code == 302
    assert client.get("/tanya/terkirim/").status_code == 302


def test_leaving_a_case_on_a_shared_device_closes_the_receipt_too(client, settings):
    settings.INTAKE_MIN_SECONDS = 0
    send(client, "tanya")
    case = make_case(code="ABCD-EFGH-JKMN-PQRS")
    client.post("/lacak/", {"reference": case.reference, "code": "ABCD-EFGH-JKMN-PQRS"})

    client.post("/lacak/keluar/")

    assert client.get("/tanya/terkirim/").url == "/lacak/"


def test_a_file_taken_out_of_a_draft_leaves_the_storage(client, django_capture_on_commit_callbacks):
    client.post("/tanya/lampiran/", {"berkas": make_upload(), "tambah": "1"})
    kept = DraftFile.objects.get()

    with django_capture_on_commit_callbacks(execute=True):
        client.post("/tanya/lampiran/", {"hapus": kept.token})

    assert not default_storage.exists(kept.file)


def test_uploads_of_one_address_have_an_end(client, settings):
    settings.RATE_LIMIT_FACTOR = 0

    response = client.post("/tanya/lampiran/", {"berkas": make_upload()})

    assert response.status_code == 429
    assert not DraftFile.objects.exists()


def test_others_wrong_guesses_lock_nobody_out(client, settings):
    case = make_case(code="ABCD-EFGH-JKMN-PQRS")
    for _guess in range(3):
        throttle.hit("lacak-gagal", throttle.EVERYBODY, limit=10**6, minutes=60)
    settings.RATE_LIMIT_FACTOR = 0.001

    found = client.post("/lacak/", {"reference": case.reference, "code": "ABCDEFGHJKMNPQRS"})

    assert found.status_code == 302


def test_an_ipv6_visitor_is_counted_by_network():
    throttle.hit("coba", "2001:db8::1", limit=1, minutes=5)

    with pytest.raises(throttle.TooOften):
        throttle.hit("coba", "2001:db8::2", limit=1, minutes=5)
    throttle.hit("coba", "2001:db8:1::2", limit=1, minutes=5)


def test_a_picture_with_broken_metadata_is_refused_and_no_crash():
    broken = bytearray(make_image("PNG"))
    chunk = b"eXIf" + b"no tiff"
    at = broken.index(b"IDAT") - 4
    length = (len(chunk) - 4).to_bytes(4, "big")
    broken[at:at] = length + chunk + zlib.crc32(chunk).to_bytes(4, "big")

    with pytest.raises(UploadRefused):
        accept(make_upload("rusak.png", bytes(broken)))
