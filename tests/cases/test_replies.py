from datetime import timedelta

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.test import Client

from cases import actions
from cases.models import DraftFile, Message
from cases.workflow import Privacy, Status
from office.models import ThrottleWindow
from tests.cases.citizens import CASE, TRACK, key, make_tracked, open_case, page, unlock
from tests.factories import (
    NOW,
    codes,
    make_case,
    make_image,
    make_pdf,
    make_upload,
)
from tests.races import at_once, split

pytestmark = pytest.mark.django_db


def test_the_citizen_adds_facts_with_files(client):
    case = open_case(client, status="diproses")

    response = client.post(
        f"{CASE}tambah/",
        {
            "key": key(client),
            "text": "Ini fotonya.",
            "berkas": [make_upload(), make_upload("b.png", make_image("PNG"))],
        },
        follow=True,
    )

    html = response.content.decode()
    assert "Pesan Anda sudah terkirim" in html
    assert "Ini fotonya." in html
    assert "b.png" in html
    assert codes(case)[-1] == "warga_menambahkan"
    assert case.attachments.filter(message__body="Ini fotonya.").count() == 2
    assert not DraftFile.objects.exists()


def test_the_citizen_completes_when_asked(client):
    case = open_case(client, status="perlu_dilengkapi")
    assert "Kapan kejadiannya?" in page(client)

    client.post(f"{CASE}lengkapi/", {"key": key(client), "text": "Tanggal 20."})

    case.refresh_from_db()
    assert case.status == Status.RECEIVED
    assert codes(case)[-1] == "dilengkapi"


def test_an_answer_can_be_answered_back_for_ten_working_days(client):
    case, code = make_tracked(status="ditanggapi", at=NOW)
    assert f"{case.reply_until}" == "2026-12-08"

    with time_machine.travel(NOW + timedelta(days=14)):
        unlock(client, case, code)
        client.post(f"{CASE}tanggapi/", {"key": key(client), "text": "Loketnya masih tutup."})
    case.refresh_from_db()
    assert case.status == Status.IN_PROGRESS


def test_after_that_the_typed_text_is_shown_and_the_reason_told(client):
    case, code = make_tracked(status="ditanggapi", at=NOW)

    with time_machine.travel(NOW + timedelta(days=15)):
        unlock(client, case, code)
        assert "Belum selesai" not in page(client)
        response = client.post(f"{CASE}tanggapi/", {"key": "k", "text": "Masih tutup."})
    html = response.content.decode()
    assert "Waktu untuk menanggapi jawaban ini sudah lewat." in html
    assert "Masih tutup." in html
    case.refresh_from_db()
    assert case.status == Status.ANSWERED


def test_the_citizen_says_that_it_is_resolved_once(client):
    case = open_case(client, status="ditanggapi")

    first = client.post(f"{CASE}selesai/")
    second = client.post(f"{CASE}selesai/")

    assert first.status_code == second.status_code == 302
    assert first.url == second.url == f"{CASE}?terkirim=selesai"
    assert codes(case).count("ditutup") == 1


def test_withdrawing_asks_first(client):
    case = open_case(client)

    asked = client.get(f"{CASE}cabut/")
    assert "Cabut kiriman ini?" in asked.content.decode()
    case.refresh_from_db()
    assert case.status == Status.RECEIVED
    assert "sudah dicabut" in client.post(f"{CASE}cabut/", follow=True).content.decode()
    case.refresh_from_db()
    assert case.status == Status.WITHDRAWN


def test_a_move_that_is_not_possible_is_refused_with_the_reason(client):
    open_case(client)

    response = client.post(f"{CASE}selesai/")

    html = response.content.decode()
    assert response.status_code == 200
    assert "berstatus “Diterima”" in html
    assert "<title>Galat:" in html


@pytest.mark.parametrize("verb", ["tambah", "lengkapi", "tanggapi", "selesai", "cabut"])
def test_nothing_can_be_done_without_access(client, verb):
    case = make_case()

    response = client.post(f"{CASE}{verb}/", {"text": "halo", "key": "k"})

    assert response.status_code == 302
    assert response.url == TRACK
    assert codes(case) == ["diterima"]


def test_an_unknown_verb_does_not_exist(client):
    open_case(client)

    assert client.post(f"{CASE}hapus/").status_code == 404


def test_a_message_without_text_is_refused_and_its_files_are_kept(client):
    case = open_case(client, status="diproses")

    response = client.post(
        f"{CASE}tambah/", {"key": key(client), "text": " ", "berkas": [make_upload("bukti-1.jpg")]}
    )

    html = response.content.decode()
    assert "Tulis pesan Anda." in html
    assert "bukti-1.jpg" in html
    client.post(f"{CASE}tambah/", {"key": key(client), "text": "Sekarang dengan teks."})
    assert [file.name for file in case.attachments.all()] == ["bukti-1.jpg"]
    assert default_storage.exists(case.attachments.get().file)


