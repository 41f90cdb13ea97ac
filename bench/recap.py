"""How long the recap of a year takes beside five million cases, what its marks cost whoever sends
something in, and how long it takes to count everything again.

`python -m bench.recap` in bin/with-postgres. The rows are made up in the database itself; what the
recap says is compared with counts by statements that are written here and nowhere else.
"""

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from .search_speed import queries, set_up, times

ROOT = Path(__file__).resolve().parents[1]
CASES = int(os.environ.get("BENCH_RECAP_CASES", "5000000"))
# A tenth of the cases are visits and contacts each; one visit or contact of twenty became a case.
OTHERS = CASES // 10
BECAME = 20
FIRST_YEAR, LAST_YEAR = 2021, 2025
YEAR_MS, WRITE_RATIO = 100, 1.10
LOOKS = 25
ROUNDS, LODGED, WARM = 30, 40, 6
CHANNELS = ["web", "whatsapp", "media_sosial", "telepon", "surat", "email", "yankomas"]

# Five years of minutes, spread by a multiplication that visits each second once.
MOMENT = (
    "timestamptz '2020-12-31 17:00:00+00' + ((n::bigint * 7919) % 157766400) * interval '1 second'"
)
SEED = f"""
INSERT INTO cases_case (id, kind, reference, access_digest, status, channel, privacy, language,
  subject, narrative, topic_id, service_class, section_id, assignee_id, received_at,
  due_working_on, due_calendar_on, due_on, due_basis, is_extended, answered_at, reply_until,
  citizen_wrote_at, is_reopened, closed_at, outcome, closing_reason, duplicate_of_id, forwarded_to,
  privacy_notice_id, version, events_count, events_seal)
SELECT n, CASE n % 10 WHEN 0 THEN 'permohonan' WHEN 1 THEN 'pertanyaan' WHEN 2 THEN 'keberatan'
    ELSE 'pengaduan' END,
  'B-' || n, NULL, CASE WHEN n % 9 < 7 THEN 'selesai' ELSE 'diproses' END,
  (ARRAY['web','whatsapp','media_sosial','telepon','surat','email','yankomas'])[1 + n % 7],
  'terbuka', 'id', 'Antrean loket', 'Lama.', topics.ids[1 + n % cardinality(topics.ids)], '',
  CASE WHEN n % 13 > 0 THEN sections.ids[1 + n % cardinality(sections.ids)] END, NULL, at,
  day + 14, day + 14, day + 14, '[]', false,
  CASE WHEN n % 9 < 7 THEN at + (n % 24) * interval '1 day' END, NULL, NULL, n % 50 = 0,
  CASE WHEN n % 9 < 7 THEN at + (n % 24 + 2) * interval '1 day' END,
  CASE WHEN n % 9 < 7 THEN (ARRAY['dijelaskan','terbukti_diperbaiki','tidak_terbukti'])[1 + n % 3]
    ELSE '' END,
  CASE WHEN n % 9 < 7 THEN 'selesai' ELSE '' END, NULL, '', NULL, 1, 0, ''
FROM (SELECT n, at, (at AT TIME ZONE 'Asia/Jakarta')::date AS day
      FROM (SELECT n, {MOMENT} AS at FROM generate_series(1, {CASES}) n) moments) rows,
  (SELECT array_agg(id ORDER BY id) ids FROM infocontent_topic WHERE parent_id IS NOT NULL) topics,
  (SELECT array_agg(id ORDER BY id) ids FROM office_section) sections
"""
VISITS = f"""
INSERT INTO yankomas_visit (token, day, series_id, number, service_id, lane, priority_reason,
  origin, language, status,
  arrived_at, queued_at, called_at, started_at, ended_at, calls, has_missed,
  counter_id, officer_id, visitor_name, visitor_contact, topic_id, asked, answered, outcome,
  referred_to, case_id, version, events_count)
SELECT 'b' || n, (at AT TIME ZONE 'Asia/Jakarta')::date, service.id, NULL, service.id, 'biasa', '',
  'susulan', 'id', CASE n % 8 WHEN 0 THEN 'tidak_hadir' ELSE 'selesai' END, at, at, NULL, NULL, at,
  0,
  false, NULL, NULL, '', '', topics.ids[1 + n % cardinality(topics.ids)], '', '',
  CASE WHEN n % 8 = 0 THEN 'tidak_hadir' WHEN n % {BECAME} = 3 THEN 'kasus_dibuka'
    ELSE 'dijawab' END,
  '', CASE WHEN n % 8 > 0 AND n % {BECAME} = 3 THEN n END, 1, 0
FROM (SELECT n, {MOMENT} AS at FROM generate_series(1, {OTHERS}) n) moments,
  (SELECT id FROM yankomas_service ORDER BY id LIMIT 1) service,
  (SELECT array_agg(id ORDER BY id) ids FROM infocontent_topic WHERE parent_id IS NOT NULL) topics
"""
CONTACTS = f"""
INSERT INTO channels_contact (at, month, channel, topic_id, summary, author_id, logged_at,
  voided_at, case_id, version)
SELECT at, date_trunc('month', at AT TIME ZONE 'Asia/Jakarta')::date,
  (ARRAY['whatsapp','telepon','email'])[1 + n % 3], topics.ids[1 + n % cardinality(topics.ids)],
  'Tanya paspor', author.id, at, CASE WHEN n % 40 = 1 THEN at END,
  CASE WHEN n % {BECAME} = 7 THEN n + {OTHERS} END, 1
FROM (SELECT n, {MOMENT} AS at FROM generate_series(1, {OTHERS}) n) moments,
  (SELECT id FROM office_user ORDER BY id LIMIT 1) author,
  (SELECT array_agg(id ORDER BY id) ids FROM infocontent_topic WHERE parent_id IS NOT NULL) topics
"""
TALLIES = f"""
INSERT INTO channels_tally (month, day, channel, topic_id, count, source)
SELECT month, NULL, channel, NULL, 1000 + extract(month FROM month)::int, 'impor'
FROM generate_series('{FIRST_YEAR}-01-01'::date, '{LAST_YEAR}-12-01', interval '1 month') month,
  unnest(ARRAY['whatsapp','media_sosial','komentar_instagram']) channel
"""
# One statement over raw rows, written without the recap's own code.
RAW = """
SELECT month, channel, sum(n)::bigint FROM (
  SELECT to_char(received_at AT TIME ZONE 'Asia/Jakarta', 'YYYY-MM') AS month, channel,
      count(*) AS n
    FROM cases_case c
    WHERE NOT EXISTS (SELECT FROM yankomas_visit v WHERE v.case_id = c.id)
      AND NOT EXISTS (SELECT FROM channels_contact k WHERE k.case_id = c.id)
      AND NOT EXISTS (SELECT FROM channels_comment k WHERE k.case_id = c.id)
    GROUP BY 1, 2
  UNION ALL SELECT to_char(day, 'YYYY-MM'), 'yankomas', count(*) FROM yankomas_visit
    WHERE status = 'selesai' OR case_id IS NOT NULL GROUP BY 1
  UNION ALL SELECT to_char(month, 'YYYY-MM'), channel, sum(count) FROM channels_tally GROUP BY 1, 2
  UNION ALL SELECT to_char(month, 'YYYY-MM'), channel, count(*) FROM channels_contact
    WHERE voided_at IS NULL GROUP BY 1, 2
  UNION ALL SELECT to_char(month, 'YYYY-MM'), channel, count(*) FROM channels_comment GROUP BY 1, 2
) parts GROUP BY 1, 2
"""
RAW_TIMES = """
SELECT to_char(received_at AT TIME ZONE 'Asia/Jakarta', 'YYYY-MM'), count(*), count(answered_at),
  count(*) FILTER (WHERE (answered_at AT TIME ZONE 'Asia/Jakarta')::date <= due_on),
  count(*) FILTER (WHERE (answered_at AT TIME ZONE 'Asia/Jakarta')::date > due_on
    OR (answered_at IS NULL
      AND due_on < coalesce((closed_at AT TIME ZONE 'Asia/Jakarta')::date, %s))),
  count(*) FILTER (WHERE is_reopened)
FROM cases_case GROUP BY 1
"""


