"""Bring texts from elsewhere (reviews of an app, say) in as complaints, with their original time.

Safe to repeat and to stop: each row is taken once, whole or not at all.
"""

from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import IntegrityError, transaction
from tqdm import tqdm

from cases.deadlines import DeadlineRuleMissing, due_dates
from cases.workflow import Channel, Kind
from channels.actions import digest, import_complaint
from channels.models import Comment, ImportedRow
from channels.rows import BadRow, Row, Source, UnreadableFile
from channels.topics import TopicGuesser
from office.calendar import today

# So many rows share a commit. More would be hardly faster, and would keep the year's number counter
# locked against citizens who are filing at the same moment.
CHUNK = 100
UNKNOWN = "(belum diketahui)"


@dataclass
class Tally:
    taken: int = 0
    known: int = 0
    above_score: int = 0
    topics: Counter[str] = field(default_factory=Counter)
    years_without_holidays: set[int] = field(default_factory=set)
    bad: list[BadRow] = field(default_factory=list)


class Command(BaseCommand):
    help = __doc__

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        kwargs["formatter_class"] = RawDescriptionHelpFormatter
        return super().create_parser(prog_name, subcommand, **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument(
            "--source", required=True, help='where the rows come from, e.g. "ulasan aplikasi"'
        )
        parser.add_argument("--time-column", default="at", metavar="NAME")
        parser.add_argument("--text-column", default="text", metavar="NAME")
        parser.add_argument(
            "--score-column",
            default="score",
            metavar="NAME",
            help='"" for a file without scores (default: score)',
        )
        parser.add_argument(
            "--max-score", type=float, default=2, help="leave rows with a higher score (default: 2)"
        )
        parser.add_argument("--channel", choices=Channel.values, default=Channel.APP_REVIEW.value)
        parser.add_argument(
            "--timezone", default="UTC", help="zone of times that name none (default: UTC)"
        )
        parser.add_argument("--delimiter", default=",", help='one sign, or "tab" (default: comma)')
        parser.add_argument("--encoding", default="utf-8-sig")
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would happen and write nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        source_name = options["source"].strip()
        longest = ImportedRow._meta.get_field("source").max_length or 0
        if not 0 < len(source_name) <= longest:
            raise CommandError(f"--source: 1 sampai {longest} karakter.")
        file = self._file(options)
        try:
            # Read once to the end before anything is written: a wrong encoding changes nothing.
            total = sum(1 for _ in file.rows())
            tally = self._import(file, total, source_name, options)
        except UnreadableFile as error:
            raise CommandError(str(error)) from None
        self._report(tally, dry_run=options["dry_run"])

    def _file(self, options: dict[str, Any]) -> Source:
        delimiter = "\t" if options["delimiter"] in ("tab", "\\t") else options["delimiter"]
        if len(delimiter) != 1 or delimiter in '"\r\n':
            raise CommandError("--delimiter: satu tanda saja, misalnya ; atau tab.")
        try:
            zone = ZoneInfo(options["timezone"])
        except (KeyError, ValueError, OSError):
            raise CommandError(f"Zona waktu {options['timezone']} tidak dikenal.") from None
        return Source(
            path=options["file"],
            time=options["time_column"],
            text=options["text_column"],
            score=options["score_column"],
            zone=zone,
            delimiter=delimiter,
            encoding=options["encoding"],
        )

    def _import(self, file: Source, total: int, source: str, options: dict[str, Any]) -> Tally:
        tally, guesser, seen = Tally(), TopicGuesser.load(), set[str]()
        # disable=None: no bar where nobody watches.
        with tqdm(total=total, unit=" baris", disable=None, file=self.stderr) as bar:
            for chunk in _chunks(file.rows()):
                rows = self._wanted(chunk, options["max_score"], tally)
                digests = {digest(source, row.at, row.text): row for row in rows}
                known = set(
                    ImportedRow.objects.filter(source=source, digest__in=digests).values_list(
                        "digest", flat=True
                    )
                )
                known |= self._cases_by_comment(digests, options["channel"])
                fresh = {
                    key: row for key, row in digests.items() if key not in known and key not in seen
                }
                tally.known += len(rows) - len(fresh)
                if options["dry_run"]:
                    seen |= fresh.keys()
                    self._foresee(fresh.values(), guesser, tally)
                else:
                    self._write(
                        fresh.values(), guesser, tally, source=source, channel=options["channel"]
                    )
                bar.update(len(chunk))
        return tally

    def _cases_by_comment(self, rows: dict[str, Row], channel: str) -> set[str]:
        """Those that were taken as comments, and became cases there."""
        keys = {digest(channel, row.at, row.text): key for key, row in rows.items()}
        taken = Comment.objects.filter(digest__in=keys, case__isnull=False)
        return {keys[own] for own in taken.values_list("digest", flat=True)}

    def _wanted(self, chunk: list[Row | BadRow], max_score: float, tally: Tally) -> list[Row]:
        rows = [row for row in chunk if isinstance(row, Row)]
        tally.bad += [row for row in chunk if isinstance(row, BadRow)]
        wanted = [row for row in rows if row.score is None or row.score <= max_score]
        tally.above_score += len(rows) - len(wanted)
        return wanted

    def _write(
        self, rows: Iterable[Row], guesser: TopicGuesser, tally: Tally, *, source: str, channel: str
    ) -> None:
        with transaction.atomic():
            for row in rows:
                topic = guesser.guess(row.text)
                try:
                    case = import_complaint(
                        source=source, text=row.text, at=row.at, topic=topic, channel=channel
                    )
                except IntegrityError:
                    # Somebody imports the same file at this moment.
                    tally.known += 1
                except DeadlineRuleMissing:
                    tally.bad.append(_too_old(row))
                else:
                    self._count(tally, row, topic, has_working_days=case.due_working_on is not None)

    def _foresee(self, rows: Iterable[Row], guesser: TopicGuesser, tally: Tally) -> None:
        for row in rows:
            try:
                due = due_dates(Kind.COMPLAINT, today(row.at))
            except DeadlineRuleMissing:
                tally.bad.append(_too_old(row))
            else:
                self._count(
                    tally, row, guesser.guess(row.text), has_working_days=due.working_on is not None
                )

    def _count(self, tally: Tally, row: Row, topic: Any, *, has_working_days: bool) -> None:
        tally.taken += 1
        tally.topics[str(topic or UNKNOWN)] += 1
        if not has_working_days:
            tally.years_without_holidays.add(today(row.at).year)

    def _report(self, tally: Tally, *, dry_run: bool) -> None:
        for row in sorted(tally.bad, key=lambda row: row.line):
            self.stderr.write(f"baris {row.line}: {row.reason}; dilewati")
        for topic, count in tally.topics.most_common():
            self.stdout.write(f"{count:7d}  {topic}")
        self.stdout.write(
            f"{tally.taken} kasus {'akan dibuat' if dry_run else 'dibuat'}, "
            f"{tally.known} sudah pernah diimpor, {tally.above_score} dilewati karena nilainya, "
            f"{len(tally.bad)} baris salah."
        )
        if tally.years_without_holidays:
            years = " ".join(map(str, sorted(tally.years_without_holidays)))
            self.stdout.write(
                f"Hari libur belum lengkap untuk kasus tahun {years}: tenggat hari kerjanya "
                f"dikosongkan. Muat dengan: manage.py load_holidays {years}"
            )
        if dry_run:
            self.stdout.write("Uji coba: tidak ada yang disimpan.")


def _chunks(rows: Iterator[Row | BadRow]) -> Iterator[list[Row | BadRow]]:
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


def _too_old(row: Row) -> BadRow:
    return BadRow(row.line, "tidak ada aturan tenggat untuk waktu setua ini")
