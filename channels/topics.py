"""Guessing the topic of a text by words that hint at one, kept as rows that staff can change."""

from collections.abc import Iterable
from typing import Self

from infocontent.models import Topic
from infocontent.search.plain import plain

from .models import KeywordRule

# A short word is a part of too many others: "voa" is a visa, "app" begins "apa".
_WHOLE_WORD_UP_TO = 3


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
