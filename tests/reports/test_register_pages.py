"""The registers in the admin: who reads what, how much it costs, what leaves as a file."""

import re
import zipfile
from io import BytesIO

import pytest
from django.test import Client
from openpyxl import load_workbook

from cases import actions
from cases.models import AccessLog
from cases.workflow import Kind, Privacy, Status
from office.roles import Role
from reports.registers import paper
from tests.cases.desk import client_of, see
from tests.factories import IDENTITY, NOW, make_case, make_desk, make_section, make_user

pytestmark = pytest.mark.django_db
PAGE = "/admin/register/"
R = Kind.INFORMATION_REQUEST
FIRST = {"No", "a. Nomor Registrasi Keberatan"}
PURPOSE = {"purpose": "Pemeriksaan Inspektorat", "confirm": "on"}
UPPER = [
    "No", "Tgl", "Nama", "Alamat", "Nomor Kontak", "Pekerjaan", "Informasi yang Diminta",
    "Tujuan Penggunaan Informasi", "Status Informasi: di bawah penguasaan",
    "Bentuk Informasi yang Dikuasai", "Jenis Permohonan", "Keputusan", "Alasan Penolakan",
    "Hari dan Tanggal", "Biaya &amp; Cara Pembayaran",
]  # fmt: skip
LOWER = [
    "Ya", "Tidak", "Softcopy", "Hardcopy", "Melihat/Mengetahui", "Meminta Salinan",
    "Pemberitahuan Tertulis", "Pemberian Informasi", "Biaya", "Cara",
]  # fmt: skip


def content(response):
    assert response.status_code == 200, response.status_code
    return b"".join(response.streaming_content)


def download(user, form="xlsx", query=""):
    return client_of(user).get(f"{PAGE}unduh/?bentuk={form}&{query}")


def in_full(user, form="xlsx", query="", **typed):
    return client_of(user).post(f"{PAGE}lengkap/?{query}", {**PURPOSE, "bentuk": form, **typed})


def lines(raw):
    rows = [list(row) for row in load_workbook(BytesIO(raw)).active.iter_rows(values_only=True)]
    head = next(
        n for n, row in enumerate(rows) if row[0] in ("No", "a. Nomor Registrasi Keberatan")
    )
    return rows[head + 2 :]


def test_the_table_has_the_two_rows_of_headings_of_the_official_register():
    desk = make_desk()
    make_case(R)

    head = see(desk.ppid, PAGE).split("<thead>")[1].split("</thead>")[0]

    upper, lower = head.split("</tr>")[:2]
    assert re.findall(r"<th [^>]*>([^<]+)</th>", upper) == UPPER
    assert re.findall(r"<th [^>]*>([^<]+)</th>", lower) == LOWER


