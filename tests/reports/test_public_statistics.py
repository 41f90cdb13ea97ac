"""The attacker of the first tests knows the rule and everything that is published of a month."""

from collections import defaultdict
from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.statistics.figures import changed_by_few, happened, measure, withhold

SMALL = range(1, 5)


def measured(*, channels=(0,), kinds=(0, 0), topics=(0, 0), on_time=0, late=0, unknown=0, n=0):
    """Figures of a month as `measure` gives them."""
    answered = on_time + late + unknown
    return {
        "contacts": [{"key": f"c{i}", "n": n} for i, n in enumerate(channels)],
        "kinds": [{"key": f"k{i}", "n": n} for i, n in enumerate(kinds)],
        "topics": [{"key": f"t{i}", "n": n} for i, n in enumerate(topics)],
        "answers": {
            "on_time": on_time,
            "late": late,
            "unknown": unknown,
            "days": {"n": answered, "middle": 3.0, "long": 9, "longest": 30},
        },
        "surveys": [{"key": "skm", "n": n, "index": "80.00", "grade": "B"}],
    }


def numbers_of(figures):
    """Every count that the public can read."""
    lists = (figures["contacts"]["parts"], figures["cases"]["kinds"], figures["cases"]["topics"])
    yield from (row["n"] for rows in lists for row in rows)
    yield from (figures["contacts"]["n"], figures["cases"]["n"], figures["answers"]["n"])
    yield from (figures["answers"][key] for key in ("on_time", "late", "unknown"))


NUMBER = st.one_of(st.integers(0, 6), st.integers(0, 400))


@given(
    st.lists(NUMBER, min_size=2, max_size=11),
    st.lists(NUMBER, min_size=4, max_size=4),
    st.tuples(NUMBER, NUMBER, NUMBER),
    NUMBER,
)
def test_no_number_from_one_to_four_is_ever_published(channels, kinds, answers, n):
    on_time, late, unknown = answers
    figures = withhold(
        measured(
            channels=channels,
            kinds=kinds,
            topics=kinds,
            on_time=on_time,
            late=late,
            unknown=unknown,
            n=n,
        )
    )

    assert not [number for number in numbers_of(figures) if number in SMALL]


def test_no_small_number_of_late_answers_can_be_computed_from_its_month():
    by_view = defaultdict(set)
    for total in (*range(1, 21), 40, 97):
        for late, unknown in product(range(total + 1), repeat=2):
            if late + unknown <= total:
                answers = (total - late - unknown, late, unknown)
                view = withhold(measured(on_time=answers[0], late=answers[1], unknown=answers[2]))
                by_view[repr(view["answers"])].add(answers)

    for answers in by_view.values():
        for place in range(3):
            possible = {answer[place] for answer in answers}
            assert len(possible) > 1 or not possible & set(SMALL), answers


@pytest.mark.parametrize(
    ("on_time", "late", "told"),
    [(96, 4, 95), (99, 1, 95), (50, 3, 90), (19, 1, 80), (7, 1, None), (60, 40, None)],
)
def test_a_month_with_a_few_late_answers_still_tells_how_good_it_was(on_time, late, told):
    assert withhold(measured(on_time=on_time, late=late))["answers"]["at_least"] == told


def test_exact_numbers_are_told_where_nobody_is_few():
    figures = withhold(measured(channels=(10, 20), kinds=(6, 8), on_time=40, late=10, n=12))

    assert figures["contacts"]["n"] == 30
    assert figures["cases"]["n"] == 14
    assert figures["answers"] == {
        "n": 50,
        "on_time": 40,
        "late": 10,
        "unknown": 0,
        "at_least": None,
        "days": {"middle": 3.0, "long": 9},
    }
    [row] = figures["surveys"]
    assert (row["state"], row["index"], row["grade"]) == ("shown", "80.00", "B")


def test_the_index_of_four_people_is_not_published():
    [row] = withhold(measured(n=4))["surveys"]

    assert row == {"key": "skm", "index": None, "grade": "", "state": "withheld"}


@pytest.mark.parametrize("n", [0, 4, 5, 12])
def test_how_many_answered_a_survey_cannot_be_subtracted_from_a_report_of_the_quarter(n):
    [row] = withhold(measured(n=n))["surveys"]

    assert n not in row.values()
    assert "n" not in row


def test_durations_of_four_answers_are_not_published():
    assert withhold(measured(on_time=4))["answers"]["days"] is None


@pytest.mark.parametrize(("before", "after", "is_few"), [
    (10, 14, True), (10, 15, False), (10, 10, False), (10, 9, True), (0, 3, True),
])  # fmt: skip
def test_editions_that_differ_by_few_are_told_apart(before, after, is_few):
    old = withhold(measured(channels=(before, 50)))
    new = withhold(measured(channels=(after, 50)))

    assert changed_by_few(old, new) is is_few


def test_a_topic_that_was_added_later_is_no_difference_of_few():
    old, new = withhold(measured(topics=(9, 9))), withhold(measured(topics=(9, 9, 0)))

    assert changed_by_few(old, new) is False


@pytest.mark.django_db
def test_a_month_of_an_empty_office_holds_nothing():
    assert not happened(measure(date(2025, 3, 1)))
