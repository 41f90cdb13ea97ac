"""Facts of the office that texts name: prices, hours, how to reach it."""

from datetime import date

import pytest
from django.utils.translation import override

from infocontent.facts import fill_in, unknown_facts
from infocontent.markdown import plain, render
from office.models import Office, OpeningHours

from .items import make_item, make_tariff

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    office = Office.objects.get()
    office.name = "Kantor Imigrasi Uji"
    office.address = "Jalan Uji 1\nBandung"
    office.phone, office.whatsapp, office.email = "(022) 123", "+62 812", "a_b@example.go.id"
    office.save()
    return office


@pytest.mark.parametrize(
    ("mark", "words"),
    [
        ("[[kantor nama]]", "Kantor Imigrasi Uji"),
        ("[[kantor alamat]]", "Jalan Uji 1 Bandung"),
        ("[[kantor telepon]]", "(022) 123"),
        ("[[kantor whatsapp]]", "+62 812"),
        ("[[kantor email]]", "a_b@example.go.id"),
        ("[[  kantor   nama  ]]", "Kantor Imigrasi Uji"),
        ("[[kantor\nnama]]", "Kantor Imigrasi Uji"),
    ],
)
def test_a_text_says_how_the_office_is_reached_today(office, mark, words):
    assert plain(f"Hubungi {mark}.") == f"Hubungi {words}."


def test_a_link_can_be_made_of_a_fact(office):
    html = render("[surel](mailto:[[kantor email]])")

    assert 'href="mailto:a_b@example.go.id"' in html


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_hours_are_a_list_that_stands_alone(language):
    OpeningHours.objects.all().delete()
    for weekday, opens, closes in (
        (1, "08:00", "12:00"),
        (1, "13:00", "16:00"),
        (5, "08:30", "11:00"),
    ):
        OpeningHours.objects.create(weekday=weekday, opens=opens, closes=closes)
    monday, friday = ("Monday", "Friday") if language == "en" else ("Senin", "Jumat")

    with override(language):
        html = render("Jam layanan:\n[[jam-layanan]]\nDi luar itu tutup.")

    assert html.startswith("<p>Jam layanan:</p>\n<ul>")
    assert f"<li>{monday}: 08.00–12.00</li>\n<li>{monday}: 13.00–16.00</li>" in html
    assert f"<li>{friday}: 08.30–11.00</li>" in html
    assert html.endswith("</ul>\n<p>Di luar itu tutup.</p>\n")


def test_without_hours_the_editor_sees_that_there_are_none():
    OpeningHours.objects.all().delete()

    assert unknown_facts("[[jam-layanan]]") == ["[[jam-layanan]]"]


def test_a_price_changes_on_its_day_without_anybody_touching_the_text(client, time_machine):
    make_tariff(350_000, date(2024, 12, 17))
    make_tariff(400_000, date(2026, 12, 1))
    item = make_item(body="Biayanya [[tarif uji]].")

    time_machine.move_to("2026-11-30 23:59+07:00")
    assert "Biayanya Rp350.000." in client.get(item.get_absolute_url()).content.decode()
    time_machine.move_to("2026-12-01 00:01+07:00")
    assert "Biayanya Rp400.000." in client.get(item.get_absolute_url()).content.decode()


def test_a_table_of_prices_holds_what_is_in_force_of_one_group():
    make_tariff(100, date(2024, 1, 1), code="satu", name="Satu", unit="buku", order=2)
    make_tariff(200, date(2026, 1, 1), code="satu", name="Satu", unit="buku", order=2)
    make_tariff(300, date(2026, 1, 1), code="dua", name="Dua", name_en="Two", order=1)
    make_tariff(400, date(2099, 1, 1), code="tiga", name="Tiga")
    make_tariff(500, date(2024, 1, 1), code="lain", name="Lain", group="lain")

    words = plain("[[tabel-tarif kelompok-uji]]")

    assert words == (
        "Layanan Tarif Berlaku sejak Dasar "
        "Dua Rp300 1 Januari 2026 PP Uji Satu Rp200 / buku 1 Januari 2026 PP Uji"
    )
    with override("en"):
        assert "Two Rp300" in plain("[[tabel-tarif kelompok-uji]]")


@pytest.mark.parametrize(
    "mark",
    [
        "[[tarif]]",
        "[[tarif tidak-ada]]",
        "[[tabel-tarif tidak-ada]]",
        "[[kantor]]",
        "[[kantor sandi]]",
        "[[rahasia]]",
        "[[tarif 99-belum]]",
    ],
)
def test_what_means_nothing_stays_visible_and_is_told_to_the_editor(mark):
    make_tariff(1, date(2099, 1, 1), code="99-belum")

    assert fill_in(f"a {mark} b") == f"a {mark} b"
    assert unknown_facts(f"a {mark} b {mark}") == [mark, mark]


@pytest.mark.parametrize(
    "text",
    ["[kantor nama]", "[[Kantor nama]]", "[[k]]", "[[kantor nama]", "[[]]", "kantor nama", "[[a b"],
)
def test_other_brackets_are_left_alone(text):
    assert fill_in(text) == text
    assert unknown_facts(text) == []


def test_a_fact_is_not_filled_in_twice(office):
    make_tariff(1000, date(2026, 1, 1), name="[[kantor nama]]")

    assert "Kantor Imigrasi Uji" not in render("[[tabel-tarif kelompok-uji]]")


def test_many_prices_in_one_text_are_read_once(django_assert_num_queries):
    for number in range(5):
        make_tariff(1000 + number, date(2026, 1, 1), code=f"uji-{number}")

    with django_assert_num_queries(1):
        filled = fill_in(" ".join(f"[[tarif uji-{number}]]" for number in range(5)))

    assert filled == "Rp1.000 Rp1.001 Rp1.002 Rp1.003 Rp1.004"


def test_a_text_without_facts_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        render("Isi **tanpa** fakta.")
