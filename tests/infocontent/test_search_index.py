"""The index says what is public, whatever happened to it."""

from datetime import timedelta

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from infocontent import actions, search
from infocontent.models import Document, Item, Misspelling, Posting, Term
from infocontent.search import find
from infocontent.search.words import stems_of
from office.roles import Role
from tests.factories import make_user

from .items import (
    content,
    make_announcement,
    make_draft,
    make_information,
    make_item,
    put_out,
    stored_counts,
    true_counts,
)
from .searching import empty_library

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _nothing_to_find(db):
    empty_library()


# The index stays true


def steps():
    return st.lists(
        st.tuples(
            st.sampled_from(["save", "put out", "archive", "rename", "rebuild", "announce", "row"]),
            st.integers(0, 2),
            st.lists(st.sampled_from(["kasuari", "nuri", "elang", "paspor", "visa"]), max_size=4),
        ),
        min_size=4,
        max_size=10,
    )


@given(steps())
@hypothesis_settings(max_examples=12)
def test_whatever_happens_the_index_counts_right(actions_done):
    humas, ppid = make_user(Role.HUMAS), make_user(Role.PPID)
    slugs_used = [f"bahan-{Item.objects.count()}-{n}" for n in range(3)]
    items = [make_draft(slug, author=humas) for slug in slugs_used]

    for number, (what, which, words) in enumerate(actions_done):
        item = items[which]
        item.refresh_from_db()
        if what == "save":
            actions.save(item, actor=humas, content=content(body=" ".join(["isi", *words])))
        elif what == "put out" and item.open_version:
            put_out(item)
        elif what == "archive" and item.state == "terbit":
            actions.archive(item, actor=ppid, reason="Lama.")
        elif what == "rename":
            actions.rename(item, actor=humas, slug=f"{slugs_used[which]}-{number}")
        elif what == "rebuild":
            search.rebuild()
        elif what == "announce":
            announcement = make_announcement(" ".join(["Baru", *words]))
            if which:
                actions.withdraw_announcement(announcement, actor=ppid)
        elif what == "row":
            number = 9001 + Document.objects.count() + len(words) + 100 * number
            make_information(number, summary=" ".join(["Isi", *words]), is_listed=which > 0)

    assert stored_counts() == true_counts()
    live = set(Item.objects.filter(state="terbit").values_list("pk", flat=True))
    assert live == set(Document.objects.exclude(item=None).values_list("item", flat=True))


def index():
    """The whole index in words, without the numbers of its rows."""
    return {
        "documents": set(
            Document.objects.values_list(
                "address", "title", "text", "text_en", "visible_from", "visible_until"
            )
        ),
        "postings": set(Posting.objects.values_list("term__text", "document__address", "weight")),
        "slips": set(
            Misspelling.objects.filter(term__documents__gt=0).values_list("form", "term__text")
        ),
        "counts": stored_counts(),
    }


def test_an_index_made_anew_is_the_one_that_grew():
    humas = make_user(Role.HUMAS)
    item = make_item("satu", title="Kasuari", body="Satu dua.", title_en="Cassowary")
    actions.save(item, actor=humas, content=content(title="Cendrawasih", body="Tiga [[x]]."))
    put_out(item)
    actions.rename(item, actor=humas, slug="lain")
    archived = make_item("arsip", title="Nuri")
    actions.archive(archived, actor=humas, reason="Lama.")
    make_announcement("Elang terbang", body="Besok **libur**.")
    make_information(summary="Laporan kinerja")
    grown = index()

    number = search.rebuild()

    assert index() == grown
    assert number == len(grown["documents"])
    assert not Term.objects.filter(documents=0).exists()


def test_publishing_the_same_again_changes_nothing_in_the_index():
    item = make_item("satu", title="Kasuari", body="Satu dua.")
    before = index()

    search.index_item(item)

    assert index() == before


def test_what_is_no_longer_held_by_anything_is_not_found_by_a_slip():
    item = make_item("satu", title="Cendrawasih")
    actions.archive(item, actor=make_user(Role.PPID), reason="Lama.")

    results = find("cendrawasi")

    assert (results.total, results.corrected) == (0, "")


def test_stems_of_a_text_keep_their_order_and_drop_what_says_nothing():
    assert stems_of("Cara memperpanjang paspor yang hilang") == ["panjang", "paspor", "hilang"]


def test_the_page_of_results_shows_what_was_typed_as_text(client):
    make_item(title="Paspor <b>baru</b>", body="<script>alert(1)</script> paspor")
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "id"

    page = client.get("/informasi/", {"q": 'paspor"><svg onload=x>'}).content.decode()

    assert "alert(1)" in page
    assert "<script>alert" not in page
    assert "<svg onload" not in page
    assert "&lt;b&gt;" in page
