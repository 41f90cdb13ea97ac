""" "Apakah ini membantu?" and the printed code: what readers leave behind."""

import pytest
from django.test import Client

from infocontent import actions
from infocontent.models import DailyCount, Vote
from office.roles import Role
from tests.factories import NOW, make_user
from tests.kanim_portal.english import assert_english

from .items import make_draft, make_item
from .shelf import text

pytestmark = pytest.mark.django_db

PAGE = "/informasi/syarat-paspor/"
VOTE = f"{PAGE}suara/"


@pytest.fixture
def item():
    return make_item()


@pytest.mark.parametrize(("answer", "is_helpful"), [("ya", True), ("tidak", False)])
def test_a_reader_says_whether_it_helped_and_is_thanked(client, item, answer, is_helpful):
    sent = client.post(VOTE, {"answer": answer})

    assert (sent.status_code, sent["Location"]) == (302, f"{PAGE}?suara={answer}#membantu")
    vote = Vote.objects.get()
    assert (vote.item, vote.is_helpful, vote.day) == (item, is_helpful, NOW.date())
    page = text(client.get(sent["Location"]))
    assert "Terima kasih atas jawaban Anda" in page
    assert 'name="answer"' not in page


def test_a_reason_goes_with_no_alone(client, item):
    client.post(VOTE, {"answer": "tidak", "reason": "Jamnya salah."})
    Client(headers={"User-Agent": "lain"}).post(VOTE, {"answer": "ya", "reason": "Bagus."})

    assert list(Vote.objects.order_by("pk").values_list("is_helpful", "reason")) == [
        (False, "Jamnya salah."),
        (True, ""),
    ]


def test_a_second_answer_on_the_same_day_is_not_counted_and_told_so(client, item):
    client.post(VOTE, {"answer": "ya"})

    sent = client.post(VOTE, {"answer": "tidak"})

    assert sent["Location"] == f"{PAGE}?suara=sudah#membantu"
    assert Vote.objects.get().is_helpful
    assert "Anda sudah menjawab hari ini" in text(client.get(sent["Location"]))


def test_another_browser_and_another_item_count_anew(client, item):
    make_item("lain")
    client.post(VOTE, {"answer": "ya"})

    client.post("/informasi/lain/suara/", {"answer": "ya"})
    client.post(VOTE, {"answer": "ya"}, headers={"User-Agent": "lain"})

    assert Vote.objects.count() == 3


def test_who_answered_is_not_kept(client, item):
    client.post(VOTE, {"answer": "ya"}, headers={"User-Agent": "Ponsel Sari"})

    row = str(Vote.objects.values().get())
    assert "127.0.0.1" not in row
    assert "Sari" not in row


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "Pilih Ya atau Tidak."),
        ({"answer": "mungkin", "reason": "Yang saya ketik"}, "Pilih Ya atau Tidak."),
        ({"answer": "tidak", "reason": "x" * 301}, "Paling banyak 300 huruf; sekarang 301."),
    ],
)
def test_a_wrong_answer_is_explained_and_what_was_typed_stays(client, item, given, said):
    page = text(client.post(VOTE, given))

    assert said in page
    assert given.get("reason", "") in page
    assert "<title>Galat:" in page
    assert "<details open>" in page
    assert not Vote.objects.exists()


def test_a_reason_of_three_hundred_letters_fits(client, item):
    client.post(VOTE, {"answer": "tidak", "reason": "x" * 300})

    assert len(Vote.objects.get().reason) == 300


def test_the_address_of_the_form_leads_back_to_the_page(client, item):
    assert client.get(VOTE)["Location"] == PAGE
    assert client.put(VOTE).status_code == 405


@pytest.mark.parametrize("is_archived", [True, False])
def test_what_is_not_public_gets_no_votes(client, is_archived):
    if is_archived:
        actions.archive(make_item(), actor=make_user(Role.PPID), reason="Aturan baru")
    else:
        make_draft()

    assert client.post(VOTE, {"answer": "ya"}).status_code == 404
    assert not Vote.objects.exists()


def test_one_address_with_many_browsers_does_not_decide_what_helped(client, item):
    make_item("lain")

    def answers(address, numbers):
        return [
            client.post(address, {"answer": "tidak"}, headers={"User-Agent": str(n)}).status_code
            for n in numbers
        ]

    assert answers(VOTE, range(11)) == [302] * 10 + [429]
    assert item.votes.count() == 10
    assert answers("/informasi/lain/suara/", range(1)) == [302]


def test_votes_without_end_from_one_address_are_stopped(client):
    items = [make_item(f"bahan-{number}") for number in range(7)]

    answers = [
        client.post(
            f"{one.get_absolute_url()}suara/", {"answer": "ya"}, headers={"User-Agent": str(number)}
        ).status_code
        for one in items
        for number in range(10)
    ]

    assert answers == [302] * 60 + [429] * 10


@pytest.mark.parametrize("said", ["entah", "<script>", ""])
def test_a_made_up_thanks_is_not_shown(client, item, said):
    page = text(client.get(PAGE, {"suara": said}))

    assert "Apakah ini membantu?" in page
    assert "Terima kasih atas jawaban Anda" not in page


def test_the_thanks_are_a_page_of_their_own_for_the_browser(client, item):
    before = client.get(PAGE)
    sent = client.post(VOTE, {"answer": "ya"})

    after = client.get(sent["Location"], headers={"If-None-Match": before["ETag"]})

    assert after.status_code == 200


@pytest.mark.parametrize("said", ["ya", "tidak", "sudah"])
def test_the_thanks_are_english_throughout(said):
    make_item(title_en="Requirements", body_en="First.", topic="overstay")

    assert_english(Client(), lambda client: client.get(PAGE, {"suara": said}))


# The printed code


def test_a_scan_is_counted_and_leads_to_the_page(client, item):
    for _ in range(2):
        answer = client.get(f"/q/{item.short_code}/")
        assert (answer.status_code, answer["Location"]) == (302, PAGE)

    counted = DailyCount.objects.get()
    assert (counted.item, counted.what, counted.day, counted.count) == (
        item,
        DailyCount.What.SCAN,
        NOW.date(),
        2,
    )
    assert "no-store" in answer["Cache-Control"]


def test_a_code_still_leads_on_after_a_new_address(client, item):
    actions.rename(item, actor=make_user(Role.HUMAS), slug="baru")

    assert client.get(f"/q/{item.short_code}/")["Location"] == "/informasi/baru/"


def test_the_code_of_what_was_taken_back_says_so(client, item):
    actions.archive(item, actor=make_user(Role.PPID), reason="Aturan baru")

    page = client.get(f"/q/{item.short_code}/", follow=True)

    assert page.status_code == 410
    assert not DailyCount.objects.exists()


def test_a_looker_in_advance_is_not_a_scan(client, item):
    client.head(f"/q/{item.short_code}/")
    client.get(f"/q/{item.short_code}/", headers={"Sec-Purpose": "prefetch"})

    assert not DailyCount.objects.exists()


def test_a_made_up_code_and_that_of_a_draft_are_not_there(client):
    draft = make_draft()

    assert client.get("/q/zzzzz/").status_code == 404
    assert client.get(f"/q/{draft.short_code}/").status_code == 404
