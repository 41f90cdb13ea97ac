"""Addresses that stay: nobody else's, nobody's page's, and never a word by chance."""

import re

import pytest
from django.db import IntegrityError
from django.urls import URLPattern, resolve

from infocontent import actions, urls
from infocontent.addresses import (
    ALPHABET,
    RESERVED,
    claim,
    free_announcement_slug,
    free_slug,
    is_free,
    new_short_code,
)
from infocontent.models import Announcement, Item
from office.roles import Role
from tests.factories import make_user

from .items import make_announcement, make_draft

pytestmark = pytest.mark.django_db


def first_parts():
    """The first part of each address below /informasi/ that is not an item's."""
    parts = {str(pattern.pattern).split("/")[0] for pattern in urls.urlpatterns}
    return {part for part in parts if part and "<" not in part}


def test_no_item_takes_the_address_of_a_page_of_the_library():
    names = {part for part in first_parts() if re.fullmatch(r"[-\w]+", part)}

    assert names
    assert names - RESERVED == set()


@pytest.mark.parametrize("name", sorted(RESERVED))
def test_a_title_that_is_the_name_of_a_page_gets_a_number(name):
    assert not is_free(name)
    assert free_slug(name) == f"{name}-2"


def test_every_item_address_leads_to_its_own_page():
    assert all(isinstance(pattern, URLPattern) for pattern in urls.urlpatterns)

    match = resolve("/informasi/apa-saja/")

    assert (match.view_name, match.kwargs) == ("infocontent:item", {"slug": "apa-saja"})


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Syarat Paspor Baru?", "syarat-paspor-baru"),
        ("  Biaya: Rp650.000  ", "biaya-rp650000"),
        ("Ñandú é", "nandu-e"),
        ("日本", "bahan"),
        ("!!!", "bahan"),
        ("", "bahan"),
        ("../../etc/passwd", "etcpasswd"),
        ("<script>", "script"),
        ("a" * 300, "a" * 55),
        ("-" * 54 + "a-b", "a-b"),
        ("x" * 54 + " yz", "x" * 54),
    ],
)
def test_an_address_is_made_of_a_title(title, slug):
    assert free_slug(title) == slug


def test_a_taken_address_gets_a_number_that_still_fits():
    slugs = [make_draft("x" * 80).slug for _ in range(11)]

    assert slugs[0] == "x" * 55
    assert slugs[10] == f"{'x' * 55}-11"
    assert all(len(slug) <= 60 for slug in slugs)


def test_an_address_that_something_had_stays_its_own():
    item, other = make_draft("pertama"), make_draft("kedua")
    actions.rename(item, actor=make_user(Role.HUMAS), slug="baru")

    assert is_free("pertama", item)
    assert not is_free("pertama", other)
    assert not is_free("pertama")
    assert make_draft("pertama").slug == "pertama-2"


def test_announcements_have_addresses_of_their_own():
    make_draft("gangguan")

    assert make_announcement("Gangguan").slug == "gangguan"
    assert free_announcement_slug("Gangguan") == "gangguan-2"
    assert free_announcement_slug("???") == "pengumuman"


# Under printed codes


def test_a_short_code_cannot_be_misread_and_spells_nothing():
    codes = {new_short_code() for _ in range(200)}

    assert len(codes) == 200
    assert all(re.fullmatch(r"[2-9b-df-hjkmnp-tv-z]{5}", code) for code in codes)
    assert not set("aeiou01l") & set(ALPHABET)
    assert len(ALPHABET) ** 5 > 14_000_000


def test_a_code_that_is_in_use_is_not_drawn(monkeypatch):
    taken = make_draft().short_code
    signs = iter(f"{taken}bbbbb")
    monkeypatch.setattr("infocontent.addresses.secrets.choice", lambda _alphabet: next(signs))

    assert new_short_code() == "bbbbb"


def test_a_code_that_somebody_took_meanwhile_is_drawn_again(monkeypatch):
    taken = make_draft("lain").short_code
    drawn = iter([taken, taken, "bcdfg"])
    monkeypatch.setattr("infocontent.actions.writing.new_short_code", lambda: next(drawn))

    assert make_draft().short_code == "bcdfg"


def test_what_is_wrong_for_another_reason_is_not_tried_again():
    tries = []

    def make():
        tries.append(1)
        return Item.objects.create(
            topic=make_draft(f"bahan-{len(tries)}").topic,
            title="a",
            slug="a",
            short_code="bcdfg",
            link="http://a.example",
        )

    with pytest.raises(IntegrityError, match="item_link_is_https"):
        claim(make)
    assert len(tries) == 1


def test_trying_ends_where_nothing_is_ever_free():
    make_announcement("Gangguan")
    author = make_user(Role.HUMAS)

    with pytest.raises(IntegrityError):
        claim(lambda: Announcement.objects.create(title="a", slug="gangguan", author=author))
    assert Announcement.objects.count() == 1
