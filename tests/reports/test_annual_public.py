import csv
import re
from datetime import timedelta
from io import BytesIO, StringIO

import openpyxl
import pytest
import time_machine
from django.conf import settings

from office.roles import Role
from tests.factories import make_desk, make_user
from tests.kanim_portal.english import assert_english

from .conftest import LATER
from .writing import TEXTS, make_corrected, make_draft, make_published
from .year import small_year

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_paper", "_next_year")]

PAGE = "/laporan/2026/edisi-1/"


@pytest.fixture
def report():
    small_year(make_desk())
    return make_published()


def test_without_a_report_the_page_says_so(client):
    page = client.get("/laporan/")

    assert "Belum ada laporan yang terbit." in page.content.decode()
    assert client.get("/laporan/2026/").status_code == 404


def test_drafts_and_months_are_nobodys_to_read(client):
    make_draft()
    make_published(year=2025, month=3)

    assert "Belum ada laporan" in client.get("/laporan/").content.decode()
    for address in ("", "laporan.pdf", "angka.xlsx", "angka.csv"):
        assert client.get(PAGE + address).status_code == 404
        assert client.get(f"/laporan/2025/edisi-1/{address}").status_code == 404


def test_the_page_has_six_chapters_and_no_small_number(client, report):
    page = client.get(PAGE).content.decode()

    assert re.findall(r'<h2 id="bab-(\d)-judul">', page) == list("123456")
    assert "<strong>berlaku</strong>" in page
    assert TEXTS["recommendations"] in page
    assert "Rp24.100.000" in page
    assert "disamarkan" in page
    # A row with a single number is a count; others say how long something took.
    shown = re.findall(r"</th>\s*<td[^>]*>\s*([\d.,]+)\s*</td>\s*</tr>", page)
    assert "15" in shown
    assert not {number for number in shown if number in {"1", "2", "3", "4"}}
    # What the office alone may know of stays out, and no figure leads to a case.
    assert "Sisa dari waktu sebelumnya" not in page
    assert "/admin/" not in page


def test_a_later_edition_is_shown_first_and_the_earlier_stays(client):
    first = make_published()
    make_corrected(first)

    assert client.get("/laporan/2026/")["Location"] == "/laporan/2026/edisi-2/"
    assert "Edisi ini sudah dibetulkan." in client.get(PAGE).content.decode()
    newest = client.get("/laporan/2026/edisi-2/").content.decode()
    assert "Jumlah petugas keliru" in newest
    assert PAGE in newest
    assert "edisi 2" in client.get("/laporan/").content.decode()


def test_the_file_goes_out_as_it_was_published(client, report):
    response = client.get(f"{PAGE}laporan.pdf")

    content = b"".join(response.streaming_content)
    assert len(content) == report.size
    assert response["Content-Disposition"] == (
        'attachment; filename="laporan-layanan-informasi-2026.pdf"'
    )
    assert response["ETag"] == f'"{report.sha256[:32]}"'
    again = client.get(f"{PAGE}laporan.pdf", headers={"if-none-match": response["ETag"]})
    assert again.status_code == 304


def test_the_figures_come_for_programs_and_hide_the_same(client, report):
    book = openpyxl.load_workbook(
        BytesIO(b"".join(client.get(f"{PAGE}angka.xlsx").streaming_content))
    )
    rows = [[cell.value for cell in row] for row in book.active.iter_rows(min_row=2)]
    text = client.get(f"{PAGE}angka.csv").content.decode("utf-8-sig")
    lines = list(csv.reader(StringIO(text)))[1:]

    assert [row[:3] for row in rows] == [line[:3] for line in lines]
    assert ["Permohonan menurut jenis pemohon", "Permohonan yang diterima", "Jumlah", "15"] in lines
    numbers = {row[3] for row in rows}
    assert "disamarkan" in numbers
    assert not {row[3] for row in rows if row[2] == "Jumlah"} & {1, 2, 3, 4}


def test_a_reader_gets_a_page_anew_only_after_a_publication(client, report):
    client.get("/laporan/")
    page = client.get("/laporan/")
    assert page["Cache-Control"] == "private, max-age=60"
    same = client.get("/laporan/", headers={"if-none-match": page["ETag"]})
    assert same.status_code == 304

    with time_machine.travel(LATER + timedelta(hours=1)):
        make_corrected(report)
        changed = client.get("/laporan/", headers={"if-none-match": page["ETag"]})

    assert changed.status_code == 200


@pytest.mark.parametrize(
    "address", ["99999999999999999999/", "2026/edisi-99999999999999999999/", "0/edisi-0/"]
)
def test_an_impossible_address_is_not_found(client, address):
    assert client.get(f"/laporan/{address}").status_code == 404


def test_the_pages_are_english_for_an_english_reader(client, report):
    make_corrected(report, make_user(Role.PPID))

    assert_english(client, lambda client: client.get("/laporan/"))
    assert_english(client, lambda client: client.get(PAGE))
    assert_english(client, lambda client: client.get("/laporan/2026/edisi-2/"))


def test_the_empty_list_is_english_too(client):
    assert_english(client, lambda client: client.get("/laporan/"))


def test_the_figures_for_programs_are_english_too(client, report):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"

    text = client.get(f"{PAGE}angka.csv").content.decode("utf-8-sig")

    assert "Requests by kind of applicant,Requests received,Number,15" in text


def test_reports_are_found_from_the_footer_and_by_search_engines(client):
    assert 'href="/laporan/"' in client.get("/").content.decode()
    assert "/laporan/</loc>" in client.get("/sitemap.xml").content.decode()


def test_pages_cost_few_queries(client, report, django_assert_max_num_queries):
    client.get(PAGE)

    with django_assert_max_num_queries(8):
        client.get(PAGE)
    with django_assert_max_num_queries(6):
        client.get("/laporan/")
