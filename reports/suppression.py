"""What the public may read of the figures: no number from one to four, and none that could be
computed from the others.

The figures form a tree (counts.Count). Every list of parts that adds up to a published number is
treated on its own, by a rule that a reader who knows it cannot turn round:

1. A number from 1 to 4 is withheld, and nothing below a withheld number is published.
2. A number that is at most as large as the list of its parts is not divided at all.
3. Otherwise the parts that are not zero form pairs by their place in the list (the last three a
   triple if their number is odd), and a pair with a number from 1 to 4 is withheld as a whole. If
   then all withheld parts had to be ones, the next pair is withheld with them.

Which numbers may have stood there is more than one possibility for each of them, as
tests/reports/test_suppression.py counts out. Lists in which a case may appear several times do not
add up: there one small number withholds all of them.
"""

from typing import Any

from office.suppression import LEAST, is_small, withheld


def published(figures: dict[str, Any]) -> dict[str, Any]:
    """The figures of the public edition; a number that is withheld is None.

    What the period began with is last year's open rest under another name, and what was decided
    again belongs to other years' requests: neither is published, lest two reports give away what
    each of them withholds.
    """
    counts = {key: _root(figures["counts"][key]) for key in ("permohonan", "keberatan", "sengketa")}
    return {
        "measured_at": figures["measured_at"],
        "counts": counts,
        "times": {
            key: [_time(row, _answers(counts[key])) for row in rows]
            for key, rows in figures["times"].items()
        },
    }


def _root(count: dict[str, Any]) -> dict[str, Any]:
    return _gone(count) if is_small(count["n"]) else _shown(count)


def _shown(count: dict[str, Any]) -> dict[str, Any]:
    """A figure whose number is published, with what may be told of its parts."""
    result = {**count}
    if parts := count.get("by"):
        result["by"] = {name: _divided(counts) for name, counts in parts.items()}
    if lists := count.get("overlapping"):
        result["overlapping"] = {
            name: [_gone(one) for one in counts]
            if any(is_small(one["n"]) for one in counts)
            else counts
            for name, counts in lists.items()
        }
    return result


def _divided(counts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    hidden = withheld([one["n"] for one in counts])
    return [
        _gone(one) if is_hidden else _shown(one)
        for one, is_hidden in zip(counts, hidden, strict=True)
    ]


def _gone(count: dict[str, Any]) -> dict[str, Any]:
    """The figure without its number, and all that would divide it likewise."""
    result = {**count, "n": None}
    for kind in ("by", "overlapping"):
        if parts := count.get(kind):
            result[kind] = {name: [_gone(one) for one in counts] for name, counts in parts.items()}
    return result


def _answers(root: dict[str, Any]) -> dict[str, int | None]:
    """The published numbers of decided cases by class, and of all of them as "semua"."""
    decided = root["by"]["nasib"][0]
    numbers: dict[str, int | None] = {"semua": decided["n"]}
    for answer in decided["by"].get("jawaban") or decided["by"]["putusan"]:
        numbers[answer["key"]] = answer["n"]
        for part in answer.get("by", {}).get("isi", []):
            numbers[part["key"]] = part["n"]
    return numbers


def _time(row: dict[str, Any], numbers: dict[str, int | None]) -> dict[str, Any]:
    """Durations of a class only where its number is published and covers enough of them."""
    number = numbers.get(row["key"])
    if number == 0:
        return {"key": row["key"], "n": 0}
    # Where some durations are not known, how many are would be one more number of the same cases.
    is_told = number is not None and row["n"] == number >= LEAST
    return row if is_told else {"key": row["key"], "n": None}
