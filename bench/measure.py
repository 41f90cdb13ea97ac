"""Measures the portal beside a bare Django site and says whether the bounds hold: see README.md."""

import contextlib
import csv
import http.client
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg

from . import client, recap, registers, report, search_speed, weight
from .boards import BOARDS, EVERY_SECONDS, share_of_a_core

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "channels" / "sample" / "reviews.csv"
SMALL = 10_000
CASES = int(os.environ.get("BENCH_CASES", "1000000"))
IMPORTED = 11_808
CLIENTS = 8
ROUNDS, POSTS, PAGES = 7, 240, 40
STEPS = {
    "pengaduan": ["peristiwa", "harapan", "lampiran", "pelapor"],
    "permohonan": ["informasi", "pemohon", "identitas", "lampiran"],
    "tanya": ["pertanyaan", "lampiran", "kontak"],
}
WEIGHED = [
    "/",
    *(f"/{kind}/" for kind in STEPS),
    *(f"/{kind}/{step}/" for kind, steps in STEPS.items() for step in steps),
    "/lacak/",
    "/lacak/lupa-kode/",
    "/privasi/",
    "/informasi/",
    "/informasi/biaya-paspor/",
    "/informasi/dip/",
]


def say(text: str) -> None:
    sys.stderr.write(f"{time.strftime('%H:%M:%S')} {text}\n")


def manage(*arguments: str, url: str, **environment: str) -> float:
    """Run a command of the portal; the seconds it took."""
    begin = time.perf_counter()
    subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": url, **environment},
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return time.perf_counter() - begin


def sql(url: str, *statements: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)


def beside(url: str, name: str) -> str:
    """The address of another database of the same server."""
    return urlsplit(url)._replace(path=f"/{name}").geturl()


@contextlib.contextmanager
def served(application: str, folder: Path, url: str) -> Iterator[int]:
    """Gunicorn with two workers and four threads each; the port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}"),
            *("--workers", "2", "--threads", "4", "--timeout", "120", "--log-level", "warning"),
        ],
        cwd=folder,
        env={**os.environ, "DATABASE_URL": url},
    )
    try:
        for _ in range(150):
            with contextlib.suppress(OSError):
                http.client.HTTPConnection("127.0.0.1", port, timeout=20).request("GET", "/")
                break
            if server.poll() is not None:
                raise SystemExit(f"{application} did not start")
            time.sleep(0.2)
        yield port
    finally:
        server.terminate()
        server.wait()


def prepared(url: str, seed: int, numbers: int, drafts: int) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "bench.portal", str(seed), str(numbers), str(drafts)],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": url},
        stdout=subprocess.PIPE,
        check=True,
    )
    return json.loads(done.stdout)


def measure_import() -> float:
    """So many rows as the file of real reviews has, on SQLite."""
    with tempfile.TemporaryDirectory() as folder, SAMPLE.open(encoding="utf-8", newline="") as file:
        texts = [row["text"] for row in csv.DictReader(file)]
        path, url = Path(folder) / "rows.csv", f"sqlite:///{folder}/portal.sqlite3"
        begin = datetime(2024, 1, 8, 3, 0)  # noqa: DTZ001 - as in the file, which names no zone
        with path.open("w", encoding="utf-8", newline="") as target:
            writer = csv.writer(target)
            writer.writerow(["at", "score", "text"])
            for n in range(IMPORTED):
                at = begin + timedelta(minutes=97 * n)
                writer.writerow([at.isoformat(sep=" "), 1 + n % 5, texts[n % len(texts)]])
        manage("migrate", "-v0", url=url)
        manage("load_office", url=url)
        return manage("import_cases", str(path), "--source", "bench", "--max-score", "5", url=url)


def fill(url: str) -> tuple[str, float]:
    """A small and a large database; the small one's address and the seconds of seeding."""
    small = beside(url, "portal_small")
    manage("migrate", "-v0", url=url)
    manage("load_office", url=url)
    manage("load_holidays", "2021", "2022", "2023", url=url)
    seconds = manage("seed_cases", str(SMALL), "--yes", "--seed", "1", url=url)
    sql(
        beside(url, "postgres"), f'CREATE DATABASE portal_small TEMPLATE "{urlsplit(url).path[1:]}"'
    )
    seconds += manage("seed_cases", str(CASES - SMALL), "--yes", "--seed", "2", url=url)
    for each in (url, small):
        sql(each, "VACUUM (ANALYZE)", "CHECKPOINT")
    return small, seconds


