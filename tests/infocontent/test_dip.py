"""The list of public information, for readers and at the desk."""

from io import BytesIO

import openpyxl
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import F
from django.test import Client

from infocontent import search
from infocontent.models import Media, PublicInformation
from office.roles import Role
from tests.factories import make_pdf, make_user
from tests.kanim_portal.english import assert_english

from .shelf import text

pytestmark = pytest.mark.django_db

LIST, FILE = "/informasi/dip/", "/informasi/dip/daftar.xlsx"
DESK = "/admin/infocontent/publicinformation/"
COLUMNS = [
    "Nomor",
    "Ringkasan Isi Informasi",
    "Pejabat/Unit/Satker yang Menguasai",
    "Penanggung Jawab Pembuatan/Penerbitan",
    "Waktu dan Tempat Pembuatan",
    "Bentuk (format) Informasi yang Tersedia",
    "Jangka Waktu Penyimpanan / Retensi Arsip",
]
KEEPERS = [Role.HUMAS, Role.PPID]
TYPED = {
    "number": "901",
    "summary": "Laporan kinerja zirkonium",
    "summary_en": "",
    "holder": "Subbagian Tata Usaha",
    "responsible": "Kepala Subbagian",
    "made": "Januari 2026, Bandung",
    "available_as": "PDF",
    "retention": "5 tahun",
    "category": "berkala",
    "topic": "",
    "link": "",
    "is_listed": "on",
}


@pytest.fixture(autouse=True)
def _empty_list():
    """The rows that an office begins with are set aside."""
    PublicInformation.objects.update(is_listed=False, number=F("number") + 1000)


def make_row(number=1, summary="Laporan kinerja tahun 2025", **more):
    return PublicInformation.objects.create(
        **{
            "number": number,
            "summary": summary,
            "category": "berkala",
            "holder": "Subbagian Tata Usaha",
            "responsible": "Kepala Subbagian Tata Usaha",
            "made": "Januari 2026, Bandung",
            "available_as": "Softcopy (PDF)",
            "retention": "5 tahun",
            **more,
        }
    )


def make_document():
    return Media.objects.create(
        token="t" * 43,
        kind=Media.Kind.DOCUMENT,
        name="laporan.pdf",
        file="konten/laporan.pdf",
        content_type="application/pdf",
        size=412_000,
        sha256="0" * 64,
        pages=48,
    )


def upload(content=None):
    return SimpleUploadedFile("laporan.pdf", content or make_pdf(), "application/pdf")


def desk(*roles):
    client = Client()
    client.force_login(make_user(*roles))
    return client


def sheet(client, query=""):
    response = client.get(FILE + query)
    book = openpyxl.load_workbook(BytesIO(b"".join(response.streaming_content)))
    return [[cell.value for cell in row] for row in book.active.iter_rows()]


# What the public reads


def test_the_list_has_the_seven_columns_of_the_regulation(client):
    row = make_row()

    page = text(client.get(LIST)).replace("<wbr>", "")

    for column in COLUMNS:
        assert f">{column}</th>" in page
    for value in (row.summary, row.holder, row.responsible, row.made, row.available_as):
        assert value in page
    assert row.retention in page


@pytest.mark.parametrize(
    "sentence",
    [
        "paling sedikit setiap 6 bulan",
        "tanpa menunda",
        "Selalu tersedia",
        "Mengajukan permohonan tidak dipungut biaya",
    ],
)
def test_it_explains_the_categories_and_how_to_ask_for_the_rest(client, sentence):
    page = text(client.get(LIST))

    assert sentence in page
    assert 'href="/permohonan/"' in page


def test_a_document_says_what_it_is_before_it_is_fetched(client):
    row = make_row(document=make_document())

    for address in (LIST, row.get_absolute_url()):
        page = text(client.get(address))
        assert f'href="{row.document.get_absolute_url()}"' in page
        assert "PDF, 48 halaman, 402,3" in page


