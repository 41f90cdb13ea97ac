import re
from datetime import timedelta

import pytest

from cases.workflow import Kind
from infocontent import actions
from infocontent.models import ContentEvent, Item, SearchCount, Topic, Version
from infocontent.search import Results
from kanim_portal.ideas import Ideas
from office.roles import Role
from tests.cases.desk import client_of, see
from tests.factories import NOW, make_case, make_desk, make_user
from tests.infocontent.items import make_draft, make_item

pytestmark = pytest.mark.django_db
PAGE = "/admin/gagasan/"
READERS = [Role.HUMAS, Role.PPID, Role.VERIFIER, Role.OFFICE_HEAD]
OTHERS = [Role.OFFICER, Role.SECTION_HEAD, Role.YANKOMAS, Role.ADMINISTRATOR]


@pytest.fixture(autouse=True)
def _an_empty_library():
    Item.objects.update(state="arsip")


@pytest.fixture
def team():
    return make_user(Role.HUMAS)


def search(words: str, *, found: int = 0, days: int = 1, key: str = "", times: int = 1) -> None:
    results = Results(words, key=key or words, total=found)
    for _ in range(times):
        actions.count_search(results, at=NOW - timedelta(days=days))


def ask(code: str, times: int, *, days: int = 5, kind: str = Kind.COMPLAINT, **more) -> None:
    for number in range(times):
        at = NOW - timedelta(days=days, minutes=number)
        make_case(kind, at=at, topic=Topic.objects.get(code=code), **more)


def vote(item: Item, *, good: int = 0, bad: int = 0, reason: str = "", days: int = 0) -> None:
    for number in range(good + bad):
        actions.vote(
            item,
            visitor=f"{days}-{number}",
            is_helpful=number < good,
            reason=reason,
            at=NOW - timedelta(days=days),
        )


def labels(user, part: str) -> list[str]:
    return [idea.label for idea in Ideas(user).context()[part]]


def click(user, origin: str, key: str):
    return client_of(user).post(PAGE, {"asal": origin, "kunci": key})


@pytest.mark.parametrize("role", READERS)
def test_the_team_and_the_heads_open_the_page(role):
    user = make_user(role)

    assert "Apa yang perlu ditulis" in see(user, "/admin/")
    assert see(user, PAGE).count("kosong") == 5


@pytest.mark.parametrize("role", OTHERS)
def test_others_do_not(role):
    user = make_user(role, section="tikkim")

    assert f'href="{PAGE}"' not in see(user, "/admin/")
    assert client_of(user).get(PAGE).status_code == 403
    assert click(user, "topik", "antrean").status_code == 403


def test_searches_without_result_are_counted_by_their_stems(team):
    search("naturalisasi anak", key="anak naturalisasi", times=2)
    search("anak naturalisasi", key="anak naturalisasi", days=3, times=3)
    search("loker malam", key="loker malam", times=2)
    search("budi santoso", key="budi santoso")

    ideas = Ideas(team, at=NOW).missed()

    assert [(idea.key, idea.count) for idea in ideas] == [
        ("anak naturalisasi", 5),
        ("loker malam", 2),
    ]
    assert ideas[0].label in ("anak naturalisasi", "naturalisasi anak")


@pytest.mark.parametrize("days", [0, 90])
def test_the_last_ninety_days_count(team, days):
    search("naturalisasi", days=days, times=2)
    search("lama sekali", days=91, times=2)

    assert labels(team, "missed") == ["naturalisasi"]


def test_what_has_been_found_since_is_no_gap_any_more(team):
    search("naturalisasi", days=10, times=2)
    search("naturalisasi", days=2, found=3)
    search("berhasil", days=2, found=1)

    assert labels(team, "missed") == []


def test_a_search_that_stopped_finding_is_a_gap_again(team):
    search("naturalisasi", days=10, found=3)
    search("naturalisasi", days=2, times=2)

    assert labels(team, "missed") == ["naturalisasi"]


