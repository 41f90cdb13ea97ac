"""From what somebody typed to stems: Indonesian and English, slang and abbreviations."""

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import snowballstemmer
from django.core.cache import cache as memory
from Sastrawi.Stemmer.StemmerFactory import StemmerFactory
from Sastrawi.StopWordRemover.StopWordRemoverFactory import StopWordRemoverFactory

from ..models import Synonym

MAX_WORDS = 24
MAX_LENGTH = 40
Synonyms = dict[str, tuple[str, ...]]
_WORD = re.compile(r"[^\W_]+")
FILLERS = Path(__file__).with_name("fillers.txt")


@cache
def _indonesian() -> Any:
    return StemmerFactory().create_stemmer()


@cache
def _english() -> Any:
    return snowballstemmer.stemmer("english")


@cache
def stop_words() -> frozenset[str]:
    """Words that say nothing about what is searched: the stemmer's list and our own."""
    lines = FILLERS.read_text().splitlines()
    own = {line for line in lines if not line.startswith("#")}
    return frozenset({*StopWordRemoverFactory().get_stop_words(), *own} - _MEANINGFUL)


# On the stemmer's list, but what people ask about here.
_MEANINGFUL = {"baru", "hari", "masalah", "tanggal", "waktu", "lama", "anak", "masuk", "kembali"}


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    return _indonesian().stem(word)[:MAX_LENGTH] or word[:MAX_LENGTH]


@lru_cache(maxsize=20_000)
def english_stem(word: str) -> str:
    return _english().stemWord(word)[:MAX_LENGTH]


@lru_cache(maxsize=50_000)
def forms_of(word: str) -> frozenset[str]:
    """The lower-case word and its stems: what in the index may stand for it."""
    return frozenset({word[:MAX_LENGTH], stem(word), english_stem(word)})


def words_of(text: str, known: Synonyms | None = None) -> list[str]:
    """Lower-case words, with the office's word for each that citizens write otherwise."""
    known = synonyms() if known is None else known
    found: list[str] = []
    for word in _WORD.findall(text.lower()):
        found += known.get(word, (word[:MAX_LENGTH],))
    return found


def stems_of(text: str, *, english: bool = False, known: Synonyms | None = None) -> list[str]:
    """Stems in the order of the text, without words that say nothing."""
    reduce, empty = english_stem if english else stem, stop_words()
    return [reduce(word) for word in words_of(text, known) if word not in empty]


def query_stems(query: str, known: Synonyms | None = None) -> list[tuple[str, ...]]:
    """For each word that was typed, the stems it may stand for (Indonesian, English), no word
    twice. When only empty words were typed, they count after all.
    """
    words = words_of(query, known)[:MAX_WORDS]
    telling = [word for word in words if word not in stop_words()] or words
    stems: dict[str, dict[str, None]] = {}
    for word in telling:
        stems.setdefault(stem(word), {stem(word): None})[english_stem(word)] = None
    return [tuple(one) for one in stems.values()]


def synonyms() -> Synonyms:
    """Words of citizens and what they mean here; kept in memory for a minute. Whoever reads many
    words asks once: the memory hands out copies.
    """
    known = memory.get("search-synonyms")
    if known is None:
        rows = Synonym.objects.values_list("word", "means")
        known = {
            word.lower(): tuple(_WORD.findall(means.lower())) or (word.lower(),)
            for word, means in rows
        }
        memory.set("search-synonyms", known, 60)
    return known


def slips(stem: str) -> set[str]:
    """The stem and every form of it with one letter left out; short ones are left alone."""
    if len(stem) < 4 or stem.isdigit():
        return {stem}
    return {stem, *(stem[:at] + stem[at + 1 :] for at in range(len(stem)))}
