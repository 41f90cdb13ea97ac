"""The recap as a file: the study's own table comes out as it went in."""

import json
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path

import pypdf
import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from channels import actions as channel_actions
from channels.vocabulary import ContactChannel
from office.roles import Role
from reports.recap.actions import freeze_month, note_correction
from tests.factories import make_case, make_user

pytestmark = pytest.mark.django_db
# Table 1 of the study: contacts of January to June 2024.
STUDY = {
    "2024-01": (2339, 1628, 793, 564),
    "2024-02": (1977, 1522, 716, 477),
    "2024-03": (1764, 1422, 366, 366),
    "2024-04": (1706, 1504, 324, 307),
    "2024-05": (3039, 1912, 458, 377),
    "2024-06": (2459, 1728, 693, 316),
}
FOUR = [
    ContactChannel.WHATSAPP,
    ContactChannel.SOCIAL,
    ContactChannel.INSTAGRAM,
    ContactChannel.COUNTER,
]


@pytest.fixture
def study() -> None:
    for month, counts in STUDY.items():
        channel_actions.import_month(
            date.fromisoformat(f"{month}-01"), dict(zip(FOUR, counts, strict=True))
        )


def recap(year: int = 2024, **options) -> str:
    out = StringIO()
    call_command("recap", year=year, stdout=out, **options)
    return out.getvalue()


@pytest.mark.usefixtures("study")
def test_the_studys_table_comes_out_as_it_went_in():
    lines = [line.split(",") for line in recap(format="csv").splitlines()]

    assert lines[0][:5] == ["bulan", "WhatsApp", "Media sosial", "Komentar Instagram", "Yankomas"]
    assert lines[0][-1] == "Jumlah"
    assert [line[0] for line in lines[1:13]] == [f"2024-{n:02d}" for n in range(1, 13)]
    for line in lines[1:7]:
        assert tuple(map(int, line[1:5])) == STUDY[line[0]]
        assert int(line[-1]) == sum(STUDY[line[0]])
    assert {tuple(line[1:]) for line in lines[7:13]} == {("0",) * 12}
    assert lines[13] == ["Jumlah", "13284", "9716", "3350", "2407", *["0"] * 7, "28757"]
    assert len(lines) == 14


@pytest.mark.usefixtures("study")
def test_the_other_forms_say_the_same(tmp_path: Path):
    figures = json.loads(recap(format="json"))
    assert figures["total"]["contacts_total"] == 28757
    assert figures["months"][4]["contacts"]["whatsapp"] == 3039
    assert figures["months"][4]["month"] == "2024-05"

    path = tmp_path / "rekap.xlsx"
    assert recap(format="xlsx", output=path) == ""
    sheet = load_workbook(path)["Kontak"]
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[1][:5] == ("2024-01", *STUDY["2024-01"])
    assert rows[-1][-1] == 28757

    path = tmp_path / "rekap.pdf"
    recap(format="pdf", output=path)
    words = " ".join(page.extract_text() for page in pypdf.PdfReader(path).pages)
    assert "28.757" in words


def test_a_file_that_cannot_be_written_is_told_of(tmp_path: Path):
    with pytest.raises(CommandError, match="Is a directory"):
        recap(output=tmp_path)


@pytest.mark.parametrize("year", ["24", "abc", "1999", "-2024"])
def test_a_year_that_cannot_be_is_refused(year):
    with pytest.raises(CommandError):
        call_command("recap", "--year", year)


@pytest.mark.usefixtures("study")
def test_corrections_are_in_the_files(tmp_path: Path):
    head = make_user(Role.OFFICE_HEAD)
    frozen = freeze_month(date(2024, 1, 1), actor=head)
    channel_actions.import_month(date(2024, 1, 1), {ContactChannel.WHATSAPP: 2400})
    note_correction(frozen, actor=head, text="Rekap pagi terlewat.")

    month = json.loads(recap(format="json"))["months"][0]
    assert month["frozen"]["corrections"][0] == {
        "figure": "WhatsApp", "frozen": 2339, "now": 2400, "progress": False,
    }  # fmt: skip

    path = tmp_path / "rekap.pdf"
    recap(format="pdf", output=path)
    reader = pypdf.PdfReader(path)
    words = " ".join(page.extract_text() for page in reader.pages)
    for said in ("Koreksi Januari 2024", "2.339", "2.400", "+61", "Rekap pagi terlewat."):
        assert said in words
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]

    path = tmp_path / "rekap.xlsx"
    recap(format="xlsx", output=path)
    rows = list(load_workbook(BytesIO(path.read_bytes()))["Koreksi"].iter_rows(values_only=True))
    assert rows[1] == ("2024-01", "WhatsApp", 2339, 2400, 61)


def test_a_channel_beyond_the_study_has_a_column_of_its_own():
    make_case(channel="surat")

    lines = [line.split(",") for line in recap(2026).splitlines()]

    november = dict(zip(lines[0], lines[11], strict=True))
    assert (november["bulan"], november["Surat"], november["Jumlah"]) == ("2026-11", "1", "1")
