"""Keeps the index beside what is published; in the transaction of the verb that publishes."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

from django.core.cache import cache
from django.db import connection, transaction
from django.db.models import Count, F, Model, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import override

from ..markdown import plain
from ..models import (
    Announcement,
    AnnouncementState,
    Document,
    Item,
    Misspelling,
    Posting,
    PublicInformation,
    Term,
)
from ..workflow import ItemState
from .words import Synonyms, slips, stems_of, synonyms

# BM25 (Robertson and Zaragoza, 2009): how soon repetition stops counting, and how much length does.
SATURATION, LENGTH_SHARE, USUAL_LENGTH = 1.2, 0.6, 120
PRICE = re.compile(r"Rp\d[\d.]*")
TITLE, KEYWORDS, TOPIC, TEXT = 3.0, 2.5, 1.2, 1.0
# PostgreSQL's name for the lock on the index; any number that no other lock has.
INDEX_LOCK = 20_110_702
# So many documents at once when everything is made anew.
CHUNK = 500


@dataclass(frozen=True)
class _Entry:
    """One thing to be found: whose document it is, what the document shows, and words that only
    the index holds.
    """

    owner: dict[str, Any]
    shown: dict[str, Any]
    keywords: str = ""
    topic_words: str = ""

    def weights(self, known: Synonyms) -> dict[str, int]:
        def both(text: str) -> list[str]:
            return [*stems_of(text, known=known), *stems_of(text, english=True, known=known)]

        return weigh(
            [
                (TITLE, stems_of(self.shown["title"], known=known)),
                (TITLE, stems_of(self.shown["title_en"], english=True, known=known)),
                (KEYWORDS, both(self.keywords)),
                (TOPIC, both(self.topic_words)),
                (TEXT, stems_of(self.shown["text"], known=known)),
                (TEXT, stems_of(self.shown["text_en"], english=True, known=known)),
            ]
        )


def _of_item(item: Item) -> _Entry:
    return _Entry(
        {"item": item},
        {
            "kind": item.kind,
            "address": item.get_absolute_url(),
            "topic_id": item.topic_id,
            "audience": item.audience,
            "title": item.title,
            "title_en": item.title_en,
            "text": _plain("id", item.body, item.transcript),
            "text_en": _plain("en", item.body_en, item.transcript_en),
            "visible_from": item.published_at,
            "visible_until": item.expires_at,
        },
        keywords=item.keywords,
        topic_words=f"{item.topic.name} {item.topic.name_en}",
    )


def _of_announcement(announcement: Announcement) -> _Entry:
    return _Entry(
        {"announcement": announcement},
        {
            "kind": Document.ANNOUNCEMENT,
            "address": announcement.get_absolute_url(),
            "title": announcement.title,
            "title_en": announcement.title_en,
            "text": _plain("id", announcement.body),
            "text_en": _plain("en", announcement.body_en),
            "visible_from": announcement.starts_at,
            "visible_until": announcement.ends_at,
        },
    )


def _of_information(row: PublicInformation) -> _Entry:
    return _Entry(
        {"information": row},
        {
            "kind": Document.DIP,
            "address": row.get_absolute_url(),
            "topic_id": row.topic_id,
            "title": row.summary,
            "title_en": row.summary_en,
            "text": f"{row.holder}. {row.responsible}. {row.made}. {row.available_as}.",
            "text_en": "",
            "visible_from": row.updated_at,
            "visible_until": None,
        },
    )


def _plain(language: str, *texts: str) -> str:
    with override(language):
        found = " ".join(plain(text) for text in texts if text)
    # A price belongs to its day, and the index does not know when that is over.
    return PRICE.sub("Rp…", found)


def index_item(item: Item) -> None:
    """Put the item, as it is live, into the index."""
    if item.state != ItemState.LIVE:
        return forget_item(item)
    return _put(_of_item(item))


def index_announcement(announcement: Announcement) -> None:
    if announcement.state != AnnouncementState.LIVE:
        return forget_announcement(announcement)
    return _put(_of_announcement(announcement))


def index_information(row: PublicInformation) -> None:
    if not row.is_listed:
        return forget_information(row)
    return _put(_of_information(row))


def forget_item(item: Item) -> None:
    _drop(Document.objects.filter(item=item).values_list("pk", flat=True))


def forget_announcement(announcement: Announcement) -> None:
    _drop(Document.objects.filter(announcement=announcement).values_list("pk", flat=True))


def forget_information(row: PublicInformation) -> None:
    _drop(Document.objects.filter(information=row).values_list("pk", flat=True))


@transaction.atomic
def rebuild() -> int:
    """Make the whole index anew, in few and large steps; says of how many documents.

    Needed after a change of synonyms, of stems, or of facts that many texts name.
    """
    # Texts that came in by other means may name new synonyms or facts.
    cache.delete("search-synonyms")
    _alone()
    for model in (Posting, Misspelling, Document, Term):
        model.objects.all().delete()
    known, terms, total = synonyms(), dict[str, int](), 0
    entries = _everything()
    while chunk := list(islice(entries, CHUNK)):
        _put_many(chunk, known, terms)
        total += len(chunk)
    held = Posting.objects.filter(term=OuterRef("pk")).order_by().values("term")
    counted = held.annotate(n=Count("pk")).values("n")
    Term.objects.update(documents=Coalesce(Subquery(counted), 0))
    return total


def _everything() -> Iterator[_Entry]:
    items = Item.objects.filter(state=ItemState.LIVE).select_related("topic")
    return chain(
        map(_of_item, items.iterator(CHUNK)),
        map(_of_announcement, Announcement.objects.published()),
        map(_of_information, PublicInformation.objects.listed()),
    )


def _put_many(entries: list[_Entry], known: Synonyms, terms: dict[str, int]) -> None:
    """Into an empty index; `terms` are those made so far."""
    documents = Document.objects.bulk_create(
        Document(**entry.owner, **entry.shown) for entry in entries
    )
    weights = [entry.weights(known) for entry in entries]
    new = sorted({stem for each in weights for stem in each} - set(terms))
    made = Term.objects.bulk_create([Term(text=text) for text in new], batch_size=2000)
    _insert(
        Misspelling,
        ("form", "term_id"),
        ((form, term.pk) for term in made for form in slips(term.text)),
    )
    terms.update((term.text, term.pk) for term in made)
    _insert(
        Posting,
        ("term_id", "document_id", "weight"),
        (
            (terms[stem], document.pk, weight)
            for document, each in zip(documents, weights, strict=True)
            for stem, weight in each.items()
        ),
    )


def _insert(model: type[Model], columns: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> None:
    """Many small rows, half a million in a large library: as objects they would take minutes."""
    into = f"{connection.ops.quote_name(model._meta.db_table)} ({', '.join(columns)})"
    one, rows = f"({', '.join(['%s'] * len(columns))})", iter(rows)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {into} FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        while chunk := list(islice(rows, 2_000)):
            cursor.execute(
                f"INSERT INTO {into} VALUES {', '.join([one] * len(chunk))}",  # noqa: S608 - our own names
                [value for row in chunk for value in row],
            )


def _put(entry: _Entry) -> None:
    _alone()
    document, is_new = Document.objects.update_or_create(**entry.owner, defaults=entry.shown)
    weights = entry.weights(synonyms())
    if not is_new:
        _take_out([document.pk])
    terms = _terms(weights)
    Posting.objects.bulk_create(
        Posting(document=document, term=term, weight=weights[term.text]) for term in terms
    )
    Term.objects.filter(pk__in=[term.pk for term in terms]).update(documents=F("documents") + 1)


def weigh(fields: Iterable[tuple[float, Sequence[str]]]) -> dict[str, int]:
    """How much each stem says about a document, in hundredths."""
    weights: Counter[str] = Counter()
    for boost, stems in fields:
        share = 1 - LENGTH_SHARE + LENGTH_SHARE * min(len(stems) / USUAL_LENGTH, 4)
        for stem, times in Counter(stems).items():
            weights[stem] += round(
                100 * boost * times * (SATURATION + 1) / (times + SATURATION * share)
            )
    return {stem: min(weight, 32_000) for stem, weight in weights.items()}


def _terms(weights: dict[str, int]) -> list[Term]:
    """The rows of these stems, the missing ones made, with the slips that lead to them."""
    known = {term.text: term for term in Term.objects.filter(text__in=weights)}
    new = sorted(set(weights) - set(known))
    if new:
        made = Term.objects.bulk_create([Term(text=text) for text in new])
        Misspelling.objects.bulk_create(
            [Misspelling(form=form, term=term) for term in made for form in slips(term.text)]
        )
        known |= {term.text: term for term in made}
    return list(known.values())


def _drop(documents: Iterable[int]) -> None:
    _alone()
    pks = list(documents)
    if pks:
        _take_out(pks)
        Document.objects.filter(pk__in=pks).delete()


def _take_out(documents: list[int]) -> None:
    postings = Posting.objects.filter(document__in=documents)
    terms = list(Term.objects.filter(postings__in=postings).distinct())
    postings.delete()
    Term.objects.filter(pk__in=[term.pk for term in terms], documents__gt=0).update(
        documents=F("documents") - 1
    )


def _alone() -> None:
    """Until the end of the transaction nobody else writes the index: each text changes the counts
    of many stems, and two that took them in different orders would wait for each other for ever.
    (SQLite has one writer anyway.)
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [INDEX_LOCK])


def rarity(documents: int, of: int) -> float:
    """How much a stem that so many documents hold tells them apart (BM25's idf)."""
    return math.log(1 + (of - documents + 0.5) / (documents + 0.5))