def test_every_cell_leads_to_its_event_in_the_history_of_the_case():
    desk = make_desk()
    case = make_case(R, Status.ANSWERED, desk=desk)

    page = see(desk.ppid, PAGE)
    body = page.split("<tbody>")[1].split("</tbody>")[0]
    links = re.findall(r'href="([^"]+)"', body)
    answer = case.events.get(code="ditanggapi").seq
    story = see(desk.ppid, case.get_absolute_url())

    filled = [cell for cell in re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", body) if cell]
    assert len(filled) == len(links) > 12
    assert {link.partition("#")[0] for link in links} == {case.get_absolute_url()}
    assert {link.rpartition("-")[2] for link in links} == {"1", str(answer)}
    for link in links:
        assert f'id="{link.partition("#")[2]}"' in story


def test_identities_are_masked_on_the_page():
    desk = make_desk()
    make_case(R)

    page = see(desk.ppid, PAGE)

    assert "S••• M••• K•••" in page
    for word in (IDENTITY.full_name, IDENTITY.address, IDENTITY.phone, IDENTITY.email, "3273"):
        assert word not in page
    assert not AccessLog.objects.exists()


def test_the_page_asks_the_same_few_questions_for_one_row_and_for_many(
    django_assert_max_num_queries,
):
    desk, client = make_desk(), client_of(make_user(Role.PPID))
    make_case(R, Status.ANSWERED, desk=desk)
    client.get(PAGE)
    with django_assert_max_num_queries(12) as one:
        client.get(PAGE)
    for _ in range(6):
        make_case(R, Status.ANSWERED, desk=desk)
        make_case(R)
    with django_assert_max_num_queries(12) as many:
        response = client.get(PAGE)

    assert len(many) == len(one)
    assert response.context["count"] == 13


def test_a_long_register_comes_in_pages(monkeypatch):
    monkeypatch.setattr("reports.register_pages.PER_PAGE", 2)
    desk = make_desk()
    numbers = [make_case(R).reference for _ in range(5)]

    found = [
        re.findall(r'<th scope="row"><a [^>]*>([^<]+)</a>', see(desk.ppid, f"{PAGE}?p={page}"))
        for page in ("1", "2", "3", "99", "x")
    ]

    assert found == [numbers[:2], numbers[2:4], numbers[4:], numbers[4:], numbers[:2]]


def test_a_year_without_anything_says_so_and_offers_no_file():
    page = see(make_desk().ppid, f"{PAGE}?buku=keberatan")

    assert "Tidak ada yang terdaftar" in page
    assert "unduh/" not in page
    assert "lengkap/" not in page


def test_the_years_are_those_in_which_numbers_were_given_out():
    desk = make_desk()
    make_case(R, at=make_case(R).received_at.replace(year=2025))

    page = see(desk.ppid, PAGE)

    years = page.split('name="tahun"')[1].split("</select>")[0]
    assert re.findall(r'<option value="(\d+)"', years) == ["2026", "2025"]


@pytest.mark.parametrize("query", ["tahun=1999", "buku=x", "masa=tw9", "tahun=%00", "p=-1&tahun=x"])
def test_a_choice_that_does_not_exist_falls_back_with_a_word(query):
    desk = make_desk()
    make_case(R)

    page = see(desk.ppid, f"{PAGE}?{query}")

    assert "Register Permohonan Informasi 2026" in page
    assert "Pilihan tidak dikenali" in page
    assert download(desk.ppid, query=query).status_code == 302


@pytest.mark.parametrize(
    ("role", "reads", "takes", "takes_all"),
    [
        (Role.OFFICER, True, False, False),
        (Role.SECTION_HEAD, True, True, True),
        (Role.VERIFIER, True, True, True),
        (Role.PPID, True, True, True),
        (Role.PPID_SUPERIOR, True, True, True),
        (Role.OFFICE_HEAD, True, True, True),
        (Role.YANKOMAS, False, False, False),
        (Role.HUMAS, False, False, False),
        (Role.ADMINISTRATOR, False, False, False),
    ],
)
def test_who_reads_and_who_takes_it_away(role, reads, takes, takes_all):
    desk = make_desk()
    make_case(R, Status.VERIFIED, desk=desk)
    user = make_user(role, section=desk.section)
    client = client_of(user)

    def opens(response):
        return response.status_code == 200

    assert opens(client.get(PAGE)) is reads
    assert opens(download(user)) is takes
    assert opens(in_full(user)) is takes_all
    if reads:
        page = see(user, PAGE)
        assert ("unduh/" in page) is takes
        assert ("lengkap/" in page) is takes_all


def test_a_visitor_is_asked_to_log_in():
    for address in (PAGE, f"{PAGE}unduh/?bentuk=xlsx", f"{PAGE}lengkap/"):
        assert Client().get(address).status_code == 302


def test_only_the_own_section_is_in_the_register_of_a_section():
    desk = make_desk()
    mine = make_case(R, Status.VERIFIED, desk=desk)
    make_case(R, Status.VERIFIED, desk=make_desk(make_section()))
    make_case(R)

    page, found = see(desk.head, PAGE), lines(content(download(desk.head)))

    assert [row[0] for row in found] == [mine.reference]
    assert "Hanya kasus seksi Anda" in page
    assert "Hanya kasus seksi Anda" not in see(desk.ppid, PAGE)


def test_a_case_that_names_the_reader_is_in_no_register_of_theirs():
    desk = make_desk()
    case = make_case(R)
    actions.name_reported(case, actor=desk.verifier, reported=[desk.ppid])

    assert lines(content(download(desk.ppid))) == []
    assert len(lines(content(download(desk.verifier)))) == 1


def test_a_masked_file_is_written_down_without_a_purpose():
    desk = make_desk()
    make_case(R)

    raw = content(download(desk.ppid, query="tahun=2026&masa=tw4"))
    line = AccessLog.objects.get()

    assert IDENTITY.full_name not in str(lines(raw))
    assert (line.what, line.user, line.purpose) == ("ekspor", desk.ppid, "")
    assert line.data == {
        "list": "register-permohonan",
        "year": 2026,
        "period": "tw4",
        "form": "xlsx",
        "masked": True,
        "count": 1,
    }


def test_identities_leave_with_a_purpose_that_is_written_down():
    desk = make_desk()
    make_case(R)

    response = in_full(desk.ppid)
    row = lines(content(response))[0]
    line = AccessLog.objects.get()

    assert row[2:5] == [IDENTITY.full_name, IDENTITY.address, f"{IDENTITY.phone}, {IDENTITY.email}"]
    assert line.purpose == "Pemeriksaan Inspektorat"
    assert line.data["masked"] is False
    assert 'filename="register-permohonan-2026-lengkap.xlsx"' in response["Content-Disposition"]


def test_it_is_written_down_before_the_first_row_is_read(monkeypatch):
    def broken(*args):
        raise RuntimeError

    desk = make_desk()
    make_case(R)
    monkeypatch.setattr("reports.registers.books.Extract.entries", broken)
    with pytest.raises(RuntimeError):
        in_full(desk.ppid)

    assert AccessLog.objects.get().data["masked"] is False


@pytest.mark.parametrize(
    ("typed", "complaint"),
    [
        ({"purpose": ""}, "belum diisi"),
        ({"purpose": "x"}, "paling sedikit 5"),
        ({"purpose": "     x    "}, "paling sedikit 5"),
        ({"confirm": ""}, "belum diisi"),
        ({"bentuk": "csv"}, "csv"),
    ],
)
def test_without_a_purpose_and_a_tick_nothing_leaves_and_what_was_typed_stays(typed, complaint):
    desk = make_desk()
    make_case(R)

    response = in_full(desk.ppid, **({"purpose": "Untuk sidang sengketa"} | typed))
    page = response.content.decode()

    assert "Ada yang perlu diperbaiki" in page
    assert complaint in page
    assert typed.get("purpose", "Untuk sidang sengketa") in page
    assert IDENTITY.full_name not in page
    assert not AccessLog.objects.exists()


@pytest.mark.parametrize(("who", "sees"), [("ppid", False), ("verifier", True)])
def test_a_confidential_identity_leaves_only_with_those_who_may_open_it(who, sees):
    desk = make_desk()
    make_case(R, privacy=Privacy.CONFIDENTIAL)

    row = lines(content(in_full(getattr(desk, who))))[0]
    masked = lines(content(download(getattr(desk, who))))[0]

    assert row[2] == (IDENTITY.full_name if sees else "dirahasiakan")
    assert (IDENTITY.address in row) is sees
    assert masked[2:6] == ["dirahasiakan", None, None, None]


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://evil")', "http://evil"]
)
def test_nothing_a_citizen_typed_becomes_a_formula_or_a_link(text):
    desk = make_desk()
    make_case(R, subject=text, purpose=text)

    raw = zipfile.ZipFile(BytesIO(content(in_full(desk.verifier))))
    sheet = raw.read("xl/worksheets/sheet1.xml").decode()

    assert "<f>" not in sheet
    assert "<hyperlink" not in sheet


