"""How long a register of a hundred thousand requests takes to leave the office, and in how much
memory; and the longest one that may be printed.

`python -m bench.registers` measures on SQLite, and on PostgreSQL too where DATABASE_URL names one
(bin/with-postgres). The rows are made up and inserted in bulk.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from .search_speed import set_up

ROOT = Path(__file__).resolve().parents[1]
REQUESTS = int(os.environ.get("BENCH_REQUESTS", "100000"))
YEAR = 2025
SECONDS, MEGABYTES, PDF_SECONDS = 60, 300, 30
WHAT = ("xlsx", "xlsx in full", "pdf")
# Of ten requests, how many were answered; the others wait, or ended otherwise.
ANSWERED = 8


def fill() -> dict[str, Any]:
    """The empty database of DATABASE_URL."""
    from .measure import manage

    url = os.environ["DATABASE_URL"]
    manage("migrate", "-v0", url=url)
    manage("load_office", url=url)
    set_up()
    begin = time.perf_counter()
    _insert()
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM (ANALYZE)")
    return {"seed": time.perf_counter() - begin, "requests": REQUESTS}


def _insert() -> None:
    from django.contrib.auth.models import Group
    from django.utils import timezone

    from cases.models import Attachment, Letter, LetterTemplate, ReferenceCounter
    from office.models import User
    from office.roles import Role

    people = [User.objects.create(username=f"bench.{n}", is_staff=True) for n in range(3)]
    people[2].groups.set(Group.objects.filter(name=Role.PPID))
    first = timezone.make_aware(datetime(YEAR, 1, 2, 8))  # noqa: DTZ001 - made aware
    step = timedelta(days=350) / REQUESTS
    template = LetterTemplate.objects.filter(code=LetterTemplate.Code.NOTICE).first()
    ReferenceCounter.objects.create(kind="permohonan", year=YEAR, last=REQUESTS)
    # One letter would do for the register, but each decision has to have one of its own.
    for begin in range(1, REQUESTS + 1, 5000):
        numbers = range(begin, min(begin + 5000, REQUESTS + 1))
        for model, rows in _rows(numbers, first, step, people, template, Attachment, Letter):
            model.objects.bulk_create(rows, batch_size=1000)


def _rows(
    numbers: range,
    first: datetime,
    step: timedelta,
    people: list[Any],
    template: Any,
    attachments: Any,
    letters: Any,
) -> Iterator[tuple[Any, list[Any]]]:
    from cases.models import Applicant, Case, CaseEvent
    from cases.models.case import format_reference
    from inforequests.models import Decision, InformationRequest

    def answered(number: int) -> bool:
        return number % 10 < ANSWERED

    def at(number: int) -> datetime:
        return first + number * step

    told = [number for number in numbers if answered(number)]
    yield (
        Case,
        [
            Case(
                pk=number,
                kind="permohonan",
                reference=format_reference("permohonan", YEAR, number),
                subject=f"Jumlah paspor yang terbit per bulan di kantor ini, nomor {number}",
                narrative="Per bulan dan jenis paspor. " * 8,
                received_at=at(number),
                status="ditanggapi" if answered(number) else "diproses",
                outcome="diberikan_seluruhnya" if answered(number) else "",
                answered_at=at(number) + timedelta(days=9) if answered(number) else None,
            )
            for number in numbers
        ],
    )
    yield (
        Applicant,
        [
            Applicant(
                case_id=number,
                full_name=f"Sari Melati Kusuma {number}",
                nik="3273014507900003",
                address=f"Jalan Cendana {number}, Bandung",
                phone=f"0812{number:08d}",
                email=f"sari.{number}@example.com",
                occupation="Peneliti",
            )
            for number in numbers
        ],
    )
    yield (
        InformationRequest,
        [
            InformationRequest(
                case_id=number,
                purpose="Penelitian tentang pelayanan publik di Jawa Barat",
                access="salinan",
                delivery="email",
            )
            for number in numbers
        ],
    )
    yield (
        attachments,
        [
            attachments(
                pk=number,
                token=f"bench-{number}",
                case_id=number,
                file=f"bench-{number}",
                name="surat.pdf",
                content_type="application/pdf",
                size=1,
                sha256="0" * 64,
            )
            for number in told
        ],
    )
    yield (
        letters,
        [
            letters(
                pk=number,
                case_id=number,
                template=template,
                code=template.code,
                number=f"{number}/PPID/{YEAR}",
                year=YEAR,
                serial=number,
                language="id",
                title=template.title,
                issued_at=at(number) + timedelta(days=9),
                signed_by=people[2],
                attachment_id=number,
                sha256="0" * 64,
            )
            for number in told
        ],
    )
    yield (
        Decision,
        [
            Decision(
                pk=number,
                case_id=number,
                outcome="diberikan_seluruhnya",
                is_held=True,
                material="Tabel jumlah paspor per bulan",
                delivery="email",
                form="softcopy",
                copy_pages=number % 3,
                copy_price=500,
                payment="Tunai di loket PPID",
                author=people[0],
                checked_by=people[1],
                checked_at=at(number) + timedelta(days=8),
                signed_by=people[2],
                signed_at=at(number) + timedelta(days=9),
                letter_id=number,
            )
            for number in told
        ],
    )
    yield (
        CaseEvent,
        [
            event
            for number in numbers
            for event in _events(number, at(number), answered(number), CaseEvent)
        ],
    )


def _events(number: int, at: datetime, is_answered: bool, event: Any) -> Iterator[Any]:
    """As many lines as a life has; the register reads two of them."""
    codes = ["diterima", "diverifikasi", "didisposisi", "mulai_dikerjakan", "konsep_diajukan"]
    if is_answered:
        codes += ["konsep_diperiksa", "ditanggapi"]
    for seq, code in enumerate(codes, start=1):
        data: dict[str, Any] = {"note": "x" * 60}
        if code == "ditanggapi":
            data = {"outcome": "diberikan_seluruhnya", "decision": number, "files": number % 2}
        moment = at + timedelta(days=9 if code == "ditanggapi" else 0, minutes=seq)
        yield event(case_id=number, seq=seq, code=code, at=moment, data=data, hash="0" * 64)


def write(what: str) -> dict[str, Any]:
    """One file in a process of its own, so that its memory is its own."""
    set_up()
    from cases.models import Case
    from office.models import User
    from reports.registers.books import BOOKS, Extract
    from reports.registers.paper import MOST
    from reports.registers.periods import WHOLE_YEAR
    from reports.registers.releasing import release

    user = User.objects.get(username="bench.2")
    if what == "pdf":
        # The longest that is let through: what is beyond it becomes another kind.
        Case.objects.filter(pk__gt=MOST).update(kind="pertanyaan")
    extract = Extract(BOOKS["permohonan"], YEAR, WHOLE_YEAR, user)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begin = time.perf_counter()
    with release(
        extract,
        what.partition(" ")[0],
        in_full=what.endswith("in full"),
        purpose="Mengukur waktu",
    ) as file:
        seconds = time.perf_counter() - begin
        size = len(file.read())
    return {
        "seconds": seconds,
        "cpu": time.process_time(),
        "before": before / 1024,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "size": size,
        "rows": min(REQUESTS, MOST) if what == "pdf" else REQUESTS,
    }


def measure(postgresql: str = "") -> dict[str, dict[str, Any]]:
    """On a SQLite of its own, and on an empty PostgreSQL database where one is named."""
    with tempfile.TemporaryDirectory() as folder:
        urls = {"SQLite": f"sqlite:///{folder}/portal.sqlite3"}
        if postgresql:
            urls["PostgreSQL"] = postgresql
        found: dict[str, dict[str, Any]] = {}
        for name, url in urls.items():
            found[name] = _child("--fill", url)
            # The one on paper last, because it leaves few requests behind.
            found[name]["files"] = {what: _child(what, url) for what in WHAT}
        return found


def _child(what: str, url: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "bench.registers", what],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": url},
        stdout=subprocess.PIPE,
        check=True,
    )
    return json.loads(done.stdout)


def text(results: dict[str, dict[str, Any]]) -> str:
    return "\n".join(
        f"{name}: {what}, {row['rows']:,} rows in {row['seconds']:.1f} s "
        f"({row['cpu']:.1f} s of processor time), {row['megabytes']:.0f} MB at most "
        f"({row['before']:.0f} before), {row['size'] / 1e6:.1f} MB of file"
        for name, found in results.items()
        for what, row in found["files"].items()
    )


def main() -> None:
    if len(sys.argv) > 1:
        run: Callable[[], dict[str, Any]] = fill
        if sys.argv[1] != "--fill":
            run = lambda: write(sys.argv[1])  # noqa: E731 - one of two
        json.dump(run(), sys.stdout)
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
