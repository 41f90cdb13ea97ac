"""Complaints like this one, counted in the database by the marks that their texts share."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import connection

from office.models import User

from .marks import marks, pairs, stems, text_of, unmarked, written_as
from .models import Case, TextMark

# Of each mark only the newest cases are read: ten thousand copies of one text cost no more than
# a hundred.
NEWEST = 100
# So many of the likeliest are looked at for whether this person may see them.
LIKELIEST = 300
COMMON_MARKS = 2
COMPARED = 4
# So many cases without marks are compared one by one.
FRESH = 200
# Below this share of common words two texts are no more alike than any two complaints.
LEAST = 0.2
NEARLY_SAME, VERY_ALIKE = 0.7, 0.45
WORDS = 6
# In a list nearly the same is enough, and each row may cost less.
ROW_MARKS, ROW_NEWEST, ROW_COMMON = 4, 10, 3


@dataclass(frozen=True)
class Similar:
    """A case like another; `words` are what both texts say, as this person may read them."""

    case: Case
    likeness: float
    words: list[str]

    @property
    def degree(self) -> str:
        if self.likeness >= NEARLY_SAME:
            return "hampir sama"
        return "sangat mirip" if self.likeness >= VERY_ALIKE else "mirip"


def similar_to(case: Case, user: User, limit: int = 5) -> list[Similar]:
    """The cases most like this one among those the person may see, the likest first; 5 queries."""
    found = stems(text_of(case))
    own = marks(text_of(case))
    shared = _sharing({case.pk: own}, NEWEST, COMMON_MARKS)
    likeliest = [other for _case, other, _count in shared][:LIKELIEST]
    likeliest = [*_fresh(case, set(own)), *likeliest]
    if not likeliest:
        return []
    visible = Case.objects.visible_to(user).filter(pk__in=likeliest)
    seen = set(visible.values_list("pk", flat=True))
    # The text of as many as could still be among the first is compared in full.
    nearest = [pk for pk in likeliest if pk in seen][: limit * COMPARED]
    read = Case.objects.only("reference", "status", "received_at", "subject", "narrative")
    compared = [_compare(found, other) for other in read.filter(pk__in=nearest)]
    alike = [one for one in compared if one.likeness >= LEAST]
    alike.sort(key=lambda one: (-one.likeness, -one.case.pk))
    return alike[:limit]


def nearly_same(cases: Sequence[Case], user: User) -> dict[int, Case]:
    """For each of the cases of a list the newest other one that is nearly the same; 3 queries."""
    # Computed, not read: what came in this hour has none kept.
    texts = Case.objects.filter(pk__in=[case.pk for case in cases]).only("subject", "narrative")
    kept = {case.pk: marks(text_of(case)) for case in texts}
    shared = _sharing({pk: some[:ROW_MARKS] for pk, some in kept.items()}, ROW_NEWEST, ROW_COMMON)
    visible = Case.objects.visible_to(user).in_bulk({other for _case, other, _count in shared})
    found: dict[int, Case] = {}
    for pk, other, _count in shared:
        if other in visible:
            found.setdefault(pk, visible[other])
    return found


def _sharing(
    wanted: dict[int, Collection[int]], newest: int, least: int
) -> list[tuple[int, int, int]]:
    """(case, other case, how many marks they share), the most first, then the newest."""
    table = connection.ops.quote_name(TextMark._meta.db_table)
    # The inner brackets: SQLite takes no order inside a union.
    one = (
        f"SELECT * FROM (SELECT %s AS pk, case_id FROM {table} "  # noqa: S608 - our own table name
        "WHERE mark = %s ORDER BY mark DESC, case_id DESC LIMIT %s) AS newest"
    )
    asked = [(pk, mark) for pk, some in wanted.items() for mark in some]
    if not asked:
        return []
    params: list[int] = [value for pk, mark in asked for value in (pk, mark, newest)]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pk, case_id, COUNT(*) FROM ("  # noqa: S608 - as above
            + " UNION ALL ".join([one] * len(asked))
            + ") AS shared WHERE case_id <> pk GROUP BY pk, case_id HAVING COUNT(*) >= %s "
            "ORDER BY COUNT(*) DESC, case_id DESC",
            [*params, least],
        )
        return cursor.fetchall()


def _fresh(case: Case, own: set[int]) -> list[int]:
    """Likewise among what came in since the last hour's job, the newest first."""
    newest = unmarked().exclude(pk=case.pk).order_by("-pk").only("subject", "narrative")[:FRESH]
    return [
        other.pk for other in newest if len(own.intersection(marks(text_of(other)))) >= COMMON_MARKS
    ]


def _compare(found: list[str], other: Case) -> Similar:
    other_stems = stems(text_of(other))
    mine, theirs = _parts(found), _parts(other_stems)
    likeness = len(mine & theirs) / max(len(mine | theirs), 1)
    return Similar(other, likeness, _in_words(set(found) & set(other_stems), other))


def _parts(found: list[str]) -> set[str]:
    return {*found, *pairs(found)}


def _in_words(common: set[str], other: Case) -> list[str]:
    """The common stems as the other text writes them, longest first."""
    written = written_as(common, text_of(other))
    return sorted(written, key=lambda word: (-len(word), word))[:WORDS]
