from datetime import timedelta

import pytest
from django.core.cache import cache

from cases.workflow import Outcome
from reports.figures import figures_of
from reports.period import Period
from tests.factories import make_case, make_desk

from .year import decide, moment, request, small_year

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_paper", "_next_year")]

YEAR = Period(2026)
DECIDED = "permohonan/nasib:diputus"
UNDECIDED = "permohonan/nasib:belum_diputus"


def test_a_small_year_as_counted_by_hand():
    cases = small_year(make_desk())
    figures = figures_of(YEAR)

    def behind(path: str) -> set[str]:
        count = figures.find(path)
        assert count is not None, path
        return {name for name, case in cases.items() if case.pk in count.cases}

    for path, names in {
        "permohonan": {
            "granted", "partly", "late_refusal", "statute", "not_held", "not_yet", "published",
            "extended", "withdrawn", "lapsed", "forwarded", "twice", "overdue", "open",
            "decided_after",
        },
        "permohonan/bulan:3": {"granted", "partly", "late_refusal"},
        "permohonan/bulan:1": set(),
        "permohonan/bulan:12": {"open", "decided_after"},
        "permohonan/kanal:yankomas": {"partly"},
        "permohonan/kanal:surat": {"not_held"},
        "permohonan/topik:": {"statute"},
        "permohonan/perpanjangan:ya": {"extended"},
        DECIDED: {
            "granted", "partly", "late_refusal", "statute", "not_held", "not_yet", "published",
            "extended", "twice",
        },
        f"{DECIDED}/jawaban:diberikan_seluruhnya": {"granted", "extended"},
        f"{DECIDED}/jawaban:menahan/isi:diberikan_sebagian": {"partly"},
        f"{DECIDED}/jawaban:menahan/isi:ditolak_dikecualikan": {
            "late_refusal", "statute", "twice",
        },
        f"{DECIDED}/jawaban:menahan/alasan:h": {"partly", "twice"},
        f"{DECIDED}/jawaban:menahan/alasan:j": {"late_refusal"},
        f"{DECIDED}/jawaban:menahan/alasan:uu_lain": {"statute"},
        f"{DECIDED}/jawaban:lainnya/isi:tidak_dikuasai_dirujuk": {"not_held"},
        f"{DECIDED}/jawaban:lainnya/isi:belum_dikuasai": {"not_yet"},
        f"{DECIDED}/jawaban:lainnya/isi:sudah_dipublikasikan": {"published"},
        f"{DECIDED}/waktu:terlambat": {"late_refusal"},
        f"{UNDECIDED}/isi:dicabut_pemohon": {"withdrawn"},
        f"{UNDECIDED}/isi:tidak_lengkap_gugur": {"lapsed"},
        f"{UNDECIDED}/isi:dialihkan": {"forwarded"},
        f"{UNDECIDED}/isi:terbuka": {"overdue", "open", "decided_after"},
        f"{UNDECIDED}/isi:terbuka/waktu:terlambat": {"overdue"},
        f"{UNDECIDED}/isi:terbuka/waktu:tepat": {"open", "decided_after"},
        "sisa": {"rest"},
        "sisa/nasib:diputus/jawaban:diberikan_seluruhnya": {"rest"},
        "diputus_lagi": {"twice"},
        "keberatan": {"upheld", "partly_upheld", "rejected", "unanswered"},
        "keberatan/alasan:a": {"upheld", "partly_upheld", "rejected"},
        "keberatan/alasan:b": {"unanswered"},
        "keberatan/alasan:d": {"upheld"},
        "keberatan/nasib:diputus/putusan:dikabulkan/isi:diberikan_seluruhnya": {"upheld"},
        "keberatan/nasib:diputus/putusan:dikabulkan/isi:diberikan_sebagian": {"partly_upheld"},
        "keberatan/nasib:diputus/putusan:dikabulkan/pelaksanaan:tepat": {"upheld"},
        "keberatan/nasib:diputus/putusan:dikabulkan/pelaksanaan:tidak_tercatat": {
            "partly_upheld",
        },
        "keberatan/nasib:diputus/putusan:ditolak_dikecualikan": {"rejected"},
        "keberatan/nasib:diputus/waktu:terlambat": {"rejected"},
        "keberatan/nasib:belum_diputus/isi:terbuka": {"unanswered"},
        "sengketa": {"rejected", "partly_upheld"},
        "sengketa/hasil:kesepakatan": {"rejected"},
        # Decided after the year, so not yet a result of it.
        "sengketa/hasil:": {"partly_upheld"},
        "sengketa/jalur:ajudikasi": {"partly_upheld"},
        "sengketa/gugatan:ya": {"partly_upheld"},
    }.items():  # fmt: skip
        assert behind(path) == names, path


