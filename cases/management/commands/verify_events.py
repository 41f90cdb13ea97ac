"""Check that no line of any history was changed, added or taken out, that the seals are on, and
that every letter is the one that was signed.

Names every broken case and line; the exit code is 1 if there is one.
"""

import hashlib
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.db.models import QuerySet

from cases import chain
from cases.models import Case, CaseEvent, Letter

BATCH = 2000
CASE = ("pk", "reference", "events_count", "events_seal")
LINE = ("case_id", "seq", "code", "actor_id", "at", "data", "hash")
TABLES = ("cases_caseevent", "cases_accesslog", "cases_letter")
WAYS = {"sqlite": ("no_update", "no_delete"), "postgresql": ("append_only", "not_emptied")}
SEALS_FOUND = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%RAISE(ABORT%'",
    # 'O' and 'A': a trigger that fires in an ordinary session.
    "postgresql": (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')"
    ),
}


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--since", type=date.fromisoformat, help="only cases received on or after this day"
        )
        parser.add_argument("--case", metavar="NUMBER", help="only this case")

    def handle(
        self, *args: Any, since: date | None = None, case: str | None = None, **options: Any
    ) -> None:
        cases = Case.objects.all()
        if since:
            cases = cases.filter(received_at__date__gte=since)
        if case:
            cases = cases.filter(reference=case)
            if not cases.exists():
                raise CommandError(f"Tidak ada kasus {case}.")
        faults = 0
        for name in missing_seals():
            faults += 1
            self.stderr.write(f"Pemicu {name} tidak ada: riwayat dapat diubah tanpa terlihat.")
        checked = lines = 0
        for rows, events in _batches(cases):
            checked += len(rows)
            lines += sum(map(len, events.values()))
            for row in rows:
                if not faults_of(row, events.get(row["pk"], [])):
                    continue
                # A verb may have come between the two reads; what counts is what the lock shows.
                for fault in _look_again(row["pk"]):
                    faults += 1
                    self.stderr.write(f"{row['reference']}: {fault}")
        letters = Letter.objects.filter(case__in=cases) if since or case else Letter.objects.all()
        for number, fault in faulty_letters(letters):
            faults += 1
            self.stderr.write(f"{number}: {fault}")
        self.stdout.write(f"{checked} kasus dan {lines} baris riwayat diperiksa.")
        if faults:
            raise CommandError(f"{faults} kerusakan ditemukan.")
        self.stdout.write("Semua utuh.")


def missing_seals() -> list[str]:
    """The triggers that make the history append-only and are not there, or are switched off."""
    with connection.cursor() as cursor:
        cursor.execute(SEALS_FOUND[connection.vendor])
        found = {name for (name,) in cursor.fetchall()}
    names = [f"{table}_{way}" for table in TABLES for way in WAYS[connection.vendor]]
    return [name for name in names if name not in found]


def faulty_letters(letters: QuerySet[Letter]) -> Iterator[tuple[str, str]]:
    """Letters whose file is not what was signed; a redacted one has no file any more."""
    rows = letters.values_list("number", "sha256", "attachment__file").order_by("pk")
    for number, sha256, place in rows.iterator():
        if not place:
            continue
        try:
            with default_storage.open(place) as file:
                digest = hashlib.sha256(file.read()).hexdigest()
        except FileNotFoundError:
            yield number, "berkas surat hilang"
        else:
            if digest != sha256:
                yield number, "berkas surat berubah sesudah ditandatangani"


def faults_of(case: dict[str, Any], lines: Iterable[dict[str, Any]]) -> list[str]:
    """What is wrong with one case's history, line by line; empty if nothing is."""
    faults: list[str] = []
    before, expected = "", 1
    for line in lines:
        if line["seq"] == expected:
            if _hash(case["reference"], line, before) != line["hash"]:
                faults.append(f"baris {line['seq']} diubah")
        else:
            faults += [f"baris {seq} hilang" for seq in range(expected, line["seq"])]
        before, expected = line["hash"], line["seq"] + 1
    last = expected - 1
    if case["events_count"] != last or not last:
        faults += [
            f"baris {seq} hilang" for seq in range(expected, max(case["events_count"], 1) + 1)
        ]
        if case["events_count"] < last:
            faults.append(f"baris {case['events_count'] + 1} sampai {last} tidak tercatat di kasus")
    elif chain.seal(case["reference"], last, before) != case["events_seal"]:
        faults.append(f"segel tidak cocok dengan baris {last}")
    return faults


def _hash(reference: str, line: dict[str, Any], before: str) -> str:
    return chain.event_hash(
        reference, line["seq"], line["code"], line["actor_id"], line["at"], line["data"], before
    )


def _batches(
    cases: QuerySet[Case],
) -> Iterator[tuple[list[dict[str, Any]], dict[int, list[dict[str, Any]]]]]:
    """Some cases at a time with their lines, by key and not by offset: a million cases stream."""
    last = 0
    while rows := list(cases.filter(pk__gt=last).order_by("pk").values(*CASE)[:BATCH]):
        last = rows[-1]["pk"]
        yield rows, _lines([row["pk"] for row in rows])


def _lines(pks: list[int]) -> dict[int, list[dict[str, Any]]]:
    events = CaseEvent.objects.filter(case__in=pks).order_by("case_id", "seq").values(*LINE)
    return {pk: list(lines) for pk, lines in groupby(events.iterator(), key=itemgetter("case_id"))}


@transaction.atomic
def _look_again(pk: int) -> list[str]:
    Case.objects.select_for_update().only("pk").get(pk=pk)
    return faults_of(Case.objects.values(*CASE).get(pk=pk), _lines([pk]).get(pk, []))
