"""Take the office's table of contacts over: a row a month, a column a channel.

The columns are named by channel (label or code), in any order, after "bulan". Safe to repeat: what
is in already stays, and a changed number becomes a correction with a history. A file with a bad
row is not taken at all.
"""

from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from channels.actions.tallying import Planned, import_month, plan_import
from channels.counts import dotted
from channels.rows import BadRow, UnreadableFile
from channels.tables import Table, read_table
from channels.vocabulary import ContactChannel


class Command(BaseCommand):
    help = __doc__

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        kwargs["formatter_class"] = RawDescriptionHelpFormatter
        return super().create_parser(prog_name, subcommand, **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would happen and write nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            table = read_table(options["file"])
        except UnreadableFile as error:
            raise CommandError(str(error)) from None
        if not (table.rows or table.bad):
            raise CommandError(f"Berkas {options['file']} tidak memuat satu bulan pun.")
        with transaction.atomic():
            plans = self._plans(table, dry_run=options["dry_run"])
            bad = sorted(table.bad, key=lambda row: row.line)
            if bad:
                transaction.set_rollback(True)
        if bad:
            for row in bad:
                self.stderr.write(f"baris {row.line}: {row.reason}")
            raise CommandError(
                f"{len(bad)} baris salah. Tidak ada yang diimpor; perbaiki berkasnya, lalu ulangi."
            )
        self._report(plans, dry_run=options["dry_run"])

    def _plans(self, table: Table, *, dry_run: bool) -> list[Planned]:
        """What becomes of each figure; whatever cannot be taken goes to the bad rows."""
        plans: list[Planned] = []
        for row in table.rows:
            take = plan_import if dry_run else import_month
            found = take(row.month, row.counts)
            table.bad += [
                BadRow(row.line, f"{_label(one)} {one.problem}") for one in found if one.problem
            ]
            plans += found
        return plans

    def _report(self, plans: list[Planned], *, dry_run: bool) -> None:
        said: Counter[str] = Counter()
        for one in plans:
            said["same" if not one.is_change else "new" if one.old is None else "corrected"] += 1
            if one.is_change:
                was = "baru" if one.old is None else f"koreksi, tadinya {dotted(one.old)}"
                self.stdout.write(f"{one.month:%Y-%m}  {_label(one)}: {dotted(one.new)} ({was})")
        self.stdout.write(
            f"{said['new']} angka baru, {said['corrected']} koreksi, {said['same']} sudah sama; "
            f"jumlah seluruhnya {dotted(sum(one.new for one in plans))}."
        )
        if not said["new"] and not said["corrected"]:
            self.stdout.write("Tidak ada yang berubah.")
        if dry_run:
            self.stdout.write("Uji coba: tidak ada yang disimpan.")


def _label(one: Planned) -> str:
    return str(ContactChannel(one.channel).label)
