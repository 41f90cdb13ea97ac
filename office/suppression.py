"""Which numbers of a list the public may read: none from one to four, and none that could be
computed from the others.
"""

LEAST = 5


def is_small(number: int) -> bool:
    return 0 < number < LEAST


def withheld(numbers: list[int]) -> list[bool]:
    """Which of the parts of a published number are not published."""
    total = sum(numbers)
    if 0 < total <= len(numbers) and len(numbers) > 1:
        return [True] * len(numbers)
    places = [place for place, number in enumerate(numbers) if number]
    pairs = _pairs(places)
    hidden = [pair for pair in pairs if any(is_small(numbers[place]) for place in pair)]
    if hidden and sum(numbers[p] for pair in hidden for p in pair) == sum(map(len, hidden)):
        shown = [pair for pair in pairs if pair not in hidden]
        hidden += shown[:1]
    gone = {place for pair in hidden for place in pair}
    return [place in gone for place in range(len(numbers))]


def _pairs(places: list[int]) -> list[list[int]]:
    if len(places) < 2:
        return []
    pairs = [places[start : start + 2] for start in range(0, len(places) - 1, 2)]
    if len(places) % 2:
        pairs[-1] = [*pairs[-1], places[-1]]
    return pairs
