import re
from datetime import date
from xml.etree import ElementTree

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.utils.translation import override

from cases.models import DeadlineRule
from infocontent import drawings
from infocontent.facts import FACTS
from infocontent.models import Drawing, Item, Kind, Tariff
from office.models import Office
from office.roles import Role
from tests.factories import make_user

from .items import make_draft, make_item

pytestmark = pytest.mark.django_db

SVG = "{http://www.w3.org/2000/svg}"
PRICE = {"group": "paspor", "name": "Paspor uji", "name_en": "Test passport", "source": "PP 9/2020"}


def words_of(drawing: str, **more: object) -> dict[str, object]:
    return {"kind": Kind.INFOGRAPHIC, "drawing": drawing, "alt": "Isi gambar.", **more}


def make_drawn(drawing: str = Drawing.PASSPORT_TARIFFS, slug: str = "gambar", **more) -> Item:
    return make_item(slug, **words_of(drawing, **more))


def make_price(amount: int, since: str = "2024-12-17", code: str = "uji", **more) -> Tariff:
    fields = {**PRICE, "code": code, "amount": amount, "valid_from": date.fromisoformat(since)}
    return Tariff.objects.create(**{**fields, **more})


def drawn(drawing: str = Drawing.PASSPORT_TARIFFS, language: str = "id") -> str:
    item = Item(drawing=drawing, slug="x", short_code="bcdfg", alt="Isi gambar.")
    with override(language):
        return drawings.draw(item)


def address(item: Item) -> str:
    return f"/informasi/{item.slug}/gambar.svg"


@pytest.mark.parametrize(
    ("day", "amounts"),
    [
        ("2026-12-31", {"Rp7.654.000"}),
        ("2027-01-01", {"Rp8.765.000"}),
        ("2024-12-16", set()),
    ],
)
def test_a_price_is_the_one_in_force_on_that_day(day, amounts):
    make_price(7_654_000)
    make_price(8_765_000, "2027-01-01")

    with time_machine.travel(f"{day} 09:00+07:00"):
        picture = drawn()

    assert set(re.findall(r"Rp[78]\.\d{3}\.000", picture)) == amounts


def test_a_new_price_is_drawn_without_anybody_touching_the_item(client):
    make_price(7_654_000)
    item = make_drawn()
    before = client.get(address(item))
    make_price(8_765_000, "2026-11-24")

    after = client.get(address(item), headers={"If-None-Match": before["ETag"]})

    assert "Rp7.654.000" in before.content.decode()
    assert after.status_code == 200
    assert "Rp8.765.000" in after.content.decode()
    assert "Rp7.654.000" not in after.content.decode()


def test_only_prices_of_passports_are_drawn():
    make_price(7_654_000, group="visa")

    assert "Rp7.654.000" not in drawn()


def test_day_and_law_stand_once_where_all_prices_share_them():
    Tariff.objects.all().delete()
    make_price(100_000, code="a")
    make_price(200_000, code="b")
    same = drawn()
    make_price(300_000, "2025-03-02", code="c", source="PP 8/2025")
    different = drawn()

    assert same.count("17 Desember 2024") == same.count("PP 9/2020") == 1
    assert different.count("17 Desember 2024") == different.count("PP 9/2020") == 2
    assert different.count("Berlaku sejak 2 Maret 2025 · PP 8/2025") == 1


def test_without_prices_the_drawing_says_whom_to_ask():
    Tariff.objects.all().delete()

    assert "Tanyakan kepada petugas kami." in drawn()


def test_lengths_of_the_law_come_from_the_rules_of_the_day():
    DeadlineRule.objects.create(
        kind="permohonan",
        step="jawaban",
        unit="hari_kerja",
        days=8,
        law="UU 1/2026",
        valid_from=date(2026, 11, 25),
    )

    today = drawn(Drawing.PPID_CLOCK)
    with time_machine.travel("2026-11-25 09:00+07:00"):
        tomorrow = drawn(Drawing.PPID_CLOCK)
        in_english = drawn(Drawing.PPID_CLOCK, "en")

    assert marks(today) == ["10", "7", "30", "30", "14"]
    assert marks(tomorrow) == ["8", "7", "30", "30", "14"]
    assert "8 working days" in in_english


