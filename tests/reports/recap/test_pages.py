"""The recap at the desk: who reads it, and that each number opens what it counts."""

import html
import json
import re
from datetime import date, datetime

import pytest

from cases import actions as case_actions
from cases.models import AccessLog
from cases.workflow import Channel, Kind, Status
from channels import actions as channel_actions
from channels.vocabulary import ContactChannel
from complaints.actions import lodge
from office.roles import Role
from reports.recap.actions import freeze_month
from reports.recap.models import FreezeNote, FrozenMonth
from tests.cases.desk import client_of, see
from tests.channels.people import make_contact, make_writer
from tests.factories import WIB, make_case, make_desk, make_user
from tests.yankomas.days import case_visit, log, shift_of
from tests.yankomas.room import make_officer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_paper")]
YEAR, MONTH, ROWS = (
    "/admin/rekap/?tahun=2026",
    "/admin/rekap/bulan/?bulan=2026-11",
    "/admin/rekap/baris/",
)
FREEZE, FILES = "/admin/rekap/bekukan/", "/admin/rekap/unduh/"
MARCH = date(2026, 3, 1)
READERS = {Role.SECTION_HEAD, Role.VERIFIER, Role.PPID, Role.PPID_SUPERIOR, Role.OFFICE_HEAD}


@pytest.fixture
def head():
    return make_user(Role.OFFICE_HEAD)


def links(page: str, label: str) -> list[str]:
    """The addresses of the numbers in the rows of a table that begin with this label."""
    rows = [row for row in re.findall(r"<tr.*?</tr>", page, re.S) if f">{label}<" in row]
    return [html.unescape(link) for row in rows for link in re.findall(rf'"({ROWS}[^"]+)"', row)]


def listed(page: str) -> list[str]:
    return re.findall(r'<th scope="row"><a [^>]*>([^<]+)</a>', page)


@pytest.mark.parametrize("role", list(Role))
def test_who_reads_reports_reads_the_recap(role):
    browser = client_of(make_user(role, section="tikkim"))
    wanted = 200 if role in READERS else 403

    for address in (
        YEAR,
        MONTH,
        f"{ROWS}?bulan=2026-11&angka=kontak",
        f"{FILES}?tahun=2026&bentuk=csv",
    ):
        assert browser.get(address).status_code == wanted, address


def test_an_empty_year_says_so(head):
    assert "Belum ada kontak atau kasus pada 2019" in see(head, "/admin/rekap/?tahun=2019")


@pytest.mark.parametrize(
    "address", ["?tahun=x", "?tahun=99999", "?tahun=", "bulan/?bulan=2026-13", "bulan/"]
)
def test_a_time_that_cannot_be_leads_to_this_year(head, address):
    page = client_of(head).get(f"/admin/rekap/{address}", follow=True)

    assert page.status_code == 200
    assert "yang tampil tahun ini" in page.content.decode()


@pytest.mark.parametrize(
    "query",
    ["", "angka=kontak", "bulan=2026-11", "bulan=2026-11&angka=x",
     "bulan=2026-11&angka=kontak&topik=a", "bulan=2026-11&angka=kontak&topik=" + "9" * 30,
     "tahun=1&angka=kontak",
     "bulan=2026-11&angka=kontak&kanal=fax"],
)  # fmt: skip
def test_an_address_that_names_no_figure_is_not_found(head, query):
    assert client_of(head).get(f"{ROWS}?{query}").status_code == 404


def test_each_number_opens_the_rows_that_it_counts(head):
    web, letter = make_case(channel=Channel.WEB), make_case(channel=Channel.LETTER)
    make_case(at=datetime(2026, 10, 1, 9, tzinfo=WIB))
    _visit, of_visit = case_visit(shift_of())

    opened = [see(head, address) for address in links(see(head, YEAR), "November")]

    names = [set(listed(page)) for page in opened]
    assert {web.reference} in names
    assert {letter.reference} in names
    assert not any(of_visit.reference in listed(page) and "Kontak ·" in page for page in opened)


