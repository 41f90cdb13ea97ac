"""What readers leave behind, and what nobody can read from it."""

from datetime import timedelta

import pytest

from infocontent import actions
from infocontent.models import DailyCount, SearchCount, Vote
from infocontent.search import Results, find
from tests.factories import NOW

from .items import make_item

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
READER = "203.0.113.9|Mozilla/5.0"


def say(item, is_helpful=True, visitor=READER, at=NOW, **more):
    return actions.vote(item, visitor=visitor, is_helpful=is_helpful, at=at, **more)


# Votes


def test_a_reader_votes_once_a_day_for_each_text():
    item, other = make_item(), make_item("lain")

    said = [say(item), say(item, is_helpful=False), say(other), say(item, visitor="lain")]

    assert said == [True, False, True, True]
    assert list(item.votes.values_list("is_helpful", flat=True)) == [True, True]


def test_the_next_day_the_same_reader_counts_again_and_is_not_known():
    item = make_item()

    assert say(item, at=NOW)
    assert say(item, at=NOW + DAY)

    first, second = Vote.objects.values_list("voter", flat=True)
    assert first != second


@pytest.mark.parametrize(
    ("at", "counts"),
    [
        (NOW.replace(hour=0, minute=0), False),
        (NOW.replace(hour=23, minute=59), False),
        (NOW.replace(hour=0, minute=0) + DAY, True),
        (NOW.replace(hour=23, minute=59) - DAY, True),
    ],
)
def test_a_day_is_a_day_of_the_office(at, counts):
    item = make_item()
    say(item, at=NOW)

    assert say(item, at=at) is counts


def test_nobody_can_tell_who_voted():
    first, second = make_item(), make_item("lain")
    say(first)
    say(second)

    digests = {vote.voter for vote in Vote.objects.all()}

    # One reader, two texts: nothing in common.
    assert len(digests) == 2
    for digest in digests:
        assert len(digest) == 64
        assert "203.0.113.9" not in digest
    assert {field.name for field in Vote._meta.fields} == {
        "id", "item", "day", "voter", "is_helpful", "reason",
    }  # fmt: skip


def test_a_reason_goes_with_no_only():
    item = make_item()
    say(item, is_helpful=False, reason="Alamatnya lama.")
    say(item, is_helpful=True, reason="Bagus.", visitor="lain")

    assert sorted(Vote.objects.values_list("reason", flat=True)) == ["", "Alamatnya lama."]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("NIK saya 3273014507900003", "NIK saya …"),
        ("hubungi 0812-3456-7890 ya", "hubungi … ya"),
        ("paspor A1234567 hilang", "paspor A… hilang"),
        ("hubungi (0812) 345 - 678 / 90", "hubungi (…"),
        ("balas ke sari@surel.example ya", "balas ke … ya"),
        ("tarifnya Rp650.000 sejak 2024", "tarifnya Rp650.000 sejak 2024"),
        ("a\x00b\u202ec", "abc"),
        ("x" * 500, "x" * 300),
    ],
)
def test_of_a_reason_nothing_is_kept_that_names_somebody_or_breaks_a_page(typed, kept):
    say(make_item(), is_helpful=False, reason=typed)

    assert Vote.objects.get().reason == kept


# Counts


@pytest.mark.parametrize(
    ("count", "what"),
    [
        (actions.count_scan, DailyCount.What.SCAN),
        (actions.count_deflection, DailyCount.What.DEFLECTION),
        (lambda item, at: actions.count_uses([item], at=at), DailyCount.What.USE),
    ],
)
def test_each_day_has_one_row_and_a_number(count, what):
    item = make_item()

    for at in (NOW, NOW, NOW, NOW + DAY):
        count(item, at=at)

    rows = DailyCount.objects.order_by("day").values_list("item", "what", "day", "count")
    assert list(rows) == [
        (item.pk, what, NOW.date(), 3),
        (item.pk, what, (NOW + DAY).date(), 1),
    ]


def test_an_answer_that_names_a_text_twice_uses_it_once():
    first, second = make_item("satu"), make_item("dua")

    actions.count_uses([first, second, first])
    actions.count_uses([])

    assert list(DailyCount.objects.values_list("item", "count").order_by("item")) == [
        (first.pk, 1),
        (second.pk, 1),
    ]


# Searches


def test_spellings_of_the_same_words_are_counted_together():
    make_item(body="Cara memperpanjang.", title="Cendrawasih")
    for words in ("perpanjangan cendrawasi", "Cendrawasi, perpanjang?", "MEMPERPANJANG cendrawasi"):
        actions.count_search(find(words), at=NOW)

    row = SearchCount.objects.get()
    assert (row.words, row.count) == ("perpanjangan cendrawasi", 3)
    assert row.found == find("perpanjangan cendrawasi").total >= 1


def test_how_much_was_found_is_what_the_last_one_found():
    actions.count_search(find("cendrawasih"), at=NOW)
    assert SearchCount.objects.get().found == 0

    make_item(body="Cendrawasih.")
    actions.count_search(find("cendrawasih"), at=NOW)
    actions.count_search(find("cendrawasih"), at=NOW + DAY)

    assert list(SearchCount.objects.values_list("count", "found").order_by("day")) == [
        (2, 1),
        (1, 1),
    ]


@pytest.mark.parametrize(
    "words",
    [
        "3273014507900003",
        "nik 3273 0145 0790 0003",
        "telepon 0812-3456-7890",
        "081 - 234 - 567 - 89",
        "320/112/340/567/890/001",
        "08_12_34_56_78_90",
        "(021) 345 67 89",
        "paspor A 1234567",
        "1.2.3.4.5.6",
        "٣٢٧٣٠١٤٥٠٧٩٠٠٠٠٣",
    ],
)
def test_no_long_number_is_kept(words):
    actions.count_search(find(words))

    row = SearchCount.objects.get()
    digits = [sign for sign in row.key + row.words if sign.isdigit()]
    assert len(digits) <= 3


@pytest.mark.parametrize(
    "words", ["budi.santoso@surel.example", "pungli @budi_santoso", "akun budi\uff20surel.example"]
)
def test_a_search_for_somebodys_account_is_not_counted(words):
    actions.count_search(find(words))

    assert not SearchCount.objects.exists()


@pytest.mark.parametrize("words", ["", "   ", "?!", "\x00"])
def test_what_holds_no_word_is_not_counted(words):
    actions.count_search(find(words))

    assert not SearchCount.objects.exists()


def test_what_is_kept_of_a_search_fits_its_columns():
    actions.count_search(Results(query="kata " * 99, key="kunci " * 99))

    row = SearchCount.objects.get()
    assert len(row.words) == len(row.key) == 120
