"""Guessing the topic of a text by words that hint at one, kept as rows that staff can change."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Self

from infocontent.models import Topic

from .models import KeywordRule

_NOT_A_SIGN = re.compile(r"[^a-z0-9]+")
_REPEATED = re.compile(r"([a-z])\1+")
# How people write "tidak" on a phone; one spelling, so that one rule covers them all.
_NOT = frozenset(
    {
        "ga",
        "gak",
        "gk",
        "g",
        "ngga",
        "nggak",
        "ngak",
        "ngk",
        "ndak",
        "enggak",
        "engga",
        "egk",
        "kaga",
        "kagak",
        "tdk",
        "tak",
        "gag",
        "tida",
        "nda",
        "tidk",
        "gx",
    }
)
_CANNOT = frozenset({"gabisa", "gbisa", "gabs", "gabsa", "gakbisa", "gbs", "gkbisa"})
# A short word is a part of too many others: "voa" is a visa, "app" begins "apa".
_WHOLE_WORD_UP_TO = 3


def plain(text: str) -> str:
    """Lower-case ASCII words, one space between; repeated letters are one ("errorrr": "eror")."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = _REPEATED.sub(r"\1", _NOT_A_SIGN.sub(" ", ascii_text)).split()
    return " ".join("tidak" if w in _NOT else "tidak bisa" if w in _CANNOT else w for w in words)


class TopicGuesser:
    """The keyword rules, read once and ready for many texts.

    The topic with the heaviest matching rule wins; among equals the one with the most weight in
    all. A keyword matches where a word begins with it; one of three letters or fewer matches a
    whole word only.
    """

    def __init__(self, rules: Iterable[KeywordRule]) -> None:
        self._rules = [(_needle(rule.keyword), rule.weight, rule.topic) for rule in rules]

    @classmethod
    def load(cls) -> Self:
        return cls(KeywordRule.objects.filter(topic__is_active=True).select_related("topic"))

    def guess(self, text: str) -> Topic | None:
        """The most likely topic, or None when no rule matches."""
        haystack = f" {plain(text)} "
        found: dict[Topic, list[int]] = {}
        for needle, weight, topic in self._rules:
            if needle in haystack:
                found.setdefault(topic, []).append(weight)
        return max(
            found, key=lambda topic: (max(found[topic]), sum(found[topic]), -topic.pk), default=None
        )


def _needle(keyword: str) -> str:
    end = " " if len(keyword.strip()) <= _WHOLE_WORD_UP_TO else ""
    return f" {plain(keyword)}{end}"
