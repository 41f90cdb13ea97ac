"""How long the server takes for a search among ten thousand texts, beside PostgreSQL's own
full-text search over the same texts.

`python -m bench.search_speed` measures on SQLite, and on PostgreSQL too where DATABASE_URL names
one (bin/with-postgres). Texts and questions are made of the words of real reviews.
"""

import csv
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
REVIEWS = ROOT / "channels" / "sample" / "reviews.csv"
PHRASES = ROOT / "tests" / "infocontent" / "search_phrases.csv"
TEXTS = int(os.environ.get("BENCH_TEXTS", "10000"))
QUESTIONS, WARM_UP = 400, 40
P95_MS, QUERIES, REBUILD_SECONDS = 50, 6, 60
ENDS = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")


def reviews() -> list[list[str]]:
    with REVIEWS.open(encoding="utf-8", newline="") as file:
        return [row["text"].split() for row in csv.DictReader(file)]


def fragment(rng: random.Random, texts: list[list[str]], least: int, most: int) -> str:
    """Some words that somebody wrote one after the other."""
    text = rng.choice(texts)
    length = rng.randint(least, most)
    begin = rng.randrange(max(len(text) - length, 0) + 1)
    return " ".join(text[begin : begin + length])


def questions() -> list[str]:
    """Every phrase of the test set, filled up with pieces of reviews."""
    rng, texts = random.Random(11), reviews()
    with PHRASES.open(encoding="utf-8", newline="") as file:
        found = [row["phrase"] for row in csv.DictReader(file)]
    while len(found) < QUESTIONS:
        piece = fragment(rng, texts, 2, 9)
        if len(piece) > 6:
            found.append(piece)
    rng.shuffle(found)
    return found


def seed(count: int) -> float:
    """So many published texts of sixty to two hundred words; the seconds of indexing them."""
    from django.utils import timezone

    from infocontent import search
    from infocontent.models import Item, Topic
    from infocontent.workflow import ItemState

    rng, texts, now = random.Random(5), reviews(), timezone.now()
    topics = list(Topic.objects.choosable())
    Item.objects.bulk_create(
        (
            Item(
                topic=rng.choice(topics),
                slug=f"bench-{number}",
                short_code=f"b{number:06}",
                title=fragment(rng, texts, 4, 9)[:120],
                body=". ".join(fragment(rng, texts, 4, 12) for _ in range(rng.randint(9, 24))),
                keywords=fragment(rng, texts, 5, 12)[:400],
                state=ItemState.LIVE,
                published_at=now,
                first_published_at=now,
            )
            for number in range(count)
        ),
        batch_size=1000,
    )
    begin = time.perf_counter()
    search.rebuild()
    return time.perf_counter() - begin


def times(run: Callable[[str], Any], asked: list[str]) -> dict[str, float]:
    """Milliseconds: the middle, and what ninety-five of a hundred stay below."""
    for question in asked[:WARM_UP]:
        run(question)
    taken = []
    for question in asked:
        begin = time.perf_counter()
        run(question)
        taken.append((time.perf_counter() - begin) * 1000)
    return {
        "p50": statistics.median(taken),
        "p95": statistics.quantiles(taken, n=100, method="inclusive")[94],
        "max": max(taken),
    }


