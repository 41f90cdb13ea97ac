"""Take reviews or comments over from a CSV file with the columns at, score, text, reply.

The columns may have Indonesian names (waktu, nilai, isi, balasan; see channels/headings.py).
Each is taken once, with a guessed topic; what looks like somebody's number is masked. Bad rows are
reported and left out, all others are taken; the command then ends with an error.
"""

from argparse import ArgumentParser, RawDescriptionHelpFormatter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from channels.actions.comments import foresee, import_comments
from channels.comment_files import read_comments
from channels.rows import UnreadableFile
from channels.vocabulary import WITH_COMMENTS


class Command(BaseCommand):
    help = __doc__

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        kwargs["formatter_class"] = RawDescriptionHelpFormatter
        return super().create_parser(prog_name, subcommand, **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument(
            "--channel", required=True, choices=[channel.value for channel in WITH_COMMENTS]
        )
        parser.add_argument(
            "--timezone", default="UTC", help="zone of times that name none (default: UTC)"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would happen and write nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            rows, bad = read_comments(options["file"], zone=options["timezone"])
        except UnreadableFile as error:
            raise CommandError(str(error)) from None
        take = foresee if options["dry_run"] else import_comments
        taken = take(rows, channel=options["channel"])
        for row in bad:
            self.stderr.write(f"baris {row.line}: {row.reason}; dilewati")
        self.stdout.write(
            f"{taken.new} komentar baru, {taken.known} sudah ada, {taken.answered} balasan baru, "
            f"{taken.linked} ditautkan dengan kasusnya, {len(bad)} baris salah."
        )
        if not taken.is_change:
            self.stdout.write("Tidak ada yang berubah.")
        if options["dry_run"]:
            self.stdout.write("Uji coba: tidak ada yang disimpan.")
        if bad:
            raise CommandError(f"{len(bad)} baris salah dilewati.")
