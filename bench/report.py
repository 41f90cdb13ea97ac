"""The bounds, and the page that tells what was found."""

import os
import platform
import statistics
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import django
import gunicorn

from .recap import WRITE_RATIO, YEAR_MS
from .registers import MEGABYTES, PDF_SECONDS
from .registers import SECONDS as REGISTER_SECONDS
from .search_quality import FIRST, Asked, share
from .search_speed import P95_MS, REBUILD_SECONDS
from .search_speed import QUERIES as QUERIES_OF_SEARCH

SEED_SECONDS = 600
IMPORT_SECONDS = 180
INTAKE_RATIO = 0.5
GROWTH = 1.5
QUERIES = 12
WEIGHT = 100_000
BOARD_PERCENT = 5
FOUND = 0.85


@dataclass(frozen=True)
class Bound:
    what: str
    found: str
    wanted: str
    holds: bool


def middle(rows: list[dict[str, float]], key: str) -> float:
    return statistics.median(row[key] for row in rows)


def bounds(results: dict[str, Any]) -> list[Bound]:
    found = [
        Bound(
            f"import of {results['imported']:,} rows on SQLite",
            f"{results['import_seconds']:.0f} s",
            f"at most {IMPORT_SECONDS} s",
            results["import_seconds"] <= IMPORT_SECONDS,
        ),
        Bound(
            f"seeding {results['cases']:,} cases on PostgreSQL",
            f"{results['seed_seconds']:.0f} s",
            f"at most {SEED_SECONDS} s",
            results["seed_seconds"] <= SEED_SECONDS,
        ),
    ]
    ratio = middle(results["intake"], "ratio")
    found.append(
        Bound(
            "intake POST beside a bare Django form that inserts two rows",
            f"{ratio:.2f} x its rate",
            f"at least {INTAKE_RATIO}",
            ratio >= INTAKE_RATIO,
        )
    )
    for page, rows in results["pages"].items():
        growth = middle(rows, "ratio")
        found.append(
            Bound(
                f"{page}, {results['cases']:,} cases against {results['small']:,}",
                f"{growth:.2f} x the time",
                f"at most {GROWTH}",
                growth <= GROWTH,
            )
        )
    small, large = results["queries"]["small"], results["queries"]["large"]
    for page, count in large.items():
        if page == "intake POST":
            continue
        found.append(
            Bound(
                f"{page}: queries",
                f"{count} (at {results['small']:,}: {small[page]})",
                f"at most {QUERIES}, the same at any size",
                count <= QUERIES and count == small[page],
            )
        )
    heaviest = max(results["weights"], key=lambda path: results["weights"][path]["bytes"])
    weight = results["weights"][heaviest]
    found.append(
        Bound(
            f"heaviest public page on a first visit ({heaviest})",
            f"{weight['bytes'] / 1000:.1f} kB in {weight['requests']} requests",
            f"at most {WEIGHT / 1000:.0f} kB",
            weight["bytes"] <= WEIGHT,
        )
    )
    blocking = sorted({b for w in results["weights"].values() for b in w["blocking"]})
    strangers = sorted({s for w in results["weights"].values() for s in w["strangers"]})
    found.append(
        Bound(
            "what blocks rendering besides stylesheets, and other people's servers",
            ", ".join(blocking + strangers) or "nothing",
            "nothing",
            not blocking and not strangers,
        )
    )
    found += _search_bounds(results["search"])
    found += _register_bounds(results["registers"])
    found += _recap_bounds(results["recap"])
    boards = results["boards"]
    found.append(
        Bound(
            f"{boards['count']} boards of the waiting room, each asking every {boards['every']} s",
            f"{boards['percent']:.1f} % of one core",
            f"less than {BOARD_PERCENT} %",
            boards["percent"] < BOARD_PERCENT,
        )
    )
    return found


