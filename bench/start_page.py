"""How long the start page of each head takes at a million cases, in how many statements, and how
the open cases are read for it.

`bin/with-postgres .venv/bin/python -m bench.start_page` fills the empty database of DATABASE_URL
and measures. Nothing that a page keeps in memory is there: caches are emptied before each visit.
"""

import json
import os
import statistics
import sys
import time
from typing import Any

from .search_speed import set_up

CASES = int(os.environ.get("BENCH_CASES", "1000000"))
VISITS = int(os.environ.get("BENCH_VISITS", "15"))
SECONDS, STATEMENTS = 1.0, 12
HEADS = ("kepala_seksi", "verifikator", "ppid", "atasan_ppid", "kepala_kantor")


def fill() -> float:
    """Cases, the months' summary, and what the planner knows of them."""
    from .measure import manage

    url, begin = os.environ["DATABASE_URL"], time.perf_counter()
    manage("migrate", "-v0", url=url)
    manage("load_office", url=url)
    manage("seed_cases", str(CASES), "--yes", url=url)
    manage("rebuild_recap", url=url)
    set_up()
    _count_topics()
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM (ANALYZE)")
    return time.perf_counter() - begin


def _count_topics() -> None:
    """As many rows as the nightly reading of the texts leaves, without reading a million texts."""
    from django.utils import timezone

    from reports.recap.models import MonthSummary
    from reports.recap.months import figures_of_months
    from reports.texts.models import TextMonth

    months = list(MonthSummary.objects.order_by("month").values_list("month", flat=True))
    if not months:
        return
    TextMonth.objects.bulk_create(
        TextMonth(month=one.month, topic_id=topic, n=n, counted_at=timezone.now())
        for one in figures_of_months(months[0], months[-1])
        for topic, n in {None: one.received, **_topics(one.topics_of_cases)}.items()
    )


def _topics(counted: dict[int | None, int]) -> dict[int | None, int]:
    return {topic: n for topic, n in counted.items() if topic is not None}


def visit(role: str) -> dict[str, Any]:
    from django.contrib.auth.models import Group
    from django.core.cache import cache
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from office.models import Section, User

    user, _ = User.objects.get_or_create(
        username=f"bench.{role}",
        defaults={"is_staff": True, "section": Section.objects.get(code="lantaskim")},
    )
    user.groups.set(Group.objects.filter(name=role))
    client, seconds, answer = Client(SERVER_NAME="127.0.0.1"), [], None
    client.force_login(user)
    client.get("/admin/")
    for _ in range(VISITS):
        cache.clear()
        begin = time.perf_counter()
        answer = client.get("/admin/")
        seconds.append(time.perf_counter() - begin)
    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        client.get("/admin/")
    slow = sorted(queries.captured_queries, key=lambda row: -float(row["time"]))[:2]
    return {
        "status": answer.status_code if answer else 0,
        "median": statistics.median(seconds),
        "slowest": max(seconds),
        "statements": len(queries),
        "slow": [f"{row['time']} s  {row['sql'][:110]}" for row in slow],
    }


def plan() -> str:
    """How PostgreSQL reads the open cases."""
    from django.db import connection

    from cases.desk.due import Clock
    from kanim_portal.standing import Standing
    from office.models import User

    if connection.vendor != "postgresql":
        return ""
    user = User.objects.get(username="bench.kepala_kantor")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cases_case WHERE closed_at IS NULL")
        lines = [f"{cursor.fetchone()[0]} open cases"]
    standing = Standing(user, Clock(), None)
    lines.append(standing.open_cases().explain(analyze=True, buffers=True))
    return "\n".join(lines)


def main() -> None:
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
    seconds = fill()
    sys.stdout.write(f"{CASES:,} cases, filled in {seconds:.0f} s\n")
    found = {role: visit(role) for role in HEADS}
    for role, row in found.items():
        sys.stdout.write(
            f"{role:14} median {row['median'] * 1000:5.0f} ms, slowest "
            f"{row['slowest'] * 1000:5.0f} ms, {row['statements']} statements\n"
        )
        for line in row["slow"]:
            sys.stdout.write(f"               {line}\n")
    sys.stdout.write(f"{plan()}\nload average {os.getloadavg()[0]:.1f}\n")
    if "--json" in sys.argv:
        json.dump(found, sys.stdout)
    missed = [
        role
        for role, row in found.items()
        if row["status"] != 200 or row["median"] > SECONDS or row["statements"] > STATEMENTS
    ]
    if missed:
        sys.exit(f"Not within {SECONDS:.0f} s and {STATEMENTS} statements: {', '.join(missed)}")


if __name__ == "__main__":
    main()