def marks(picture: str) -> list[str]:
    return re.findall(r">(\d+) hari kerja<", picture)


def test_without_anybody_who_knows_the_law_there_are_words_and_no_numbers(monkeypatch):
    monkeypatch.delitem(FACTS, "tenggat")

    picture = drawn(Drawing.PPID_CLOCK)

    assert "Jawaban tertulis PPID" in picture
    assert "hari kerja" not in picture.lower()


@pytest.mark.parametrize(
    ("drawing", "indonesian", "english"),
    [
        (Drawing.PASSPORT_TARIFFS, "Tarif paspor", "Passport fees"),
        (Drawing.PASSPORT_STEPS, "Langkah membuat paspor", "How to get a passport"),
        (Drawing.PPID_CLOCK, "Waktu jawaban PPID", "PPID answer times"),
    ],
)
def test_a_drawing_speaks_the_readers_language(client, drawing, indonesian, english):
    item = make_drawn(drawing)

    first = client.get(address(item))
    asked = client.get(f"{address(item)}?bahasa=en")
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    chosen = client.get(address(item))
    back = client.get(f"{address(item)}?bahasa=id")

    for response, title in ((first, indonesian), (asked, english), (chosen, english)):
        assert f'<title id="judul">{title}</title>' in response.content.decode()
    assert back.content == first.content
    assert "Cookie" in first["Vary"]
    assert "Cookie" not in asked.get("Vary", "")


MANY = [
    (
        "Layanan yang bernama amat panjang sekali untuk menguji lipatan baris & <tanda>",
        1_234_567_890,
    )
] * 8


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("prices", [[], [("Paspor biasa", 350_000)], MANY])
@pytest.mark.parametrize("drawing", Drawing.values)
def test_every_word_lies_inside_the_picture_and_beside_its_neighbours(drawing, prices, language):
    for number, (name, amount) in enumerate(prices):
        make_price(amount, code=f"uji-{number}", name=name, name_en="", unit="orang")

    texts = texts_of(ElementTree.fromstring(drawn(drawing, language)))

    boxes = [box_of(*text) for text in texts]
    for left, top, right, bottom in boxes:
        assert 0 <= left < right <= 1080
        assert 0 <= top < bottom <= 1350
    crossing = [
        (texts[one][0], texts[other][0])
        for one in range(len(boxes))
        for other in range(one)
        if overlap(boxes[one], boxes[other])
    ]
    assert crossing == []


def texts_of(root, offset=(0, 0), **inherited):
    """Each text with its place, letters, anchor and colour, as groups hand them down."""
    found = []
    for child in root:
        if child.tag == f"{SVG}svg":
            continue  # ornament and QR code
        here = {**inherited, **child.attrib}
        moved = re.fullmatch(r"translate\((\d+) (\d+)\)", child.get("transform", ""))
        place = (int(moved[1]), int(moved[2])) if moved else offset
        if child.tag == f"{SVG}text":
            at = (place[0] + int(child.get("x", 0)), place[1] + int(child.get("y", 0)))
            found.append((child.text, *at, here))
        inner = {key: here[key] for key in here if key not in ("x", "y", "transform")}
        found += texts_of(child, place, **inner)
    return found


def box_of(text, x, y, style):
    size = int(style["font-size"])
    # Arial and its like; a reader's own font may be wider, which the drawing has room for.
    width = drawings.text_width(text, size, is_bold=int(style.get("font-weight", 400)) >= 600)
    width /= drawings.SLACK
    left = {"end": x - width, "middle": x - width / 2}.get(style.get("text-anchor"), x)
    top = y - size * 0.4 if "dy" in style else y - size * 0.75
    return left, top, left + width, top + size * 0.8


