"""The attacker of these tests knows the rule, the total and everything that is published."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.suppression import LEAST, is_small, published, withheld

NUMBERS = st.one_of(st.just(0), st.integers(1, 4), st.integers(0, 60))


def seen(numbers: list[int]) -> list[int | None]:
    """What a reader gets of the parts of a published total."""
    return [
        None if is_hidden else number
        for number, is_hidden in zip(numbers, withheld(numbers), strict=True)
    ]


def alternatives(numbers: list[int]):
    """Other numbers with the same total in the withheld places."""
    hidden = [place for place, gone in enumerate(withheld(numbers)) if gone]
    rest = sum(numbers[place] for place in hidden)
    # Moving any amount from one withheld place to another; and one place taking all but the least.
    for giver, taker in product(hidden, hidden):
        for amount in range(1, numbers[giver] + 1):
            other = list(numbers)
            other[giver] -= amount
            other[taker] += amount
            yield other
    for least, taker in product((0, 1), hidden):
        other = list(numbers)
        for place in hidden:
            other[place] = least
        other[taker] = rest - least * (len(hidden) - 1)
        yield other


@given(st.lists(NUMBERS, min_size=2, max_size=14).filter(lambda n: sum(n) >= LEAST))
def test_no_withheld_number_can_be_computed_from_what_is_published(numbers):
    view = seen(numbers)
    possible = [{number} for number in numbers]
    for other in alternatives(numbers):
        if min(other) >= 0 and seen(other) == view:
            for place, number in enumerate(other):
                possible[place].add(number)

    for place, number in enumerate(view):
        if number is None:
            assert len(possible[place]) > 1, (numbers, view, place)
        else:
            assert not is_small(number)


@pytest.mark.parametrize(("size", "most"), [(2, 14), (3, 12), (4, 9), (5, 7)])
def test_every_short_list_is_ambiguous_wherever_a_number_is_withheld(size, most):
    by_view: dict[tuple, list[tuple]] = {}
    for numbers in product(range(most + 1), repeat=size):
        if sum(numbers) < LEAST:
            continue
        # Where the reader sees all but one, the largest is bounded by the total itself.
        key = (sum(numbers), tuple(seen(list(numbers))))
        by_view.setdefault(key, []).append(numbers)
    for (total, view), all_numbers in by_view.items():
        if total > most:
            # Possibilities beyond the numbers tried here would only add to these.
            continue
        for place, number in enumerate(view):
            if number is None:
                assert len({numbers[place] for numbers in all_numbers}) > 1, (total, view)


def test_a_single_small_number_takes_its_neighbour_with_it():
    assert seen([20, 30, 3, 12]) == [20, 30, None, None]
    assert seen([20, 30, 12]) == [20, 30, 12]
    assert seen([0, 20, 3]) == [0, None, None]


def test_a_list_without_a_small_number_is_published_as_it_is():
    assert seen([5, 0, 9, 0]) == [5, 0, 9, 0]


def test_a_total_too_small_for_its_parts_is_not_divided():
    assert seen([5, 0, 0, 0, 0, 0]) == [None] * 6
    assert seen([1, 1, 1, 1, 1, 1]) == [None] * 6


def test_two_ones_take_a_third_along():
    assert seen([1, 1, 20, 30, 40, 50]) == [None, None, None, None, 40, 50]


def count(key: str, number: int, **by: list[dict]) -> dict:
    return {"key": key, "n": number, **({"by": by} if by else {})}


def figures(decided: list[int], undecided: list[int], grounds: list[int]) -> dict:
    """Full refusals, partly and other answers among those decided; a tree as of a report."""
    given_, partly, refused, other = decided
    requests = count(
        "permohonan",
        sum(decided) + sum(undecided),
        nasib=[
            count(
                "diputus",
                sum(decided),
                jawaban=[
                    count("diberikan_seluruhnya", given_),
                    count(
                        "menahan",
                        partly + refused,
                        isi=[count("sebagian", partly), count("ditolak", refused)],
                        alasan=[count("h", partly + refused), count("j", 0)],
                    ),
                    count("lainnya", other),
                ],
            ),
            count("belum_diputus", sum(undecided), isi=[count(f"u{n}", n) for n in undecided]),
        ],
    )
    objections = count("keberatan", 40, nasib=[count("diputus", 40, putusan=[count("x", 40)])])
    objections["overlapping"] = {
        "alasan": [count(f"a{place}", n) for place, n in enumerate(grounds)]
    }
    days = {"middle": 4, "long": 9, "longest": 10}
    return {
        "measured_at": "2027-02-01T09:00:00+07:00",
        "counts": {
            "permohonan": requests,
            "keberatan": objections,
            "sengketa": count("sengketa", 3, hasil=[count("a", 3), count("b", 0)]),
            "sisa": count("sisa", 2),
            "diputus_lagi": count("diputus_lagi", 1),
        },
        "times": {
            "permohonan": [
                {"key": "diberikan_seluruhnya", "n": given_, **days},
                {"key": "ditolak", "n": refused, **days},
                {"key": "semua", "n": sum(decided), **days},
            ],
            "keberatan": [{"key": "semua", "n": 40, **days}],
        },
    }


def walk(node: dict):
    yield node
    for kind in ("by", "overlapping"):
        for parts in node.get(kind, {}).values():
            for part in parts:
                yield from walk(part)


@given(
    st.lists(NUMBERS, min_size=4, max_size=4),
    st.lists(NUMBERS, min_size=3, max_size=3),
    st.lists(NUMBERS, min_size=7, max_size=7),
)
def test_nothing_small_is_published_and_nothing_below_what_is_withheld(decided, undecided, grounds):
    public = published(figures(decided, undecided, grounds))

    assert set(public["counts"]) == {"permohonan", "keberatan", "sengketa"}
    for root in public["counts"].values():
        for node in walk(root):
            assert node["n"] is None or not is_small(node["n"])
            if node["n"] is None:
                assert all(one["n"] is None for one in walk(node))
    for rows in public["times"].values():
        for row in rows:
            assert row["n"] is None or row["n"] == 0 or row["n"] >= LEAST
            assert row["n"] or "longest" not in row


def test_durations_of_a_withheld_class_are_withheld_with_it():
    rows = published(figures([50, 0, 3, 40], [10, 10, 10], [9] * 7))["times"]["permohonan"]

    assert [row["n"] for row in rows] == [None, None, 93]


def test_one_small_ground_withholds_all_grounds_of_objections():
    roots = published(figures([50, 10, 10, 40], [10, 10, 10], [9, 8, 0, 3, 7, 7, 7]))["counts"]

    assert {one["n"] for one in roots["keberatan"]["overlapping"]["alasan"]} == {None}


def test_a_small_number_of_disputes_is_not_divided():
    roots = published(figures([50, 10, 10, 40], [10, 10, 10], [9] * 7))["counts"]

    assert {node["n"] for node in walk(roots["sengketa"])} == {None}
