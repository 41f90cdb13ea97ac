import json
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from cases import actions as case_actions
from cases.models import Case
from cases.workflow import Kind, Privacy, Status
from dataprotection import actions
from dataprotection.models import ClockRule, DisposalBatch, SubjectRequest
from tests.cases.citizens import open_case
from tests.cases.desk import client_of, see
from tests.dataprotection.past import SECRET, destroy, make_past
from tests.factories import IDENTITY, NOW, codes, make_case, make_desk, make_stored_file
from tests.kanim_portal.english import assert_english
from tests.office.paper import accessibility_of, text_of

pytestmark = pytest.mark.django_db

RIGHTS = "/hak-data/"
REQUESTS = "/admin/dataprotection/subjectrequest/"
BATCHES = "/admin/dataprotection/disposalbatch/"
ASKED = {"kind": "perbaikan", "detail": "Nama saya ditulis salah."}


def text(response):
    return response.content.decode()


def test_without_an_opened_case_the_page_says_how_to_get_there(client):
    response = client.get(RIGHTS)

    assert response.status_code == 200
    assert 'href="/lacak/"' in text(response)
    assert client.post("/hak-data/salinan/json/").status_code == 302


def test_what_was_typed_is_shown_again_when_the_access_has_ended(client):
    open_case(client)

    with time_machine.travel(NOW + timedelta(minutes=31)):
        response = client.post(RIGHTS, ASKED)

    assert ASKED["detail"] in text(response)
    assert not SubjectRequest.objects.exists()


def test_a_citizen_asks_and_sees_the_clock(client):
    case = open_case(client)
    assert RIGHTS in text(client.get("/lacak/kasus/"))

    response = client.post(RIGHTS, ASKED, follow=True)

    request = SubjectRequest.objects.get()
    assert (request.case, request.kind, request.detail) == (case, "perbaikan", ASKED["detail"])
    assert "Jumat, 27 November 2026, 10.00 WIB" in text(response)
    assert "Sisa waktu 71 jam 59 menit" in text(response)


@pytest.mark.parametrize("wrong", [{"kind": ""}, {"kind": "x"}, {"detail": "  "}, {"detail": "a"}])
def test_what_is_not_complete_comes_back_with_what_was_typed(client, wrong):
    open_case(client)

    response = client.post(RIGHTS, {**ASKED, **wrong})

    assert "galat-ringkasan" in text(response)
    assert "detail" in wrong or ASKED["detail"] in text(response)
    assert not SubjectRequest.objects.exists()


def test_a_second_click_makes_no_second_request(client):
    open_case(client)
    client.post(RIGHTS, ASKED)

    response = client.post(RIGHTS, ASKED)

    assert "masih kami tangani" in text(response)
    assert SubjectRequest.objects.count() == 1


def test_an_answer_and_a_refusal_are_read_on_the_page(client):
    desk, case = make_desk(), open_case(client)
    first = actions.ask(case, kind="akses", detail="Salinan")
    second = actions.ask(case, kind="pembatasan", detail="Tunda")
    actions.fulfil(first, actor=desk.ppid, answer="Silakan unduh.")
    actions.refuse(second, actor=desk.ppid, ground="UU X Pasal 9", answer="Masih diperlukan.")

    shown = text(client.get(RIGHTS))

    for words in ("Silakan unduh.", "UU X Pasal 9", "Masih diperlukan."):
        assert words in shown
    assert str(desk.ppid) not in shown


def test_nobody_sees_the_requests_of_another_case(client):
    actions.ask(make_case(), kind="akses", detail="Rahasia orang lain")
    open_case(client)

    assert "Rahasia orang lain" not in text(client.get(RIGHTS))


def test_the_copy_holds_everything_of_the_citizens_and_nothing_of_the_offices(client):
    desk = make_desk()
    case = open_case(client, "pengaduan", Status.ANSWERED, desk=desk, place="Loket 3")
    case_actions.note(case, actor=desk.head, text="Catatan rahasia kantor")
    case_actions.add_files(case, actor=desk.head, files=[make_stored_file("internal.jpg")])
    case_actions.reveal_identity(case, actor=desk.verifier, purpose="Menelepon pelapor")

    response = client.post("/hak-data/salinan/json/")

    assert response["Content-Disposition"] == f'attachment; filename="data-{case.reference}.json"'
    held = json.loads(response.content)
    identity = {row["field"]: row["value"] for row in held["identity"]}
    assert identity["nik"] == IDENTITY.nik
    assert held["texts"]["narrative"] == case.narrative
    assert "Loket 3" in str(held["texts"]["more"])
    assert [message["text"] for message in held["messages"]] == ["Loket kedua sudah dibuka."]
    (line,) = held["access"]
    assert (line["who"], line["what"], line["purpose"]) == (
        "Verifikator",
        "Identitas dibuka",
        "Menelepon pelapor",
    )
    words = text(response)
    for hidden in ("Catatan rahasia kantor", "internal.jpg", str(desk.verifier), str(desk.head)):
        assert hidden not in words
    assert codes(case)[-1] == "salinan_data_diunduh"


