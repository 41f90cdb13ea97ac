"""List what is past its term, and put it on a batch for two people to sign. Destroys nothing."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand

from dataprotection import actions
from dataprotection.retaining import figures
from dataprotection.workflow import NotReady
from office.calendar import today


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only count")
        parser.add_argument(
            "--date", dest="day", type=date.fromisoformat, help="as if today were this day"
        )

    def handle(
        self, *args: Any, dry_run: bool = False, day: date | None = None, **options: Any
    ) -> None:
        day = day or today()
        for rule, count in figures(day):
            self.stdout.write(f"{count:>8}  {rule} ({rule.law})")
        if dry_run:
            self.stdout.write("Hanya dihitung; tidak ada berkas yang disusun.")
            return
        try:
            batch = actions.make_batch(actor=None, today=min(day, today()))
        except NotReady as reason:
            self.stdout.write(str(reason))
            return
        self.stdout.write(f"{batch} disusun dan menunggu dua tanda tangan.")
