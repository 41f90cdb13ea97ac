from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from infocontent import actions
from infocontent.models import Item, Kind
from infocontent.workflow import EventCode, ItemState, VersionState
from office.roles import Role
from tests.factories import make_user

from .desk import LIST, act, address, client_of, offered, see, text
from .items import content, make_draft, make_item, put_out

pytestmark = pytest.mark.django_db

CALENDAR = "/admin/infocontent/placement/kalender/"
SEES = [
    Role.HUMAS,
    Role.PPID,
    Role.OFFICE_HEAD,
    Role.OFFICER,
    Role.SECTION_HEAD,
    Role.VERIFIER,
    Role.YANKOMAS,
]


@pytest.fixture
def humas():
    return make_user(Role.HUMAS)


@pytest.fixture
def ppid():
    return make_user(Role.PPID)


def events(item: Item) -> list[str]:
    return list(item.events.values_list("code", flat=True))


def version(item: Item):
    return item.versions.first()


@pytest.mark.parametrize("role", list(Role))
def test_who_has_the_duty_sees_items_and_nobody_else(role):
    item = make_item()
    client = client_of(make_user(role))

    for where in (
        LIST,
        address(item),
        address(item, "version", 1),
        "/admin/infocontent/placement/kalender/",
    ):
        assert (client.get(where).status_code == 200) is (role in SEES), where


@pytest.mark.parametrize("role", [None, *Role])
def test_only_the_team_writes(role):
    item = make_item()
    user = make_user(role) if role else make_user(is_superuser=True)
    client = client_of(user)
    is_team = role == Role.HUMAS

    assert (client.get(f"{LIST}add/?kind=faq").status_code == 200) is is_team
    assert (client.get(address(item, "write")).status_code == 200) is is_team
    assert (client.get(address(item, "restore", 1)).status_code == 200) is is_team
    assert (client.post(f"{LIST}pratinjau/", {"text": "a"}).status_code == 200) is is_team


@pytest.mark.parametrize("role", [Role.OFFICER, Role.SECTION_HEAD, Role.VERIFIER, Role.YANKOMAS])
@pytest.mark.parametrize("verb", ["setujui", "kembalikan", "arsipkan", "ajukan", "alamat"])
def test_who_may_only_look_is_offered_nothing_and_refused_everything(role, verb):
    item = make_item()
    user = make_user(role)

    assert offered(user, item) == set()
    more = {"remark": "a", "reason": "a", "confirm": "on", "slug": "baru"}
    assert act(user, item, verb, **more).status_code == 403
    assert item.events.count() == 3


@pytest.mark.parametrize("role", [Role.PPID, Role.OFFICE_HEAD])
def test_who_decides_is_offered_decisions_only(role):
    live, waiting, scheduled = (
        make_item("satu"),
        make_draft("dua"),
        make_draft("tiga", plan={"publish_at": timezone.now() + timedelta(days=1)}),
    )
    actions.submit(waiting, actor=make_user(Role.HUMAS))
    put_out(scheduled)
    user = make_user(role)

    assert offered(user, live) == {"periksa", "arsipkan"}
    assert offered(user, waiting) == {"setujui", "kembalikan"}
    assert offered(user, scheduled) == {"tarik-jadwal"}


def test_an_item_goes_from_draft_to_the_public_through_the_page(humas, ppid):
    item = make_draft(author=humas)

    act(humas, item, "ajukan")
    item.refresh_from_db()
    assert version(item).state == VersionState.IN_REVIEW
    page = text(act(ppid, item, "setujui", follow=True))

    item.refresh_from_db()
    assert item.is_public()
    assert "Disetujui dan sekarang terbit." in page
    assert events(item) == [EventCode.CREATED, EventCode.SUBMITTED, EventCode.PUBLISHED]
    assert client_of(humas).get(item.get_absolute_url()).status_code == 200


def test_what_still_misses_is_said_before_and_listed_when_handed_in(humas):
    item = make_draft(kind=Kind.INFOGRAPHIC, author=humas, body="")

    assert "Unggah gambarnya" in see(humas, address(item))
    response = act(humas, item, "ajukan")

    assert response.status_code == 409
    for reason in item.open_version.missing:
        assert text(response).count(reason) >= 2
    assert version(item).state == VersionState.DRAFT


def test_whoever_wrote_it_is_told_who_may_approve_and_is_refused(humas, ppid):
    item = make_draft(author=humas)
    actions.submit(item, actor=humas)
    other = make_user(Role.HUMAS, first_name="Rani")

    page = see(humas, address(item))
    assert "setujui" not in offered(humas, item)
    assert "Anda ikut menulis versi ini" in page
    assert "Rani" in page
    assert str(ppid) in page
    response = act(humas, item, "setujui")

    assert response.status_code == 403
    assert "Orang lain yang harus menyetujuinya" in text(response)
    assert "setujui" in offered(other, item)