def _search_bounds(search: dict[str, Any]) -> list[Bound]:
    found = []
    for database, row in search["speed"].items():
        found += [
            Bound(
                f"search among {row['documents']:,} documents on {database}, 95 of 100",
                f"{row['p95']:.0f} ms",
                f"less than {P95_MS} ms",
                row["p95"] < P95_MS,
            ),
            Bound(
                f"the same: queries of the page, on {database}",
                f"at most {row['queries']}",
                f"at most {QUERIES_OF_SEARCH}",
                row["queries"] <= QUERIES_OF_SEARCH,
            ),
            Bound(
                f"its index made anew on {database}",
                f"{row['rebuild']:.0f} s",
                f"at most {REBUILD_SECONDS} s",
                row["rebuild"] <= REBUILD_SECONDS,
            ),
        ]
    asked = [Asked(**row) for row in search["quality"]]
    found.append(
        Bound(
            f"{len(asked)} questions in people's own words, answer among the first {FIRST}",
            f"{share(asked):.0%}",
            f"at least {FOUND:.0%}",
            share(asked) >= FOUND,
        )
    )
    return found


def _register_bounds(registers: dict[str, Any]) -> list[Bound]:
    found = []
    for database, row in registers.items():
        for what, file in row["files"].items():
            most = PDF_SECONDS if what == "pdf" else REGISTER_SECONDS
            found.append(
                Bound(
                    f"register of {file['rows']:,} requests as {what}, on {database}",
                    f"{file['seconds']:.0f} s, {file['megabytes']:.0f} MB",
                    f"at most {most} s and {MEGABYTES} MB",
                    file["seconds"] <= most and file["megabytes"] <= MEGABYTES,
                )
            )
    return found


def _recap_bounds(recap: dict[str, Any]) -> list[Bound]:
    year, slowest = max(recap["years"].items(), key=lambda one: one[1]["figures"]["p50"])
    took = slowest["figures"]["p50"]
    return [
        Bound(
            f"recap of a year beside {recap['cases']:,} cases, the slowest year ({year})",
            f"{took:.0f} ms",
            f"at most {YEAR_MS} ms",
            took <= YEAR_MS,
        ),
        Bound(
            f"its figures beside a raw count of {recap['cases']:,} cases",
            f"{len(recap['differences'])} differences",
            "none",
            not recap["differences"],
        ),
        *(
            Bound(
                f"a complaint sent in with the recap's marks, {name}",
                f"{row['ratio']:.3f} x the time without",
                f"at most {WRITE_RATIO}",
                row["ratio"] <= WRITE_RATIO,
            )
            for name, row in recap["writing"].items()
        ),
    ]


def _search_lines(search: dict[str, Any]) -> list[str]:
    speed = search["speed"]
    first = next(iter(speed.values()))
    asked = [Asked(**row) for row in search["quality"]]
    parts = {
        "used for tuning": [one for one in asked if one.part == "setelan"],
        "held out, chosen before the texts were tuned": [
            one for one in asked if one.part == "simpanan"
        ],
        "drawn at random afterwards": [one for one in asked if one.part == "acak"],
    }
    return [
        f"## Search among {first['documents']:,} documents, one client, milliseconds",
        "",
        f"The page of results (`/informasi/?q=`) for {first['asked']} questions made of the words "
        f"of real reviews; {first['postings']:,} postings of {first['terms']:,} terms. The floor "
        "is PostgreSQL's own full-text search for the same questions over the same texts (GIN, "
        "`ts_rank`, the first 20), without a page: with all of the words, as it is meant to be "
        "used, and with any of them, as the portal searches.",
        "",
        "| what | middle | 95 of 100 | longest |",
        "|---|---|---|---|",
        *(
            f"| portal on {database} | {row['p50']:.1f} | {row['p95']:.1f} | {row['max']:.0f} |"
            for database, row in speed.items()
        ),
        *(
            f"| PostgreSQL's own, {words} | {floor['p50']:.1f} | {floor['p95']:.1f} "
            f"| {floor['max']:.0f} |"
            for row in speed.values()
            for words, floor in row.get("floor", {}).items()
        ),
        "",
        "## Search: does it find what people ask",
        "",
        "`tests/infocontent/search_phrases.csv`: phrases of real reviews as they were typed, and "
        "some on subjects that no review has, each with the text that answers it.",
        "",
        f"| phrases | number | first | among the first {FIRST} |",
        "|---|---|---|---|",
        *(
            f"| {name} | {len(rows)} | {share(rows, 1):.0%} | {share(rows):.0%} |"
            for name, rows in parts.items()
        ),
        "",
        "Missed: "
        + ", ".join(f"“{one.phrase}”" for one in asked if not 0 < one.place <= FIRST)
        + ".",
        "",
    ]


