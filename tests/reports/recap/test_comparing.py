"""What a recap is compared with: only what was counted, then and now."""

import html
import json
import re
from datetime import date, datetime
from io import BytesIO

import pypdf
import pytest
from openpyxl import load_workbook

from channels import actions as channel_actions
from channels.vocabulary import ContactChannel
from office.roles import Role
from reports.recap.blocks import comparison_words, contacts_of, totals_of
from reports.recap.files import as_csv, as_json, as_paper, as_workbook
from reports.recap.year import recap_of
from tests.cases.desk import see
from tests.factories import WIB, make_case, make_user

pytestmark = pytest.mark.django_db
YEAR = "/admin/rekap/?tahun=2026"


def counted(year: int, months, count: int = 100) -> None:
    for month in months:
        channel_actions.import_month(date(year, month, 1), {ContactChannel.WHATSAPP: count})


def row_of(recap, place: int) -> dict[str, str]:
    """What the table says of a month, or of the sum (12), under each head."""
    block = contacts_of(recap)
    return {cell.head: str(cell) for cell in block.rows[place].cells}


def words_of(page: str, label: str) -> list[str]:
    row = next(one for one in re.findall(r"<tr.*?</tr>", page, re.S) if f">{label}<" in one)
    return [
        html.unescape(re.sub(r"<[^>]+>", " ", cell)).strip()
        for cell in re.findall(r"<td.*?</td>", row, re.S)
    ]


def test_a_year_before_which_nothing_was_counted_is_compared_with_nothing():
    counted(2026, range(1, 12))

    recap = recap_of(2026)

    assert recap.change is None
    assert row_of(recap, 12)["Dari tahun lalu"] == "—"
    assert {row_of(recap, n)["Dari tahun lalu"] for n in range(12)} == {"—"}
    assert row_of(recap, 0)["Dari bulan lalu"] == "—"
    assert row_of(recap, 1)["Dari bulan lalu"] == "0 (0%)"
    assert "Tidak ada data pembanding dari tahun 2025." in comparison_words(recap)


def test_a_year_that_goes_on_is_compared_with_the_same_months():
    counted(2025, range(1, 13), 100)
    counted(2026, range(1, 12), 110)

    recap = recap_of(2026)

    assert row_of(recap, 12)["Dari tahun lalu"] == "+110 (+10%)"
    assert "hanya Januari–November" in comparison_words(recap)
    assert "November masih berjalan." in comparison_words(recap)


def test_only_months_that_were_counted_in_both_years_are_compared():
    counted(2024, [1, 2, 3, 5, 12], 200)
    counted(2025, [2, 3, 4, 5, 12], 100)

    recap = recap_of(2025)

    assert (recap.change.now, recap.change.before) == (400, 800)
    assert row_of(recap, 12)["Dari tahun lalu"] == "-400 (-50%)"
    assert "hanya Februari–Maret, Mei, Desember," in comparison_words(recap)
    assert row_of(recap, 0)["Dari tahun lalu"] == row_of(recap, 0)["Dari bulan lalu"] == "—"


def test_two_whole_years_need_no_words_about_months():
    counted(2024, range(1, 13))
    counted(2025, range(1, 13), 150)

    said = comparison_words(recap_of(2025))

    assert "baris Jumlah" not in said
    assert "berjalan" not in said


def test_january_is_compared_with_the_december_before():
    counted(2025, [12], 50)
    counted(2026, [1], 60)

    assert row_of(recap_of(2026), 0)["Dari bulan lalu"] == "+10 (+20%)"


def test_cases_alone_are_something_counted_too():
    make_case(at=datetime(2026, 9, 1, 9, tzinfo=WIB))
    make_case(at=datetime(2026, 10, 1, 9, tzinfo=WIB))

    assert row_of(recap_of(2026), 9)["Dari bulan lalu"] == "0 (0%)"


def test_a_channel_that_is_new_is_compared_where_its_month_was_counted():
    counted(2025, [3])
    channel_actions.import_month(date(2026, 3, 1), {ContactChannel.SOCIAL: 40})
    page = see(make_user(Role.OFFICE_HEAD), "/admin/rekap/bulan/?bulan=2026-03")

    assert words_of(page, "Media sosial")[-1] == "+40"
    assert words_of(page, "WhatsApp") == ["0", "-100 (-100%)"]