def test_whoever_saved_the_text_before_cannot_approve_it_either(ppid):
    first, second = make_user(Role.HUMAS), make_user(Role.HUMAS)
    item = make_draft(author=first)
    actions.save(item, actor=second, content=content())
    actions.submit(item, actor=second)

    assert "setujui" not in offered(first, item)
    assert "setujui" in offered(ppid, item)


def test_a_returned_draft_shows_the_remark(humas, ppid):
    item = make_draft(author=humas)
    actions.submit(item, actor=humas)

    act(ppid, item, "kembalikan", remark="Sebut dasar hukumnya.")

    page = see(humas, address(item))
    assert "Sebut dasar hukumnya." in page
    assert version(item).state == VersionState.DRAFT


@pytest.mark.parametrize(
    ("verb", "field", "words"),
    [("kembalikan", "remark", "Apa yang perlu diubah"), ("arsipkan", "reason", "Mengapa ditarik")],
)
def test_a_decision_needs_its_words(ppid, verb, field, words):
    item = make_item()
    actions.save(item, actor=make_user(Role.HUMAS), content=content())
    actions.submit(item, actor=make_user(Role.HUMAS))
    before = item.events.count()

    response = act(ppid, item, verb, confirm="on", **{field: " "})

    assert f"Bagian “{words}" in text(response)
    assert item.events.count() == before


def test_archiving_asks_and_keeps_what_was_typed(ppid):
    item = make_item()

    response = act(ppid, item, "arsipkan", reason="Aturannya diganti.")
    assert "Centang dulu bila Anda yakin." in text(response)
    assert "Aturannya diganti.</textarea>" in text(response)
    act(ppid, item, "arsipkan", reason="Aturannya diganti.", confirm="on")

    item.refresh_from_db()
    assert item.state == ItemState.ARCHIVED
    assert "Diarsipkan: Aturannya diganti." in see(ppid, address(item))


def test_throwing_a_draft_away_asks_and_keeps_it_in_the_list(humas):
    item = make_item()
    actions.save(item, actor=humas, content=content(body="Teks kedua."))

    act(humas, item, "buang")
    assert version(item).state == VersionState.DRAFT
    act(humas, item, "buang", confirm="on")

    assert version(item).state == VersionState.DISCARDED
    assert "Versi 2" in see(humas, address(item))
    item.refresh_from_db()
    assert item.is_public()


def test_what_is_scheduled_can_be_called_back(humas):
    item = put_out(make_draft(plan={"publish_at": timezone.now() + timedelta(days=1)}))

    act(humas, item, "tarik-jadwal")

    assert version(item).state == VersionState.DRAFT


def test_approving_for_later_plans_the_minute(ppid, django_capture_on_commit_callbacks):
    at = timezone.now() + timedelta(days=1)
    item = make_draft(plan={"publish_at": at})
    actions.submit(item, actor=make_user(Role.HUMAS))

    with django_capture_on_commit_callbacks(execute=True):
        page = text(act(ppid, item, "setujui", follow=True))

    assert "Disetujui. Terbit 25 November 2026 10.00." in page
    task = DBTaskResult.objects.get(task_path="infocontent.jobs.go_live_on_time")
    assert task.run_after == at
    assert task.args_kwargs["args"] == [item.pk]


def test_approving_now_plans_nothing(ppid, django_capture_on_commit_callbacks):
    item = make_draft()
    actions.submit(item, actor=make_user(Role.HUMAS))

    with django_capture_on_commit_callbacks(execute=True):
        act(ppid, item, "setujui")

    assert not DBTaskResult.objects.filter(task_path="infocontent.jobs.go_live_on_time").exists()


def test_confirming_sets_the_day_of_the_next_look(ppid):
    item = make_item()
    Item.objects.filter(pk=item.pk).update(needs_check=True)

    act(ppid, item, "periksa", review_by="2027-03-01")

    item.refresh_from_db()
    assert (str(item.review_by), item.needs_check) == ("2027-03-01", False)


@pytest.mark.parametrize("day", ["2026-11-24", "2020-01-01", "2999-01-01", "kapan"])
def test_an_impossible_day_of_the_next_look_is_refused(ppid, day):
    item = make_item()

    response = act(ppid, item, "periksa", review_by=day)

    assert response.status_code == 200
    assert f'value="{day}"' in text(response)
    assert EventCode.CHECKED not in events(item)