def test_the_headings_of_the_sheet_are_merged_in_two_rows():
    desk = make_desk()
    make_case(R)

    sheet = load_workbook(BytesIO(content(download(desk.ppid)))).active

    merged = {str(cells) for cells in sheet.merged_cells.ranges}
    assert {"A5:A6", "I5:J5", "K5:L5", "M5:N5", "Q5:R5", "S5:T5", "O5:O6"} <= merged
    assert [cell.value for cell in sheet[6]][8:10] == ["Ya", "Tidak"]
    assert sheet.freeze_panes == "B7"
    assert sheet.print_title_rows == "$5:$6"
    assert sheet.page_setup.orientation == "landscape"


def test_a_part_too_long_for_paper_is_refused_with_advice(monkeypatch):
    monkeypatch.setattr(paper, "MOST", 1)
    monkeypatch.setattr("reports.registers.releasing.MOST", 1)
    monkeypatch.setattr("reports.register_pages.MOST", 1)
    desk = make_desk()
    for _ in range(2):
        make_case(R)

    page = see(desk.ppid, PAGE)
    refused = client_of(desk.ppid).get(f"{PAGE}unduh/?bentuk=pdf", follow=True).content.decode()
    typed = in_full(desk.ppid, "pdf").content.decode()

    assert "bentuk=pdf" not in page
    assert "PDF memuat paling banyak 1 baris" in page
    for answer in (refused, typed):
        assert "2 baris; PDF paling banyak 1 baris. Pilih triwulan atau bulan" in answer
    assert PURPOSE["purpose"] in typed
    assert 'value="xlsx"' in typed
    assert 'value="pdf"' not in page + typed
    assert not AccessLog.objects.exists()


def test_a_part_too_long_for_paper_names_the_parts_that_fit(monkeypatch):
    monkeypatch.setattr("reports.register_pages.MOST", 2)
    for month in (1, 1, 2, 11):
        make_case(R, at=NOW.replace(month=month))

    page = see(make_desk().ppid, PAGE)

    assert "paling banyak 2 baris, dan bagian ini 4" in page
    for part, label, lines in (
        ("01", "Januari", 2),
        ("tw4", "Triwulan IV", 1),
        ("11", "November", 1),
    ):
        link = f'<a href="?buku=permohonan&amp;tahun=2026&amp;masa={part}">{label}</a> ({lines})'
        assert link in page
    assert "Triwulan I</a>" not in page
    assert "bentuk=pdf" not in page
    assert '<option value="pdf">' not in page
    assert "bentuk=pdf" in see(make_desk().ppid, f"{PAGE}?tahun=2026&masa=01")
