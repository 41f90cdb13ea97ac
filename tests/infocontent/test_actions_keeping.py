"""An item that is out: its address and who looks after it."""

from datetime import timedelta

import pytest

from infocontent import actions
from infocontent.models import Document, Item, OldSlug
from infocontent.workflow import (
    ContentError,
)
from office.roles import Role
from tests.factories import NOW, make_user

from .items import codes, make_draft, make_item, put_out

pytestmark = pytest.mark.django_db

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
TOMORROW = NOW + DAY


@pytest.fixture
def humas():
    return make_user(Role.HUMAS)


@pytest.fixture
def ppid():
    return make_user(Role.PPID)


def again(item):
    return Item.objects.get(pk=item.pk)


def scheduled(publish_at=TOMORROW, **plan):
    return put_out(make_draft(plan={"publish_at": publish_at, **plan}), at=NOW)


# The address


def test_the_old_address_leads_on_after_a_new_one_was_given(humas, client):
    item = make_item()

    actions.rename(item, actor=humas, slug="Paspor: Syarat & Biaya")

    assert again(item).slug == "paspor-syarat-biaya"
    assert item.events.last().data == {"from": "syarat-paspor", "to": "paspor-syarat-biaya"}
    answer = client.get("/informasi/syarat-paspor/")
    assert (answer.status_code, answer["Location"]) == (301, "/informasi/paspor-syarat-biaya/")
    assert Document.objects.get(item=item).address == "/informasi/paspor-syarat-biaya/"


def test_a_name_can_go_and_come_back(humas, client):
    item = make_item("a")
    for slug in ("b", "a", "c", "b", "a"):
        actions.rename(item, actor=humas, slug=slug)

    assert again(item).slug == "a"
    assert sorted(item.old_slugs.values_list("slug", flat=True)) == ["b", "c"]
    for slug in ("b", "c"):
        assert client.get(f"/informasi/{slug}/")["Location"] == "/informasi/a/"
    assert client.get("/informasi/a/").status_code == 200


def test_the_same_name_again_changes_nothing(humas):
    item = make_item()
    before = codes(item)

    actions.rename(item, actor=humas, slug="syarat-paspor")

    assert codes(item) == before
    assert not OldSlug.objects.exists()


@pytest.mark.parametrize("slug", ["", "---", "日本", "lain", "lama", "dip", "faq", "tarif"])
def test_an_address_is_neither_empty_nor_taken_nor_the_librarys_own(humas, slug):
    make_draft("lain")
    actions.rename(make_draft("lama"), actor=humas, slug="baru")
    item = make_item()

    with pytest.raises(ContentError, match="kosong atau sudah dipakai"):
        actions.rename(item, actor=humas, slug=slug)

    assert again(item).slug == "syarat-paspor"


def test_a_very_long_name_is_cut(humas):
    item = make_item()

    actions.rename(item, actor=humas, slug="kata-" * 40)

    assert len(again(item).slug) <= 60
    assert not again(item).slug.endswith("-")


# The owner


def test_another_member_of_the_team_takes_over(humas):
    item, colleague = make_draft(author=humas), make_user(Role.HUMAS)

    actions.hand_over(item, actor=humas, to=colleague)

    assert again(item).owner == colleague
    assert item.events.last().data == {"from": humas.pk, "to": colleague.pk}


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.HUMAS}))
def test_nobody_outside_the_team_is_made_the_owner(humas, role):
    item = make_draft(author=humas)

    with pytest.raises(ContentError, match="bukan anggota Tim Humas"):
        actions.hand_over(item, actor=humas, to=make_user(role))

    assert again(item).owner == humas