def test_the_copy_lists_files_with_size_and_hash(client):
    file = make_stored_file("foto antrean.jpg")
    open_case(client, files=[file])

    (row,) = json.loads(client.post("/hak-data/salinan/json/").content)["files"]

    assert (row["name"], row["size"], row["sha256"]) == ("foto antrean.jpg", file.size, file.sha256)


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_copy_on_paper_is_readable_by_everybody(client, language):
    client.cookies["bahasa"] = language
    case = open_case(client)
    actions.ask(case, kind="akses", detail="Salinan untuk arsip")

    response = client.post("/hak-data/salinan/pdf/")

    words, said = text_of(response.content), accessibility_of(response.content)
    for part in (IDENTITY.full_name, IDENTITY.nik, case.reference, "Salinan untuk arsip"):
        assert part in words
    assert (said["is_tagged"], said["claims_ua"], said["language"]) == (True, True, language)


def test_an_anonymous_case_says_that_no_identity_is_held(client):
    open_case(client, privacy=Privacy.ANONYMOUS)

    assert json.loads(client.post("/hak-data/salinan/json/").content)["identity"] is None


def test_copies_are_posted_and_limited(client):
    case = open_case(client)

    assert client.get("/hak-data/salinan/json/").status_code == 405
    assert client.post("/hak-data/salinan/xml/").status_code == 404
    for _ in range(7):
        response = client.post("/hak-data/salinan/json/")

    assert response.status_code == 302
    assert codes(case).count("salinan_data_diunduh") == 6


def test_the_public_pages_speak_english(client):
    assert_english(client, lambda visitor: visitor.get(RIGHTS))
    open_case(client)
    assert_english(client, lambda visitor: visitor.get(RIGHTS))
    client.post(RIGHTS, {"kind": "akses", "detail": "x" * 5})
    SubjectRequest.objects.update(detail="x")
    assert_english(client, lambda visitor: visitor.get(RIGHTS))
    assert_english(client, lambda visitor: visitor.post(RIGHTS, {}))


def test_the_desk_takes_corrects_and_answers():
    desk, case = make_desk(), make_case(Kind.INFORMATION_REQUEST)
    request = actions.ask(case, **ASKED)
    client, act = client_of(desk.ppid), f"{REQUESTS}{request.pk}/lakukan/"

    assert "sisa 71 jam 59 menit" in text(client.get(REQUESTS))
    assert "Permintaan hak data" in text(client.get("/admin/"))
    client.post(f"{act}tangani/")
    wrong = client.post(f"{act}penuhi/", {"nik": "123", "full_name": "Sari", "answer": "Beres."})
    client.post(f"{act}penuhi/", {"full_name": "Sari Melati", "answer": "Sudah diperbaiki."})

    assert "Beres." in text(wrong)
    assert 'value="Sari"' in text(wrong)
    assert Case.objects.get(pk=case.pk).identity.full_name == "Sari Melati"
    page = text(client.get(request.get_absolute_url()))
    assert "Dipenuhi" in page
    assert IDENTITY.nik not in page


def test_the_desk_goes_on_with_the_most_urgent_request():
    desk, later, sooner = make_desk(), make_case(), make_case()
    second = actions.ask(later, kind="akses", detail="Salinan data", at=NOW)
    first = actions.ask(sooner, **ASKED, at=NOW - timedelta(hours=1))
    client, following = client_of(desk.ppid), f"{REQUESTS}berikutnya/"
    assert f'href="{following}?hak=akses"' in text(client.get(REQUESTS))

    assert client.get(following).url == first.get_absolute_url()
    assert client.get(f"{following}?hak=akses").url == second.get_absolute_url()
    assert client.get(f"{following}?hak=x").url == first.get_absolute_url()
    for request in (first, second):
        actions.refuse(request, actor=desk.ppid, ground="Pasal 15", answer="Masih diperlukan.")

    assert "Tidak ada permintaan yang menunggu." in text(client.get(following, follow=True))
    assert client_of(desk.head).get(following).status_code == 403


def test_an_erasure_that_the_law_forbids_is_told_and_keeps_what_was_typed():
    desk, case = make_desk(), make_case()
    request = actions.ask(case, kind="penghapusan", detail="Hapus data saya")
    client = client_of(desk.ppid)

    response = client.post(
        f"{REQUESTS}{request.pk}/lakukan/penuhi/", {"answer": "Dihapus.", "confirm": "on"}
    )
    unsure = client.post(f"{REQUESTS}{request.pk}/lakukan/penuhi/", {"answer": "Dihapus."})

    assert response.status_code == 409
    assert "Kasus ini masih terbuka" in text(response)
    assert "Dihapus." in text(response)
    assert "belum diisi" in text(unsure)
    assert not case.redactions.exists()