def test_a_link_leads_out(client):
    row = make_row(link="https://example.go.id/laporan")

    for address in (LIST, row.get_absolute_url()):
        assert 'href="https://example.go.id/laporan"' in text(client.get(address))


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("", {1, 2, 3}),
        ("?kategori=serta-merta", {2}),
        ("?q=kinerja", {1}),
        ("?q=KINERJA+laporan", {1}),
        ("?q=report", {1}),
        ("?q=keuangan", {3}),
        ("?q=kinerja&kategori=serta-merta", set()),
        ("?kategori=rahasia", {1, 2, 3}),
        ("?q=%00", {1, 2, 3}),
        ("?q=%25", set()),
        ("?hal=99", {1, 2, 3}),
    ],
)
def test_the_list_and_its_file_are_narrowed_alike(client, query, numbers):
    make_row(1, summary_en="Performance report")
    make_row(2, "Gangguan sistem", category="serta-merta")
    make_row(3, "Prosedur pelayanan", category="setiap-saat", holder="Urusan Keuangan")

    page = text(client.get(LIST + query))

    assert {n for n in (1, 2, 3) if f'href="/informasi/dip/{n}/"' in page} == numbers
    assert {row[0] for row in sheet(client, query)[1:]} == numbers


def test_a_filter_that_is_not_understood_is_said(client):
    make_row()

    assert "diabaikan: Kategori" in text(client.get(f"{LIST}?kategori=rahasia"))


def test_an_empty_list_and_an_empty_result_say_what_to_do(client):
    assert "Daftar ini belum diisi." in text(client.get(LIST))
    make_row()
    assert "Kurangi kata carinya" in text(client.get(f"{LIST}?q=tidakada"))


@pytest.mark.parametrize("address", [LIST, f"{LIST}?hal=2&q=laporan", f"{LIST}1/"])
def test_the_pages_take_few_queries_at_any_size(client, django_assert_max_num_queries, address):
    document = make_document()
    for number in range(1, 61):
        make_row(number, document=document)

    with django_assert_max_num_queries(8):
        assert client.get(address).status_code == 200


def test_a_long_list_has_pages_that_keep_the_filter(client):
    for number in range(1, 31):
        make_row(number)

    page = text(client.get(f"{LIST}?q=kinerja"))

    assert 'href="/informasi/dip/15/"' in page
    assert 'href="/informasi/dip/16/"' not in page
    assert "q=kinerja&amp;hal=2" in page


