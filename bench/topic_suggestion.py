"""How often the suggested topic is the one that a person gave: real reviews of M-Paspor, labelled
by hand before anything was tuned, with a part that was held out.

`python -m bench.topic_suggestion` trains on the part "latih" as the office's nightly job would, and
counts on the part "uji": beside the office's keyword rules alone and beside always saying the
commonest topic. Reviews of the stratum "acak" were drawn at random, those of "terarah" with a quota
for each topic that the keyword rules guess, so that rare topics appear.
"""

import csv
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

LABELLED = Path(__file__).with_name("data") / "labelled_reviews.csv"
TRAIN, TEST = "latih", "uji"
# What the rules say nothing about is, as they are used, a case without a topic: other matters.
OTHER = "lain"


@dataclass(frozen=True)
class Labelled:
    text: str
    topic: str
    part: str
    draw: str


def labelled() -> list[Labelled]:
    with LABELLED.open(encoding="utf-8", newline="") as file:
        return [Labelled(**row) for row in csv.DictReader(file)]


@dataclass(frozen=True)
class Score:
    """Of one way of suggesting: the topics that it names for each held-out text, best first."""

    name: str
    named: list[list[str]]

    def share(self, texts: Sequence[Labelled], places: int, draw: str = "") -> float:
        hits = [
            text.topic in named[:places]
            for text, named in zip(texts, self.named, strict=True)
            if not draw or text.draw == draw
        ]
        return sum(hits) / len(hits)


def scores(rows: Sequence[Labelled]) -> tuple[list[Labelled], list[Score], list[float]]:
    """The held-out texts, what each way names for them, and how sure the model is of its first."""
    from cases.topics.features import FeatureReader
    from cases.topics.regression import train

    reader = FeatureReader()
    known = [row for row in rows if row.part == TRAIN]
    asked = [row for row in rows if row.part == TEST]
    weights = train([(reader.features(row.text), row.topic) for row in known])
    likely = [weights.likely(reader.features(row.text)) for row in asked]
    commonest = [topic for topic, _n in Counter(row.topic for row in known).most_common(3)]
    return (
        asked,
        [
            Score("belajar", [[topic for topic, _share in one] for one in likely]),
            Score("kata kunci", [_by_rules(reader.rules, row.text) for row in asked]),
            Score("topik tersering", [commonest for _ in asked]),
        ],
        [one[0][1] for one in likely],
    )


def _by_rules(rules: Callable[[str], object], text: str) -> list[str]:
    return [getattr(rules(text), "code", OTHER)]


def report(rows: Sequence[Labelled]) -> str:
    asked, found, sureness = scores(rows)
    model = found[0]
    parts = Counter(row.part for row in rows)
    lines = [
        f"{parts[TRAIN]} texts to learn from, {parts[TEST]} held out, "
        f"{len({row.topic for row in rows})} topics.",
        "",
        f"{'':18} {'top 1':>7} {'top 3':>7} {'top 1, random draw only':>25}",
    ]
    for one in found:
        top3 = f"{one.share(asked, 3):7.1%}" if len(one.named[0]) > 1 else f"{'':7}"
        lines.append(
            f"{one.name:18} {one.share(asked, 1):7.1%} {top3} {one.share(asked, 1, 'acak'):25.1%}"
        )
    lines += ["", "How sure, in words, and how often that was right:"]
    lines += _calibration(asked, model, sureness)
    lines += [
        "",
        f"{'topic':28} {'held out':>8} {'precision':>9} {'recall':>7} {'rules: recall':>14}",
    ]
    lines += _by_topic(asked, model, found[1])
    lines += ["", "Confusions (said for what a person called), most frequent first:"]
    said = Counter(
        (named[0], row.topic)
        for row, named in zip(asked, model.named, strict=True)
        if named[0] != row.topic
    )
    lines += [f"  {n:3}  {wrong} for {right}" for (wrong, right), n in said.most_common(12)]
    return "\n".join(lines)


def _calibration(asked: Sequence[Labelled], model: Score, sureness: list[float]) -> list[str]:
    from cases.topics.suggesting import in_words

    of_words: dict[str, list[bool]] = {}
    for row, named, share in zip(asked, model.named, sureness, strict=True):
        of_words.setdefault(in_words(share), []).append(named[0] == row.topic)
    return [
        f"  {words:18} {len(hits):4} texts, right {sum(hits) / len(hits):6.1%}"
        for words, hits in sorted(of_words.items(), key=lambda one: -sum(one[1]) / len(one[1]))
    ]


def _by_topic(asked: Sequence[Labelled], model: Score, rules: Score) -> list[str]:
    lines = []
    for topic, n in Counter(row.topic for row in asked).most_common():
        right = sum(
            row.topic == topic == named[0] for row, named in zip(asked, model.named, strict=True)
        )
        by_rules = sum(
            row.topic == topic == named[0] for row, named in zip(asked, rules.named, strict=True)
        )
        said = sum(named[0] == topic for named in model.named)
        precision = f"{right / said:9.0%}" if said else f"{'—':>9}"
        lines.append(f"{topic:28} {n:8} {precision} {right / n:7.0%} {by_rules / n:14.0%}")
    return lines


def main() -> None:
    """With an office of its own, that lives as long as the measuring."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "DEBUG": "1",
            "DATABASE_URL": f"sqlite:///{folder}/portal.sqlite3",
            "DJANGO_SETTINGS_MODULE": "kanim_portal.settings",
        }
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        call_command("load_office", without_library=True, stdout=open(os.devnull, "w"))  # noqa: SIM115
        sys.stdout.write(report(labelled()) + "\n")


if __name__ == "__main__":
    main()
