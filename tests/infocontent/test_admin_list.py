import pytest

from infocontent import actions
from infocontent.models import Item, Kind
from office.roles import Role
from tests.factories import make_user

from .desk import LIST, client_of, see, titles
from .items import content, make_draft, make_item

pytestmark = pytest.mark.django_db


@pytest.fixture
def humas():
    return make_user(Role.HUMAS)


def test_the_list_shows_state_owner_and_readers(humas):
    item = make_item(author=humas)
    actions.save(item, actor=humas, content=content(title="Judul yang dikerjakan"))
    for visitor in range(4):
        actions.vote(item, visitor=str(visitor), is_helpful=visitor > 0)
    actions.count_uses([item])
    actions.count_scan(item)

    page = see(humas, f"{LIST}?q=syarat-paspor")

    for words in ("Terbit", "Konsep", str(humas), "75% membantu", "dipakai 1 · dipindai 1"):
        assert words in page


def test_the_list_is_narrowed_by_each_filter(humas):
    live = make_item("satu", author=humas, title="Satu")
    draft = make_draft("dua", "voa", Kind.VIDEO, title="Dua", author=humas)
    actions.archive(make_item("tiga", title="Tiga", author=humas), actor=humas, reason="Usang.")
    waiting = make_draft("empat", title="Empat", author=make_user(Role.HUMAS))
    actions.submit(waiting, actor=humas)
    Item.objects.exclude(pk__in=[live.pk, draft.pk, waiting.pk]).exclude(slug="tiga").update(
        state="arsip", owner=None, kind="spanduk"
    )
    Item.objects.filter(pk=live.pk).update(needs_check=True, review_by="2026-11-01")

    assert titles(humas, "state=terbit") == ["Satu"]
    assert set(titles(humas, "state=konsep")) == {"Dua", "Empat"}
    assert titles(humas, "state=versi-ditinjau") == ["Empat"]
    assert titles(humas, "kind=video") == ["Dua"]
    assert titles(humas, f"topic={draft.topic_id}&kind=video") == ["Dua"]
    assert set(titles(humas, f"owner={humas.pk}")) == {"Satu", "Dua", "Tiga"}
    assert titles(humas, "review=lewat") == ["Satu"]
    assert titles(humas, "review=segera") == ["Satu"]
    assert titles(humas, "needs_check=on") == ["Satu"]
    assert titles(humas, "q=satu&state=terbit") == ["Satu"]
    assert titles(humas, f"q={live.short_code}") == ["Satu"]


def test_a_filter_that_is_not_offered_is_ignored_and_said(humas):
    page = see(humas, f"{LIST}?state=ajaib&owner__password__startswith=a")

    assert "Saringan “Keadaan” diabaikan" in page


def test_an_empty_list_says_what_to_do(humas):
    assert "Longgarkan saringannya" in see(humas, f"{LIST}?q=tidakadasamasekali")


def test_the_list_costs_the_same_for_one_item_and_for_many(humas, django_assert_num_queries):
    client = client_of(humas)
    make_item("satu", title="Zebra", author=humas)
    client.get(LIST)
    with django_assert_num_queries(8):
        client.get(f"{LIST}?q=zebra")

    for number in range(8):
        item = make_item(f"lagi-{number}", title="Zebra", author=humas)
        actions.save(item, actor=humas, content=content(title="Zebra"))
        actions.vote(item, visitor="a", is_helpful=True)

    with django_assert_num_queries(8):
        client.get(f"{LIST}?q=zebra")


def test_the_start_page_counts_what_waits_and_leads_to_it(humas):
    Item.objects.update(needs_check=False)
    item = make_draft(title="Menunggu")
    actions.submit(item, actor=make_user(Role.HUMAS))

    page = see(humas, "/admin/")

    assert "Konsep menunggu persetujuan" in page
    assert f'href="{LIST}?state=versi-ditinjau"><span class="angka">1</span>' in page
    assert titles(humas, "state=versi-ditinjau") == ["Menunggu"]
    assert f'href="{LIST}?needs_check=on"><span class="angka">0</span>' in page
    assert "Konsep menunggu persetujuan" not in see(make_user(Role.OFFICER), "/admin/")
