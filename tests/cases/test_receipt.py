import pytest

from cases import actions
from cases.receipt import render_receipt
from cases.workflow import Privacy
from tests.cases.citizens import CASE, open_case
from tests.factories import NOW, make_case, make_desk, make_stored_file
from tests.office.paper import text_of

pytestmark = pytest.mark.django_db


def test_a_complaints_receipt_holds_what_the_law_wants():
    case = make_case(
        at=NOW,
        place="Loket 3",
        loss="Satu hari kerja",
        requested_remedy="Jadwal baru",
        files=[make_stored_file("foto antrean.jpg")],
    )

    text = text_of(render_receipt(case, access_code="ABCD-EFGH-JKMN-PQRS"))

    for words in (
        "Kantor Imigrasi Kelas I TPI Bandung",
        case.reference,
        "ABCD-EFGH-JKMN-PQRS",
        "Selasa, 24 November 2026 10.00 WIB",
        "Sari Melati Kusuma",
        "Saya menunggu empat jam di loket pengambilan paspor.",
        "Loket 3",
        "Satu hari kerja",
        "Jadwal baru",
        "foto antrean.jpg",
        "Senin, 14 Desember 2026",
        "14 hari kerja",
        "PermenPANRB 62/2018",
        "28 Nov 2026 (Sabtu)",
        "SP4N-LAPOR!",
        "Ombudsman",
        "Diterima secara elektronik oleh Meja PPID",
    ):
        assert words in text


def test_a_requests_receipt_prints_the_six_rights_and_sends_nobody_to_the_ombudsman():
    text = text_of(render_receipt(make_case("permohonan")))

    for words in (
        "Hak-hak pemohon informasi",
        "kecuali informasi yang dikecualikan",
        "nomor pendaftaran",
        "10 hari kerja",
        "7 hari kerja",
        "standar biaya",
        "keberatan kepada Atasan PPID dalam 30 hari kerja",
        "Komisi Informasi dalam 14 hari kerja",
        "Cara memperoleh informasi",
        "Mendapatkan salinan",
    ):
        assert words in text
    assert "Ombudsman" not in text


def test_the_nik_is_masked_and_the_code_only_printed_when_it_is_given():
    case = make_case("permohonan")

    text = text_of(render_receipt(case))

    assert "3273014507900003" not in text
    assert "3273••••••••0003" in text
    assert "Kode akses" not in text


def test_an_anonymous_receipt_names_nobody():
    text = text_of(render_receipt(make_case(privacy=Privacy.ANONYMOUS)))

    assert "Anonim: tidak ada identitas yang disimpan" in text


def test_what_the_citizen_wrote_cannot_make_the_printer_fetch_anything():
    case = make_case(
        subject="<img src='http://203.0.113.9/x.png'>",
        narrative="<style>@import url(http://203.0.113.9/x.css)</style><b>tebal</b>",
    )

    assert "<b>tebal</b>" in text_of(render_receipt(case))


def test_the_reported_officers_name_and_the_desks_work_are_not_printed():
    desk = make_desk()
    case = make_case(status="diproses", desk=desk, about_whom="Petugas bermata satu")
    actions.note(case, actor=desk.officer, text="CATATAN-DALAM")

    text = text_of(render_receipt(case))

    assert "Petugas bermata satu" not in text
    assert "CATATAN-DALAM" not in text


def test_the_receipt_speaks_the_language_of_the_case():
    text = text_of(render_receipt(make_case("pertanyaan", language="en", at=NOW)))

    assert "Tuesday, 24 November 2026" in text


def test_a_followed_case_gives_its_receipt_without_the_code(client):
    case = open_case(client)

    response = client.get(f"{CASE}tanda-terima.pdf")

    assert response["Content-Type"] == "application/pdf"
    assert (
        response["Content-Disposition"]
        == f'attachment; filename="tanda-terima-{case.reference}.pdf"'
    )
    assert response["Cache-Control"] == "no-store, private"
    assert "Kode akses" not in text_of(response.content)


def test_without_access_there_is_no_receipt(client):
    assert client.get(f"{CASE}tanda-terima.pdf").status_code == 302
