from datetime import datetime

import pytest

from office.pdf import pages_of
from office.roles import Role
from surveys.reporting.figures import figures_of, public_part
from surveys.reporting.paper import on_paper
from tests.factories import WIB, make_user
from tests.office.paper import accessibility_of, alternatives_of, text_of

from .crowd import answer, everybody
from .writing import AUGUST, make_draft, many_answers

pytestmark = pytest.mark.django_db

SIGNED = datetime(2026, 9, 3, 9, 0, tzinfo=WIB)


def test_the_report_can_be_read_by_a_screen_reader():
    many_answers(20, service="paspor", sex="p")
    answer(everybody(6, "spak"), month=AUGUST.first, instrument="spak", people=5)
    report = make_draft(population=400, population_note="Rekap loket Agustus")
    public = public_part(figures_of("skm", AUGUST, population=400), has_profile=True)

    content = on_paper(report, public, signer=make_user(Role.OFFICE_HEAD), at=SIGNED)

    said, text = accessibility_of(content), text_of(content)
    assert said["is_tagged"]
    assert said["claims_ua"]
    assert said["language"] == "id"
    assert said["title"] == "Laporan SKM Agustus 2026"
    assert said["pages"] == pages_of(content)
    for words in (
        "Laporan Survei Kepuasan Masyarakat",
        "Latar belakang Setiap bulan kantor mengukur kepuasan.",
        "PermenPANRB 14/2017",
        "Mengetahui apa yang harus diperbaiki.",
        "Dasar populasi: Rekap loket Agustus",
        "Pengisi yang diperlukan 196",
        "Setiap unsur berbobot 1/9",
        "Perempuan 20",
        "IKM 77,78 dari 100 · mutu B (Baik)",
        "U3 Waktu penyelesaian 2,000 0,222 50,00 D",
        "persis sama, jadi semuanya disebut",
        "Antrean foto menumpuk pada pagi hari.",
        "Menambah dua meja foto",
        "Pendek (kurang dari 12 bulan)",
        "Kepala Seksi Lalintaskim",
        "Agustus 2026 77,78 B 4,00",
        "Lampiran: kuesioner",
        "Kepala Kantor Kantor Imigrasi",
        "Ditandatangani secara elektronik pada 3 September 2026",
    ):
        assert words in text, words
    assert "KONSEP" not in text
    assert alternatives_of(content) == ["Indeks menurut bulan"]


def test_a_draft_says_so_on_its_first_page():
    report = make_draft(instrument="spkp")

    text = text_of(on_paper(report, public_part(figures_of("spkp", AUGUST), has_profile=False)))

    assert "KONSEP, belum diterbitkan" in text
    assert "Ditandatangani" not in text
