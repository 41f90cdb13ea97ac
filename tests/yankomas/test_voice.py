"""The board can speak every call: each word has a sound, and the sounds stay small."""

import array
import json
import re
import string
import sys
import wave

import pytest
from django.conf import settings

SOUNDS = settings.BASE_DIR / "static" / "suara"
WORDS = json.loads((settings.BASE_DIR / "bin" / "make-voice.json").read_text())
BOARD = (settings.BASE_DIR / "static" / "js" / "board.js").read_text()
ONES = ["nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"]


def in_words(number: int) -> list[str]:
    """As inWords of board.js."""
    if number < 10:
        return [ONES[number]]
    if number < 12:
        return [["sepuluh", "sebelas"][number - 10]]
    if number < 20:
        return [ONES[number - 10], "belas"]
    if number < 100:
        return [ONES[number // 10], "puluh", *rest(number % 10)]
    if number < 200:
        return ["seratus", *rest(number - 100)]
    if number < 1000:
        return [ONES[number // 100], "ratus", *rest(number % 100)]
    return [ONES[int(digit)] for digit in str(number)]


def rest(number: int) -> list[str]:
    return in_words(number) if number else []


def sentence(prefix: str, number: int, counter: int) -> list[str]:
    letters = [f"huruf-{letter}" for letter in prefix.lower()]
    call = ["nomor-antrean", *letters, *in_words(number)]
    return [*call, "silakan-ke-loket", *in_words(counter)]


@pytest.mark.parametrize(
    ("number", "spoken"),
    [
        (0, "nol"),
        (10, "sepuluh"),
        (11, "sebelas"),
        (12, "dua belas"),
        (20, "dua puluh"),
        (99, "sembilan puluh sembilan"),
        (100, "seratus"),
        (111, "seratus sebelas"),
        (305, "tiga ratus lima"),
        (999, "sembilan ratus sembilan puluh sembilan"),
        (1024, "satu nol dua empat"),
    ],
)
def test_numbers_are_spoken_as_people_say_them(number, spoken):
    assert in_words(number) == spoken.split()


def test_every_call_can_be_spoken():
    asked = {
        word for letter in string.ascii_uppercase for word in sentence(f"{letter}{letter}", 1, 1)
    }
    asked |= {word for number in range(1200) for word in in_words(number)}

    assert asked == set(WORDS)
    assert {path.stem for path in SOUNDS.glob("*.wav")} == asked


def test_the_board_asks_for_no_word_that_this_test_does_not_know():
    said = re.search(r"const ONES = \[.*?const sentence = .*?\n  };", BOARD, re.S)
    assert said is not None

    spoken = set(re.findall(r'"([a-z][a-z-]*)"', said[0]))

    assert spoken == {word for word in WORDS if not word.startswith("huruf-")}
    assert "huruf-${letter}" in said[0]


@pytest.mark.parametrize("word", sorted(WORDS))
def test_a_sound_is_short_mono_and_not_silent(word):
    with wave.open(str(SOUNDS / f"{word}.wav")) as file:
        samples = array.array("h", file.readframes(file.getnframes()))
        seconds = file.getnframes() / file.getframerate()
        assert (file.getnchannels(), file.getsampwidth()) == (1, 2)
    if sys.byteorder == "big":
        samples.byteswap()

    assert 0.15 < seconds < 2.5
    assert 8_000 < max(abs(sample) for sample in samples) < 32_767


def test_the_sounds_are_small_enough_for_a_slow_line():
    assert sum(path.stat().st_size for path in SOUNDS.glob("*")) < 2_000_000
