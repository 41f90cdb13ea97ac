from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.http import HttpResponse

from cases.models import AccessLog
from infocontent.models import Topic
from office.roles import Role
from tests.cases.desk import client_of, see
from tests.factories import make_user

from .crowd import answer, everybody
from .test_report_actions import WRITERS
from .writing import AUGUST, make_draft, many_answers

pytestmark = pytest.mark.django_db

PAGE = "/admin/surveys/surveyreport/hasil/"
FILE = f"{PAGE}berkas.xlsx"
OF_AUGUST = "?instrumen=skm&tahun=2026&masa=08"
READERS = {
    Role.PPID,
    Role.VERIFIER,
    Role.SECTION_HEAD,
    Role.OFFICE_HEAD,
    Role.PPID_SUPERIOR,
}


def book_of(response: HttpResponse) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(b"".join(response.streaming_content)))


def rows_of(book: openpyxl.Workbook, sheet: str) -> list[tuple]:
    return list(book[sheet].iter_rows(values_only=True))


@pytest.mark.parametrize("role", list(Role))
def test_who_reads_the_results(role):
    reader = client_of(make_user(role, section="tikkim"))

    answers = {address: reader.get(address).status_code for address in (PAGE, FILE)}

    assert set(answers.values()) == ({200} if role in READERS else {403}), answers


def test_the_page_tells_index_grade_elements_and_lowest():
    many_answers()
    answer([4, 4, 1, 4, 4, 4, 4, 1, 1], month=AUGUST.first, people=20)

    page = see(make_user(Role.PPID), PAGE + OF_AUGUST)

    for words in (
        "Hasil SKM Agustus 2026",
        "76,39",
        "Kurang baik",
        "1,500",
        "Bobot yang dipakai 1/9. Dengan bobot 0,11 nilainya 75,63 (C).",
        "U3 Waktu penyelesaian",
        "Diperlukan menurut Krejcie dan Morgan",
    ):
        assert words in page, words


def test_flagged_answers_are_switched_on_and_off_on_the_page():
    many_answers()
    answer(everybody(1), month=AUGUST.first, people=5, is_flagged=True)
    ppid = make_user(Role.PPID)

    without = see(ppid, PAGE + OF_AUGUST)
    with_all = see(ppid, f"{PAGE}{OF_AUGUST}&ditandai=on")

    assert "<strong>5</strong> jawaban ditandai mencurigakan dan tidak dihitung" in without
    assert "IKM <strong>67,22</strong> (C) dari 25 pengisi" in without
    assert "ikut dihitung di halaman ini" in with_all
    assert "IKM <strong>77,78</strong> (B) dari 20 pengisi" in with_all


def test_a_period_without_answers_says_so():
    page = see(make_user(Role.PPID), PAGE)

    assert "Hasil SKM November 2026" in page
    assert "Belum ada jawaban yang dihitung dalam masa ini" in page


def test_an_element_that_nobody_answered_is_named():
    answer([4, 4, 4, 4, 4, 4, 4, None, 4], month=AUGUST.first)

    page = see(make_user(Role.PPID), PAGE + OF_AUGUST)

    assert "Indeks belum dapat dihitung: belum ada jawaban untuk U8." in page


@pytest.mark.parametrize(
    "query",
    [
        "?tahun=x",
        "?tahun=99999999999999999999",
        "?masa=13",
        "?instrumen=lain",
        "?layanan=tidak-ada",
        "?hal=²",
        "?hal=99999",
        "?instrumen=skm&tahun=2026&masa=%00",
    ],
)
def test_any_choice_is_answered(query):
    ppid = client_of(make_user(Role.PPID))

    assert ppid.get(PAGE + query).status_code == 200
    assert ppid.get(FILE + query).status_code == 200


def test_comments_are_listed_a_page_at_a_time_with_their_topics():
    topic = Topic.objects.get(code="antrean")
    for number in range(16):
        answer(everybody(3), month=AUGUST.first, comment=f"Saran {number}.", comment_topic=topic)
    ppid = make_user(Role.PPID)

    first, second = (see(ppid, f"{PAGE}{OF_AUGUST}&hal={page}") for page in (1, 2))

    assert f"{topic.name} 16" in first
    assert first.count("Saran ") - second.count("Saran ") == 14
    assert "Saran 0." in second


def test_the_entered_population_of_the_report_is_used():
    many_answers()
    make_draft(population=400, population_note="Rekap loket")

    page = see(make_user(Role.PPID), PAGE + OF_AUGUST)

    assert "perlu 196" in page
    assert "Populasi menurut laporan: Rekap loket." in page
    assert "Konsep laporan" in page


@pytest.mark.parametrize("role", sorted(READERS))
def test_a_report_is_begun_by_those_who_write_it(role):
    page = see(make_user(role, section="tikkim"), PAGE)

    assert ("Mulai laporan…" in page) is (role in WRITERS)


def test_the_page_costs_few_queries(django_assert_max_num_queries):
    many_answers(30, comment="Baik.")
    answer(everybody(5, "spak"), month=AUGUST.first, instrument="spak", people=30)
    client = client_of(make_user(Role.PPID))
    client.get(PAGE + OF_AUGUST)

    with django_assert_max_num_queries(30):
        client.get(PAGE + OF_AUGUST)


def test_the_workbook_holds_five_sheets_and_nobody():
    many_answers(2, service="paspor", sex="p", comment="=1+1")
    many_answers(1, date(2026, 9, 1))
    answer(everybody(1), month=AUGUST.first, is_flagged=True)

    book = book_of(client_of(make_user(Role.PPID)).get(FILE + OF_AUGUST))

    assert book.sheetnames == ["Ringkasan", "Unsur", "Profil", "Data mentah", "Saran"]
    summary = {row[0]: row[1] for row in rows_of(book, "Ringkasan")}
    assert summary["IKM"] == "77,78 dari 100"
    assert summary["Bobot setiap unsur"] == "1/9"
    assert summary["Pengisi"] == 2
    assert summary["Jawaban yang ditandai"] == 1
    assert summary["Dengan yang ditandai"] == "60,19 (3 pengisi)"
    elements = rows_of(book, "Unsur")
    assert elements[3] == ("U3", "Waktu penyelesaian", 2, 2, 0.222, 50, "D")
    heads, *raw = rows_of(book, "Data mentah")
    assert [len(raw), raw[0][0], raw[0][1], raw[0][2]] == [2, 1, "2026-08", "Paspor"]
    assert raw[0][heads.index("U1") : heads.index("U9") + 1] == (3, 3, 2, 4, 3, 3, 4, 3, 3)
    # What somebody typed stays text.
    assert rows_of(book, "Saran")[1] == ("2026-08", "Paspor", None, "=1+1")
    assert book["Saran"].cell(2, 4).data_type == "s"


def test_the_raw_rows_stand_in_no_order_of_time():
    for service in ("pengaduan", "paspor", "pengaduan", "informasi"):
        answer(everybody(3), month=AUGUST.first, service=service)

    book = book_of(client_of(make_user(Role.PPID)).get(FILE + OF_AUGUST))

    services = [row[2] for row in rows_of(book, "Data mentah")[1:]]
    assert services == ["Informasi publik dan lainnya", "Paspor", "Pengaduan", "Pengaduan"]


def test_taking_the_workbook_is_written_down():
    many_answers(2)
    ppid = make_user(Role.PPID)

    client_of(ppid).get(FILE + OF_AUGUST)

    line = AccessLog.objects.get()
    assert (line.user, line.what) == (ppid, "ekspor")
    assert (line.data["instrumen"], line.data["masa"], line.data["count"]) == ("skm", "08", 2)
