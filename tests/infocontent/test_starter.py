"""The texts, prices and lists that an office begins with."""

import csv
import json
import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import resolve
from django.utils.translation import override

from infocontent import drawings, search
from infocontent.facts import unknown_facts
from infocontent.markdown import plain, render, unsafe_links
from infocontent.models import (
    Document,
    Drawing,
    Item,
    Kind,
    PublicInformation,
    Synonym,
    Tariff,
    Version,
)
from infocontent.search.words import stop_words
from office.models import Section

from .items import make_item

pytestmark = pytest.mark.django_db

DEFAULTS = Path(__file__).parents[2] / "kanim_portal" / "defaults"
AMOUNT = re.compile(r"Rp\s?\d|\d{2,}\.000|\d\s?(rb|ribu|juta|jt)\b", re.I)
LENGTH = re.compile(r"\d+\s+(hari (kerja|kalender)|working days?)", re.I)
OWN_LINK = re.compile(r"\]\((/[^)]*)\)")


def default(name):
    return json.loads((DEFAULTS / f"{name}.json").read_text(encoding="utf-8"))


ITEMS = {row["slug"]: row for row in default("items")}


def load():
    call_command("load_office", stdout=StringIO())


def texts(item):
    return [text for text in (item.body, item.body_en) if text]


def test_there_are_answers_infographics_and_english_enough():
    answers = Item.objects.filter(kind=Kind.FAQ)

    assert answers.count() >= 42
    assert answers.exclude(title_en="").exclude(body_en="").count() >= 21
    drawings = Item.objects.filter(kind=Kind.INFOGRAPHIC).values_list("drawing", flat=True)
    assert sorted(drawings) == sorted(Drawing.values)
    assert PublicInformation.objects.count() == 25
    assert Synonym.objects.count() >= 100


def test_they_stand_on_nearly_every_shelf():
    topics = {row["topic"] for row in ITEMS.values()}

    assert len(topics) >= 40


@pytest.mark.parametrize("slug", ITEMS)
def test_a_text_is_whole_and_its_facts_are_known(slug):
    item = Item.objects.get(slug=slug)

    item.full_clean()

    assert item.missing == []
    assert bool(item.title_en) == bool(item.body_en)
    for text in texts(item):
        assert unknown_facts(text) == []
        assert unsafe_links(text) == []
        assert "[[" not in render(text)
        assert 50 <= len(text.split()) <= 220
    assert len(item.keywords.split(",")) >= 3


@pytest.mark.parametrize("slug", ITEMS)
def test_no_price_and_no_length_of_the_law_is_typed_into_a_text(slug):
    item = Item.objects.get(slug=slug)

    for text in (item.title, item.title_en, item.body, item.body_en, item.keywords, item.alt):
        assert not AMOUNT.search(text)
        assert not LENGTH.search(text)


@pytest.mark.parametrize("slug", ITEMS)
def test_every_link_of_the_portal_leads_somewhere(slug):
    for text in texts(Item.objects.get(slug=slug)):
        for address in OWN_LINK.findall(text):
            match = resolve(address)
            if match.view_name == "infocontent:item":
                assert match.kwargs["slug"] in ITEMS


@pytest.mark.parametrize(
    "slug", [slug for slug, row in ITEMS.items() if not row.get("needs_check")]
)
def test_what_names_no_source_speaks_of_the_portal_itself(slug):
    row = ITEMS[slug]
    of_the_portal = {"lain", "antrean", "pungli", "fasilitas"}

    assert row.get("legal_source") or row["topic"] in of_the_portal


@pytest.mark.parametrize("slug", [slug for slug, row in ITEMS.items() if row.get("needs_check")])
def test_what_is_not_certain_points_to_somebody_who_knows(slug):
    assert re.search(r"/tanya/|imigrasi\.go\.id|/pengaduan/|Yankomas", ITEMS[slug]["body"])


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_text_beside_the_steps_of_a_passport_says_what_the_picture_says(language):
    item = Item.objects.get(drawing=Drawing.PASSPORT_STEPS)

    with override(language):
        steps = drawings.PICTURES[Drawing.PASSPORT_STEPS]().blocks
        said = plain(item.in_language("body"))

    assert [step.heading for step in steps if step.heading not in said] == []