def test_what_was_settled_by_somebody_else_is_told():
    desk, case = make_desk(), make_case()
    request = actions.ask(case, kind="akses", detail="Salinan")
    actions.fulfil(request, actor=desk.office_head, answer="Silakan unduh.")

    response = client_of(desk.ppid).post(
        f"{REQUESTS}{request.pk}/lakukan/penuhi/", {"answer": "Lain"}, follow=True
    )

    assert "tidak bisa dilakukan sekarang" in text(response)
    request.refresh_from_db()
    assert request.answer == "Silakan unduh."


def test_a_confidential_request_hides_its_words_from_the_ppid():
    desk = make_desk()
    case = make_case(privacy=Privacy.CONFIDENTIAL)
    request = actions.ask(case, kind="akses", detail="Nama saya Sari")

    hidden, shown = (see(who, request.get_absolute_url()) for who in (desk.ppid, desk.office_head))

    assert "Nama saya Sari" not in hidden
    assert "/lakukan/" not in hidden
    assert "Nama saya Sari" in shown


@pytest.mark.parametrize("who", ["officer", "head", "verifier"])
def test_the_desk_of_data_protection_is_closed_to_others(who):
    desk = make_desk()
    request = actions.ask(make_case(), **ASKED)
    make_past(desk=desk)
    batch = actions.make_batch(actor=None)

    for address in (
        REQUESTS,
        request.get_absolute_url(),
        BATCHES,
        batch.get_absolute_url(),
        f"{BATCHES}{batch.pk}/berita-acara.pdf",
    ):
        assert client_of(getattr(desk, who)).get(address).status_code == 403


def test_the_list_of_requests_costs_the_same_for_one_and_for_many(django_assert_max_num_queries):
    desk = make_desk()
    for _ in range(6):
        actions.ask(make_case(), **ASKED)
    client = client_of(desk.ppid)

    with django_assert_max_num_queries(8):
        client.get(REQUESTS)


def test_a_batch_goes_from_the_dry_run_to_the_minutes():
    desk = make_desk()
    case = make_past(desk=desk)
    first, second = client_of(desk.ppid), client_of(desk.office_head)

    assert "Susun berkas pemusnahan" in text(first.get(BATCHES))
    first.post(f"{BATCHES}susun/")
    batch = DisposalBatch.objects.get()
    act = f"{batch.get_absolute_url().removesuffix('change/')}lakukan/"
    first.post(f"{act}tanda-tangan/")
    assert "harus dari orang lain" in text(first.get(batch.get_absolute_url()))
    first.post(f"{act}musnahkan/", {"confirm": "on"})
    batch.refresh_from_db()
    assert batch.ordered_at is None
    second.post(f"{act}tanda-tangan/")
    unsure = second.post(f"{act}musnahkan/")
    assert "belum diisi" in text(unsure)
    second.post(f"{act}musnahkan/", {"confirm": "on"})
    batch.refresh_from_db()
    actions.run_batch(batch)

    page = text(first.get(batch.get_absolute_url()))
    assert "1 dimusnahkan" in page
    assert case.reference not in page
    minutes = first.get(f"{BATCHES}{batch.pk}/berita-acara.pdf")
    words = text_of(minutes.content)
    assert "Berita acara pemusnahan" in words
    assert str(desk.ppid) in words
    assert str(desk.office_head) in words
    for hidden in (case.reference, IDENTITY.full_name, SECRET):
        assert hidden not in words
    assert accessibility_of(minutes.content)["claims_ua"]


def test_there_are_no_minutes_of_what_was_not_destroyed():
    desk = make_desk()
    make_past(desk=desk)
    batch = actions.make_batch(actor=None)

    response = client_of(desk.ppid).get(f"{BATCHES}{batch.pk}/berita-acara.pdf")

    assert response.status_code == 302


def test_the_citizen_of_a_destroyed_case_is_told_on_both_pages():
    client, desk = Client(), make_desk()
    open_case(client, "pengaduan", Status.DONE, desk=desk, at=NOW - timedelta(days=6 * 365))

    destroy(desk)

    assert "masa simpannya habis" in text(client.get("/lacak/kasus/"))
    assert client.get(RIGHTS).status_code == 200
    held = json.loads(client.post("/hak-data/salinan/json/").content)
    assert held["identity"] == []
    assert {row["part"] for row in held["destroyed"]} >= {"Identitas pelapor/pemohon"}


def test_the_form_says_the_hours_of_the_row_in_force(client):
    open_case(client)
    assert "dalam 72 jam" in client.get(RIGHTS).content.decode()

    ClockRule.objects.create(duty="hak_subjek", hours=48, law="UU baru", valid_from=NOW.date())

    assert "dalam 48 jam" in client.get(RIGHTS).content.decode()
