from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.scoring import (
    PERCEPTION,
    SKM,
    SKM_BANDS,
    Rule,
    Threshold,
    band_of,
    lowest,
    margin_reached,
    rounded,
    sample_needed,
    score,
    written,
)

NINE = [f"U{number}" for number in range(1, 10)]
PRINTED = Rule(scale=4, factor=Fraction(25), printed_weight=Decimal("0.1100"), bands=SKM_BANDS)


def every(value: int, people: int = 7) -> dict[str, dict[int, int]]:
    return {code: {value: people} for code in NINE}


@pytest.mark.parametrize(
    ("value", "rule", "expected", "grade"),
    [
        (4, SKM, "100.00", "A"),
        (3, SKM, "75.00", "C"),
        (2, SKM, "50.00", "D"),
        (1, SKM, "25.00", "D"),
        (4, PRINTED, "99.00", "A"),
        (3, PRINTED, "74.25", "C"),
        (1, PRINTED, "24.75", "D"),
    ],
)
def test_an_office_that_everybody_answers_alike(value, rule, expected, grade):
    result = score(every(value), rule)

    assert (result.value, result.grade) == (Decimal(expected), grade)


def test_which_weight_was_used_can_be_printed():
    assert score(every(4), SKM).weight_words == "1/9"
    assert score(every(4), PRINTED).weight_words == "0,11"


# One survey reckoned by hand: sums of the answers of 20 people, U3 was left out by two of them and
# U8 by five.
BY_HAND = {
    "U1": {4: 10, 3: 8, 2: 2},  # 68 / 20 = 3.40
    "U2": {4: 5, 3: 10, 2: 4, 1: 1},  # 59 / 20 = 2.95
    "U3": {4: 2, 3: 9, 2: 6, 1: 1},  # 48 / 18 = 2.666…
    "U4": {4: 18, 3: 2},  # 78 / 20 = 3.90
    "U5": {4: 9, 3: 11},  # 69 / 20 = 3.45
    "U6": {4: 11, 3: 9},  # 71 / 20 = 3.55
    "U7": {4: 14, 3: 6},  # 74 / 20 = 3.70
    "U8": {4: 3, 3: 6, 2: 4, 1: 2},  # 40 / 15 = 2.666…
    "U9": {4: 4, 3: 12, 2: 4},  # 60 / 20 = 3.00
}
TABLE = [
    # code, n, sum, NRR, weighted by 1/9, value, grade
    ("U1", 20, 68, "3,400", "0,378", "85.00", "B"),
    ("U2", 20, 59, "2,950", "0,328", "73.75", "C"),
    ("U3", 18, 48, "2,667", "0,296", "66.67", "C"),
    ("U4", 20, 78, "3,900", "0,433", "97.50", "A"),
    ("U5", 20, 69, "3,450", "0,383", "86.25", "B"),
    ("U6", 20, 71, "3,550", "0,394", "88.75", "A"),
    ("U7", 20, 74, "3,700", "0,411", "92.50", "A"),
    ("U8", 15, 40, "2,667", "0,296", "66.67", "C"),
    ("U9", 20, 60, "3,000", "0,333", "75.00", "C"),
]


def test_a_survey_equals_its_table_by_hand():
    result = score(BY_HAND, SKM)

    printed = [
        (e.code, e.n, e.total, written(e.mean, 3), written(e.weighted, 3), str(e.value))
        for e in result.elements
    ]
    assert printed == [row[:-1] for row in TABLE]
    assert [e.band.grade for e in result.elements] == [row[-1] for row in TABLE]
    # 3.4 + 2.95 + 2.6667 + 3.9 + 3.45 + 3.55 + 3.7 + 2.6667 + 3 = 29.2833…, a ninth of it 3.2537…
    assert result.index == Fraction(1757, 540)
    assert (result.value, result.grade) == (Decimal("81.34"), "B")
    # 29.2833… × 0.11 × 25
    assert score(BY_HAND, PRINTED).value == Decimal("80.53")


