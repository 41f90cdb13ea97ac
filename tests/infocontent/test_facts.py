from datetime import date

import pytest
from django.core.cache import cache
from django.utils.translation import override

from cases import facts
from cases.models import DeadlineRule
from infocontent.facts import fill_in, unknown_facts
from infocontent.markdown import render
from infocontent.models import Tariff

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("mark", "text"),
    [
        ("[[tenggat permohonan jawaban]]", "10 hari kerja"),
        ("[[tenggat permohonan perpanjangan]]", "7 hari kerja"),
        ("[[tenggat keberatan jawaban]]", "30 hari kerja"),
        ("[[tenggat keberatan diajukan]]", "30 hari kerja"),
        ("[[tenggat sengketa diajukan]]", "14 hari kerja"),
        ("[[tenggat pertanyaan jawaban]]", "5 hari kerja"),
        ("[[tenggat pengaduan jawaban]]", "14 hari kerja"),
        ("[[tenggat pengaduan jawaban berkadar_pengawasan]]", "60 hari kerja"),
        ("[[tenggat pengaduan jawaban hari_kalender]]", "60 hari kalender"),
        ("[[tenggat pengaduan melengkapi]]", "30 hari kalender"),
        ("[[dasar permohonan jawaban]]", "UU 14/2008 Pasal 22 ayat (7)"),
        ("[[dasar sengketa diajukan]]", "UU 14/2008 Pasal 37 ayat (2)"),
    ],
)
def test_a_text_names_a_length_of_the_law_and_the_reader_gets_it(mark, text):
    assert fill_in(f"Paling lambat {mark}.") == f"Paling lambat {text}."


def test_the_length_is_in_the_language_of_the_reader():
    with override("en"):
        assert fill_in("[[tenggat permohonan jawaban]]") == "10 working days"
        assert fill_in("[[tenggat sengketa diajukan]]") == "14 working days"


@pytest.mark.parametrize(
    "mark",
    [
        "[[tenggat]]",
        "[[tenggat permohonan]]",
        "[[tenggat permohonan sarapan]]",
        "[[tenggat paspor jawaban]]",
        "[[tenggat pengaduan jawaban tidak_ada]]",
        "[[tenggat pengaduan jawaban hari_kerja berkadar_pengawasan lagi]]",
        "[[dasar permohonan sarapan]]",
    ],
)
def test_a_length_that_no_rule_knows_stays_as_it_is_written(mark):
    assert fill_in(mark) == mark
    assert unknown_facts(mark) == [mark]


def test_a_new_rule_changes_the_text_from_its_first_day_on():
    DeadlineRule.objects.create(
        kind="permohonan",
        step="jawaban",
        unit="hari_kerja",
        days=8,
        law="UU baru",
        valid_from=date(2027, 1, 1),
    )
    cache.clear()

    assert facts.length("permohonan jawaban", date(2026, 12, 31)) == "10 hari kerja"
    assert facts.length("permohonan jawaban", date(2027, 1, 1)) == "8 hari kerja"
    assert facts.law("permohonan jawaban", date(2027, 1, 1)) == "UU baru"


def test_a_price_follows_the_regulation_in_force():
    Tariff.objects.update_or_create(
        code="uji",
        valid_from=date(2024, 1, 1),
        defaults={"group": "uji", "name": "Uji", "amount": 350_000, "source": "PP"},
    )
    Tariff.objects.create(
        code="uji",
        valid_from=date(2024, 6, 1),
        group="uji",
        name="Uji",
        amount=1_000_000,
        source="PP baru",
    )

    assert "Rp1.000.000" in render("[[tarif uji]]")
    assert "PP baru" in render("[[tabel-tarif uji]]")
