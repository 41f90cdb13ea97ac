"""Learning from the office's own cases: topics that staff set, and those that they let stand."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime

from django.db.models import Exists, OuterRef
from django.utils import timezone

from ..marks import joined
from ..models import Case, CaseEvent, EventCode, TopicModel
from ..models.redaction import MARK
from .features import RULE, FeatureReader
from .regression import Example, Weights, train

# The newest ones: what people write about changes, and a night is short.
MOST = 6_000
# Fewer teach nothing that the keyword rules do not know.
LEAST_EXAMPLES, LEAST_OF_A_TOPIC = 100, 2
# Every so many-th example is held back to see how well it goes.
HOLD_BACK = 5


def examples(reader: FeatureReader | None = None) -> list[Example]:
    """What of each case tells its topic, and the topic. What is confidential or names an
    officer teaches nothing.
    """
    reader = reader or FeatureReader()
    judged = CaseEvent.objects.filter(
        case=OuterRef("pk"), code__in=[EventCode.TOPIC_SET, EventCode.VERIFIED]
    )
    cases = (
        Case.objects.for_word_lists()
        .filter(Exists(judged), topic__is_active=True)
        .exclude(narrative=MARK)
        .order_by("-received_at", "-id")
        .values_list("subject", "narrative", "topic__code")[:MOST]
    )
    # A copied text teaches once, so that no word of it gets by as one that three cases have.
    topics: dict[str, str] = {}
    for subject, narrative, topic in cases:
        topics.setdefault(joined(subject, narrative), topic)
    return [(reader.features(text), topic) for text, topic in topics.items()]


def learn(*, at: datetime | None = None) -> TopicModel | None:
    """Learn anew from all examples; None while there are too few and the keyword rules go on."""
    return keep(examples(), at=at)


def keep(found: Sequence[Example], *, at: datetime | None = None) -> TopicModel | None:
    """Train with a part held back, count what it gets right, then train with all and keep it."""
    of_topic = Counter(topic for _features, topic in found)
    usable = [one for one in found if of_topic[one[1]] >= LEAST_OF_A_TOPIC]
    if len(usable) < LEAST_EXAMPLES or len({topic for _features, topic in usable}) < 2:
        return None
    held_back, rest = (
        usable[::HOLD_BACK],
        [one for number, one in enumerate(usable) if number % HOLD_BACK],
    )
    tried = train(rest)
    weights = train(usable)
    return TopicModel.objects.create(
        trained_at=at or timezone.now(),
        examples=len(usable),
        tried=len(held_back),
        right=sum(_says(tried, features) == topic for features, topic in held_back),
        rules_right=sum(f"{RULE}{topic}" in features for features, topic in held_back),
        weights=weights.as_json(),
    )


def _says(weights: Weights, features: Collection[str]) -> str:
    return weights.likely(features)[0][0]
