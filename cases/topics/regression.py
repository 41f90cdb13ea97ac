"""Multinomial logistic regression in plain Python: each topic gives each word a weight, and the
weights of a text's words add up to how likely the topic is.

Trained by stochastic gradient with a step of its own for each weight (Duchi, Hazan and Singer 2011,
AdaGrad) and a pull towards zero, always in the same order: the same examples, the same weights.
"""

import math
import random
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

# A word enters only when three examples have it: rarer ones could lead to a person.
LEAST_EXAMPLES = 3
ROUNDS, STEP, PULL = 15, 0.5, 0.01
BIAS_STEP = 0.05
# Weights below this change no suggestion.
LEAST_WEIGHT = 0.02

Example = tuple[Collection[str], str]


@dataclass(frozen=True)
class Weights:
    """`words`: per word the weight that it gives each topic; `bias`: what no word needs to say."""

    bias: dict[str, float]
    words: dict[str, dict[str, float]]

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Weights":
        return cls(data["bias"], data["words"])

    def as_json(self) -> dict[str, Any]:
        return {"bias": self.bias, "words": self.words}

    def likely(self, features: Collection[str]) -> list[tuple[str, float]]:
        """The topics with their probabilities, the likeliest first."""
        sums = dict(self.bias)
        for feature in features:
            for topic, weight in self.words.get(feature, {}).items():
                sums[topic] += weight
        return sorted(_shares(sums).items(), key=lambda row: (-row[1], row[0]))

    def telling(self, features: Collection[str], topic: str) -> list[str]:
        """Which of these speak for the topic rather than for the others, the strongest first."""
        spoken = []
        for feature in features:
            weights = self.words.get(feature, {})
            mean = math.fsum(weights.values()) / max(len(self.bias), 1)
            if (more := weights.get(topic, 0.0) - mean) > LEAST_WEIGHT:
                spoken.append((more, feature))
        return [feature for _more, feature in sorted(spoken, key=lambda row: (-row[0], row[1]))]


def train(examples: Sequence[Example]) -> Weights:
    held = Counter(feature for features, _topic in examples for feature in set(features))
    known = {feature for feature, n in held.items() if n >= LEAST_EXAMPLES}
    topics = sorted({topic for _features, topic in examples})
    bias = dict.fromkeys(topics, 0.0)
    words: dict[str, dict[str, float]] = defaultdict(lambda: dict.fromkeys(topics, 0.0))
    moved: dict[str, dict[str, float]] = defaultdict(lambda: dict.fromkeys(topics, 1e-8))
    rows = [(sorted(known.intersection(features)), topic) for features, topic in examples]
    rng = random.Random(1)  # noqa: S311 - an order, no secret
    for number in range(ROUNDS):
        rng.shuffle(rows)
        for features, topic in rows:
            weights = [words[feature] for feature in features]
            shares = _shares({one: bias[one] + sum(w[one] for w in weights) for one in topics})
            for one in topics:
                wrong = shares[one] - (one == topic)
                bias[one] -= BIAS_STEP * wrong / (1 + number * 0.1)
                for feature, weight in zip(features, weights, strict=True):
                    slope = wrong + PULL * weight[one]
                    moved[feature][one] += slope * slope
                    weight[one] -= STEP * slope / math.sqrt(moved[feature][one])
    return Weights(
        {topic: round(value, 3) for topic, value in bias.items()},
        {
            feature: {t: round(w, 3) for t, w in weights.items() if abs(w) >= LEAST_WEIGHT}
            for feature, weights in sorted(words.items())
        },
    )


def _shares(sums: dict[str, float]) -> dict[str, float]:
    top = max(sums.values(), default=0.0)
    grown = {topic: math.exp(value - top) for topic, value in sums.items()}
    total = math.fsum(grown.values())
    return {topic: value / total for topic, value in grown.items()}
