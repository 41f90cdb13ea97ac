"""How long the server takes to find the cases like one, among a million.

`bin/with-postgres python -m bench.similar_cases` seeds PostgreSQL (BENCH_CASES, a million), gives
the cases real words, adds near copies of known ones and ten thousand of one text, and keeps the
marks. It prints how long that took and how large they are, the times of `similar_to`, and how many
of the near copies were found.
"""

import csv
import os
import random
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

REVIEWS = Path(__file__).resolve().parents[1] / "channels" / "sample" / "reviews.csv"
CASES = int(os.environ.get("BENCH_CASES", "1000000"))
ASKED, NEAR_COPIES, COPIES = 400, 200, 10_000
P95_MS = 50


def pieces() -> list[str]:
    """Stretches of two to five words that somebody wrote."""
    with REVIEWS.open(encoding="utf-8", newline="") as file:
        texts = [row["text"].split() for row in csv.DictReader(file)]
    rng, found = random.Random(3), []
    for text in texts:
        at = 0
        while at < len(text):
            size = rng.randint(2, 5)
            found.append(" ".join(text[at : at + size]))
            at += size
    return [piece for piece in found if len(piece) > 6]


def own_words(rng: random.Random) -> Callable[[int], str]:
    """A text of five to sixteen pieces for each case; every so many-th is the same one."""
    some = pieces()
    template = ". ".join(rng.sample(some, 9))

    def text(number: int) -> str:
        # The numbers of drawing stay the same, whoever asks for them.
        drawn = rng.sample(some, rng.randint(5, 16))
        return template if number % (CASES // COPIES) == 0 else " ".join(drawn)

    return text


def seed(text: Callable[[int], str]) -> None:
    """The seeder's cases, each with a text of its own: the seeder itself knows but a few."""
    from django.core.management import call_command

    from cases.models import Case
    from kanim_portal.management.commands import seed_cases
    from kanim_portal.seeding import bulk

    write, at, numbers = bulk.write, bulk.columns(Case).index("narrative"), count()

    def write_with_words(model: Any, rows: Any) -> None:
        if model is Case:
            rows = [(*row[:at], text(next(numbers)), *row[at + 1 :]) for row in rows]
        write(model, rows)

    # In one process, which has the words.
    seed_cases.WORTH_PROCESSES = CASES + 1
    bulk.write = write_with_words
    with (
        open(os.devnull, "w") as nowhere,
        bulk.without_indexes(seed_cases.tables()),
    ):
        call_command("seed_cases", CASES, yes=True, stdout=nowhere, stderr=nowhere)
    bulk.write = write


def near_copy(rng: random.Random, text: str) -> str:
    """The same with one word in eight gone and a greeting before it."""
    words = [word for word in text.split() if rng.random() > 1 / 8]
    return " ".join(["Selamat", "pagi", "min,", *words])


def p(taken: list[float]) -> str:
    cuts = statistics.quantiles(taken, n=100, method="inclusive")
    return f"p50 {statistics.median(taken):.1f} ms, p95 {cuts[94]:.1f} ms, max {max(taken):.1f} ms"


def timed(run: Callable[[], Any]) -> tuple[float, Any]:
    begin = time.perf_counter()
    result = run()
    return (time.perf_counter() - begin) * 1000, result


def say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


def set_up() -> None:
    os.environ |= {"DEBUG": "1", "DJANGO_SETTINGS_MODULE": "kanim_portal.settings"}
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    # What was asked is not to be collected for every one of a million rows.
    settings.DEBUG = False
    with open(os.devnull, "w") as nowhere:
        call_command("migrate", verbosity=0)
        call_command("load_office", without_library=True, stdout=nowhere)


def main() -> int:
    set_up()
    from django.db import connection

    from cases import marks
    from cases.models import Case
    from cases.similar import nearly_same, similar_to
    from office.models import User

    rng = random.Random(7)
    seed(own_words(rng))
    took, done = timed(marks.keep_new)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        cursor.execute(
            "SELECT count(*), pg_total_relation_size('cases_textmark') FROM cases_textmark"
        )
        rows, size = cursor.fetchone()
    say(f"{done:,} cases marked in {took / 1000:.0f} s: {rows:,} marks, {size / 2**20:.0f} MiB")

    users = {
        "all sections": User.objects.get(username="seed.verifikator"),
        "one section": User.objects.filter(username__startswith="seed.kepala.").first(),
    }
    pks = list(Case.objects.order_by("pk").values_list("pk", flat=True))
    worst = 0.0
    for who, user in users.items():
        assert user is not None
        asked = Case.objects.in_bulk(rng.sample(pks, ASKED))
        taken = [timed(partial(similar_to, case, user))[0] for case in asked.values()]
        worst = max(worst, statistics.quantiles(taken, n=100, method="inclusive")[94])
        say(f"similar_to, {who}: {p(taken)}")
    verifier = users["all sections"]
    assert verifier is not None
    copies = [Case.objects.get(pk=pk) for pk in pks[:: len(pks) // COPIES][:ASKED]]
    taken = [timed(partial(similar_to, case, verifier))[0] for case in copies]
    say(f"similar_to, one of {COPIES:,} copies of one text: {p(taken)}")
    taken = []
    for _ in range(40):
        page = list(Case.objects.filter(pk__in=rng.sample(pks, 50)))
        taken.append(timed(partial(nearly_same, page, verifier))[0])
    say(f"nearly_same, a list of 50: {p(taken)}")

    originals = Case.objects.in_bulk(rng.sample(pks, NEAR_COPIES))
    found = 0
    for original in originals.values():
        copy = Case(pk=0, subject="Lain", narrative=near_copy(rng, original.narrative))
        found += original.pk in {one.case.pk for one in similar_to(copy, verifier)}
    say(f"near copies whose original is among the first five: {found} of {NEAR_COPIES}")
    return int(worst > P95_MS)


if __name__ == "__main__":
    sys.exit(main())