def test_every_number_leads_to_as_many_rows(head):
    desk = make_desk()
    for status in (Status.RECEIVED, Status.ANSWERED, Status.DONE):
        make_case(status=status, desk=desk)
    make_case(Kind.QUESTION, at=datetime(2026, 3, 3, 9, tzinfo=WIB))
    log(make_officer(), "09.00", "09.10")
    page = see(head, YEAR)
    found = re.findall(rf'<a href="({ROWS}[^"]+)">([0-9.]+)<', page)

    assert len(found) > 30
    browser = client_of(head)
    for address, number in set(found):
        rows = browser.get(html.unescape(address)).content.decode()
        counted = re.findall(r'sumber=[a-z]+"[^>]*>[^<:]+: ([0-9]+)', rows)
        assert sum(map(int, counted)) == int(number), address


def test_the_parts_of_a_figure_stand_apart(head):
    keeper = make_user(Role.VERIFIER)
    make_case(channel=Channel.WHATSAPP)
    channel_actions.import_month(date(2026, 11, 1), {ContactChannel.WHATSAPP: 1200})

    page = see(head, f"{ROWS}?bulan=2026-11&angka=kontak&kanal=whatsapp")
    assert "Kasus: 1" in page
    assert "Angka yang diisi atau diimpor: 1.200" in page

    tallies = see(keeper, f"{ROWS}?bulan=2026-11&angka=kontak&kanal=whatsapp&sumber=rekap")
    assert "November 2026" in tallies
    assert "1.200" in tallies


def test_a_section_head_reads_all_numbers_and_opens_own_cases_only():
    desk, other = make_desk("tikkim"), make_desk("lantaskim")
    own = make_case(status=Status.ASSIGNED, desk=desk)
    make_case(status=Status.ASSIGNED, desk=other)

    page = see(desk.head, f"{ROWS}?bulan=2026-11&angka=diterima")

    assert listed(page) == [own.reference]
    assert "Kasus: 2" in page
    assert "1 baris lain di luar yang boleh Anda buka" in page
    assert "hanya memuat kasus seksi Anda" in see(desk.head, YEAR)


def test_narrowing_a_figure_tells_the_accused_nothing_of_the_case():
    desk = make_desk("tikkim")
    case = make_case(status=Status.ASSIGNED, desk=desk)
    case_actions.name_reported(case, actor=desk.verifier, reported=[desk.officer])
    address = f"{ROWS}?bulan=2026-11&angka=diterima&jenis={case.kind}&seksi={desk.head.section_id}"

    assert "Tidak ada yang terhitung di sini" in see(desk.head, address)
    assert listed(see(desk.verifier, address)) == [case.reference]


def test_the_line_of_a_contact_is_read_by_those_who_may_know_of_its_case(head):
    writer, desk = make_writer(), make_desk("tikkim")
    asked = make_contact(writer, summary="Tanya jam buka")
    told = make_contact(writer, summary="Mengadukan petugas loket")
    case = {"subject": "Petugas", "narrative": "Kasar.", "privacy": "rahasia"}
    channel_actions.open_case(told, lodge, actor=writer, **case)
    address = f"{ROWS}?bulan=2026-11&angka=kontak&sumber=kontak"

    assert told.summary in see(head, address)
    page = see(desk.head, address)
    assert asked.summary in page
    assert told.summary not in page
    assert "1 baris lain di luar yang boleh Anda buka" in page


def test_a_figure_without_rows_says_so(head):
    assert "Tidak ada yang terhitung di sini" in see(head, f"{ROWS}?bulan=2019-01&angka=kontak")


def test_a_month_is_compared_with_the_one_before_and_the_year_before(head):
    for year, month, count in ((2025, 3, 80), (2026, 2, 50), (2026, 3, 100)):
        channel_actions.import_month(date(year, month, 1), {ContactChannel.WHATSAPP: count})

    page = see(head, YEAR)

    assert "+50 (+100%)" in page
    assert "+20 (+25%)" in page


def test_a_page_of_a_year_costs_the_same_however_much_there_is(head, django_assert_max_num_queries):
    browser, desk = client_of(head), make_desk()
    for status in (Status.RECEIVED, Status.ANSWERED, Status.DONE):
        make_case(status=status, desk=desk)
    channel_actions.import_month(MARCH, {ContactChannel.WHATSAPP: 100})
    freeze_month(MARCH, actor=head)
    browser.get(YEAR)

    with django_assert_max_num_queries(9):
        browser.get(YEAR)