def test_another_address_leads_on_from_the_old_one(humas):
    item = make_item("alamat-lama")

    act(humas, item, "alamat", slug="alamat baru")

    item.refresh_from_db()
    assert item.slug == "alamat-baru"
    assert client_of(humas).get("/informasi/alamat-lama/").status_code == 301
    assert "Alamat diganti dari alamat-lama menjadi alamat-baru" in see(humas, address(item))


def test_an_address_that_is_taken_is_refused_and_stays_in_the_field(humas):
    make_item("sudah-ada")
    item = make_item("punya-saya")

    response = act(humas, item, "alamat", slug="sudah-ada")

    assert response.status_code == 409
    assert "sudah dipakai" in text(response)
    assert 'value="sudah-ada"' in text(response)


def test_an_item_is_handed_over_to_another_of_the_team(humas, ppid):
    item = make_item()
    other = make_user(Role.HUMAS, first_name="Bayu")

    assert "Bagian “Pemilik baru”" in text(act(humas, item, "pemilik"))
    assert act(humas, item, "pemilik", to=ppid.pk).status_code == 200
    act(humas, item, "pemilik", to=other.pk)

    item.refresh_from_db()
    assert item.owner == other
    assert "menjadi Bayu" in see(humas, address(item))


@pytest.mark.parametrize("seen", ["", "x", "-1", "9" * 30])
def test_a_form_that_came_apart_says_so(humas, seen):
    item = make_draft(author=humas)

    response = act(humas, item, "ajukan", seen=seen)

    assert "Formulir ini tidak utuh" in text(response)
    assert version(item).state == VersionState.DRAFT


def test_a_verb_on_a_stale_page_says_who_was_faster(humas, ppid):
    item = make_draft(author=humas)
    actions.submit(item, actor=humas)
    seen = item.lock
    actions.return_draft(item, actor=make_user(Role.PPID, first_name="Dewi"), remark="Ubah.")

    response = act(ppid, item, "kembalikan", seen=seen, remark="Catatan saya sendiri.")

    assert response.status_code == 409
    assert "Dewi mengubah bahan ini" in text(response)
    assert "Catatan saya sendiri." in text(response)


def test_an_unknown_verb_and_an_unknown_item_are_not_there(humas):
    item = make_item()

    assert client_of(humas).post(f"{LIST}{item.pk}/lakukan/terbangkan/").status_code == 404
    assert client_of(humas).get(f"{LIST}999999/change/").status_code == 404
    assert client_of(humas).get(f"{LIST}{2**70}/change/").status_code == 404
    assert client_of(humas).get(f"{LIST}{item.pk}/delete/").status_code == 404


def test_a_verb_is_not_done_by_following_a_link(humas):
    item = make_draft(author=humas)

    response = client_of(humas).get(address(item, "act", "ajukan"))

    assert response.status_code == 302
    assert version(item).state == VersionState.DRAFT


def test_the_page_tells_where_the_item_comes_from(humas):
    item = actions.create(
        actor=humas,
        kind=Kind.FAQ,
        content=content(),
        origin="pencarian",
        origin_note="“visa nikah” dicari 9 kali",
    )

    page = see(humas, address(item))

    assert "Pencarian tanpa hasil: “visa nikah” dicari 9 kali" in page
    assert "Dibuat; asal: pencarian tanpa hasil" in page


def test_the_secret_link_opens_the_draft_for_a_stranger(humas, client):
    item = make_draft(author=humas, body="Isi rahasia.")
    link = item.open_version.get_absolute_url()

    assert link in see(humas, address(item))
    assert "Isi rahasia." in text(client.get(link))


def test_the_page_costs_few_queries_however_long_its_history(humas, django_assert_max_num_queries):
    item = make_item(author=humas)
    for number in range(6):
        actions.save(item, actor=humas, content=content(body=f"Teks {number}."))
        actions.discard(item, actor=humas)
    actions.save(item, actor=humas, content=content(body="Teks terakhir."))
    client = client_of(humas)

    with django_assert_max_num_queries(18):
        assert client.get(address(item)).status_code == 200


@pytest.mark.parametrize("role", SEES)
def test_where_a_draft_came_from_is_for_those_who_write_or_approve(role):
    item = make_item()
    Item.objects.filter(pk=item.pk).update(origin="kasus", origin_note="PG-2026-000042")

    page = see(make_user(role), address(item))

    assert ("PG-2026-000042" in page) is (role in (Role.HUMAS, Role.PPID, Role.OFFICE_HEAD))
