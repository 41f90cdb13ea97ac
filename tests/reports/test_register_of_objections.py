"""The register of objections: its columns, and what of a request it may tell whom."""

import re

import pytest

import inforequests.actions as requesting
from cases import actions
from cases.workflow import Kind, Status
from tests.cases.desk import see
from tests.factories import make_case, make_desk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_paper")]
PAGE = "/admin/register/?buku=keberatan"
UPPER = [
    "a. Nomor Registrasi Keberatan", "b. Tanggal Diterima",
    "c. Identitas Lengkap Pemohon dan/atau Kuasa", "d. Nomor Pendaftaran Permohonan",
    "e. Informasi yang Diminta", "f. Tujuan Penggunaan",
    "g. Alasan Keberatan (Pasal 35 ayat (1) huruf)", "h. Keputusan Atasan PPID",
    "i. Hari dan Tanggal Pemberian Tanggapan", "j. Nama dan Posisi Atasan PPID",
    "k. Tanggapan Pemohon (menerima/sengketa)",
]  # fmt: skip


def cells(page):
    """The words of the only row, and where each leads."""
    body = page.split("<tbody>")[1].split("</tbody>")[0]
    found = re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", body)
    words = [re.sub(r"<span.*?</span>|<[^>]+>", "", cell) for cell in found]
    links = [(re.findall(r'href="([^"]+)"', cell) or [""])[0] for cell in found]
    return words, links


def test_the_seven_grounds_stand_below_one_heading():
    desk = make_desk()
    make_case(Kind.OBJECTION)

    head = see(desk.ppid, PAGE).split("<thead>")[1].split("</thead>")[0]

    upper, lower = head.split("</tr>")[:2]
    assert re.findall(r"<th [^>]*>([^<]+)</th>", upper) == UPPER
    assert re.findall(r"<th [^>]*>([^<]+)</th>", lower) == list("abcdefg")
    assert 'scope="colgroup" colspan="7"' in upper


def test_an_answered_objection_leads_to_its_own_events_and_to_the_receipt_of_the_request():
    desk = make_desk()
    case = make_case(Kind.OBJECTION, Status.DONE, desk=desk)
    request = case.keberatan.request
    answered, accepted = (
        f"{case.get_absolute_url()}#peristiwa-{case.events.get(code=code).seq}"
        for code in ("ditanggapi", "ditutup")
    )

    words, links = cells(see(desk.ppid, PAGE))

    assert len(words) == 17
    assert words[:2] == [case.reference, "24 November 2026"]
    assert words[3:5] == [request.reference, request.subject]
    assert words[6:13] == ["", "", "√", "", "", "", "√"]
    assert words[13:] == [
        "Keberatan ditolak; keputusan PPID dikuatkan",
        "Selasa, 24 November 2026",
        f"{desk.office_head}, Atasan PPID",
        "Menerima",
    ]
    assert links[3] == links[4] == f"{request.get_absolute_url()}#peristiwa-1"
    assert links[13:] == [answered, answered, answered, accepted]


def test_a_dispute_is_the_reaction_that_counts():
    desk = make_desk()
    case = make_case(Kind.OBJECTION, Status.DONE, desk=desk)
    requesting.record_dispute(
        case, actor=desk.ppid, number="012/KI/2026", filed_on=case.received_at.date()
    )

    words, links = cells(see(desk.ppid, PAGE))

    recorded = case.events.get(code="sengketa_dicatat").seq
    assert words[16] == "Sengketa: 012/KI/2026"
    assert links[16].endswith(f"#peristiwa-{recorded}")


def test_a_request_out_of_sight_gives_only_its_number():
    desk = make_desk()
    case = make_case(Kind.OBJECTION, subject="Daftar pejabat yang diperiksa")
    request = case.keberatan.request
    actions.name_reported(request, actor=desk.verifier, reported=[desk.ppid])

    words, links = cells(see(desk.ppid, PAGE))

    assert words[3] == request.reference
    assert links[3] == ""
    assert links[4] == f"{case.get_absolute_url()}#peristiwa-1"
    assert request.get_absolute_url() not in see(desk.ppid, PAGE)


def test_an_objection_that_waits_has_blank_cells():
    desk = make_desk()
    make_case(Kind.OBJECTION)

    words, _links = cells(see(desk.ppid, PAGE))

    assert words[13:] == ["", "", "", ""]


def test_the_register_asks_the_same_few_questions_for_one_row_and_for_many(
    django_assert_max_num_queries, client
):
    desk = make_desk()
    client.force_login(desk.ppid)
    make_case(Kind.OBJECTION, Status.ANSWERED, desk=desk)
    client.get(PAGE)
    with django_assert_max_num_queries(13) as one:
        client.get(PAGE)
    for _ in range(3):
        make_case(Kind.OBJECTION, Status.ANSWERED, desk=desk)
    with django_assert_max_num_queries(13) as many:
        client.get(PAGE)

    assert len(many) == len(one)