def test_charts_have_a_table_beside_them_and_words_for_those_who_do_not_see(head):
    make_case(channel=Channel.WEB)
    page = see(head, YEAR)

    assert page.count("<svg") == page.count('role="img"') >= 2
    assert "Angka yang sama ada di tabel" in page


@pytest.mark.parametrize("form", ["csv", "xlsx", "json", "pdf"])
def test_what_leaves_is_written_down(head, form):
    answer = client_of(head).get(f"{FILES}?tahun=2026&bentuk={form}")

    assert answer.status_code == 200
    assert f'filename="rekap-2026.{form}"' in answer["Content-Disposition"]
    entry = AccessLog.objects.get()
    assert (entry.user, entry.what) == (head, AccessLog.What.EXPORT)
    assert entry.data == {"list": "rekap-bulanan", "year": 2026, "form": form}


def test_nothing_leaves_in_a_form_that_does_not_exist(head):
    assert client_of(head).get(f"{FILES}?tahun=2026&bentuk=exe").status_code == 302
    assert AccessLog.objects.count() == 0


def test_the_downloaded_json_is_json(head):
    answer = client_of(head).get(f"{FILES}?tahun=2026&bentuk=json")

    assert json.loads(answer.content)["year"] == 2026


def test_freezing_asks_first_and_then_shows_who_did_it(head):
    browser = client_of(head)
    page = see(head, f"{FREEZE}?bulan=2026-03")
    assert "Pembekuan tidak dapat dibatalkan" in page
    assert FrozenMonth.objects.count() == 0

    page = browser.post(f"{FREEZE}?bulan=2026-03", follow=True).content.decode()

    assert "Rekap Maret 2026 dibekukan." in page
    assert f"Oleh {head}" in page
    assert "Tidak ada yang berubah sejak itu" in page


def test_a_second_freezing_is_told_who_was_first(head):
    freeze_month(MARCH, actor=make_user(Role.PPID))

    page = client_of(head).post(f"{FREEZE}?bulan=2026-03", follow=True).content.decode()

    assert "sudah dibekukan oleh" in page


@pytest.mark.parametrize("query", ["", "?bulan=x", "?bulan=0000-01"])
def test_nothing_is_frozen_without_a_month(head, query):
    assert client_of(head).post(f"{FREEZE}{query}").status_code == 404


def test_a_month_that_goes_on_is_not_offered_for_freezing(head):
    assert "Bekukan bulan ini" not in see(head, MONTH)
    assert "belum berakhir" in see(head, f"{FREEZE}?bulan=2026-11")
    page = client_of(head).post(f"{FREEZE}?bulan=2026-11", follow=True).content.decode()
    assert "belum berakhir" in page


def test_who_may_only_read_does_not_freeze(head):
    reader = make_user(Role.VERIFIER)

    assert client_of(reader).post(f"{FREEZE}?bulan=2026-03").status_code == 403
    assert "Bekukan bulan ini" not in see(reader, "/admin/rekap/bulan/?bulan=2026-03")
    freeze_month(MARCH, actor=head)
    answer = client_of(reader).post("/admin/rekap/bulan/?bulan=2026-03", {"text": "Sebab"})
    assert answer.status_code == 403
    assert FreezeNote.objects.count() == 0


def test_a_correction_is_explained_on_the_months_page(head):
    channel_actions.import_month(MARCH, {ContactChannel.WHATSAPP: 700})
    freeze_month(MARCH, actor=head)
    channel_actions.import_month(MARCH, {ContactChannel.WHATSAPP: 761})
    address = "/admin/rekap/bulan/?bulan=2026-03"

    page = client_of(head).post(address, {"text": "Rekap pagi <b>terlewat</b>."}, follow=True)

    words = page.content.decode()
    assert "Rekap pagi &lt;b&gt;terlewat&lt;/b&gt;." in words
    assert "+61" in words
    assert "beku, ada koreksi" in see(head, YEAR)


def test_an_empty_explanation_is_refused_and_a_long_one_stays(head):
    freeze_month(MARCH, actor=head)
    address, browser = "/admin/rekap/bulan/?bulan=2026-03", client_of(head)

    assert "Tuliskan apa yang berubah" in browser.post(address, {"text": " "}).content.decode()
    page = browser.post(address, {"text": "Sebab " * 400}).content.decode()

    assert "Sebab Sebab" in page
    assert FreezeNote.objects.count() == 0
