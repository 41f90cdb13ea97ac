import subprocess
import sys
import time
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from cases.models import Applicant, Case, CaseEvent, Notice
from cases.workflow import Status
from channels.actions import subject_of
from channels.models import ImportedRow
from office.models import Holiday

pytestmark = pytest.mark.django_db

HEADER = "at,score,text,reply"
ROWS = [
    "2026-03-09 05:08:17,2,Tidak bisa pilih tanggal kedatangan,",
    '2026-03-08 23:30:00,1,"Kode otp tidak masuk, sudah 3 hari",Terima kasih',
    "2026-03-07 08:46:23,5,Bagus sekali,",
]


@pytest.fixture
def table(tmp_path):
    def write(*rows, header=HEADER, encoding="utf-8", end="\n"):
        path = tmp_path / "ulasan.csv"
        path.write_bytes(end.join([header, *rows, ""]).encode(encoding))
        return path

    return write


def bring(path, **options):
    out, err = StringIO(), StringIO()
    call_command("import_cases", path, source="ulasan aplikasi", stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


def test_a_low_review_becomes_an_anonymous_complaint_of_its_own_time(table):
    bring(table(*ROWS))

    case = Case.objects.get(subject="Tidak bisa pilih tanggal kedatangan")
    assert case.kind == "pengaduan"
    assert case.channel == "ulasan_aplikasi"
    assert case.privacy == "anonim"
    assert case.status == Status.RECEIVED
    assert case.received_at == datetime(2026, 3, 9, 5, 8, 17, tzinfo=UTC)
    assert case.topic.code == "mpaspor-kuota"
    assert case.pengaduan.place == ""
    assert case.access_digest is None
    assert [event.code for event in case.events.all()] == ["diterima"]
    assert case.events.get().at == case.received_at
    assert not Applicant.objects.exists()
    assert not Notice.objects.exists()


def test_reviews_above_the_score_are_left(table):
    out, _ = bring(table(*ROWS))

    assert Case.objects.count() == 2
    assert "1 dilewati karena nilainya" in out


def test_without_a_score_column_every_row_comes_in(table):
    bring(table(*ROWS), score_column="")

    assert Case.objects.count() == 3


def test_importing_twice_adds_nothing(table):
    path = table(*ROWS)
    bring(path)
    before = CaseEvent.objects.count()

    out, _ = bring(path)

    assert Case.objects.count() == 2
    assert CaseEvent.objects.count() == before
    assert "0 kasus dibuat, 2 sudah pernah diimpor" in out


def test_the_same_words_at_another_time_are_another_complaint_the_same_row_is_not(table):
    bring(
        table(
            "2026-03-09 05:08:17,1,Error terus,",
            "2026-03-09 05:08:18,1,Error terus,",
            "2026-03-09 05:08:17,1,Error terus,lain",
        )
    )

    assert Case.objects.count() == 2


def test_the_same_row_of_another_source_is_another_complaint(table):
    path = table(ROWS[0])
    bring(path)

    call_command("import_cases", path, source="google", stdout=StringIO(), stderr=StringIO())

    assert Case.objects.count() == 2


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (",1,Tanpa waktu,", "waktu"),
        ("kemarin sore,1,Waktu tak terbaca,", "waktu"),
        ("2026-13-40 00:00:00,1,Bulan tiga belas,", "waktu"),
        ("2027-05-01 00:00:00,1,Besok,", "belum terjadi"),
        ("0001-01-01 00:00:00,1,Lama sekali,", "waktu"),
        ("1995-01-01 00:00:00,1,Sebelum ada portal,", "sebelum 2000"),
        ("2000-01-03 00:00:00,1,Sebelum ada aturan,", "aturan tenggat"),
        ("2026-03-01 00:00:00,1,  ,", "teks kosong"),
        ("2026-03-01 00:00:00,satu,Nilai kata,", "angka"),
        ("2026-03-01 00:00:00,,Nilai kosong,", "angka"),
        ("2026-03-01 00:00:00,nan,Nilai nan,", "angka"),
        ("2026-03-01 00:00:00,1,Ada \0 di tengah,", "NUL"),
        (f"2026-03-01 00:00:00,1,{'x' * 10_001},", "10000"),
        ("2026-03-01 00:00:00,1,Kolom, kelebihan,", "5 kolom"),
        ("2026-03-01 00:00:00,1", "2 kolom"),
        ('2026-03-01 00:00:00,1,"Kutip" rusak,', "CSV"),
    ],
)
def test_a_bad_row_is_reported_with_its_line_and_the_others_come_in(table, row, reason):
    out, err = bring(table(ROWS[0], row, ROWS[1]))

    assert "baris 3: " in err
    assert reason in err
    assert "1 baris salah" in out
    assert Case.objects.count() == 2


def test_the_line_is_where_the_row_begins_also_after_texts_of_many_lines(table):
    _, err = bring(table('2026-03-01 00:00:00,1,"satu\ndua\ntiga",', "rusak,1,teks,"))

    assert "baris 5: " in err
    assert Case.objects.get().narrative == "satu\ndua\ntiga"


def test_the_text_stays_as_it_is(table):
    bring(table('2026-03-01 00:00:00,1,"  Gak bisa² 😭\r\nlagi,"" katanya ""  ",'))

    assert Case.objects.get().narrative == '  Gak bisa² 😭\r\nlagi," katanya "  '
    assert Case.objects.get().subject == 'Gak bisa² 😭 lagi," katanya "'


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Pendek", "Pendek"),
        ("kata " * 40, "kata " * 17 + "…"),
        ("x" * 200, "x" * 88 + " …"),
        ("👎" * 95, "👎" * 88 + " …"),
    ],
)
def test_the_subject_is_the_first_words_cut_between_two(text, subject):
    assert subject_of(text) == subject
    assert len(subject_of(text)) <= 90


