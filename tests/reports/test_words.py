from datetime import date, datetime

import pytest
from django.core.management import call_command

from cases import actions
from cases.workflow import Privacy, Status
from infocontent.models import Topic
from office.roles import Role
from reports.texts import rising_phrases, rising_topics
from reports.texts.counting import count_month, count_recent
from reports.texts.models import PhraseCount, TextMonth
from reports.texts.reading import Reader
from tests.cases.desk import client_of, references, see
from tests.factories import NOW, WIB, make_case, make_desk, make_user

pytestmark = pytest.mark.django_db

PAGE = "/admin/kata/"
ENDINGS = ["hari ini", "sejak Senin", "di rumah", "terus", "lagi", "dari pagi", "kemarin", "semua"]
NOVEMBER = date(2026, 11, 1)


def write(text, month, n=3, *, topic="", **more):
    """So many different texts that say this, received in this month of 2026."""
    for ending in ENDINGS[:n]:
        make_case(
            subject="Lapor",
            narrative=f"{text} {ending}",
            at=datetime(2026, month, 10, 9, tzinfo=WIB),
            topic=Topic.objects.get(code=topic) if topic else None,
            privacy=more.get("privacy", Privacy.ANONYMOUS),
        )


def phrases(month=NOVEMBER, topic=None):
    rows = (
        PhraseCount.objects.filter(month=month, topic__code=topic)
        if topic
        else (PhraseCount.objects.filter(month=month, topic=None))
    )
    return dict(rows.values_list("phrase", "n"))


def test_stems_slang_and_negation_become_one_phrase():
    read = Reader()

    first, second = (
        read.phrases("Gak bisa memilih tanggal"),
        read.phrases("tidak bisa pilih tanggal"),
    )

    assert "tidak bisa pilih" in first
    assert set(first) == set(second)
    assert first["pilih tanggal"] == "memilih tanggal"


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("Paspor A1234567 hilang", "1234567"),
        ("Hubungi 081234567890 segera", "0812"),
        ("Surat ke sari@example.com gagal", "example"),
        ("Ditolak oleh Ibu Rahmawati Dewi", "rahmawati"),
        ("Petugas bernama Bambang kasar", "bambang"),
    ],
)
def test_numbers_addresses_and_names_are_no_words(text, hidden):
    make_user(Role.OFFICER, section="tikkim", first_name="Bambang", last_name="Sutrisno")

    assert not any(
        hidden in f"{key} {word}".lower() for key, word in Reader().phrases(text).items()
    )


def test_one_word_that_stands_for_two_is_written_once():
    found = Reader().phrases("gabisa dibuka")

    assert found["tidak bisa buka"] == "gabisa dibuka"


def test_a_phrase_ends_where_the_sentence_does():
    assert "jadwal bayar" not in Reader().phrases("Jadwal. Bayar")


def test_what_two_people_write_is_kept_nowhere_and_what_three_write_is():
    write("Layar putih", 11, 2)
    count_month(NOVEMBER)
    assert "layar putih" not in phrases()

    write("Layar putih", 11, 3)
    count_month(NOVEMBER)
    assert phrases()["layar putih"] == 5


def test_one_text_copied_many_times_is_one_text():
    for _ in range(4):
        write("Layar putih", 11, 1)

    count_month(NOVEMBER)

    assert "layar putih" not in phrases()


def test_confidential_and_redacted_texts_are_not_read():
    write("Layar putih", 11, 3, privacy=Privacy.CONFIDENTIAL)
    desk = make_desk()
    for text in ("Layar hitam satu", "Layar hitam dua", "Layar hitam tiga"):
        case = make_case(status=Status.DONE, desk=desk, narrative=text)
        actions.redact(case, parts=["teks"], actor=desk.office_head)

    assert count_month(NOVEMBER) == 0
    assert phrases() == {}


def test_what_is_said_of_a_named_officer_is_not_among_the_words():
    desk = make_desk()
    for text in ("Meminta pungutan satu", "Meminta pungutan dua", "Meminta pungutan tiga"):
        case = make_case(status=Status.VERIFIED, desk=desk, narrative=text)
        actions.name_reported(case, actor=desk.verifier, reported=[desk.officer])

    assert count_month(NOVEMBER) == 0
    assert phrases() == {}