def queries(ask: Callable[[str], None], question: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        ask(question)
    return sum(not query["sql"].lstrip().startswith(ENDS) for query in captured.captured_queries)


def set_up() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "kanim_portal.settings"
    import django
    from django.conf import settings

    # The files of the pages need not be collected to be named.
    settings.STORAGES["staticfiles"]["BACKEND"] = (
        "django.contrib.staticfiles.storage.StaticFilesStorage"
    )
    django.setup()


def fill() -> dict[str, Any]:
    """The empty database of DATABASE_URL."""
    from .measure import manage

    url = os.environ["DATABASE_URL"]
    manage("migrate", "-v0", url=url)
    manage("load_office", url=url)
    set_up()
    from django.db import connection

    from infocontent.models import Document, Posting, Term

    seconds = seed(TEXTS)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM (ANALYZE)")
    return {
        "rebuild": seconds,
        "documents": Document.objects.count(),
        "terms": Term.objects.count(),
        "postings": Posting.objects.count(),
    }


def ask_all() -> dict[str, Any]:
    """The filled one, as a web server would that has just started."""
    set_up()
    from django.db import connection
    from django.test import Client

    client, asked = Client(SERVER_NAME="127.0.0.1"), questions()

    def ask(question: str) -> None:
        response = client.get("/informasi/", {"q": question})
        if response.status_code != 200:
            raise SystemExit(f"/informasi/?q={question}: {response.status_code}")

    result: dict[str, Any] = {**times(ask, asked), "asked": len(asked)}
    # Twice: what is kept in memory for some seconds may just have been forgotten.
    result["queries"] = max(min(queries(ask, question) for _ in range(2)) for question in asked)
    if connection.vendor == "postgresql":
        result["floor"] = full_text(connection, asked)
    return result


def full_text(connection: Any, asked: list[str]) -> dict[str, dict[str, float]]:
    """PostgreSQL's own search, with all words (as it is used) and with any (as the portal's)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE bench_floor AS SELECT id, title, text, "
            "to_tsvector('indonesian', title || ' ' || text) AS words FROM infocontent_document"
        )
        cursor.execute("CREATE INDEX bench_floor_words ON bench_floor USING gin (words)")
        cursor.execute("VACUUM (ANALYZE) bench_floor")
        found = {}
        for name, wanted in {
            "all words": "plainto_tsquery('indonesian', %s)",
            "any word": "CAST(replace(CAST(plainto_tsquery('indonesian', %s) AS text), "
            "'&', '|') AS tsquery)",
        }.items():
            sql = (
                "SELECT id, title, text, ts_rank(words, q) "
                f"FROM bench_floor, (SELECT {wanted} AS q) AS asked "
                "WHERE words @@ q ORDER BY 4 DESC LIMIT 20"
            )
            found[name] = times(partial(_fetch, cursor, sql), asked)
        return found


def _fetch(cursor: Any, sql: str, question: str) -> None:
    cursor.execute(sql, [question])
    cursor.fetchall()


def measure(postgresql: str = "") -> dict[str, dict[str, Any]]:
    """On a SQLite of its own, and on an empty PostgreSQL database where one is named."""
    with tempfile.TemporaryDirectory() as folder:
        urls = {"SQLite": f"sqlite:///{folder}/portal.sqlite3"}
        if postgresql:
            urls["PostgreSQL"] = postgresql
        return {
            name: {**_child("--fill", url), **_child("--ask", url)} for name, url in urls.items()
        }


def _child(what: str, url: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "bench.search_speed", what],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": url},
        stdout=subprocess.PIPE,
        check=True,
    )
    return json.loads(done.stdout)


def text(results: dict[str, dict[str, Any]]) -> str:
    lines = []
    for name, row in results.items():
        lines.append(
            f"{name}: {row['asked']} searches among {row['documents']:,} documents "
            f"({row['postings']:,} postings of {row['terms']:,} terms): p50 {row['p50']:.1f} ms, "
            f"p95 {row['p95']:.1f} ms, longest {row['max']:.0f} ms, at most {row['queries']} "
            f"queries; index made anew in {row['rebuild']:.0f} s"
        )
        for what, floor in row.get("floor", {}).items():
            lines.append(
                f"  PostgreSQL's own, {what}: p50 {floor['p50']:.1f} ms, p95 {floor['p95']:.1f} ms"
            )
    return "\n".join(lines)


def main() -> None:
    if len(sys.argv) > 1:
        json.dump({"--fill": fill, "--ask": ask_all}[sys.argv[1]](), sys.stdout)
        return
    defaults = {
        "DEBUG": "0",
        "DEMO": "0",
        "HTTPS": "0",
        "ALLOWED_HOSTS": "127.0.0.1",
        "SITE_URL": "http://127.0.0.1",
        "LOG_LEVEL": "ERROR",
        "RATE_LIMIT_FACTOR": "100000",
        "SECRET_KEY": "only-for-measuring",
        "FIELD_KEY": "only-for-measuring-too",
    }
    for name, value in defaults.items():
        os.environ.setdefault(name, value)
    url = os.environ.get("DATABASE_URL", "")
    results = measure(url if url.startswith("postgres") else "")
    sys.stdout.write(f"load average {os.getloadavg()[0]:.1f}\n{text(results)}\n")


if __name__ == "__main__":
    main()