def test_a_time_without_zone_is_read_in_the_zone_that_is_named(table):
    bring(table(ROWS[0]), timezone="Asia/Jakarta")

    assert Case.objects.get().received_at == datetime(2026, 3, 8, 22, 8, 17, tzinfo=UTC)


def test_a_time_with_zone_keeps_it(table):
    bring(table("2026-03-09T05:08:17+07:00,1,Error,"), timezone="Asia/Jayapura")

    assert Case.objects.get().received_at == datetime(2026, 3, 8, 22, 8, 17, tzinfo=UTC)


def test_the_number_is_of_the_year_of_the_complaint_in_the_offices_own_zone(table):
    bring(table("2025-12-31 18:00:00,1,Sudah tahun baru di Bandung,"))

    assert Case.objects.get().reference.startswith("PG-2026-")


def test_columns_delimiter_and_encoding_can_be_named(table):
    path = table("2026-03-01;jelek é", header="kapan;isi", encoding="cp1252")

    bring(
        path,
        time_column="kapan",
        text_column="isi",
        score_column="",
        delimiter=";",
        encoding="cp1252",
        channel="whatsapp",
    )

    assert Case.objects.get().narrative == "jelek é"
    assert Case.objects.get().channel == "whatsapp"


def test_a_dry_run_writes_nothing_and_tells_what_would_come(table):
    out, err = bring(table(*ROWS, "kemarin,1,teks,", ROWS[0]), dry_run=True)

    assert not Case.objects.exists()
    assert not ImportedRow.objects.exists()
    assert "2 kasus akan dibuat, 1 sudah pernah diimpor" in out
    assert "1  Kuota dan jadwal ulang" in out
    assert "1  Akun dan OTP" in out
    assert "baris 5: " in err


def test_a_year_without_holidays_is_taken_and_named(table):
    Holiday.objects.filter(date__year=2022).delete()

    out, _ = bring(table("2022-05-05 00:00:00,1,Error,"))

    assert Case.objects.get().due_working_on is None
    assert "kasus tahun 2022" in out


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"text_column": "isi"}, "Kolom “isi” tidak ada. Yang ada: at, score, text, reply."),
        ({"time_column": "jam"}, "Kolom “jam” tidak ada"),
        ({"encoding": "utf-16"}, "bukan teks utf-16"),
        ({"encoding": "klingon"}, "Pengodean klingon tidak dikenal"),
        ({"timezone": "Mars/Olympus"}, "Zona waktu Mars/Olympus tidak dikenal"),
        ({"timezone": "../../etc/passwd"}, "tidak dikenal"),
        ({"delimiter": "::"}, "satu tanda saja"),
        ({"delimiter": ";"}, "tidak ada"),
    ],
)
def test_a_wrong_option_says_what_to_change_and_changes_nothing(table, options, message):
    with pytest.raises(CommandError, match=message.split(".")[0].replace("(", r"\(")):
        bring(table(*ROWS), **options)

    assert not Case.objects.exists()


def test_a_file_in_another_encoding_is_refused_before_anything_is_written(table):
    path = table(*ROWS * 80, "2026-03-01 00:00:00,1,pas é,", encoding="cp1252")

    with pytest.raises(CommandError, match="Coba --encoding"):
        bring(path)

    assert not Case.objects.exists()


@pytest.mark.parametrize("name", ["tidak-ada.csv", "."])
def test_a_file_that_cannot_be_read_is_named(tmp_path, name):
    with pytest.raises(CommandError, match="Berkas"):
        bring(tmp_path / name)


def test_an_empty_file_is_named(tmp_path):
    path = tmp_path / "kosong.csv"
    path.touch()

    with pytest.raises(CommandError, match="kosong"):
        bring(path)


@pytest.mark.parametrize("source", ["", " ", "x" * 41])
def test_the_source_must_fit(table, source):
    with pytest.raises(CommandError, match="--source"):
        call_command("import_cases", table(*ROWS), source=source, stdout=StringIO())


def test_a_killed_import_leaves_whole_cases_only_and_the_next_one_completes_it(
    table, committed_db, settings
):
    many = [f"2026-03-09 05:{n // 60:02d}:{n % 60:02d},1,Error nomor {n}," for n in range(1500)]
    path = table(*many)
    code = (
        "import os, sys; sys.path.insert(0, '.'); import tests.conftest; "
        "from django.conf import settings; "
        "settings.DATABASES['default']['NAME'] = sys.argv[2]; "
        "from django.core.management import call_command; "
        "call_command('import_cases', sys.argv[1], source='ulasan aplikasi')"
    )
    name = str(connection.settings_dict["NAME"])
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(path), name],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    deadline = time.monotonic() + 60
    while not Case.objects.exists() and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.02)
    process.kill()
    process.wait()

    left = Case.objects.count()
    assert 0 < left < 1500
    assert ImportedRow.objects.count() == left
    assert CaseEvent.objects.count() == left

    bring(path)

    assert Case.objects.count() == 1500
    last = Case.objects.order_by("-reference").values_list("reference", flat=True).first()
    assert last == "PG-2026-001500"