@pytest.mark.parametrize(
    ("value", "grade", "words"),
    [
        ("25.00", "D", "Tidak baik"),
        ("64.99", "D", "Tidak baik"),
        ("65.00", "C", "Kurang baik"),
        ("76.60", "C", "Kurang baik"),
        ("76.61", "B", "Baik"),
        ("88.30", "B", "Baik"),
        ("88.31", "A", "Sangat baik"),
        ("100.00", "A", "Sangat baik"),
    ],
)
def test_each_edge_of_the_table_of_grades(value, grade, words):
    band = band_of(Decimal(value), SKM_BANDS)

    assert (band.grade, band.words) == (grade, words)


@pytest.mark.parametrize(
    ("total", "people", "value", "grade"),
    [
        (25996, 10_000, "64.99", "D"),
        (25997, 10_000, "64.99", "D"),  # 64.9925: between the columns of the printed table
        (25998, 10_000, "65.00", "C"),  # 64.995 is half a hundredth, and goes up
        (30640, 10_000, "76.60", "C"),
        (30641, 10_000, "76.60", "C"),  # 76.6025
        (30642, 10_000, "76.61", "B"),  # 76.605
        (30644, 10_000, "76.61", "B"),
        (35320, 10_000, "88.30", "B"),
        (35321, 10_000, "88.30", "B"),  # 88.3025
        (35322, 10_000, "88.31", "A"),  # 88.305
        (35324, 10_000, "88.31", "A"),
    ],
)
def test_the_gaps_of_the_printed_table_belong_to_a_grade(total, people, value, grade):
    low, more = divmod(total, people)
    answers = {code: {low: people - more, low + 1: more} for code in NINE}

    result = score(answers, SKM)

    assert (str(result.value), result.grade) == (value, grade)
    assert {(str(e.value), e.band.grade) for e in result.elements} == {(value, grade)}


def test_a_missing_answer_lowers_nothing():
    with_gap = {**every(4, people=9), "U3": {4: 1}}

    result = score(with_gap, SKM)

    assert result.value == Decimal("100.00")
    assert [e.n for e in result.elements] == [9, 9, 1, 9, 9, 9, 9, 9, 9]


def test_without_any_answer_to_an_element_there_is_no_index():
    result = score({**every(4), "U8": {}}, SKM)

    assert (result.index, result.value, result.grade) == (None, None, "")
    assert result.unanswered == ["U8"]
    assert result.elements[0].value == Decimal("100.00")


@pytest.mark.parametrize("answers", [{}, {code: {} for code in NINE}])
def test_nobody_answered(answers):
    result = score(answers, SKM)

    assert (result.value, result.grade) == (None, "")


@pytest.mark.parametrize("counts", [{5: 1}, {0: 1}, {3: -1}])
def test_an_answer_off_the_scale_is_a_mistake(counts):
    with pytest.raises(ValueError, match="U1"):
        score({"U1": counts}, SKM)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({6: 10}, "4.00"),
        ({1: 10}, "0.67"),
        ({5: 10}, "3.33"),
        ({6: 1, 5: 1}, "3.67"),
        ({6: 2, 5: 3}, "3.60"),  # 5.4 of 6: the first mean that reaches 3.60
        ({6: 40, 5: 61}, "3.60"),  # 5.396 of 6 is 3.5973, printed as 3.60
        ({6: 39, 5: 62}, "3.59"),
    ],
)
def test_perception_is_told_on_a_scale_of_four(answers, expected):
    result = score({f"K{number}": answers for number in range(5)}, PERCEPTION)

    assert result.value == Decimal(expected)
    assert result.weight_words == "1/5"


@pytest.mark.parametrize(
    ("value", "is_met"), [("3.59", False), ("3.60", True), ("4.00", True), (None, False)]
)
def test_a_threshold_is_met_from_its_value_on(value, is_met):
    threshold = Threshold("WBK", Decimal("3.60"))

    assert threshold.is_met(Decimal(value) if value else None) is is_met


def names(elements) -> list[str]:
    return [element.code for element in elements]


def test_the_three_lowest_begin_with_the_lowest():
    found = lowest(score(BY_HAND, SKM).elements)

    assert names(found.elements) == ["U3", "U8", "U2"]
    assert found.tied == ()


