"""What the answers say: by month, by service, by element. Counted in the database; only sums of
equal answers come into memory, however many people answered.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count

from office.calendar import today

from . import scoring
from .models import Answer, Instrument, Response, ResponseQuerySet, SurveyReport
from .period import Period, months_of
from .scoring import Rule, Score


@dataclass(frozen=True)
class Scope:
    """Whose answers: to one instrument, in the months from `first` to `last`, for one service or
    for all of them.
    """

    instrument: str
    first: date
    last: date
    service: str = ""

    @classmethod
    def of(cls, instrument: str, period: Period, service: str = "") -> "Scope":
        return cls(instrument, period.first, period.last_month, service)

    def responses(self, versions: Iterable[Instrument] | None = None) -> ResponseQuerySet:
        if versions is None:
            versions = Instrument.objects.filter(code=self.instrument)
        found = Response.objects.filter(
            instrument__in=versions, month__gte=self.first, month__lte=self.last
        )
        return found.filter(service=self.service) if self.service else found


@dataclass
class Tally:
    """How often each answer was given, apart by whether it was flagged, and by version."""

    people: Counter[bool] = field(default_factory=Counter)
    # Flagged, version, element: how often each value was given.
    answers: dict[tuple[bool, int, str], Counter[int]] = field(
        default_factory=lambda: defaultdict(Counter)
    )

    def version(self, versions: list[Instrument], *, with_flagged: bool = False) -> Instrument:
        """The newest version that anybody answered; the newest of all where nobody did."""
        used = {key[1] for key in self.answers if with_flagged or not key[0]}
        return next((version for version in versions if version.pk in used), versions[0])

    def score(
        self,
        versions: list[Instrument],
        *,
        with_flagged: bool = False,
        weight: str = "",
    ) -> Score:
        """By the version of the tally, with the answers to other versions that asked the same on
        the same scale; `weight` is a WeightRule other than the version's own.
        """
        version = self.version(versions, with_flagged=with_flagged)
        alike = {one.pk for one in versions if one.scale == version.scale}
        answers: dict[str, Counter[int]] = {one.code: Counter() for one in in_order(version)}
        for (is_flagged, one, code), counts in self.answers.items():
            if (with_flagged or not is_flagged) and one in alike and code in answers:
                answers[code].update(counts)
        return scoring.score(answers, rule_of(version, weight))

    def number(self, *, with_flagged: bool = False) -> int:
        return self.people.total() if with_flagged else self.people[False]


@dataclass(frozen=True)
class MonthIndex:
    """`n` people answered in the month; `index` is None where an element has no answer."""

    month: date
    n: int
    index: Decimal | None
    grade: str


@dataclass(frozen=True)
class Part:
    """One service of the period."""

    key: str
    n: int
    index: Decimal | None
    grade: str


@dataclass(frozen=True)
class Result:
    """A period's result as it is shown, and the same with the flagged answers the other way round.

    `n` and `score` follow the switch; `flagged` is how many answers are flagged.
    """

    instrument: Instrument
    with_flagged: bool
    n: int
    score: Score
    flagged: int
    other_n: int
    other: Score
    # Reckoned with the weight the other way: as it is printed where it is exact, and vice versa.
    reckoned_otherwise: Score


def versions_of(code: str) -> list[Instrument]:
    """The versions of an instrument so far, the newest first, with what they are reckoned by."""
    found = Instrument.objects.filter(code=code, valid_from__lte=today()).order_by("-valid_from")
    return list(found.prefetch_related("elements", "bands", "thresholds"))


def in_order(instrument: Instrument) -> list[Any]:
    """The elements by their code: U1 to U9, whatever the order on the form."""
    return sorted(instrument.elements.all(), key=lambda one: (len(one.code), one.code))


def rule_of(instrument: Instrument, weight: str = "") -> Rule:
    is_printed = (weight or instrument.weight_rule) == Instrument.WeightRule.PRINTED
    bands = sorted(instrument.bands.all(), key=lambda band: band.upper)
    return Rule(
        scale=instrument.scale,
        factor=instrument.factor,
        printed_weight=instrument.printed_weight if is_printed else None,
        bands=tuple(scoring.Band(band.grade, band.label, band.upper) for band in bands),
    )


def result_of(scope: Scope, versions: list[Instrument], *, with_flagged: bool = False) -> Result:
    """`versions` are those of the scope's instrument; at least one."""
    tally = _tallies(scope, versions).get(None, Tally())
    instrument = tally.version(versions, with_flagged=with_flagged)
    exact, printed = Instrument.WeightRule
    other_weight = exact if instrument.weight_rule == printed else printed
    return Result(
        instrument=instrument,
        with_flagged=with_flagged,
        n=tally.number(with_flagged=with_flagged),
        score=tally.score(versions, with_flagged=with_flagged),
        flagged=tally.people[True],
        other_n=tally.number(with_flagged=not with_flagged),
        other=tally.score(versions, with_flagged=not with_flagged),
        reckoned_otherwise=tally.score(versions, with_flagged=with_flagged, weight=other_weight),
    )


