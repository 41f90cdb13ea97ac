"""From the text of a case to its words and phrases, without what leads to a person."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from cases.desk.promoting import GAP, masked
from infocontent.search.plain import plain
from infocontent.search.words import Synonyms, stem, stop_words, synonyms
from office.models import User

LONGEST_PHRASE = 3
SHORTEST_WORD, LONGEST_WORD = 3, 30
# Words that say nothing alone, but turn what follows around.
TURNS = frozenset({"tidak", "belum", "bisa", "susah", "sulit", "bukan", "tanpa"})
_WORD = re.compile(r"[^\W\d_]+")
_CLAUSE = re.compile(rf"[.,;:!?()\[\]\"“”/\n\d{GAP}]+")


@dataclass(frozen=True)
class Word:
    root: str
    written: str
    is_empty: bool


@dataclass
class Reader:
    """Reads many texts; synonyms and the names of staff are read once."""

    known: Synonyms = field(default_factory=synonyms)
    names: frozenset[str] = field(default_factory=lambda: staff_names())

    def phrases(self, text: str) -> dict[str, str]:
        """Every word and phrase of the text, each once: its stems, and how it stands there."""
        found: dict[str, str] = {}
        for clause in _CLAUSE.split(masked(text)):
            words = list(self._words(clause))
            for start in range(len(words)):
                for size in range(1, LONGEST_PHRASE + 1):
                    some = words[start : start + size]
                    if len(some) == size and _says_something(some):
                        key = " ".join(word.root for word in some)
                        written = " ".join(word.written for word in some if word.written)
                        found.setdefault(key, written)
        return found

    def _words(self, clause: str) -> Iterator[Word]:
        for written in _WORD.findall(clause.lower()):
            if len(written) > LONGEST_WORD or written in self.names:
                # Nothing is counted across the gap, either.
                yield Word("", "", is_empty=True)
                continue
            turned = plain(written)
            meant = turned if turned in ("tidak", "tidak bisa") else written
            for word in self.known.get(meant, meant.split()):
                is_empty = word in stop_words() or len(word) < SHORTEST_WORD
                yield Word(word if is_empty else stem(word), written, is_empty)
                # One written word may stand for two ("gabisa"); it is written once.
                written = ""


def staff_names() -> frozenset[str]:
    """The parts of the names of everybody who has an account: no list of words names them."""
    names = User.objects.values_list("first_name", "last_name")
    return frozenset(
        word for pair in names for name in pair for word in _WORD.findall(name.lower())
    )


def _says_something(words: list[Word]) -> bool:
    if not all(word.root for word in words) or not words[0].written:
        return False
    first, last = words[0], words[-1]
    if last.is_empty or (first.is_empty and first.root not in TURNS):
        return False
    # "tidak" and "bisa" alone, and what repeats itself.
    return any(not word.is_empty for word in words) and len({w.root for w in words}) == len(words)