def fill() -> dict[str, Any]:
    """The empty database of DATABASE_URL, then everything that is measured in it."""
    from .measure import manage

    url = os.environ["DATABASE_URL"]
    manage("migrate", "-v0", url=url)
    manage("load_office", url=url)
    manage("load_holidays", "2021", "2022", "2023", url=url)
    set_up()
    found: dict[str, Any] = {"cases": CASES, "seed": _seed()}
    from reports.recap.refreshing import mark_all, refresh_months

    mark_all()
    begin = time.perf_counter()
    found["months"] = refresh_months()
    found["rebuild"] = time.perf_counter() - begin
    found["differences"] = _differences()
    found["years"] = {str(year): _read(year) for year in range(FIRST_YEAR, LAST_YEAR + 1)}
    found["writing"] = {
        name: _write_path(setting)
        for name, setting in (("as in production", "on"), ("without waiting for the disk", "off"))
    }
    return found


def _seed() -> float:
    from django.db import connection, transaction

    from cases.models import Case
    from channels.models import Contact
    from kanim_portal.seeding import bulk
    from office.models import User
    from yankomas.models import Visit

    User.objects.get_or_create(username="bench", defaults={"is_staff": True})
    begin = time.perf_counter()
    tables = [Case, Visit, Contact]
    with bulk.without_indexes(tables), transaction.atomic(), connection.cursor() as cursor:
        bulk.prepare()
        for statement in (SEED, VISITS, CONTACTS, TALLIES):
            cursor.execute(statement)
    bulk.finish([Case])
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute("VACUUM (ANALYZE)")
        cursor.execute("RESET statement_timeout")
    return time.perf_counter() - begin