def overlap(one, other):
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@pytest.mark.parametrize("drawing", Drawing.values)
def test_every_text_stands_out_from_what_is_behind_it(drawing):
    make_price(350_000)
    root = ElementTree.fromstring(drawn(drawing))
    header, footer = (
        int(root.findall(f"{SVG}rect")[number].get(which))
        for number, which in ((1, "height"), (3, "y"))
    )

    for text, _x, y, style in texts_of(root, fill=root.get("fill")):
        below = "#10303d" if y < header else "#f2ebdd" if y > footer else "#fbf7ef"
        if style["fill"] == "#ffffff" and y > header:
            below = "#0b5d66"  # the number in its circle
        if style.get("text-anchor") == "middle" and style["fill"] != "#ffffff":
            below = "#fff3d6"
        assert contrast(style["fill"], below) >= 4.5, text


def contrast(one, other):
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def luminance(colour):
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("drawing", Drawing.values)
def test_nothing_in_a_drawing_runs_or_is_fetched(drawing):
    make_price(350_000, name='<script>alert(1)</script>"')

    picture = drawn(drawing)

    root = ElementTree.fromstring(picture)
    tags = {element.tag.removeprefix(SVG) for element in root.iter()}
    names = {name for element in root.iter() for name in element.attrib}
    links = {element.get("href") for element in root.iter() if element.get("href")}
    assert tags <= {
        "svg", "title", "desc", "g", "rect", "circle", "ellipse", "line", "path", "use", "text",
    }  # fmt: skip
    assert not {name for name in names if name.startswith("on") or name == "style"}
    assert links == {"#bunga"}
    assert root.find(f"{SVG}desc").text == "Isi gambar."


def test_a_drawing_leads_back_to_its_item(settings):
    settings.SITE_URL = "https://imigrasi.example"

    assert ">imigrasi.example/q/bcdfg/<" in drawn()


def test_a_drawing_goes_out_as_a_picture_in_which_nothing_runs(client):
    item = make_drawn()

    response = client.get(address(item))
    again = client.get(address(item), headers={"If-None-Match": response["ETag"]})

    assert response["Content-Type"] == "image/svg+xml"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["Cache-Control"] == "public, max-age=300"
    assert again.status_code == 304


def test_a_drawing_of_a_draft_is_for_staff_and_the_holder_of_its_secret_address(client):
    item = make_draft(**words_of(Drawing.PASSPORT_STEPS))
    token = item.open_version.preview_token
    member = Client()
    member.force_login(make_user(Role.HUMAS))

    secret = client.get(f"{address(item)}?pratinjau={token}")
    staffs = member.get(address(item))

    assert (secret.status_code, staffs.status_code) == (200, 200)
    assert secret["Cache-Control"] == staffs["Cache-Control"] == "no-store, private"
    assert client.get(address(item)).status_code == 404
    assert client.get(f"{address(item)}?pratinjau=lain").status_code == 404
    other = make_draft("lain", **words_of(Drawing.PASSPORT_STEPS))
    assert client.get(f"{address(other)}?pratinjau={token}").status_code == 404


def test_an_item_without_a_drawing_has_none(client):
    item = make_item()

    assert client.get(address(item)).status_code == 404
    assert client.get("/informasi/tidak-ada/gambar.svg").status_code == 404


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_page_shows_the_drawing_in_the_language_of_the_page(client, language):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    item = make_drawn()

    page = client.get(item.get_absolute_url()).content.decode()

    assert f'<img class="img-fluid rounded border" src="{address(item)}?bahasa={language}"' in page
    assert 'download="tarif-paspor.svg"' in page


def test_a_drawing_of_prices_costs_two_queries(client, django_assert_num_queries):
    item = make_drawn()
    Office.objects.current()

    with django_assert_num_queries(2):
        client.get(f"{address(item)}?bahasa=id")