@pytest.mark.parametrize("slug", [slug for slug, row in ITEMS.items() if "drawing" in row])
def test_an_infographic_has_its_alternative_and_all_of_it_as_text_in_both_languages(slug):
    row = ITEMS[slug]

    assert row["alt"] != row["title"]
    assert row["alt_en"]
    assert row["body_en"]
    assert "[[" in row["body"]


def test_the_first_version_of_each_is_live_and_of_nobody():
    versions = Version.objects.filter(item__slug__in=ITEMS)

    assert versions.count() == len(ITEMS)
    assert not versions.exclude(number=1, state="terbit", author=None).exists()


def test_all_of_it_can_be_found():
    assert Document.objects.count() == Item.objects.count() + PublicInformation.objects.count()


def test_prices_are_dated_and_name_their_source():
    prices = {tariff.code: tariff for tariff in Tariff.objects.all()}

    assert prices["paspor-biasa-5"].amount == 350_000
    assert prices["paspor-biasa-10"].amount == 650_000
    assert prices["paspor-elektronik-5"].amount == 650_000
    assert prices["paspor-elektronik-10"].amount == 950_000
    assert prices["splp-wni"].amount == 100_000
    assert prices["splp-wna"].amount == 150_000
    assert prices["percepatan"].amount == 1_000_000
    assert prices["beban-hilang"].amount == 1_000_000
    assert prices["beban-rusak"].amount == 500_000
    assert {t.source for t in prices.values() if not t.needs_check} == {"PP 45/2024"}
    assert {t.code for t in prices.values() if t.needs_check} == {"voa", "overstay"}
    assert all(tariff.name_en for tariff in prices.values())


def test_rows_of_public_information_are_of_each_category_and_of_this_office():
    rows = PublicInformation.objects.all()
    sections = set(Section.objects.values_list("name", flat=True))

    assert set(rows.values_list("category", flat=True)) == set(PublicInformation.Category.values)
    assert {row.holder for row in rows} <= sections
    for row in rows:
        row.full_clean()
        assert row.needs_check
        assert not row.link
        assert not row.document
        assert row.summary_en


def test_a_word_of_citizens_is_one_word_and_means_another():
    for synonym in Synonym.objects.all():
        synonym.full_clean()
        assert re.fullmatch(r"[^\W_]+", synonym.word)
        assert synonym.word == synonym.word.lower()
        assert synonym.means != synonym.word
        assert synonym.word not in stop_words()


def test_the_words_of_citizens_lead_to_words_that_are_no_words_of_citizens():
    known = default("synonyms")

    for means in known.values():
        assert not set(means.split()) & set(known)


def test_loading_twice_changes_nothing():
    before = _rows()

    load()

    assert _rows() == before


def test_an_office_with_its_own_texts_keeps_only_those():
    Item.objects.filter(slug="splp").update(state="arsip", title="Milik kantor")
    Tariff.objects.filter(code="voa").update(amount=1, needs_check=False)
    _forget_information(keep=1)
    Synonym.objects.exclude(word="pasport").delete()

    load()

    assert Item.objects.get(slug="splp").title == "Milik kantor"
    assert Tariff.objects.get(code="voa").amount == 1
    assert PublicInformation.objects.count() == 1
    assert Synonym.objects.count() == 1


def test_what_a_newer_portal_brings_is_added_and_can_be_found():
    _forget_information(keep=0)
    Tariff.objects.filter(code="splp-wna").delete()

    load()

    assert Document.objects.filter(information__isnull=False).count() == 25
    assert Tariff.objects.filter(code="splp-wna").exists()


def _forget_information(keep):
    """As if the office had only the first so many rows."""
    for row in PublicInformation.objects.filter(number__gt=keep):
        search.forget_information(row)
        row.delete()


def test_the_command_makes_the_index_anew():
    make_item("nilam", title="Nilam")
    Document.objects.filter(item__slug="nilam").update(title="Salah")
    out = StringIO()

    call_command("rebuild_search", stdout=out)

    assert search.find("nilam").hits[0].document.title == "Nilam"
    assert f"{Document.objects.count()} dokumen" in out.getvalue()


def test_the_phrases_of_the_search_test_name_starter_texts():
    with (Path(__file__).parent / "search_phrases.csv").open(encoding="utf-8") as file:
        assert {row["slug"] for row in csv.DictReader(file)} <= set(ITEMS)


def _rows():
    return {
        model.__name__: list(model.objects.order_by("pk").values())
        for model in (Item, Version, Tariff, PublicInformation, Synonym, Document)
    }
