"""Ranks documents for what somebody typed; at most four queries (one more while typing)."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from math import fsum

from django.core.cache import cache
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import get_language

from ..markdown import CleanHtml
from ..models import Document, Misspelling, Posting, Term
from ..models.search import DocumentQuerySet
from .indexing import rarity
from .words import Synonyms, forms_of, query_stems, slips, synonyms, words_of

PAGE = 20
MOST = 200
EXCERPT = 220
# A word that only resembles what was typed says less.
SLIP, BEGINS = 0.6, 0.5
# So many postings are read to choose documents, rarest words first; words that half the library
# holds then only put the best of those in order.
READ, ORDERED = 600, 100
# How much more a document counts that holds all typed words than one that holds a single one.
TOGETHER = 0.5
_PIECE = re.compile(r"[^\W_]+|[\W_]+")
_WORD = re.compile(r"[^\W_]+")
_SENTENCE = re.compile(r"(?<=[.!?:;])\s+")


@dataclass
class Hit:
    """A document with its marked title and the part of its text that fits best, both in pieces:
    (text, is_match).
    """

    document: Document
    title: list[tuple[str, bool]]
    excerpt: list[tuple[str, bool]]
    language: str
    score: float

    @property
    def marked_title(self) -> CleanHtml:
        return _html(self.title)

    @property
    def marked_excerpt(self) -> CleanHtml:
        return _html(self.excerpt)

    @classmethod
    def unmarked(cls, document: Document) -> "Hit":
        """A document as it stands in a list that nobody searched."""
        title, text, language = _words(document)
        return cls(document, [(title, False)], [(_excerpt(text), False)], language, 0.0)


@dataclass
class Results:
    """`corrected` is what was searched instead where a word had a slip, else empty."""

    query: str
    key: str = ""
    total: int = 0
    hits: list[Hit] = field(default_factory=list)
    corrected: str = ""


@dataclass
class _Word:
    """One typed word: the terms it stands for (text, how surely, in how many documents)."""

    stems: tuple[str, ...]
    terms: dict[int, tuple[str, float, int]] = field(default_factory=dict)
    is_slip: bool = False

    @property
    def documents(self) -> int:
        return sum(count for _text, _sureness, count in self.terms.values())

    def weights(self, total: int) -> dict[int, float]:
        return {
            pk: sureness * rarity(min(count, total), total)
            for pk, (_text, sureness, count) in self.terms.items()
        }


def find(
    query: str,
    *,
    documents: DocumentQuerySet | None = None,
    at: datetime | None = None,
    offset: int = 0,
    limit: int = PAGE,
    is_typing: bool = False,
) -> Results:
    """The best documents for these words among `documents` (all that is visible).

    `is_typing`: the last word may be unfinished, and stands for all that begin like it.
    """
    query = " ".join(query.replace("\x00", "").split())[:200]
    results = Results(query)
    known = synonyms()
    words = [_Word(stems) for stems in query_stems(query, known)]
    results.key = " ".join(sorted(word.stems[0] for word in words))[:120]
    if not words:
        return results
    _look_up(words, is_typing=is_typing)
    meant = [word for word in words if word.terms]
    if not meant:
        return results
    ranked = _rank(meant, documents, at or timezone.now())
    results.total = len(ranked)
    page = ranked[offset : offset + limit]
    found = Document.objects.select_related("topic").in_bulk([pk for pk, _score in page])
    # What was archived, or indexed anew, since it was ranked is no longer there.
    page = [row for row in page if row[0] in found]
    # Stems are shared by words of quite other things (kinerja, kerja): what is called as it was
    # typed, or as the office calls it, comes first.
    names = [query, " ".join(words_of(query, known))]
    page.sort(key=lambda row: not _is_called(found[row[0]], names))
    marker = _Marker(
        {term[0] for word in words for term in word.terms.values()}
        | {stem for word in words for stem in word.stems},
        known,
    )
    results.hits = [_hit(found[pk], marker, score) for pk, score in page]
    if any(word.is_slip for word in words):
        results.corrected = " ".join(_best(word) for word in words)
    return results


def _look_up(words: list[_Word], *, is_typing: bool) -> None:
    """Which terms of the index each word stands for: itself, or one slip away, or (while typing)
    what begins so.
    """
    wanted = {stem for word in words for stem in word.stems}
    forms: dict[str, list[_Word]] = {stem: [] for stem in wanted}
    for word in words:
        for text in word.stems:
            for form in slips(text):
                forms.setdefault(form, []).append(word)
    near: list[tuple[_Word, int, str, int]] = []
    rows = Misspelling.objects.filter(form__in=forms, term__documents__gt=0)
    for form, pk, text, count in rows.values_list(
        "form", "term_id", "term__text", "term__documents"
    ):
        for word in forms[form]:
            if text in word.stems:
                word.terms[pk] = text, 1.0, count
            else:
                near.append((word, pk, text, count))
    if is_typing and len(words[-1].stems[0]) >= 3:
        begun = Term.objects.filter(text__startswith=words[-1].stems[0], documents__gt=0)
        for pk, text, count in begun.order_by("-documents").values_list("pk", "text", "documents")[
            :8
        ]:
            words[-1].terms.setdefault(pk, (text, BEGINS, count))
    lost = {id(word) for word in words if not word.terms}
    for word, pk, text, count in near:
        if id(word) in lost and any(_is_one_slip(text, typed) for typed in word.stems):
            word.terms[pk] = text, SLIP, count
            word.is_slip = True


def _is_one_slip(first: str, second: str) -> bool:
    """One letter more, less, other, or two neighbours swapped."""
    if abs(len(first) - len(second)) > 1 or min(len(first), len(second)) < 3:
        return False
    start = 0
    while start < min(len(first), len(second)) and first[start] == second[start]:
        start += 1
    a, b = first[start:], second[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])


def _rank(
    words: list[_Word], documents: DocumentQuerySet | None, at: datetime
) -> list[tuple[int, float]]:
    """The best of the visible documents with their scores, best first."""
    words = sorted(words, key=lambda word: word.documents)
    read, telling = 0, 0
    while telling < len(words) and (not telling or read + words[telling].documents <= READ):
        read += words[telling].documents
        telling += 1
    chosen = Posting.objects.filter(
        Q(document__visible_until=None) | Q(document__visible_until__gt=at),
        document__visible_from__lte=at,
        term__in=_terms(words[:telling]),
    )
    if documents is not None and documents.query.where:
        chosen = chosen.filter(document__in=documents)
    scores = _Scores(words, _size())
    # Where even the rarest word is in very many: those of which it says most.
    scores.add(chosen if read <= READ else chosen.order_by("-weight", "document_id")[:READ])
    if words[telling:]:
        # As a list of its own: PostgreSQL plans a prepared statement without knowing the numbers,
        # and would otherwise read all that the index has of a common word.
        first = Document.objects.filter(pk__in=[pk for pk, _score in scores.best(ORDERED)])
        common = Posting.objects.filter(term__in=_terms(words[telling:]), document__in=first)
        scores.add(common)
    return scores.best(MOST)


class _Scores:
    """What each document has of each word: the surest of the terms that the word stands for."""

    def __init__(self, words: list[_Word], total: int) -> None:
        self._of_term: dict[int, list[tuple[int, float]]] = {}
        self._size = len(words)
        for number, word in enumerate(words):
            for pk, weight in word.weights(total).items():
                self._of_term.setdefault(pk, []).append((number, weight))
        self._found: dict[int, dict[int, float]] = defaultdict(dict)

    def add(self, postings: QuerySet[Posting]) -> None:
        for document, term, weight in postings.values_list("document_id", "term_id", "weight"):
            has = self._found[document]
            for number, rare in self._of_term[term]:
                score = weight * rare
                if score > has.get(number, 0.0):
                    has[number] = score

    def best(self, count: int) -> list[tuple[int, float]]:
        """Documents with the sum of what they have; those that hold more of the words come first
        among equals and near equals.
        """
        scored = [
            (document, score := fsum(has.values()), score * (1 + TOGETHER * len(has) / self._size))
            for document, has in self._found.items()
        ]
        scored.sort(key=lambda row: (-row[2], row[0]))
        return [(document, score) for document, score, _order in scored[:count]]


def _terms(words: Iterable[_Word]) -> set[int]:
    return {pk for word in words for pk in word.terms}


def _size() -> int:
    """How many documents there are, from memory; the base of every rarity."""
    size = cache.get("search-size")
    if size is None:
        size = max(Document.objects.count(), 1)
        cache.set("search-size", size, 60)
    return size


def _best(word: _Word) -> str:
    if not word.terms:
        return word.stems[0]
    return max(word.terms.values(), key=lambda term: (term[1], term[2]))[0]


def _is_called(document: Document, names: list[str]) -> bool:
    """Whether a title has the words of one of the names as they stand, one after the other."""
    titles = [_spaced(document.title), _spaced(document.title_en)]
    return any(_spaced(name) in title for name in names for title in titles)


def _spaced(text: str) -> str:
    return f" {' '.join(_WORD.findall(text.lower()))} "


def _hit(document: Document, marker: "_Marker", score: float) -> Hit:
    title, text, language = _words(document)
    return Hit(
        document=document,
        title=marker.marked(title),
        excerpt=marker.marked(_excerpt(text, marker)),
        language=language,
        score=score,
    )


def _words(document: Document) -> tuple[str, str, str]:
    """Title, text and language for this reader."""
    if get_language() == "en" and document.title_en:
        return document.title_en, document.text_en or document.text, "en"
    return document.title, document.text, "id"


def _html(pieces: list[tuple[str, bool]]) -> CleanHtml:
    """At once and not piece by piece in the template: a page of results has hundreds of them."""
    return CleanHtml(
        "".join(
            f"<mark>{escape(text)}</mark>" if is_match else escape(text)
            for text, is_match in pieces
        )
    )


class _Marker:
    """Tells the words that were searched for from the others, each word once."""

    def __init__(self, marks: set[str], known: Synonyms) -> None:
        self._marks, self._known = marks, known
        self._seen: set[str] = set()
        self._matching: set[str] = set()

    def marked(self, text: str) -> list[tuple[str, bool]]:
        """The text in pieces, each with whether it is a word that was searched for."""
        self.read(text)
        pieces: list[tuple[str, bool]] = []
        for piece in _PIECE.findall(text):
            is_match = piece.lower() in self._matching
            if pieces and pieces[-1][1] == is_match:
                pieces[-1] = pieces[-1][0] + piece, is_match
            else:
                pieces.append((piece, is_match))
        return pieces

    def read(self, text: str) -> None:
        """Learn the words of a text."""
        new = {*_WORD.findall(text.lower())} - self._seen
        self._seen |= new
        self._matching |= {word for word in new if self._is_match(word)}

    def count(self, text: str) -> int:
        """How many different words of the search stand here, in a text that was read."""
        return len(self._matching.intersection(_WORD.findall(text.lower())))

    def _is_match(self, word: str) -> bool:
        for meant in self._known.get(word, (word,)):
            if not self._marks.isdisjoint(forms_of(meant)):
                return True
        return False


def _excerpt(text: str, marker: _Marker | None = None) -> str:
    """About two lines around the place where most of the words stand."""
    if len(text) <= EXCERPT:
        return text
    if marker is None:
        return text[:EXCERPT].rsplit(" ", 1)[0] + " …"
    marker.read(text[:3000])
    sentences = _SENTENCE.split(text[:3000])
    counts = [marker.count(one) for one in sentences]
    start = text.find(sentences[counts.index(max(counts))])
    cut = text[start : start + EXCERPT]
    if start + EXCERPT < len(text):
        cut = cut.rsplit(" ", 1)[0] + " …"
    return f"… {cut}" if start else cut