def test_a_month_that_has_not_begun_has_dashes_and_no_comparison():
    counted(2025, range(1, 13))
    counted(2026, range(1, 12))

    recap = recap_of(2026)

    assert set(row_of(recap, 11).values()) == {"—"}
    assert str(totals_of(recap).rows[11].cells[0]) == "— belum dimulai"
    assert str(totals_of(recap).rows[10].cells[0]) == "100 (2025: 100)"


def test_a_month_is_begun_from_its_first_day():
    counted(2025, [11, 12])

    assert set(row_of(recap_of(2026, today=date(2026, 10, 31)), 10).values()) == {"—"}
    assert row_of(recap_of(2026, today=date(2026, 11, 1)), 10)["WhatsApp"] == "0"


def test_a_year_to_come_has_nothing_but_dashes():
    recap = recap_of(2027)

    assert all(set(row_of(recap, n).values()) == {"—"} for n in range(12))
    assert recap.compared == []


def test_the_page_says_what_a_dash_means_to_who_does_not_see_it():
    counted(2026, [10, 11])
    page = see(make_user(Role.OFFICE_HEAD), YEAR)

    november, december = words_of(page, "November"), words_of(page, "Desember")
    assert november[-1].split("  ")[-1].strip() == "tidak ada data pembanding"
    assert all("belum dimulai" in one for one in december[:-2])
    assert all("tidak ada data pembanding" in one for one in december[-2:])
    assert "berjalan</small>" in page
    assert "Desember 0" not in page
    assert 'aria-hidden="true">—</span>' in page


def test_the_page_of_a_month_to_come_says_so():
    page = see(make_user(Role.OFFICE_HEAD), "/admin/rekap/bulan/?bulan=2026-12")

    assert "Bulan ini belum dimulai" in page
    assert "Bekukan bulan ini" not in page


def test_programs_read_null_where_there_is_nothing_to_compare_with():
    counted(2025, [2, 12], 50)
    counted(2026, [1, 2], 60)

    told = json.loads(as_json(recap_of(2026)))

    january, february, december = (told["months"][n] for n in (0, 1, 11))
    assert january["from_year_before"] is None
    assert january["from_month_before"] == {"before": 50, "difference": 10, "percent": 20}
    assert february["from_year_before"] == {"before": 50, "difference": 10, "percent": 20}
    assert december["from_year_before"] is december["from_month_before"] is None
    assert (january["has_begun"], december["has_begun"]) == (True, False)
    assert told["total"]["from_year_before"] == {"before": 50, "difference": 10, "percent": 20}
    assert told["total"]["months_compared"] == ["2026-02"]


def test_the_sheet_has_the_comparisons_beside_the_counts():
    counted(2025, [2], 50)
    counted(2026, [1, 2], 60)

    book = load_workbook(BytesIO(as_workbook(recap_of(2026))))

    rows = list(book["Perbandingan"].iter_rows(values_only=True))
    assert rows[1] == ("2026-01", 60, *["—"] * 6)
    assert rows[2] == ("2026-02", 60, 60, 0, 0, 50, 10, 20)
    assert rows[12] == ("2026-12", *["—"] * 7)
    assert rows[13] == ("Jumlah", 120, "—", "—", "—", 50, 10, 20)
    assert "hanya Februari" in rows[14][0]
    assert set(list(book["Kontak"].iter_rows(values_only=True))[12][1:]) == {"—"}
    assert set(list(book["Penyelesaian"].iter_rows(values_only=True))[12][1:]) == {"—"}


def test_the_paper_says_which_months_are_compared():
    counted(2025, [2], 50)
    counted(2026, [1, 2], 60)

    reader = pypdf.PdfReader(BytesIO(as_paper(recap_of(2026))))

    words = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    assert "hanya Februari" in words
    assert "tidak ada data pembanding" in words


def test_the_csv_keeps_whole_numbers_in_every_cell():
    counted(2025, [2], 50)

    lines = as_csv(recap_of(2026)).decode().splitlines()

    assert len(lines) == 14
    assert all(cell.isdigit() for line in lines[1:] for cell in line.split(",")[1:])