@pytest.mark.parametrize(("times", "is_shown"), [(4, False), (5, True)])
def test_a_topic_that_is_often_asked_about_and_has_no_text(team, times, is_shown):
    ask("golden-visa", times, kind=Kind.QUESTION, days=40)

    assert ("Golden visa" in labels(team, "bare")) is is_shown


def test_a_published_text_fills_the_gap_and_a_draft_does_not(team):
    ask("golden-visa", 5)
    ask("splp", 5)
    make_item("uji-golden", "golden-visa")
    make_draft("uji-splp", "splp")

    assert labels(team, "bare") == ["SPLP"]


def test_information_requests_are_no_questions_about_a_service(team):
    ask("splp", 6, kind=Kind.INFORMATION_REQUEST)

    assert labels(team, "bare") == []


@pytest.mark.parametrize(
    ("before", "recent", "is_rising"),
    [(0, 4, False), (0, 5, True), (10, 5, True), (12, 5, False), (12, 6, True), (30, 10, False)],
)
def test_complaints_rise_against_the_three_months_before(team, before, recent, is_rising):
    ask("fasilitas", before, days=80)
    ask("fasilitas", recent, days=29)

    assert ("Fasilitas" in labels(team, "rising")) is is_rising


def test_questions_and_older_complaints_do_not_make_a_topic_rise(team):
    ask("fasilitas", 8, kind=Kind.QUESTION)
    ask("antrean", 8, days=31)
    ask("antrean", 4, days=2)
    ask("golden-visa", 3, days=121)

    assert labels(team, "rising") == []


def test_a_case_that_names_the_reader_is_not_even_counted():
    ppid, other = make_user(Role.PPID), make_user(Role.PPID)
    ask("fasilitas", 5, status="terverifikasi", desk=make_desk(), reported=[ppid])

    assert labels(other, "rising") == ["Fasilitas"]
    assert labels(ppid, "rising") == []


@pytest.mark.parametrize(
    ("good", "bad", "is_shown"),
    [(0, 2, False), (0, 3, True), (20, 3, True), (3, 2, True), (4, 2, True), (5, 2, False)],
)
def test_texts_that_did_not_help(team, good, bad, is_shown):
    vote(make_item("uji"), good=good, bad=bad)

    assert (labels(team, "unhelpful") == ["Judul uji"]) is is_shown


def test_reasons_and_share_stand_beside_a_bad_text(team):
    vote(make_item("uji"), good=1, bad=4, reason="Tidak menyebut jam")

    idea = Ideas(team, at=NOW).unhelpful()[0]

    assert (idea.count, idea.detail) == (4, "dari 5 suara (80%)")
    assert idea.reasons == ["Tidak menyebut jam"]


def test_votes_about_an_earlier_text_do_not_count_against_the_new_one(team):
    item = make_item("uji", at=NOW - timedelta(days=30))
    vote(item, bad=5, days=20)
    assert labels(team, "unhelpful") == ["Judul uji"]

    actions.save(item, actor=make_user(Role.HUMAS), content={"title": "Judul baru", "body": "B"})
    actions.submit(item, actor=make_user(Role.HUMAS))
    actions.approve(item, actor=make_user(Role.PPID))

    assert labels(team, "unhelpful") == []


def test_texts_to_look_at_again_are_listed(team):
    for slug, more in (("lewat", {"review_by": "2026-11-20"}), ("ragu", {"needs_check": True})):
        Item.objects.filter(pk=make_item(f"uji-{slug}").pk).update(**more)
    make_item("uji-baik")

    found = [item.slug for item in Ideas(team, at=NOW).outdated()]

    assert found == ["uji-lewat", "uji-ragu"]


@pytest.mark.parametrize("role", READERS)
def test_one_click_makes_a_draft_that_says_where_it_comes_from(role):
    user = make_user(role)
    search("golden visa investor", times=2)

    response = click(user, "pencarian", "golden visa investor")

    item = Item.objects.get(origin="pencarian")
    assert response.url == f"/admin/infocontent/item/{item.pk}/change/"
    assert (item.kind, item.state, item.title) == ("faq", "konsep", "Golden visa investor")
    assert item.topic.code == "golden-visa"
    assert "golden visa investor" in item.origin_note
    assert ContentEvent.objects.get(item=item).actor == user


