"""Fill the tables with any number of made-up cases, to measure with. Never on a real site."""

import queue
import threading
from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.utils import timezone
from tqdm import tqdm

from cases.models import Applicant, Case, CaseEvent, Message, ReferenceCounter
from complaints.models import Complaint
from infocontent.models import Topic
from inforequests.models import InformationRequest
from kanim_portal.seeding import bulk
from kanim_portal.seeding.lives import Keys, Lives, Rows
from office.models import Section, User
from office.roles import Role

CHUNK = 10_000
OFFICERS_A_SECTION = 4
TABLES = (Case, CaseEvent, Message, Applicant, Complaint, InformationRequest)


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("count", type=int, metavar="N")
        parser.add_argument(
            "--seed", type=int, default=1, help="the same seed makes the same cases"
        )
        parser.add_argument("--yes", action="store_true", help="also where DEMO is off")

    def handle(self, *args: Any, count: int, seed: int, yes: bool, **options: Any) -> None:
        if not settings.DEMO and not yes:
            raise CommandError(
                "Kasus buatan hanya untuk DEMO=1. Tambahkan --yes bila memang itu maksudnya."
            )
        if not Topic.objects.exists():
            raise CommandError("Muat dulu data kantor: manage.py load_office")
        hire_staff()
        counters = {(row.kind, row.year): row.last for row in ReferenceCounter.objects.all()}
        lives = Lives(
            seed=seed,
            now=timezone.now(),
            keys=Keys(*(bulk.next_id(model) for model in TABLES)),
            counters=counters,
        )
        moments = lives.moments(count)
        statuses: Counter[str] = Counter()
        # The next chunk is thought up while the last one is written.
        with (
            _Writer() as writer,
            tqdm(total=count, unit=" kasus", disable=None, file=self.stderr) as bar,
        ):
            for start in range(0, count, CHUNK):
                numbers = range(start, min(start + CHUNK, count))
                rows = lives.chunk(numbers, moments)
                statuses.update(row[4] for row in rows.cases)
                writer.put(rows, dict(counters))
                bar.update(len(numbers))
        bulk.finish(TABLES)
        for status, number in statuses.most_common():
            self.stdout.write(f"{number:9d}  {status}")


@transaction.atomic
def hire_staff() -> None:
    """Accounts for the made-up work. Nobody can log in with them."""
    people = [("seed.verifikator", Role.VERIFIER, None)]
    for section in Section.objects.all():
        people.append((f"seed.kepala.{section.code}", Role.SECTION_HEAD, section))
        people += [
            (f"seed.petugas{n}.{section.code}", Role.OFFICER, section)
            for n in range(OFFICERS_A_SECTION)
        ]
    for username, role, section in people:
        user, is_new = User.objects.get_or_create(
            username=username, defaults={"section": section, "is_staff": True, "is_demo": True}
        )
        if is_new:
            user.set_unusable_password()
            user.save(update_fields=["password"])
            user.groups.set([Group.objects.get(name=role.value)])


class _Writer:
    """Writes chunks in a thread of its own, one transaction each."""

    def __init__(self) -> None:
        self._chunks: queue.Queue[tuple[Rows, dict[tuple[str, int], int]] | None] = queue.Queue(
            maxsize=2
        )
        self._thread = threading.Thread(target=self._run)
        self._error: Exception | None = None

    def __enter__(self) -> "_Writer":
        self._thread.start()
        return self

    def __exit__(self, *exception: Any) -> None:
        self._chunks.put(None)
        self._thread.join()
        self._raise()

    def put(self, rows: Rows, counters: dict[tuple[str, int], int]) -> None:
        self._raise()
        self._chunks.put((rows, counters))

    def _raise(self) -> None:
        if self._error:
            raise self._error

    def _run(self) -> None:
        try:
            while chunk := self._chunks.get():
                if not self._error:
                    self._write(*chunk)
        except Exception as error:
            self._error = error
            while self._chunks.get():
                pass
        finally:
            connection.close()

    @transaction.atomic
    def _write(self, rows: Rows, counters: dict[tuple[str, int], int]) -> None:
        bulk.prepare()
        for model, part in zip(
            TABLES,
            (
                rows.cases,
                rows.events,
                rows.messages,
                rows.applicants,
                rows.complaints,
                rows.requests,
            ),
            strict=True,
        ):
            bulk.write(model, part)
        ReferenceCounter.objects.bulk_create(
            (
                ReferenceCounter(kind=kind, year=year, last=last)
                for (kind, year), last in counters.items()
            ),
            update_conflicts=True,
            unique_fields=["kind", "year"],
            update_fields=["last"],
        )
