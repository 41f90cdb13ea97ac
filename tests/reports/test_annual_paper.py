import pytest

from office.pdf import pages_of
from reports.annual.paper import on_paper
from reports.figures import figures_of
from reports.models import Report
from reports.suppression import published
from tests.factories import make_user
from tests.office.paper import accessibility_of, alternatives_of, text_of

from .conftest import LATER
from .test_suppression import walk
from .writing import TEXTS, make_draft

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_next_year")]


def fill(node: dict, number: int) -> None:
    """Give every figure of a tree a number, so that every table has something to show."""
    for place, one in enumerate(walk(node)):
        one["n"] = number + place


@pytest.fixture
def figures():
    counted = figures_of(make_draft().period).as_json()
    for place, root in enumerate(counted["counts"].values()):
        fill(root, 100 * (place + 1))
    for rows in counted["times"].values():
        for row in rows:
            row |= {"n": 40, "middle": 6.5, "long": 10, "longest": 17}
    return counted


def test_the_report_can_be_read_by_a_screen_reader(figures):
    report = Report.objects.get()

    content = on_paper(report, figures, signer=report.author, at=LATER)

    said, text = accessibility_of(content), text_of(content)
    assert said["is_tagged"]
    assert said["claims_ua"]
    assert said["language"] == "id"
    assert said["title"] == "Laporan layanan informasi 2026"
    assert said["pages"] == pages_of(content) >= 5
    for words in (
        "Kantor Imigrasi Kelas I TPI Bandung",
        "1. Gambaran umum kebijakan pelayanan informasi",
        "6. Rekomendasi dan rencana tindak lanjut",
        "Maklumat pelayanan berlaku sejak 2025.",
        "Rp25.000.000",
        "Permohonan diterima menurut bulan",
        "h. Rahasia pribadi",
        "6,5",
        "c. Permohonan tidak ditanggapi",
        "Sengketa informasi dan hasilnya",
        TEXTS["recommendations"],
        "Ditandatangani secara elektronik pada 1 Februari 2027",
    ):
        assert words in text, words
    assert "KONSEP" not in text
    # Each chart is a figure with words; its table beside it says the rest.
    assert alternatives_of(content) == [
        "Permohonan diterima menurut bulan",
        "Apa yang terjadi dengan permohonan itu",
        "Waktu sampai keputusan: nilai tengah dalam hari kerja",
        "Waktu sampai tanggapan: nilai tengah dalam hari kerja",
    ]


def test_a_draft_says_so_on_its_first_page():
    report = make_draft(make_user("ppid"))
    counted = published(figures_of(report.period).as_json())

    text = text_of(on_paper(report, counted))

    assert "KONSEP, belum diterbitkan" in text
    assert "Ditandatangani" not in text