def test_the_draft_names_its_origin_once(team):
    search("golden visa investor", times=2)

    page = see(team, click(team, "pencarian", "golden visa investor").url)

    assert "Pencarian tanpa hasil: golden visa investor" in page
    assert page.count("Pencarian tanpa hasil") == 1


@pytest.mark.parametrize("origin", ["topik", "naik"])
def test_a_topic_becomes_a_draft_about_it(team, origin):
    click(team, origin, "fasilitas")

    item = Item.objects.get(origin=origin)
    assert item.topic.code == "fasilitas"
    assert item.title.startswith("Fasilitas")
    assert item.owner == team


def test_a_second_click_opens_the_same_draft(team):
    ask("fasilitas", 5)
    first = click(team, "naik", "fasilitas")

    again = click(team, "naik", "fasilitas")
    page = see(team, PAGE)

    assert again.url == first.url
    assert Item.objects.filter(origin="naik").count() == 1
    assert "Buka konsepnya" in page


def test_a_draft_that_was_thrown_away_can_be_made_again(team):
    click(team, "naik", "fasilitas")
    actions.discard(Item.objects.get(origin="naik"), actor=team)

    click(team, "naik", "fasilitas")

    assert Item.objects.filter(origin="naik").count() == 2


@pytest.mark.parametrize("origin", ["suara", "periksa"])
def test_the_team_gets_a_new_version_of_a_text_that_is_out(team, origin):
    item = make_item("uji")

    first = click(team, origin, "uji")
    again = click(team, origin, "uji")

    assert first.url == again.url == f"/admin/infocontent/item/{item.pk}/change/"
    draft = Version.objects.get(item=item, state="konsep")
    assert (draft.title, draft.body) == (item.title, item.body)
    assert draft.note
    assert Item.objects.filter(title="Judul uji").count() == 1


def test_who_may_only_propose_makes_a_proposal_beside_the_text():
    item = make_item("uji")
    verifier = make_user(Role.VERIFIER)

    click(verifier, "suara", "uji")
    click(verifier, "suara", "uji")

    proposal = Item.objects.get(origin="suara")
    assert (proposal.title, proposal.owner) == (item.title, None)
    assert not Version.objects.filter(item=item, state="konsep").exists()


@pytest.mark.parametrize(
    ("origin", "key"),
    [
        ("pencarian", "tidak pernah dicari"),
        ("topik", "tidak-ada"),
        ("topik", "umum"),
        ("naik", "\x00"),
        ("suara", "tidak-ada"),
        ("periksa", "x" * 5000),
        ("sendiri", "antrean"),
        ("", ""),
    ],
)
def test_a_row_that_is_none_makes_no_draft(team, origin, key):
    before = Item.objects.count()

    assert click(team, origin, key).status_code == 404
    assert Item.objects.count() == before


def test_the_page_holds_nothing_of_any_case(team):
    ask("fasilitas", 6, subject="Ciri rahasia", narrative="Isi rahasia yang panjang sekali.")

    html = see(team, PAGE)

    assert "rahasia" not in html
    assert not re.search(r"(PG|PI|TL)-2026", html)


def test_the_page_costs_at_most_twelve_queries(team, django_assert_max_num_queries):
    for number in range(6):
        search(f"kata {number}", times=2)
        vote(make_item(f"uji-{number}"), bad=4, reason="Kurang jelas")
        Item.objects.filter(slug=f"uji-{number}").update(needs_check=True)
    ask("fasilitas", 6)
    ask("golden-visa", 6, kind=Kind.QUESTION)
    client = client_of(team)
    client.get(PAGE)

    with django_assert_max_num_queries(12):
        html = client.get(PAGE).content.decode()

    assert html.count("Buat konsep") >= 15
    assert SearchCount.objects.count() == 6