def measure_search(url: str) -> dict[str, Any]:
    """Among ten thousand texts on both databases, and how well the first texts are found."""
    database = beside(url, "library")
    sql(beside(url, "postgres"), "CREATE DATABASE library")
    quality = subprocess.run(
        [sys.executable, "-m", "bench.search_quality", "--json"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        check=True,
    )
    return {
        "speed": search_speed.measure(postgresql=database),
        "quality": json.loads(quality.stdout),
    }


def measure_registers(url: str) -> dict[str, dict[str, Any]]:
    """A year of a hundred thousand requests as files, on both databases."""
    sql(beside(url, "postgres"), "CREATE DATABASE registers")
    return registers.measure(postgresql=beside(url, "registers"))


def measure_recap(url: str) -> dict[str, Any]:
    """In a database of its own, gone afterwards: it is the largest."""
    server = beside(url, "postgres")
    sql(server, "CREATE DATABASE recap")
    found = recap.measure(beside(url, "recap"))
    sql(server, "DROP DATABASE recap")
    return found


def measure_intake(portal: int, floor: int, drafts: list[dict[str, str]]) -> list[dict[str, float]]:
    """Alternating rounds: the portal's last step, the floor's form, the same clients and server."""
    rounds = []
    for number in range(ROUNDS + 1):
        sends = [client.send_draft(drafts.pop()) for _ in range(POSTS)]
        ours = client.rate(portal, sends, CLIENTS)
        bare = client.rate(floor, [client.floor_form()] * POSTS, CLIENTS)
        if number:  # the first one warms up
            rounds.append({"portal": ours, "floor": bare, "ratio": ours / bare})
    return rounds


def measure_pages(
    sides: dict[str, tuple[int, dict[str, Any]]],
) -> dict[str, list[dict[str, float]]]:
    """Alternating rounds: the same page of the small and of the large office, one client."""
    results: dict[str, list[dict[str, float]]] = {}
    for number in range(ROUNDS + 1):
        times: dict[str, dict[str, float]] = {}
        for side, (port, facts) in sides.items():
            pages = {
                "tracking: open by code": (
                    client.open_case(*case) for case in facts["followed"][:PAGES]
                ),
                "tracking: the page": (client.tracked_case(c) for c in facts["tracked"][:PAGES]),
                **{
                    f"desk list, {who}": iter([client.desk_list(cookies)] * PAGES)
                    for who, cookies in facts["desk"].items()
                },
            }
            for page, requests in pages.items():
                times.setdefault(page, {})[side] = client.median_ms(port, requests)
        if number:
            for page, both in times.items():
                row = {**both, "ratio": both["large"] / both["small"]}
                results.setdefault(page, []).append(row)
    return results


def main() -> None:
    url = os.environ["DATABASE_URL"]
    began, load = datetime.now().astimezone(), os.getloadavg()
    say(f"import of {IMPORTED} rows on SQLite")
    import_seconds = measure_import()
    say(f"{import_seconds:.0f} s; seeding {CASES} cases")
    small, seed_seconds = fill(url)
    say(f"{seed_seconds:.0f} s; the search of the library")
    found = measure_search(url)
    say("the register of a year")
    books = measure_registers(url)
    say("the recap of a year")
    months = measure_recap(url)
    say("the servers")
    floor = beside(url, "floor")
    sql(beside(url, "postgres"), "CREATE DATABASE floor")
    subprocess.run(
        [sys.executable, "-m", "django", "migrate", "--run-syncdb", "-v0"],
        cwd=ROOT / "bench" / "floor",
        env={
            **os.environ,
            "DATABASE_URL": floor,
            "DJANGO_SETTINGS_MODULE": "floor.settings",
            "PYTHONPATH": ".",
        },
        check=True,
    )
    sql(floor, "INSERT INTO floor_topic (name) SELECT 'Topic ' || n FROM generate_series(1, 20) n")
    manage("collectstatic", "--noinput", "-v0", url=url)
    drafts = (ROUNDS + 1) * POSTS + 1
    large_facts = prepared(url, 2, CASES - SMALL, drafts)
    small_facts = prepared(small, 1, SMALL, 2)
    with (
        served("kanim_portal.wsgi", ROOT, url) as large_port,
        served("kanim_portal.wsgi", ROOT, small) as small_port,
        served("floor.wsgi", ROOT / "bench" / "floor", floor) as floor_port,
    ):
        say("intake beside the floor")
        intake = measure_intake(large_port, floor_port, large_facts["drafts"])
        say("pages, small beside large")
        pages = measure_pages(
            {"small": (small_port, small_facts), "large": (large_port, large_facts)}
        )
        say("the boards of the waiting room")
        board_share = share_of_a_core(large_port, url)
        say("weight of the pages")
        weights = {path: weight.weigh(large_port, path) for path in WEIGHED}
    with psycopg.connect(url) as connection:
        server = connection.execute("SHOW server_version").fetchone()[0]
        size = connection.execute("SELECT pg_size_pretty(pg_database_size(current_database()))")
        size = size.fetchone()[0]
    results = {
        "date": began.isoformat(timespec="minutes"),
        "minutes": (datetime.now().astimezone() - began).total_seconds() / 60,
        "load": {"before": load, "after": os.getloadavg()},
        "postgresql": server,
        "size": size,
        "cases": CASES,
        "small": SMALL,
        "imported": IMPORTED,
        "import_seconds": import_seconds,
        "seed_seconds": seed_seconds,
        "clients": CLIENTS,
        "search": found,
        "registers": books,
        "recap": months,
        "intake": intake,
        "pages": pages,
        "queries": {"small": small_facts["queries"], "large": large_facts["queries"]},
        "weights": weights,
        "boards": {"count": BOARDS, "every": EVERY_SECONDS, "percent": board_share},
    }
    bounds = report.bounds(results)
    text = report.page(results, bounds)
    sys.stdout.write(text)
    if CASES >= 1_000_000:
        (ROOT / "docs").mkdir(exist_ok=True)
        (ROOT / "docs" / "performance.md").write_text(text, encoding="utf-8")
    missed = [bound for bound in bounds if not bound.holds]
    for bound in missed:
        say(f"MISSED: {bound.what}: {bound.found}, wanted {bound.wanted}")
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
