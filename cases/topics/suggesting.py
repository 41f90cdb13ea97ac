"""The topic that a case may have, how sure that is in words, and the words that led to it."""

from dataclasses import dataclass, field
from functools import lru_cache

from infocontent.models import Topic

from ..marks import text_of
from ..models import Case, TopicModel
from .features import FeatureReader
from .regression import Weights

SURE, LIKELY = 0.75, 0.5
# Below this a topic is not even named as another possibility.
LEAST = 0.12
WORDS, OTHERS = 5, 2


@dataclass(frozen=True)
class Suggestion:
    """`words` led to it, as the text writes them; `others` are further possibilities."""

    topic: Topic
    sureness: str
    words: list[str] = field(default_factory=list)
    others: list[Topic] = field(default_factory=list)


def suggest(case: Case) -> Suggestion | None:
    """What the text says, whatever topic the case has; None where nothing tells."""
    reader = FeatureReader()
    features = reader.features(text_of(case))
    weights = _weights()
    guessed = reader.rules(text_of(case))
    if weights is None:
        return Suggestion(guessed, "menurut kata kunci") if guessed else None
    likely = [
        (topic, share)
        for code, share in weights.likely(features)[: OTHERS + 1]
        if share >= LEAST and (topic := Topic.objects.leaf(code)) is not None
    ]
    if not likely:
        return None
    topic, share = likely[0]
    telling = [features[f] for f in weights.telling(features, topic.code) if features[f]]
    return Suggestion(
        topic,
        in_words(share),
        _without_parts(telling)[:WORDS],
        _others([other for other, _share in likely[1:]], guessed, weights),
    )


def in_words(share: float) -> str:
    """The probability, as a person would say it."""
    if share >= SURE:
        return "sangat mungkin"
    return "mungkin" if share >= LIKELY else "kurang pasti"


def _others(others: list[Topic], guessed: Topic | None, weights: Weights) -> list[Topic]:
    """Of a topic that has no examples yet only the keyword rules know."""
    if guessed is not None and guessed.code not in weights.bias:
        others = [guessed, *others]
    return others[:OTHERS]


def _weights() -> Weights | None:
    """The newest learnt ones, where they did better than the keyword rules alone."""
    newest = TopicModel.objects.values_list("pk", "right", "rules_right").first()
    if newest is None or newest[1] < newest[2]:
        return None
    return _read(newest[0])


@lru_cache(maxsize=2)
def _read(pk: int) -> Weights:
    # A row never changes; the next night's has a number of its own.
    return Weights.from_json(TopicModel.objects.values_list("weights", flat=True).get(pk=pk))


def _without_parts(words: list[str]) -> list[str]:
    """Without a word that stands within one of the stronger ones, or the other way round."""
    kept: list[str] = []
    for word in words:
        if not any(f" {word} " in f" {other} " or f" {other} " in f" {word} " for other in kept):
            kept.append(word)
    return kept
