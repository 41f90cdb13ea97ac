"""Which texts may already answer what somebody is about to send."""

from dataclasses import dataclass
from datetime import datetime

from . import search
from .markdown import CleanHtml, render
from .models import Document, Item, Kind, Posting, Term
from .search.indexing import TITLE, rarity
from .search.words import query_stems

MOST = 3
LONGEST = 150
KINDS = [Kind.FAQ, Kind.INFOGRAPHIC, Kind.BROCHURE]
# Whoever accuses a person is heard, and not sent away with a text.
ACCUSING_TOPICS = {"pungli", "sikap-petugas"}
ACCUSING_WORDS = {"pungli", "calo", "suap", "sogok", "peras", "pelicin", "gratifikasi", "korupsi"}

# Found with the starter texts, a hundred sentences of citizens and thirty that no text answers:
# how much of what was typed the text has to hold (the rarer a word, the more it counts), with a
# single word in common and with several; and how strongly, beside a text that has each of the
# words once in its title. A text far behind the best one is left out, and so is one that is found
# by words that every text holds.
HOLDS, HOLDS_ONE_WORD, STRENGTH, BESIDE_THE_BEST, LEAST = 0.5, 0.75, 0.9, 0.6, 1100
ONCE_IN_A_TITLE = 100 * TITLE * 1.45
# A word that no text knows is often a name or a place, and says less about what is asked.
UNKNOWN = 0.5


@dataclass(frozen=True)
class Suggestion:
    """A published item with its text in the reader's language, ready to be read in place."""

    item: Item
    answer: CleanHtml


def suggest(
    text: str, *, topic: str = "", is_typing: bool = False, at: datetime | None = None
) -> list[Suggestion]:
    """The few texts that fit what was typed so well that they may answer it; often none."""
    if topic in ACCUSING_TOPICS:
        return []
    documents = Document.objects.filter(kind__in=KINDS)
    found = search.find(text[:LONGEST], documents=documents, at=at, limit=MOST, is_typing=is_typing)
    fitting = _fitting(found, is_typing=is_typing)
    if not fitting:
        return []
    items = Item.objects.published(at).in_bulk(fitting)
    return [Suggestion(items[pk], _beside_a_form(items[pk])) for pk in fitting if pk in items]


def _beside_a_form(item: Item) -> CleanHtml:
    """The answer with links that leave the form where it is; what was typed is in no draft yet."""
    return CleanHtml(render(item.in_language("body")).replace("<a ", '<a target="_blank" '))


def _fitting(found: search.Results, *, is_typing: bool) -> list[int]:
    """The items among the hits that hold enough of the words."""
    words = query_stems(found.corrected or found.query)
    stems = {stem for word in words for stem in word}
    hits = [hit for hit in found.hits if hit.score >= LEAST]
    if not hits or stems & ACCUSING_WORDS:
        return []
    known = dict(
        Term.objects.filter(text__in=stems, documents__gt=0).values_list("text", "documents")
    )
    if is_typing and not known.keys() & set(words[-1]):
        words = words[:-1]
    total = Document.objects.count()
    weights = {word: _weight(word, known, total) for word in words}
    title = sum(weights[word] for word in words if known.keys() & set(word)) * ONCE_IN_A_TITLE
    held: dict[int, set[str]] = {}
    for document, stem in Posting.objects.filter(
        document__in=[hit.document.pk for hit in hits], term__text__in=stems
    ).values_list("document", "term__text"):
        held.setdefault(document, set()).add(stem)
    fitting, best = [], max(hit.score for hit in hits)
    for hit in hits:
        shared = [word for word in words if held.get(hit.document.pk, set()) & set(word)]
        share = sum(weights[word] for word in shared) / (sum(weights.values()) or 1)
        if (
            share >= (HOLDS if len(shared) > 1 else HOLDS_ONE_WORD)
            and hit.score >= STRENGTH * title
            and hit.score >= BESIDE_THE_BEST * best
            and hit.document.item_id
        ):
            fitting.append(hit.document.item_id)
    return fitting


def _weight(word: tuple[str, ...], known: dict[str, int], total: int) -> float:
    rarities = [rarity(known[stem], total) for stem in word if stem in known]
    return max(rarities, default=UNKNOWN * rarity(1, total))
