from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from channels.counting import contacts_by_month
from channels.models import ChannelEvent, Tally

from .people import enter

pytestmark = pytest.mark.django_db

STUDY = Path(__file__).with_name("recap_2024.csv")
FIRST, LAST = date(2024, 1, 1), date(2024, 6, 1)


def bring(path, **options):
    out, err = StringIO(), StringIO()
    call_command("import_tally", path, stdout=out, stderr=err, **options)
    return out.getvalue()


def refused(path, **options):
    """What is said about the bad rows."""
    err = StringIO()
    with pytest.raises(CommandError) as refusal:
        call_command("import_tally", path, stdout=StringIO(), stderr=err, **options)
    assert not Tally.objects.exists()
    assert not ChannelEvent.objects.exists()
    return f"{err.getvalue()}{refusal.value}"


@pytest.fixture
def table(tmp_path):
    def write(text, encoding="utf-8"):
        path = tmp_path / "rekap.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return path

    return write


def totals():
    found = {}
    for (_month, channel, _topic), count in contacts_by_month(FIRST, LAST).items():
        found[channel] = found.get(channel, 0) + count
    return found


def test_the_months_of_the_study_come_out_as_they_went_in():
    said = bring(STUDY)

    assert contacts_by_month(FIRST, LAST)[date(2024, 5, 1), "whatsapp", None] == 3039
    assert totals() == {
        "whatsapp": 13284,
        "media_sosial": 9716,
        "komentar_instagram": 3350,
        "yankomas": 2407,
    }
    assert sum(totals().values()) == 28757
    assert "24 angka baru, 0 koreksi, 0 sudah sama; jumlah seluruhnya 28.757." in said
    assert ChannelEvent.objects.count() == 6
    assert set(ChannelEvent.objects.values_list("code", "actor")) == {("angka_diimpor", None)}


def test_a_second_run_changes_nothing_and_says_so():
    bring(STUDY)

    said = bring(STUDY)

    assert "Tidak ada yang berubah." in said
    assert ChannelEvent.objects.count() == 6
    assert sum(totals().values()) == 28757


def test_a_changed_number_is_a_correction_with_a_history(table):
    bring(STUDY)

    said = bring(table(STUDY.read_text().replace("2339", "2400")))

    assert "2024-01  WhatsApp: 2.400 (koreksi, tadinya 2.339)" in said
    assert "0 angka baru, 1 koreksi, 23 sudah sama" in said
    assert ChannelEvent.objects.latest("pk").data["cells"] == [["whatsapp", None, 2339, 2400]]


def test_a_trial_writes_nothing(table):
    said = bring(STUDY, dry_run=True)

    assert "24 angka baru" in said
    assert "tidak ada yang disimpan" in said
    assert not Tally.objects.exists()


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ('bulan;WhatsApp;telepon\r\n2024-01;"2.339";0\r\n', "utf-8-sig"),
        ("Bulan\ttelepon\tWHATSAPP\n01/2024\t0\t2339\n", "utf-16"),
        ("bulan,WhatsApp,Telepon,Total\nJanuari 2024,2339,0,2339\nTotal,2339,0,2339\n", "utf-8"),
        ("periode,Phone,whatsapp,media_sosial\n2024-01,0, 2339 ,\n\n", "cp1252"),
    ],
)
def test_a_table_may_be_written_as_spreadsheets_write_it(table, text, encoding):
    bring(table(text, encoding))

    assert contacts_by_month(FIRST, LAST) == {
        (FIRST, "whatsapp", None): 2339,
        (FIRST, "telepon", None): 0,
    }


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("2024-13,1,1", "bulan “2024-13” tidak terbaca"),
        ("Brumaire 2024,1,1", "tidak terbaca"),
        ("2026-12,1,1", "bulan 2026-12 belum tiba"),
        ("2024-01,1,1", "bulan 2024-01 sudah ada di baris 2"),
        ("2024-03,-1,1", "WhatsApp: “-1” bukan bilangan bulat"),
        ("2024-03,1.5,1", "bukan bilangan bulat"),
        ("2024-03,12a,1", "bukan bilangan bulat"),
        ("2024-03,٣,1", "bukan bilangan bulat"),
        ("2024-03,100000,1", "lebih dari"),
        ("2024-03,1", "ada 2 kolom, seharusnya 3"),
        ("Total,1,2", "tidak sama dengan jumlah barisnya"),
        ('2024-03,"1,2', "bukan baris CSV yang sah"),
    ],
)
def test_a_bad_row_is_named_and_nothing_is_taken(table, row, reason):
    said = refused(table(f"bulan,WhatsApp,Telepon\n2024-01,2339,1628\n{row}\n"))

    assert "baris 3: " in said
    assert reason in said
    assert "Tidak ada yang diimpor" in said


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (b"", "kosong"),
        (b"bulan,WhatsApp\n", "tidak memuat satu bulan pun"),
        (b"kanal,WhatsApp\n2024-01,1\n", "Kolom pertama harus"),
        (b"bulan,Merpati\n2024-01,1\n", "“Merpati” bukan kanal"),
        (b"bulan,WhatsApp,whatsapp\n2024-01,1,1\n", "ganda"),
        (b"\x00\x01\xff" * 50, "bukan teks CSV"),
        (b"x" * 1_000_001, "terlalu besar"),
    ],
)
def test_a_file_that_is_no_such_table_is_refused(table, text, reason):
    assert reason in refused(table(text))


def test_a_file_that_is_not_there_is_refused(tmp_path):
    assert "tidak ada" in refused(tmp_path / "tiada.csv")
    assert "tidak bisa dibaca" in refused(tmp_path)


@pytest.mark.parametrize("dry_run", [True, False])
def test_a_channel_that_is_told_by_the_day_is_not_told_again(table, dry_run):
    enter({("whatsapp", None): 12}, day=date(2024, 1, 5), month=FIRST)

    with pytest.raises(CommandError):
        bring(STUDY, dry_run=dry_run)

    assert totals() == {"whatsapp": 12}
    bring(table("bulan,WhatsApp\n2024-01,12\n"))
    assert totals() == {"whatsapp": 12}