def _differences() -> list[str]:
    """Where the recap and the raw rows do not say the same."""
    from datetime import date

    from django.db import connection

    from office.calendar import today
    from reports.recap.months import figures_of_months

    months = figures_of_months(date(FIRST_YEAR - 1, 12, 1), date(LAST_YEAR + 1, 1, 1))
    said = {(f"{m.month:%Y-%m}", c): n for m in months for c, n in m.contacts.items() if n}
    times_said = {
        f"{m.month:%Y-%m}": (m.received, m.answered, m.on_time, m.late, m.reopened)
        for m in months
        if m.received
    }
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute(RAW)
        raw = {(month, channel): n for month, channel, n in cursor.fetchall()}
        cursor.execute(RAW_TIMES, [today()])
        raw_times = {row[0]: tuple(row[1:]) for row in cursor.fetchall()}
        cursor.execute("RESET statement_timeout")
    wrong = [
        f"{k}: {said.get(k)} / {raw.get(k)}" for k in {*said, *raw} if said.get(k) != raw.get(k)
    ]
    keys = {*times_said, *raw_times}
    wrong += [
        f"{k}: {times_said.get(k)} / {raw_times.get(k)}"
        for k in keys
        if times_said.get(k) != raw_times.get(k)
    ]
    return wrong if raw and raw_times else ["nothing was counted"]