def monthly_indexes(
    instrument_code: str,
    first: date,
    last: date,
    *,
    service: str = "",
    with_flagged: bool = False,
    versions: list[Instrument] | None = None,
) -> list[MonthIndex]:
    """Every month from one to the other, also those without an answer, in ascending order."""
    versions = versions_of(instrument_code) if versions is None else versions
    months = months_of(first, last)
    if not versions:
        return [MonthIndex(month, 0, None, "") for month in months]
    scope = Scope(instrument_code, first, last, service)
    tallies = _tallies(scope, versions, by="month")
    found = []
    for month in months:
        tally = tallies.get(month, Tally())
        score = tally.score(versions, with_flagged=with_flagged)
        n = tally.number(with_flagged=with_flagged)
        found.append(MonthIndex(month, n, score.value, score.grade))
    return found


def by_service(
    scope: Scope, versions: list[Instrument], *, with_flagged: bool = False
) -> list[Part]:
    """Each service that anybody answered about, by its code; the empty one was not told."""
    parts = []
    for key, tally in sorted(_tallies(scope, versions, by="service").items()):
        if n := tally.number(with_flagged=with_flagged):
            score = tally.score(versions, with_flagged=with_flagged)
            parts.append(Part(key, n, score.value, score.grade))
    return parts


PROFILE = ("sex", "age", "education", "occupation", "hours", "source")


def profile_of(scope: Scope, *, with_flagged: bool = False) -> dict[str, Counter[str]]:
    """Who answered: of each question of PROFILE, how often each answer was given; an empty answer
    is one that was left out.
    """
    people = scope.responses()
    people = people if with_flagged else people.counted()
    profile: dict[str, Counter[str]] = {name: Counter() for name in PROFILE}
    for *answers, n in people.order_by().values_list(*PROFILE).annotate(n=Count("pk")):
        for name, answer in zip(PROFILE, answers, strict=True):
            profile[name][answer] += n
    return profile


def comments_of(scope: Scope, *, with_flagged: bool = False) -> ResponseQuerySet:
    """Answers with a comment, the newest month first."""
    people = scope.responses().with_comment()
    people = people if with_flagged else people.counted()
    return people.select_related("comment_topic").order_by("-month", "-pk")


def comment_topics(scope: Scope, *, with_flagged: bool = False) -> list[tuple[str, int]]:
    """The topics of the comments, the most frequent first; "" are those without one."""
    comments = comments_of(scope, with_flagged=with_flagged).select_related(None)
    counted = comments.order_by().values_list("comment_topic__name").annotate(n=Count("pk"))
    return sorted(((name or "", n) for name, n in counted), key=lambda one: (-one[1], one[0]))


def published(instrument_code: str = "") -> list[SurveyReport]:
    """The results that everybody may read, the newest period first; of each only the last edition.

    Each has `instrument`, `period`, `public_figures` and an address.
    """
    reports = SurveyReport.objects.public().order_by("-first_month", "months", "instrument")
    return list(reports.filter(instrument=instrument_code) if instrument_code else reports)


def _tallies(scope: Scope, versions: list[Instrument], by: str | None = None) -> dict[Any, Tally]:
    """Two statements: people, and answers, each grouped by `by`, a column of Response."""
    codes = {element.pk: element.code for one in versions for element in one.elements.all()}
    people = scope.responses(versions).order_by()
    tallies: dict[Any, Tally] = defaultdict(Tally)
    keys = [by] if by else []
    for *key, flagged, n in people.values_list(*keys, "is_flagged").annotate(n=Count("pk")):
        tallies[key[0] if by else None].people[flagged] += n
    answers = Answer.objects.filter(
        response__instrument__in=versions,
        response__month__gte=scope.first,
        response__month__lte=scope.last,
    )
    if scope.service:
        answers = answers.filter(response__service=scope.service)
    columns = [f"response__{name}" for name in (*keys, "is_flagged", "instrument_id")]
    rows = answers.order_by().values_list(*columns, "element_id", "value")
    for *key, flagged, version, element, value, n in rows.annotate(n=Count("*")):
        tally = tallies[key[0] if by else None]
        tally.answers[flagged, version, codes[element]][value] += n
    return tallies