def test_a_month_is_the_office_s_own_and_topics_are_told_apart():
    write("Layar putih", 11, 3, topic="gangguan-sistem")
    write("Layar putih", 10, 3)
    for moment in (
        datetime(2026, 11, 1, 0, 5, tzinfo=WIB),
        datetime(2026, 10, 31, 23, 55, tzinfo=WIB),
    ):
        make_case(subject="Lapor", narrative="Layar putih malam", at=moment)

    count_recent(at=NOW)

    assert phrases()["layar putih"] == 4
    assert phrases(topic="gangguan-sistem")["layar putih"] == 3
    assert phrases(date(2026, 10, 1))["layar putih"] == 4


def test_counting_again_replaces_what_was_counted():
    write("Layar putih", 11, 3)
    count_month(NOVEMBER)
    before = phrases()

    count_month(NOVEMBER)

    assert phrases() == before
    assert TextMonth.objects.filter(month=NOVEMBER, topic=None).count() == 1


def test_the_job_counts_months_never_counted_too(capsys):
    write("Layar putih", 7, 3)

    call_command("count_phrases")

    assert "3 kasus dibaca" in capsys.readouterr().out
    assert phrases(date(2026, 7, 1))["layar putih"] == 3


@pytest.fixture
def rise():
    """A quiet quarter of the same complaint, and a November of another."""
    for month in (8, 9, 10):
        write("Antrean loket penuh", month, 8, topic="antrean")
    write("Antrean loket penuh", 11, 4, topic="antrean")
    write("Layar putih kosong", 11, 7, topic="gangguan-sistem")
    for month in (8, 9, 10, 11):
        count_month(date(2026, month, 1))


def test_what_rose_is_told_once_with_its_topic_and_the_mean_before(rise):
    first = rising_phrases(NOVEMBER)[0]

    assert (first.key, first.n, first.topic.code) == ("layar putih kosong", 7, "gangguan-sistem")
    assert first.before == 0
    assert [one.key for one in rising_phrases(NOVEMBER)] == ["layar putih kosong"]
    assert [(one.topic.code, one.n) for one in rising_topics(NOVEMBER)] == [("gangguan-sistem", 7)]


def test_nothing_rises_where_nothing_before_was_counted(rise):
    assert rising_phrases(date(2026, 8, 1)) == []
    assert rising_topics(date(2026, 8, 1)) == []
    assert rising_phrases(date(2030, 1, 1)) == []


def test_more_of_everything_is_no_rise():
    for month in (8, 9, 10):
        write("Antrean penuh", month, 4)
    write("Antrean penuh", 11, 8)
    for month in (8, 9, 10, 11):
        count_month(date(2026, month, 1))

    assert "antre penuh" not in {one.key for one in rising_phrases(NOVEMBER)}


def test_the_lists_for_the_meeting_cost_few_queries(rise, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        rising_phrases(NOVEMBER)
    with django_assert_max_num_queries(1):
        rising_topics(NOVEMBER)


def test_the_page_shows_a_month_and_leads_to_the_cases(rise):
    ppid = make_user(Role.PPID)

    text = see(ppid, PAGE)
    older = see(ppid, f"{PAGE}?bulan=2026-09")
    query = "q=layar+putih+kosong&received_from=2026-11-01&received_to=2026-11-30"

    assert "Ungkapan yang naik" in text
    assert "layar putih kosong" in text
    assert query.replace("&", "&amp;") in text
    assert len(references(ppid, query)) == 7
    assert "antrean loket penuh" in older
    assert "layar putih kosong" not in older


def test_the_page_of_one_topic_has_its_own_words(rise):
    system = Topic.objects.get(code="gangguan-sistem")

    text = see(make_user(Role.PPID), f"{PAGE}?topik={system.pk}")

    assert "layar putih kosong" in text
    assert "loket" not in text


def test_a_choice_that_does_not_exist_shows_the_newest_month(rise):
    text = see(make_user(Role.PPID), f"{PAGE}?bulan=x&topik=abc")

    assert "Pilihan tidak dikenali" in text
    assert "layar putih kosong" in text


def test_the_page_without_any_count_says_so():
    assert "Belum ada bulan yang dihitung" in see(make_user(Role.PPID), PAGE)


@pytest.mark.parametrize(("role", "status"), [(Role.SECTION_HEAD, 200), (Role.OFFICER, 403)])
def test_the_words_are_for_who_reads_reports(role, status):
    assert client_of(make_user(role, section="tikkim")).get(PAGE).status_code == status
