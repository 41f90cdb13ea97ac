"""Fill the tables with any number of made-up cases, to measure with. Never on a real site."""

import multiprocessing
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from datetime import datetime
from itertools import islice
from typing import Any

import django
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.utils import timezone
from tqdm import tqdm

# The models come in later than this module does: a worker process sets Django up by itself.
CHUNK = 5_000
OFFICERS_A_SECTION = 4
# Below this, starting processes costs more than they save.
WORTH_PROCESSES = 50_000
PROCESSES = 2
_live_and_write: Callable[[list[Any]], Counter[str]]


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("count", type=int, metavar="N")
        parser.add_argument("--seed", type=int, default=1, help="the same seed, the same cases")
        parser.add_argument("--yes", action="store_true", help="also where DEMO is off")

    def handle(self, *args: Any, count: int, seed: int, yes: bool, **options: Any) -> None:
        from infocontent.models import Topic
        from kanim_portal.seeding import bulk
        from kanim_portal.seeding.lives import births
        from reports.recap.refreshing import mark_all

        if not settings.DEMO and not yes:
            raise CommandError("Kasus buatan hanya untuk DEMO=1. Pakai --yes bila memang begitu.")
        if not Topic.objects.exists():
            raise CommandError("Muat dulu data kantor: manage.py load_office")
        hire_staff()
        now, first = timezone.now(), [bulk.next_id(model) for model in tables()]
        counters = take_numbers(count, seed, now)
        chunks = _chunks(births(count, seed=seed, now=now, counters=counters))
        statuses: Counter[str] = Counter()
        with tqdm(total=count, unit=" kasus", disable=None, file=self.stderr) as bar:
            for written in self._written(count, chunks, (seed, now, first)):
                statuses += written
                bar.update(written.total())
        bulk.finish(tables())
        # Rows in bulk are written past the triggers.
        mark_all()
        for status, number in statuses.most_common():
            self.stdout.write(f"{number:9d}  {status}")

    def _written(
        self, count: int, chunks: Iterator[list[Any]], start: tuple[Any, ...]
    ) -> Iterator[Counter[str]]:
        if count < WORTH_PROCESSES or connection.vendor != "postgresql":
            begin(*start)
            yield from map(live_and_write, chunks)
        else:
            from kanim_portal.seeding import bulk

            # Not forked: a connection must not be shared.
            context = multiprocessing.get_context("spawn")
            with (
                bulk.without_indexes(tables()),
                ProcessPoolExecutor(PROCESSES, context, begin_process, start) as pool,
            ):
                running = {pool.submit(live_and_write, c) for c in islice(chunks, PROCESSES + 1)}
                while running:
                    done, running = wait(running, return_when=FIRST_COMPLETED)
                    running |= {pool.submit(live_and_write, c) for c in islice(chunks, len(done))}
                    yield from (future.result() for future in done)


def begin_process(*start: Any) -> None:
    django.setup()
    begin(*start)


def begin(seed: int, now: datetime, first: list[int]) -> None:
    """Get ready for chunks: what all of them need is read once a process."""
    from kanim_portal.seeding import bulk
    from kanim_portal.seeding.lives import FirstKeys, Lives

    lives = Lives(seed=seed, now=now, first=FirstKeys(*first))

    @transaction.atomic
    def live_and_write(born: list[Any]) -> Counter[str]:
        rows = lives.chunk(born)
        bulk.prepare()
        parts = [rows.cases, rows.events, rows.messages, rows.applicants]
        parts += [rows.complaints, rows.requests]
        for model, part in zip(tables(), parts, strict=True):
            bulk.write(model, part)
        return Counter(row[4] for row in rows.cases)

    global _live_and_write
    _live_and_write = live_and_write


def live_and_write(born: list[Any]) -> Counter[str]:
    """One chunk in one transaction; how many cases of each status."""
    return _live_and_write(born)


def tables() -> tuple[Any, ...]:
    from cases.models import Applicant, Case, CaseEvent, Message
    from complaints.models import Complaint
    from inforequests.models import InformationRequest

    return Case, CaseEvent, Message, Applicant, Complaint, InformationRequest


@transaction.atomic
def take_numbers(count: int, seed: int, now: datetime) -> dict[tuple[str, int], int]:
    """Move the counters past the numbers to be used; from where they stood, to number the cases."""
    from cases.models import ReferenceCounter
    from kanim_portal.seeding.lives import births

    before = {
        (row.kind, row.year): row.last for row in ReferenceCounter.objects.select_for_update()
    }
    after = dict(before)
    for _ in births(count, seed=seed, now=now, counters=after):
        pass
    ReferenceCounter.objects.bulk_create(
        (ReferenceCounter(kind=kind, year=year, last=n) for (kind, year), n in after.items()),
        update_conflicts=True,
        unique_fields=["kind", "year"],
        update_fields=["last"],
    )
    return before


@transaction.atomic
def hire_staff() -> None:
    """Accounts for the made-up work. Nobody can log in with them."""
    from django.contrib.auth.models import Group

    from office.models import Section, User
    from office.roles import Role

    people: list[tuple[str, Role, Section | None]] = [("seed.verifikator", Role.VERIFIER, None)]
    for section in Section.objects.all():
        people.append((f"seed.kepala.{section.code}", Role.SECTION_HEAD, section))
        people += [
            (f"seed.petugas{n}.{section.code}", Role.OFFICER, section)
            for n in range(OFFICERS_A_SECTION)
        ]
    for username, role, home in people:
        user, is_new = User.objects.get_or_create(
            username=username, defaults={"section": home, "is_staff": True, "is_demo": True}
        )
        if is_new:
            user.set_unusable_password()
            user.save(update_fields=["password"])
            user.groups.set([Group.objects.get(name=role.value)])


def _chunks(born: Iterator[Any]) -> Iterator[list[Any]]:
    while chunk := list(islice(born, CHUNK)):
        yield chunk