def test_a_tie_at_the_last_place_names_all_who_share_it():
    found = lowest(score({**BY_HAND, "U9": {3: 19, 2: 1}}, SKM).elements)

    assert names(found.elements) == ["U3", "U8", "U2", "U9"]
    assert names(found.tied) == ["U2", "U9"]


def test_means_that_only_look_the_same_are_no_tie():
    # 2.9500 and 2.9504…: the same in three decimals, but not the same.
    found = lowest(score({**BY_HAND, "U9": {3: 115, 2: 6}}, SKM).elements)

    assert names(found.elements) == ["U3", "U8", "U2"]


def test_elements_without_an_answer_are_not_the_lowest():
    found = lowest(score({"U1": {}, "U2": {3: 1}, "U3": {4: 1}}, SKM).elements)

    assert names(found.elements) == ["U2", "U3"]


@pytest.mark.parametrize(
    ("population", "needed"),
    [
        (0, 0),
        (1, 1),
        (10, 10),
        (50, 44),
        (100, 80),
        (200, 132),
        (300, 169),
        (400, 196),
        (500, 217),
        (1_000, 278),
        (1_500, 306),
        (2_000, 322),
        (3_000, 341),
        (5_000, 357),
        (10_000, 370),
        (50_000, 381),
        (100_000, 383),
    ],
)
def test_how_many_answers_a_population_needs(population, needed):
    assert sample_needed(population) == needed


@pytest.mark.parametrize(
    ("population", "n", "margin"),
    [
        (1_000, 278, "5.0"),
        (1_000, 100, "9.3"),
        (1_000, 1_000, "0.0"),
        (1_000, 1, "98.0"),
        (1, 1, "0.0"),
        (1_000, 0, None),
        (10, 11, None),
        (0, 0, None),
    ],
)
def test_how_exact_the_answers_are(population, n, margin):
    assert margin_reached(population, n) == (Decimal(margin) if margin else None)


@pytest.mark.parametrize(
    ("number", "expected"), [("1/3", "0.33"), ("1/8", "0.13"), ("5/1000", "0.01"), ("2", "2.00")]
)
def test_halves_go_up(number, expected):
    assert str(rounded(Fraction(number))) == expected


PEOPLE = st.lists(
    st.lists(st.none() | st.integers(1, 4), min_size=9, max_size=9), min_size=1, max_size=30
)


def counted(people: list[list[int | None]]) -> dict[str, dict[int, int]]:
    answers: dict[str, dict[int, int]] = {code: {} for code in NINE}
    for person in people:
        for code, value in zip(NINE, person, strict=True):
            if value:
                answers[code][value] = answers[code].get(value, 0) + 1
    return answers


@given(PEOPLE, st.randoms(use_true_random=False), st.permutations(NINE))
def test_neither_the_order_of_people_nor_of_elements_matters(people, random, codes):
    shuffled = random.sample(people, len(people))
    answers = counted(shuffled)

    again = score({code: answers[code] for code in codes}, SKM)

    assert again.index == score(counted(people), SKM).index


@given(PEOPLE)
def test_the_value_stays_within_its_bounds(people):
    result = score(counted(people), SKM)

    assert result.value is None or Decimal(25) <= result.value <= Decimal(100)
    assert all(e.mean is None or 1 <= e.mean <= 4 for e in result.elements)


@given(PEOPLE, st.integers(0, 29), st.integers(0, 8))
def test_a_better_answer_never_lowers_the_value(people, person, element):
    before = score(counted(people), SKM)
    better = [list(row) for row in people]
    row = better[person % len(people)]
    if row[element] not in (None, 4):
        row[element] += 1

    after = score(counted(better), SKM)

    assert before.index is None or after.index >= before.index
    assert before.value is None or after.value >= before.value


@given(PEOPLE, st.integers(2, 5))
def test_more_of_the_same_answers_change_nothing(people, times):
    assert score(counted(people * times), SKM).index == score(counted(people), SKM).index


@given(st.integers(1, 2_000_000))
def test_a_sample_is_never_larger_than_its_population(population):
    needed = sample_needed(population)

    assert 0 < needed <= min(population, 384)
    assert needed <= sample_needed(population + 1)
