"""The marks of a text: what is kept of it to find others like it, and is taken away with it."""

import re
from hashlib import blake2b

from infocontent.search.words import stem, stop_words

from .models import Case, TextMark

# So many marks tell texts apart well enough; each is a row, and more would only cost.
MOST = 12
# Pairs reach over one word, so that a word more or less between two changes little.
REACH = 2
# Beyond this nobody's complaint says anything new.
LONGEST = 400
_WORD = re.compile(r"[^\W\d_]{2,40}")


def stems(text: str) -> list[str]:
    """The stems in the order of the text, without numbers and words that say nothing."""
    empty = stop_words()
    return [stem(word) for word in _WORD.findall(text.lower())[:LONGEST] if word not in empty]


def written_as(wanted: set[str], text: str) -> set[str]:
    """How the text writes these stems, one word for each."""
    found: dict[str, str] = {}
    for word in _WORD.findall(text.lower())[:LONGEST]:
        if (root := stem(word)) in wanted:
            found.setdefault(root, word)
    return set(found.values())


def pairs(found: list[str]) -> set[str]:
    """Stems that stand near each other, in alphabetical order within the pair."""
    return {
        " ".join(sorted((first, second)))
        for at, first in enumerate(found)
        for second in found[at + 1 : at + 1 + REACH]
        if first != second
    }


def marks(text: str) -> list[int]:
    """The smallest digests of the pairs: two texts share as many of them as they are alike (Broder
    1997, "On the resemblance and containment of documents").
    """
    return sorted(map(_digest, pairs(stems(text))))[:MOST]


def text_of(case: Case) -> str:
    return f"{case.subject}\n{case.narrative}"


def keep(case: Case) -> None:
    """Write the marks of a case that has none."""
    TextMark.objects.bulk_create(TextMark(mark=mark, case=case) for mark in marks(text_of(case)))


def forget(case: Case) -> None:
    """Take the marks away with the text they were made of."""
    TextMark.objects.filter(case=case).delete()


def _digest(pair: str) -> int:
    return int.from_bytes(blake2b(pair.encode(), digest_size=8).digest(), "big", signed=True)
