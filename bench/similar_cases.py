"""How long the server takes to find the cases like one, among a million.

`bin/with-postgres python -m bench.similar_cases` seeds PostgreSQL with ten thousand cases of real
words in made-up order and pads them in SQL to BENCH_CASES (a million) with newer ones, whose marks
are those of the first in a steeply falling frequency, and with ten thousand copies of one text. It
prints how long keeping the marks took and how large they are, the times of `similar_to`, and how
many near copies of the first, oldest cases were found.
"""

import csv
import os
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

REVIEWS = Path(__file__).resolve().parents[1] / "channels" / "sample" / "reviews.csv"
CASES = int(os.environ.get("BENCH_CASES", "1000000"))
REAL = min(10_000, CASES // 4)
ASKED, NEAR_COPIES = 300, 200
COPIES = REAL
# How many different pairs of words there are, and how steeply their frequency falls.
PAIRS, STEEPNESS = 3_000_000, 4
MARKS = 12
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


def own_words(rng: random.Random) -> Iterator[str]:
    """A text of five to sixteen pieces for each case."""
    some = pieces()
    while True:
        yield " ".join(rng.sample(some, rng.randint(5, 16)))


def seed(texts: Iterator[str]) -> None:
    """The seeder's cases, each with a text of its own: the seeder itself knows but a few."""
    from django.core.management import call_command

    from cases.models import Case
    from kanim_portal.management.commands import seed_cases
    from kanim_portal.seeding import bulk

    write, at = bulk.write, bulk.columns(Case).index("narrative")

    def write_with_words(model: Any, rows: Any) -> None:
        if model is Case:
            rows = [(*row[:at], next(texts), *row[at + 1 :]) for row in rows]
        write(model, rows)

    # In one process, which has the words.
    seed_cases.WORTH_PROCESSES = REAL + 1
    bulk.write = write_with_words
    with (
        open(os.devnull, "w") as nowhere,
        bulk.without_indexes(seed_cases.tables()),
    ):
        call_command("seed_cases", REAL, yes=True, stdout=nowhere, stderr=nowhere)
    bulk.write = write


def pad() -> None:
    """Newer cases up to the whole number, in SQL; their marks go by how often the real ones are."""
    from django.db import connection

    from cases.models import Case

    names = [field.column for field in Case._meta.concrete_fields]
    made = {
        "id": "one.id",
        "reference": "'XX-' || one.id",
        "access_digest": "NULL",
        "received_at": "now() - (%(cases)s - one.id) * interval '2 minutes'",
    }
    columns = ", ".join(names)
    values = ", ".join(made.get(name, f"old.{name}") for name in names)
    numbers = {"real": REAL, "cases": CASES, "copies": CASES - COPIES, "pairs": PAIRS}
    numbers |= {"steepness": STEEPNESS, "marks": MARKS}
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        # As the seeder does: no trigger and no foreign-key check a row.
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(
            "CREATE TEMPORARY TABLE ranked AS SELECT mark, "
            "row_number() OVER (ORDER BY count(*) DESC, mark) - 1 AS place "
            "FROM cases_textmark GROUP BY mark"
        )
        cursor.execute(
            f"INSERT INTO cases_case ({columns}) SELECT {values} FROM "
            "(SELECT id, CASE WHEN id > %(copies)s THEN 1 ELSE id %% %(real)s + 1 END AS like_id "
            "FROM generate_series(%(real)s + 1, %(cases)s) AS id) AS one "
            "JOIN cases_case AS old ON old.id = one.like_id",
            numbers,
        )
        cursor.execute(
            "INSERT INTO cases_textmark (mark, case_id) "
            "SELECT DISTINCT coalesce(ranked.mark, drawn.place - 1000000000), drawn.id FROM "
            "(SELECT id, floor(%(pairs)s * power(random(), %(steepness)s))::int AS place "
            "FROM generate_series(%(real)s + 1, %(copies)s) AS id, generate_series(1, %(marks)s)) "
            "AS drawn LEFT JOIN ranked USING (place)",
            numbers,
        )
        cursor.execute(
            "INSERT INTO cases_textmark (mark, case_id) SELECT mark, id FROM cases_textmark, "
            "generate_series(%(copies)s + 1, %(cases)s) AS id WHERE case_id = 1",
            numbers,
        )
        cursor.execute("SET session_replication_role = origin")
        cursor.execute("ANALYZE")
        cursor.execute("SET statement_timeout = 15000")


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
    from cases.models import Case, TextMark
    from cases.similar import nearly_same, similar_to
    from kanim_portal.seeding import bulk
    from office.models import User

    rng = random.Random(7)
    seed(own_words(rng))
    took, done = timed(marks.keep_new)
    say(f"{done:,} cases marked in {took / 1000:.1f} s")
    with bulk.without_indexes([Case, TextMark]):
        pad()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), pg_total_relation_size('cases_textmark'), "
            "pg_total_relation_size('cases_case') FROM cases_textmark"
        )
        rows, size, beside = cursor.fetchone()
    say(f"{CASES:,} cases, {rows:,} marks: {size / 2**20:.0f} MiB beside {beside / 2**20:.0f}")

    users = {
        "all sections": User.objects.get(username="seed.verifikator"),
        "one section": User.objects.filter(username__startswith="seed.kepala.").first(),
    }
    pks = range(1, REAL + 1)
    worst = 0.0
    for who, user in users.items():
        assert user is not None
        asked = Case.objects.in_bulk(rng.sample(pks, ASKED))
        taken = [timed(partial(similar_to, case, user))[0] for case in asked.values()]
        worst = max(worst, statistics.quantiles(taken, n=100, method="inclusive")[94])
        say(f"similar_to, {who}: {p(taken)}")
    verifier = users["all sections"]
    assert verifier is not None
    copies = [Case.objects.get(pk=CASES - n) for n in range(ASKED)]
    taken = [timed(partial(similar_to, case, verifier))[0] for case in copies]
    say(f"similar_to, one of {COPIES:,} copies of one text: {p(taken)}")
    taken = []
    for _ in range(40):
        page = list(Case.objects.filter(pk__in=rng.sample(range(1, CASES - COPIES), 50)))
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
