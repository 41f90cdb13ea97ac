"""The arithmetic of the surveys: counted answers in, exact fractions out. Nothing is rounded before
it is printed, and then halves go up, as a reader does it by hand.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor, isqrt

LOWEST = 3


@dataclass(frozen=True)
class Band:
    """One line of a table of grades; `upto` is the last value in it, None in the last line."""

    grade: str
    words: str
    upto: Decimal | None


# PermenPANRB 14/2017, annex. Its columns leave gaps (between 3.064 and 3.0644, say), so that only
# the value of two decimals is looked up, which falls into none of them.
SKM_BANDS = (
    Band("D", "Tidak baik", Decimal("64.99")),
    Band("C", "Kurang baik", Decimal("76.60")),
    Band("B", "Baik", Decimal("88.30")),
    Band("A", "Sangat baik", None),
)


@dataclass(frozen=True)
class Rule:
    """How an instrument is reckoned: answers are 1 to `scale`; each of its elements weighs the
    same, exactly or as it is printed (`printed_weight`); the sum of the weighted means times
    `factor` is the value.
    """

    scale: int
    factor: Fraction
    printed_weight: Decimal | None = None
    bands: tuple[Band, ...] = ()

    def weight(self, elements: int) -> Fraction:
        if self.printed_weight is not None:
            return Fraction(self.printed_weight)
        return Fraction(1, max(1, elements))

    def weight_words(self, elements: int) -> str:
        """The weight as the report states it: 1/9 or 0,11."""
        if self.printed_weight is None:
            return f"1/{elements}"
        return f"{self.printed_weight.normalize():f}".replace(".", ",")


SKM = Rule(scale=4, factor=Fraction(25), bands=SKM_BANDS)
# Perception indexes: the mean of answers from 1 to 6, told on a scale that ends at 4.
PERCEPTION = Rule(scale=6, factor=Fraction(4, 6))


@dataclass(frozen=True)
class ElementScore:
    """One element: `n` who answered it, and of their answers the mean (NRR), exact.

    `value` is the mean on the scale of the whole index, where the same table of grades holds.
    """

    code: str
    n: int
    total: int
    mean: Fraction | None
    weighted: Fraction | None
    value: Decimal | None
    band: Band | None


@dataclass(frozen=True)
class Score:
    """The whole of it; `index` is None as long as an element has no answer at all."""

    elements: tuple[ElementScore, ...]
    weight_words: str
    index: Fraction | None
    value: Decimal | None
    band: Band | None

    @property
    def grade(self) -> str:
        return self.band.grade if self.band else ""

    @property
    def unanswered(self) -> list[str]:
        return [element.code for element in self.elements if not element.n]


def score(answers: Mapping[str, Mapping[int, int]], rule: Rule) -> Score:
    """`answers`: of each element, by its code and in the order of the instrument, how often each
    value was given. A missing answer is in nobody's count, so that n may differ by element.
    """
    weight = rule.weight(len(answers))
    elements = tuple(_element(code, counts, weight, rule) for code, counts in answers.items())
    parts = [element.weighted for element in elements]
    whole = [part for part in parts if part is not None]
    index = sum(whole, Fraction(0)) if whole and len(whole) == len(parts) else None
    value = None if index is None else rounded(index * rule.factor)
    return Score(
        elements, rule.weight_words(len(answers)), index, value, band_of(value, rule.bands)
    )


def _element(code: str, counts: Mapping[int, int], weight: Fraction, rule: Rule) -> ElementScore:
    if any(not 1 <= value <= rule.scale or count < 0 for value, count in counts.items()):
        raise ValueError(f"answers to {code} must be counts of 1 to {rule.scale}")
    n = sum(counts.values())
    if not n:
        return ElementScore(code, 0, 0, None, None, None, None)
    total = sum(value * count for value, count in counts.items())
    mean = Fraction(total, n)
    value = rounded(mean * rule.factor)
    return ElementScore(code, n, total, mean, mean * weight, value, band_of(value, rule.bands))


def band_of(value: Decimal | None, bands: Sequence[Band]) -> Band | None:
    """The line of the table in which a value of two decimals stands."""
    if value is None:
        return None
    return next((band for band in bands if band.upto is None or value <= band.upto), None)


@dataclass(frozen=True)
class Lowest:
    """The elements to improve first, lowest first. Where the last place is shared, all who share it
    are named, and `tied` says who they are.
    """

    elements: tuple[ElementScore, ...]
    tied: tuple[ElementScore, ...]


def lowest(elements: Sequence[ElementScore], most: int = LOWEST) -> Lowest:
    """Compared exactly: two means that only look the same when printed are not a tie."""
    known = sorted(
        ((element.mean, place, element) for place, element in enumerate(elements) if element.mean),
        key=lambda one: one[:2],
    )
    if len(known) <= most:
        return Lowest(tuple(element for _mean, _place, element in known), ())
    limit = known[most - 1][0]
    named = tuple(element for mean, _place, element in known if mean <= limit)
    tied = tuple(element for element in named if element.mean == limit)
    return Lowest(named, tied if len(named) > most else ())


# Krejcie and Morgan (1970): chi-square of one degree of freedom at 95 %, the widest spread of
# opinions, and 5 % either way.
CHI_SQUARE = Fraction(3841, 1000)
SPREAD = Fraction(1, 4)
MARGIN = Fraction(5, 100)


def sample_needed(population: int) -> int:
    """How many answers stand for a population, rounded to the nearest as the printed table does;
    rounding up would ask for one more at most.
    """
    if population <= 0:
        return 0
    wanted = CHI_SQUARE * population * SPREAD
    return int(rounded(wanted / (MARGIN**2 * (population - 1) + CHI_SQUARE * SPREAD), 0))


def margin_reached(population: int, n: int) -> Decimal | None:
    """How far, in per cent either way at 95 %, n answers may lie from what the whole population
    would say. None where nothing can be said: without answers, or with more of them than people.
    """
    if n <= 0 or n > population:
        return None
    if population == 1:
        return Decimal("0.0")
    square = CHI_SQUARE * SPREAD * (population - n) / (n * (population - 1))
    # The root of a fraction in millionths, by whole numbers only.
    millionths = isqrt(floor(square * 10**12))
    return rounded(Fraction(millionths, 10**4), 1)


@dataclass(frozen=True)
class Threshold:
    """A value that somebody asks for, for example WBK: IPAK of 3.60 at least."""

    name: str
    least: Decimal

    def is_met(self, value: Decimal | None) -> bool:
        return value is not None and value >= self.least


def rounded(number: Fraction | Decimal, places: int = 2) -> Decimal:
    """Halves go up; exact before it."""
    scaled = floor(Fraction(number) * 10**places + Fraction(1, 2))
    return Decimal(scaled).scaleb(-places)


def written(number: Fraction | Decimal | None, places: int = 2, mark: str = ",") -> str:
    """With an Indonesian comma; a dash where there is no number."""
    return "–" if number is None else f"{rounded(number, places)}".replace(".", mark)