def page(results: dict[str, Any], found: list[Bound]) -> str:
    load = results["load"]
    lines = [
        "# Performance",
        "",
        "Written by `make bench`; do not edit. How it is measured: `bench/README.md`.",
        "",
        f"{results['date']}, {results['minutes']:.0f} minutes, on {_machine()}. "
        f"Python {platform.python_version()}, Django {django.__version__}, gunicorn "
        f"{gunicorn.__version__} (2 workers, 4 threads each), PostgreSQL {results['postgresql']} "
        f"on the same machine, {results['size']} of data. Load average {load['before'][0]:.1f} "
        f"before, {load['after'][0]:.1f} after.",
        "",
        "Times depend on the machine and on who else uses it. The ratios compare two things "
        "measured in turns in the same minutes; they and the counts are what is promised.",
        "",
        "| what | found | wanted | |",
        "|---|---|---|---|",
        *(
            f"| {b.what} | {b.found} | {b.wanted} | {'yes' if b.holds else '**no**'} |"
            for b in found
        ),
        "",
        f"## Intake, {results['clients']} clients",
        "",
        "A complaint's last step, from a draft kept in the database: the portal sends what "
        "the check page has validated: number, due dates, access code; it inserts the case, "
        f"its detail and its first event ({results['queries']['large']['intake POST']} queries "
        "with session, limits and draft). The floor validates one form and inserts two rows.",
        "",
        "| round | portal, per second | bare Django, per second | ratio |",
        "|---|---|---|---|",
        *(
            f"| {n} | {row['portal']:.0f} | {row['floor']:.0f} | {row['ratio']:.2f} |"
            for n, row in enumerate(results["intake"], start=1)
        ),
        "",
        "## Pages, one client, median milliseconds",
        "",
        f"| page | {results['small']:,} cases | {results['cases']:,} cases | ratio | queries |",
        "|---|---|---|---|---|",
        *(
            f"| {name} | {middle(rows, 'small'):.0f} | {middle(rows, 'large'):.0f} | "
            f"{middle(rows, 'ratio'):.2f} | {results['queries']['large'][name]} |"
            for name, rows in results["pages"].items()
        ),
        "",
        *_search_lines(results["search"]),
        "## Weight of a first visit, kB on the wire (brotli), headers included",
        "",
        "| page | all | page alone | requests |",
        "|---|---|---|---|",
        *(
            f"| {path} | {w['bytes'] / 1000:.1f} | {w['parts'][path] / 1000:.1f} "
            f"| {w['requests']} |"
            for path, w in results["weights"].items()
        ),
        "",
        "Files of the first page: "
        + ", ".join(
            f"`{name.rpartition('/')[2] or '/'}` {size / 1000:.1f}"
            for name, size in results["weights"]["/"]["parts"].items()
        )
        + ".",
        "",
    ]
    return "\n".join(lines)


def _machine() -> str:
    model = platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        for line in cpuinfo.read_text().splitlines():
            if line.startswith("model name"):
                model = line.partition(":")[2].strip()
                break
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cores ({model}), {memory:.0f} GiB"