def _read(year: int) -> dict[str, Any]:
    """The page of a year, from the address to the last byte of HTML; and its figures alone."""
    from django.contrib.auth.models import Group
    from django.test import Client

    from office.models import User
    from office.roles import Role
    from reports.recap.year import recap_of

    head, _is_new = User.objects.get_or_create(username="bench.kepala", is_staff=True)
    head.groups.set(Group.objects.filter(name=Role.OFFICE_HEAD))
    browser = Client(SERVER_NAME="127.0.0.1")
    browser.force_login(head)
    address = f"/admin/rekap/?tahun={year}"

    def page(_question: str) -> None:
        response = browser.get(address)
        if response.status_code != 200:
            raise SystemExit(f"{address}: {response.status_code}")

    def figures(_question: str) -> None:
        # With the names of topics and sections: all that the page reads of the recap.
        recap = recap_of(year)
        if not (recap.topics and recap.sections and recap.total.received):
            raise SystemExit(f"{year}: nothing was counted")

    asked = [""] * LOOKS
    return {
        "best": {"figures": _best(figures), "page": _best(page)},
        "figures": times(figures, asked),
        "page": times(page, asked),
        "queries": queries(page, ""),
    }


def _best(run: Callable[[str], None]) -> float:
    """Milliseconds in the moment in which the machine had least else to do."""
    taken = []
    for _ in range(LOOKS):
        begin = time.perf_counter()
        run("")
        taken.append((time.perf_counter() - begin) * 1000)
    return min(taken)


def _write_path(commit: str) -> dict[str, float]:
    """Complaints sent in by the real verb with the marks and without them, in turns."""
    from django.db import connection

    import complaints.actions

    def lodge() -> float:
        begin = time.perf_counter()
        complaints.actions.lodge(
            subject="Antrean loket terlalu lama",
            narrative="Saya menunggu empat jam di loket pengambilan paspor.",
            privacy="anonim",
            place="Loket",
        )
        return (time.perf_counter() - begin) * 1000

    def block(verb: str) -> list[float]:
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE cases_case {verb} TRIGGER reports_mark_case")
        for _ in range(WARM):
            lodge()
        return [lodge() for _ in range(LODGED)]

    with connection.cursor() as cursor:
        cursor.execute(f"SET synchronous_commit = {commit}")
    taken: dict[str, list[float]] = {"ENABLE": [], "DISABLE": []}
    for place in range(ROUNDS):
        # Short turns, and each goes first as often as the other: the machine is never the same.
        for verb in sorted(taken, reverse=bool(place % 2)):
            taken[verb] += block(verb)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE cases_case ENABLE TRIGGER reports_mark_case")
    marked, plain = (statistics.median(taken[verb]) for verb in ("ENABLE", "DISABLE"))
    return {"with": marked, "without": plain, "ratio": marked / plain}


def measure(url: str) -> dict[str, Any]:
    """On an empty PostgreSQL database, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.recap", "--fill"],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": url},
        stdout=subprocess.PIPE,
        check=True,
    )
    return json.loads(done.stdout)


def text(found: dict[str, Any]) -> str:
    lines = [
        f"{found['cases']:,} cases seeded in {found['seed']:.0f} s; "
        f"{found['months']} months counted in {found['rebuild']:.1f} s",
        f"differences from the raw count: {len(found['differences'])} {found['differences'][:3]}",
    ]
    for year, row in found["years"].items():
        figures, page = row["figures"], row["page"]
        lines.append(
            f"{year}: figures {figures['p50']:.0f} ms (95 of 100: {figures['p95']:.0f}, "
            f"best {row['best']['figures']:.0f}), page "
            f"{page['p50']:.0f} ms (95 of 100: {page['p95']:.0f}, "
            f"best {row['best']['page']:.0f}), {row['queries']} queries"
        )
    for name, row in found["writing"].items():
        lines.append(
            f"a complaint sent in, {name}: {row['with']:.2f} ms with marks, "
            f"{row['without']:.2f} without, ratio {row['ratio']:.3f}"
        )
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
    if len(sys.argv) > 1:
        json.dump(fill(), sys.stdout)
        return
    found = measure(os.environ["DATABASE_URL"])
    sys.stdout.write(f"load average {os.getloadavg()[0]:.1f}\n{text(found)}\n")


if __name__ == "__main__":
    main()
