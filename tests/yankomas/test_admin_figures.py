import re
from datetime import date

import pytest

from tests.cases.desk import client_of, see
from tests.factories import NOW
from yankomas.workflow import Outcome

from .days import MONDAY, clock, log, no_show, serve, shift_of
from .pages import DAY, MONTH, cells, viewer
from .room import take

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", [DAY, MONTH])
def test_the_figures_cost_few_queries(address, django_assert_max_num_queries):
    shift = shift_of()
    for minute in range(0, 50, 10):
        serve(shift, f"09.{minute:02d}", f"09.{minute + 2:02d}", f"09.{minute + 8:02d}")
    client = client_of(viewer())

    with django_assert_max_num_queries(6):
        assert client.get(f"{address}?hari={MONDAY}&bulan=2026-11").status_code == 200


def test_the_page_of_a_day_shows_chart_and_tables_with_the_same_numbers():
    shift = shift_of()
    serve(shift, "08.10", "08.20", "08.40")
    serve(shift, "08.15", "08.45", "08.55")
    no_show(shift, take(at=clock("10.00")), "10.05", "10.15")

    text = see(viewer(), f"{DAY}?hari={MONDAY}")

    assert cells(text, "Menurut jam datang") == [
        ["pukul\u00a008", "2", "20", "28", "15", "19"],
        ["pukul\u00a009", "0", "—", "—", "—", "—"],
        ["pukul\u00a010", "1", "—", "—", "—", "—"],
    ]
    assert cells(text, "Menurut layanan") == [["Paspor", "3", "20", "28", "15", "19"]]
    assert cells(text, "Menurut loket") == [["Loket 1", "2", "20", "28", "15", "19"]]
    chart = text[text.index("<svg") : text.index("</svg>")]
    assert 'role="img"' in chart
    for name in re.search(r'aria-labelledby="([^"]+)"', chart)[1].split():
        assert f'id="{name}"' in chart
    assert chart.count('class="batang-tinggi"') == 1
    assert ">28</text>" in chart
    assert "separuh menunggu paling lama 20 menit, 9 dari 10 paling lama 28 menit" in chart
    assert " style=" not in text


def test_the_page_of_a_day_begins_with_today():
    take(at=NOW)

    text = see(viewer(), DAY)

    assert "<h1>Angka hari ini</h1>" in text
    assert cells(text, "Menurut layanan") == [["Paspor", "1", "—", "—", "—", "—"]]


def test_the_page_of_a_month_by_day():
    shift = shift_of()
    serve(shift, "08.10", "08.20", "08.40")
    serve(shift, "08.15", "08.45", "08.55", outcome=Outcome.REFERRED, referred_to="Dukcapil")
    log(shift.officer, "09.00", "09.10", day=date(2026, 11, 20))

    text = see(viewer(), MONTH)

    assert cells(text, "Menurut hari") == [
        ["Jum, 20 Nov", "1", "—", "1", "0", "0", "0", "0", "0"],
        ["Sen, 23 Nov", "2", "20", "1", "0", "1", "0", "0", "0"],
        ["Sebulan", "3", "20", "2", "0", "1", "0", "0", "0"],
    ]
    assert text.count('role="img"') == 2
    assert "23 November: 2 kunjungan, 0 tidak hadir, 0 tidak terlayani" in text
    assert f"{DAY}?hari=2026-11-23" in text


@pytest.mark.parametrize(
    "query",
    [
        "hari=kemarin&bulan=lalu",
        "hari=2026-02-30&bulan=2026-13",
        "hari=0001-01-01&bulan=0001-01",
        "hari=9999-12-31&bulan=9999-12",
        "hari=%00&bulan=%00",
        "hari=²&bulan=²",
        "hari=2026-11-24T10:00&bulan=2026-11-24",
    ],
)
@pytest.mark.parametrize("address", [DAY, MONTH])
def test_a_date_that_is_not_understood_is_said(address, query):
    response = client_of(viewer()).get(f"{address}?{query}")

    assert response.status_code == 200
    assert "tidak dikenali" in response.content.decode()


@pytest.mark.parametrize(
    ("address", "query"),
    [
        (DAY, "hari=2000-01-01"),
        (DAY, "hari=2100-01-01"),
        (MONTH, "bulan=2000-01"),
        (MONTH, "bulan=2100-01"),
        (MONTH, "bulan=2026-12"),
        (DAY, "hari="),
    ],
)
def test_a_time_without_visits_says_so(address, query):
    text = see(viewer(), f"{address}?{query}")

    assert "Belum ada kunjungan pada" in text
    assert "tidak dikenali" not in text
    assert "<svg" not in text
