import csv
from pathlib import Path

import pytest

from channels.models import KeywordRule
from channels.topics import TopicGuesser, plain
from infocontent.models import Topic
from kanim_portal.demo.office_year import SAMPLE

pytestmark = pytest.mark.django_db

BY_HAND = Path(__file__).with_name("topics_by_hand.csv")


def guesser(*rules):
    """Rules as (keyword, topic code, weight)."""
    return TopicGuesser(
        KeywordRule(keyword=keyword, topic=Topic.objects.get(code=code), weight=weight)
        for keyword, code, weight in rules
    )


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("ERRORRRR terus!!!", "eror terus"),
        ("Gak bisa, ga bisa, tdk bisa", "tidak bisa tidak bisa tidak bisa"),
        ("gabisa login", "tidak bisa login"),
        ("Café\u00a0— naïve", "cafe naive"),
        ("👎👎", ""),
    ],
)
def test_spelling_variants_become_one(typed, expected):
    assert plain(typed) == expected


def test_the_heaviest_rule_wins_whatever_the_lighter_ones_add_up_to():
    guess = guesser(
        ("otp", "mpaspor-akun", 6),
        ("error", "gangguan-sistem", 3),
        ("server", "gangguan-sistem", 5),
    ).guess

    assert guess("server error, error, otp").code == "mpaspor-akun"


def test_among_equal_rules_the_most_weight_together_wins():
    guess = guesser(
        ("bayar", "mpaspor-pembayaran", 4),
        ("kuota", "mpaspor-kuota", 4),
        ("jadwal", "mpaspor-kuota", 2),
    ).guess

    assert guess("sudah bayar, kuota dan jadwal tidak ada").code == "mpaspor-kuota"


def test_a_keyword_matches_where_a_word_begins():
    guess = guesser(("kuota", "mpaspor-kuota", 1)).guess

    assert guess("kuotanya habis")
    assert not guess("minikuota")


def test_a_keyword_of_three_letters_matches_the_whole_word_only():
    guess = guesser(("voa", "voa", 1)).guess

    assert guess("my VOA, please")
    assert not guess("voaresmi")


def test_nothing_matches_nothing():
    assert guesser(("otp", "mpaspor-akun", 6)).guess("jelek") is None


def test_a_topic_that_is_no_longer_used_is_not_guessed():
    Topic.objects.filter(code="mpaspor-akun").update(is_active=False)

    guess = TopicGuesser.load().guess("kode otp tidak masuk")

    assert guess is None or guess.code != "mpaspor-akun"


def test_the_rules_we_ship_agree_with_a_person_on_most_of_a_hundred_real_texts():
    guesser = TopicGuesser.load()
    with BY_HAND.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    right = sum(
        (topic.code if (topic := guesser.guess(row["text"])) else "") == row["topic"]
        for row in rows
    )

    assert len(rows) > 90
    assert right / len(rows) >= 0.85


def test_the_rules_we_ship_find_a_topic_for_nine_in_ten():
    guesser = TopicGuesser.load()
    with SAMPLE.open(encoding="utf-8", newline="") as file:
        texts = [row["text"] for row in csv.DictReader(file)]

    assert sum(guesser.guess(text) is not None for text in texts) / len(texts) >= 0.9