def test_a_refused_file_keeps_the_text_and_the_good_files(client):
    case = open_case(client, status="diproses")

    response = client.post(
        f"{CASE}tambah/",
        {
            "key": key(client),
            "text": "Dua berkas.",
            "berkas": [make_upload("baik.jpg"), make_upload("buruk.exe", b"MZ\x90\x00")],
        },
    )

    html = response.content.decode()
    assert "buruk.exe" in html
    assert "baik.jpg" in html
    assert ">\nDua berkas.</textarea>" in html
    assert case.messages.count() == 0
    assert "Dua berkas." in page(client)


def test_a_kept_file_can_be_taken_out_again_and_the_text_stays(client):
    open_case(client, status="diproses")
    client.post(f"{CASE}tambah/", {"key": "k", "text": "", "berkas": [make_upload("salah.jpg")]})
    token = DraftFile.objects.get().token

    client.post(f"{CASE}tambah/", {"key": "k", "text": "Teks saya", "hapus": token})

    assert not DraftFile.objects.exists()
    assert "Teks saya" in page(client)


def test_at_most_five_files_go_with_a_message(client):
    case = open_case(client, status="diproses")
    uploads = [make_upload(f"f{n}.pdf", make_pdf(str(n))) for n in range(6)]

    response = client.post(
        f"{CASE}tambah/", {"key": key(client), "text": "Enam", "berkas": uploads}
    )

    assert "Paling banyak 5 berkas" in response.content.decode()
    assert case.attachments.count() == 0
    assert DraftFile.objects.count() == 5


def test_what_was_typed_when_the_half_hour_ended_is_there_after_opening_again(client):
    case, code = make_tracked(status="diproses")
    unlock(client, case, code)

    with time_machine.travel(NOW + timedelta(minutes=31)):
        response = client.post(
            f"{CASE}tambah/",
            {"key": "k", "text": "Tulisan panjang", "berkas": [make_upload("foto.jpg")]},
            follow=True,
        )
        assert "Yang Anda tulis tersimpan." in response.content.decode()
        assert case.messages.count() == 0
        unlock(client, case, code)
        html = page(client)
    assert "Tulisan panjang" in html
    assert "foto.jpg" in html


def test_a_text_that_found_the_case_closed_can_still_be_copied(client):
    case = open_case(client)
    form_key = key(client)
    actions.withdraw(case)

    response = client.post(f"{CASE}tambah/", {"key": form_key, "text": "Terlambat saya kirim"})

    html = response.content.decode()
    assert "Terlambat saya kirim" in html
    assert "berstatus “Dicabut”" in html


def test_the_same_form_sent_again_is_one_message_and_one_result(client):
    case = open_case(client, status="diproses")
    sent = {"key": key(client), "text": "Sekali saja."}

    first = client.post(f"{CASE}tambah/", {**sent, "berkas": [make_upload()]})
    second = client.post(f"{CASE}tambah/", {**sent, "berkas": [make_upload()]})

    assert first.url == second.url == f"{CASE}?terkirim=tambah"
    assert case.messages.count() == 1
    assert case.attachments.count() == 1
    assert codes(case).count("warga_menambahkan") == 1


def test_two_forms_are_two_messages(client):
    case = open_case(client, status="diproses")
    for text in ("Satu", "Dua"):
        client.post(f"{CASE}tambah/", {"key": key(client), "text": text})

    assert list(case.messages.values_list("body", flat=True)) == ["Satu", "Dua"]


def test_an_answered_back_form_sent_again_shows_the_same_result(client):
    case = open_case(client, status="ditanggapi")
    sent = {"key": key(client), "text": "Belum."}

    urls = [client.post(f"{CASE}tanggapi/", sent).url for _ in range(2)]

    assert urls == [f"{CASE}?terkirim=tanggapi"] * 2
    assert codes(case).count("warga_menanggapi") == 1


def test_messages_are_limited_per_case_and_the_text_is_kept(client, settings):
    case = open_case(client, status="diproses")
    client.post(f"{CASE}tambah/", {"key": "k0", "text": "Pertama"})
    ThrottleWindow.objects.update(hits=30)

    response = client.post(f"{CASE}tambah/", {"key": "k1", "text": "Kedua"})

    assert response.status_code == 429
    assert "Kedua" in response.content.decode()
    assert case.messages.count() == 1


def test_ten_clicks_at_once_are_one_message(committed_db, client):
    case = open_case(client, status="diproses")
    sent = {"key": key(client), "text": "Klik."}
    cookies = client.cookies

    def click(number):
        visitor = Client()
        visitor.cookies = cookies
        return visitor.post(f"{CASE}tambah/", {**sent, "berkas": [make_upload()]})

    good, errors = split(at_once(10, click))

    assert not errors
    assert {response.url for response in good} == {f"{CASE}?terkirim=tambah"}
    assert Message.objects.filter(case=case).count() == 1
    assert case.attachments.count() == 1


def test_an_anonymous_citizen_talks_back_without_leaving_a_name(client):
    case = open_case(client, status="diproses", privacy=Privacy.ANONYMOUS)

    client.post(
        f"{CASE}tambah/", {"key": key(client), "text": "Foto", "berkas": [make_upload("Sari.jpg")]}
    )

    assert "Sari" not in case.attachments.get().name
