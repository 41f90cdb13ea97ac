"""What of a text may tell its topic: stems, neighbouring stems, and what the keyword rules say."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise

from infocontent.models import Topic
from infocontent.search.plain import plain
from infocontent.search.words import Synonyms, stem, stop_words, synonyms

from ..kinds import TOPIC_RULES

# Alone they tell no topic, but they turn what follows around.
_TURNS = frozenset({"tidak", "belum", "bisa"})
_WORD = re.compile(r"[^\W\d_]{1,30}")
# Longer texts say nothing more about their topic.
LONGEST = 300
RULE = "aturan:"


def no_rules(text: str) -> Topic | None:
    return None


def keyword_rules() -> Callable[[str], Topic | None]:
    """The office's keyword rules, read once."""
    return TOPIC_RULES[0]() if TOPIC_RULES else no_rules


@dataclass
class FeatureReader:
    """Reads many texts; synonyms and rules are read once."""

    rules: Callable[[str], Topic | None] = field(default_factory=keyword_rules)
    known: Synonyms = field(default_factory=synonyms)

    def features(self, text: str) -> dict[str, str]:
        """Each once: how it is kept, and how the text writes it (empty: said by a rule)."""
        words = [
            (root, written)
            for root, written in self._words(text)
            if len(root) > 2 and (root in _TURNS or root not in stop_words())
        ]
        found: dict[str, str] = {}
        for root, written in words:
            if root not in _TURNS:
                found.setdefault(root, written)
        for (first, written), (second, written_next) in pairwise(words):
            found.setdefault(f"{first} {second}", f"{written} {written_next}")
        topic = self.rules(text)
        found[f"{RULE}{topic.code if topic else ''}"] = ""
        return found

    def _words(self, text: str) -> list[tuple[str, str]]:
        found = []
        for written in _WORD.findall(text.lower())[:LONGEST]:
            turned = plain(written)
            meant = turned if turned in ("tidak", "tidak bisa") else written
            for word in self.known.get(meant, tuple(meant.split())):
                found.append((stem(word), written))
        return found