def test_durations_are_working_days_from_the_receipt_to_the_signature():
    small_year(make_desk())
    times = dict(figures_of(YEAR).times)

    # 5 days, and 15 with an extension (16 June is a holiday).
    assert times["diberikan_seluruhnya"].as_json() == {
        "n": 2, "middle": 10.0, "long": 15, "longest": 15,
    }  # fmt: skip
    assert times["ditolak_dikecualikan"].as_json() == {
        "n": 3, "middle": 2, "long": 11, "longest": 11,
    }  # fmt: skip
    assert times["sudah_dipublikasikan"].longest == 0
    assert times["semua"].n == 9


def test_an_empty_year_is_counted_too():
    figures = figures_of(YEAR)

    assert [count.number for count in figures.roots] == [0, 0, 0, 0, 0]
    assert {days for _key, days in figures.times} == {None}


def test_a_month_counts_only_its_own():
    small_year(make_desk())

    march = figures_of(Period(2026, 3))

    assert march.requests.number == 3
    assert "bulan" not in march.requests.by
    # Decided by the end of March are all three; of April's none is seen.
    assert march.find(DECIDED).number == 3
    assert figures_of(Period(2026, 1)).carried.number == 1
    assert figures_of(Period(2026, 2)).carried.number == 0


def test_what_a_year_began_with_and_received_is_ended_or_still_open():
    small_year(make_desk())
    opens = 0
    for month in range(1, 13):
        figures = figures_of(Period(2026, month))
        rest = figures.carried.find("nasib:belum_diputus/isi:terbuka")
        new = figures.requests.find("nasib:belum_diputus/isi:terbuka")
        if month > 1:
            assert figures.carried.number == opens
        opens = rest.number + new.number

    assert figures_of(Period(2027, 1)).carried.number == opens == 3


def test_a_running_period_is_counted_up_to_now():
    desk = make_desk()
    case = request(desk, "2026-03-02")
    decide(case, desk, "2026-03-09", Outcome.GRANTED)

    before = figures_of(YEAR, moment("2026-03-05"))
    after = figures_of(YEAR, moment("2026-03-10"))

    assert before.find(f"{UNDECIDED}/isi:terbuka/waktu:tepat").cases == [case.pk]
    assert after.find(DECIDED).cases == [case.pk]
    assert figures_of(YEAR, moment("2026-03-01")).requests.number == 0


def test_a_request_taken_up_again_is_judged_by_its_first_clock():
    desk = make_desk()
    small_year(desk)

    assert figures_of(YEAR).find(f"{DECIDED}/waktu:tepat").number == 8


def test_the_last_moment_of_the_year_belongs_to_it():
    make_case("permohonan", at=moment("2026-12-31", 23) + timedelta(minutes=59))
    make_case("permohonan", at=moment("2027-01-01", 0))
    make_case("pengaduan", at=moment("2026-12-31"))

    assert figures_of(YEAR).requests.number == 1


@pytest.mark.parametrize("path", ["", "lain", "permohonan/lain:x", "permohonan/kanal:x/y", "a/b"])
def test_a_path_that_leads_nowhere_finds_nothing(path):
    assert figures_of(YEAR).find(path) is None


def test_figures_cost_as_many_queries_for_a_full_year_as_for_an_empty_one(
    django_assert_max_num_queries,
):
    small_year(make_desk())
    cache.clear()

    with django_assert_max_num_queries(14) as queries:
        figures_of(YEAR)
    full = len(queries)
    cache.clear()
    with django_assert_max_num_queries(full):
        figures_of(Period(2020))
