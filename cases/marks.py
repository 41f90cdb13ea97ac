"""The marks of a text: what is kept of it to find others like it, and is taken away with it."""

import re
from functools import lru_cache
from hashlib import blake2b

from django.db import transaction
from django.db.models import Exists, Max, OuterRef

from infocontent.search.words import stem, stop_words

from .models import Case, CaseQuerySet, TextMark
from .models.redaction import MARK

# So many marks tell texts apart well enough; each is a row, and more would only cost.
MOST = 12
# Pairs reach over one word, so that a word more or less between two changes little.
REACH = 2
# Beyond this nobody's complaint says anything new.
LONGEST = 400
# A case may be written after one with a higher number; so far back is looked again.
LATE = 1_000
CHUNK = 500
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


@lru_cache(maxsize=500)
def marks(text: str) -> tuple[int, ...]:
    """The smallest digests of the pairs: two texts share as many of them as they are alike (Broder
    1997, "On the resemblance and containment of documents").
    """
    return tuple(sorted(map(_digest, pairs(stems(text))))[:MOST])


def text_of(case: Case) -> str:
    return joined(case.subject, case.narrative)


def joined(subject: str, narrative: str) -> str:
    """Both, but for the subject of an imported text, which is only its beginning."""
    is_repeated = narrative.startswith(subject.removesuffix(" …"))
    return narrative if is_repeated else f"{subject}.\n{narrative}"


def unmarked() -> CaseQuerySet:
    """What came in since marks were kept last, by number: no lodging waits for its marks."""
    last = TextMark.objects.aggregate(last=Max("case_id"))["last"] or 0
    kept = TextMark.objects.filter(case=OuterRef("pk"))
    new = Case.objects.filter(pk__gt=last - LATE).exclude(narrative=MARK)
    return new.exclude(Exists(kept)).order_by("pk")


def keep_new(most: int | None = None) -> int:
    """Keep the marks of so many new cases, the oldest first; says how many were read."""
    waiting, done, after = unmarked(), 0, 0
    while most is None or done < most:
        pks = list(waiting.filter(pk__gt=after).values_list("pk", flat=True)[:CHUNK])
        if not pks:
            break
        with transaction.atomic():
            # Locked, so that a text that goes meanwhile takes its marks with it.
            cases = Case.objects.select_for_update(of=("self",)).filter(pk__in=pks)
            cases = cases.exclude(narrative=MARK).only("subject", "narrative")
            rows = [
                TextMark(mark=mark, case=case) for case in cases for mark in marks(text_of(case))
            ]
            TextMark.objects.bulk_create(rows, batch_size=2_000, ignore_conflicts=True)
        done, after = done + len(pks), pks[-1]
    return done


def forget(case: Case) -> None:
    """Take the marks away with the text they were made of."""
    TextMark.objects.filter(case=case).delete()


def forget_all() -> None:
    TextMark.objects.all().delete()


def _digest(pair: str) -> int:
    return int.from_bytes(blake2b(pair.encode(), digest_size=4).digest(), "big", signed=True)