def test_what_is_not_listed_is_nowhere(client):
    row = make_row(is_listed=False)

    assert row.summary not in text(client.get(LIST))
    assert sheet(client)[1:] == []
    assert client.get(row.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("number", ["0", "7", "9" * 30])
def test_a_row_that_is_not_there_is_not_found(client, number):
    assert client.get(f"{LIST}{number}/").status_code == 404


def test_the_page_of_a_row_says_all_of_it(client):
    row = make_row()

    page = text(client.get(row.get_absolute_url()))

    for column in COLUMNS:
        assert column in page
    assert "Berkala" in page
    assert "UU 14/2008 Pasal 9" in page


@pytest.mark.parametrize("address", [LIST, f"{LIST}1/"])
def test_it_speaks_english(client, address):
    make_row(summary_en="Performance report", document=make_document(), link="https://a.example")

    assert_english(client, lambda browser: browser.get(address))


# The file


def test_the_file_has_the_columns_the_category_and_a_link(client):
    make_row(1, document=make_document())
    make_row(2, link="https://example.go.id/laporan")
    make_row(3)

    rows = sheet(client)

    assert rows[0] == [*COLUMNS, "Kategori", "Tautan"]
    assert rows[1][7] == "Berkala"
    assert [row[8] for row in rows[1:]] == [
        f"{settings.SITE_URL}/informasi/berkas/{'t' * 43}/laporan.pdf",
        "https://example.go.id/laporan",
        f"{settings.SITE_URL}/informasi/dip/3/",
    ]


@pytest.mark.parametrize("words", ['=HYPERLINK("http://x")', "+1", "-1", "@SUM(A1)"])
def test_nothing_in_the_file_is_a_formula(client, words):
    make_row(summary=words)

    response = client.get(FILE)
    book = openpyxl.load_workbook(BytesIO(b"".join(response.streaming_content)))

    cell = book.active.cell(2, 2)
    assert (cell.value, cell.data_type) == (words, "s")
    assert response["Content-Disposition"].startswith("attachment")


def test_the_pages_are_only_read(client):
    for address in (LIST, FILE, f"{LIST}1/"):
        assert client.post(address).status_code == 405


# The desk


@pytest.mark.parametrize("role", KEEPERS)
def test_the_next_free_number_is_proposed(role):
    make_row(4000)

    assert 'name="number" value="4001"' in text(desk(role).get(f"{DESK}add/"))


@pytest.mark.parametrize("role", KEEPERS)
def test_a_saved_row_is_listed_and_found(client, role):
    desk(role).post(f"{DESK}add/", TYPED)

    assert TYPED["summary"] in text(client.get(LIST))
    assert search.find("zirkonium").total == 1


def test_a_row_that_is_taken_off_the_list_is_not_found_any_more():
    keeper = desk(Role.PPID)
    keeper.post(f"{DESK}add/", TYPED)
    row = PublicInformation.objects.get(number=901)

    keeper.post(f"{DESK}{row.pk}/change/", {**TYPED, "is_listed": ""})

    row.refresh_from_db()
    assert not row.is_listed
    assert search.find("zirkonium").total == 0


@pytest.mark.parametrize("role", [role for role in Role if role not in KEEPERS])
def test_others_change_nothing(role):
    row = make_row()

    assert desk(role).post(f"{DESK}add/", TYPED).status_code == 403
    assert desk(role).post(f"{DESK}{row.pk}/change/", TYPED).status_code == 403
    row.refresh_from_db()
    assert row.number == 1
    assert not PublicInformation.objects.filter(number=901).exists()


def test_the_head_of_the_office_reads_it():
    row = make_row()

    page = text(desk(Role.OFFICE_HEAD).get(f"{DESK}{row.pk}/change/"))

    assert row.summary in page
    assert 'name="upload"' not in page


def test_an_uploaded_document_belongs_to_the_row():
    desk(Role.HUMAS).post(f"{DESK}add/", {**TYPED, "upload": upload()})

    document = PublicInformation.objects.get(number=901).document
    assert (document.name, document.kind) == ("laporan.pdf", "dokumen")
    assert document.uploader is not None


def test_a_file_that_is_no_document_is_refused_and_the_rest_stays():
    typed = {**TYPED, "upload": upload(b"MZ" + bytes(100))}

    page = text(desk(Role.HUMAS).post(f"{DESK}add/", typed))

    assert "Berkas “laporan.pdf”" in page
    assert f'value="{TYPED["summary"]}"' in page
    assert not PublicInformation.objects.filter(number=901).exists()
    assert not Media.objects.exists()


def test_a_mistake_elsewhere_says_that_the_file_has_to_be_chosen_again():
    typed = {**TYPED, "holder": "", "upload": upload()}

    page = text(desk(Role.HUMAS).post(f"{DESK}add/", typed))

    assert "Pilih lagi setelah diperbaiki." in page
    assert not Media.objects.exists()


def test_a_document_is_taken_off():
    row = make_row(document=make_document())

    desk(Role.PPID).post(f"{DESK}{row.pk}/change/", {**TYPED, "without_document": "on"})

    row.refresh_from_db()
    assert row.document is None


def test_a_number_is_given_once():
    make_row(901)

    assert "Isi nomor yang belum dipakai." in text(desk(Role.PPID).post(f"{DESK}add/", TYPED))


def test_nobody_deletes_a_row():
    row = make_row()

    assert desk(Role.PPID).post(f"{DESK}{row.pk}/delete/", {"post": "yes"}).status_code == 403
    assert PublicInformation.objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("query", ["", "?category__exact=berkala", "?is_listed__exact=1&q=kinerja"])
def test_the_desks_list_needs_few_queries(query, django_assert_max_num_queries):
    client = desk(Role.HUMAS)
    for number in range(1, 21):
        make_row(number, document=None)

    with django_assert_max_num_queries(9):
        assert "Laporan kinerja" in text(client.get(DESK + query))
