"""The monthly recap of a year as a file or on the standard output, which carries nothing else."""

import sys
from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from reports.period import FIRST_YEAR, LAST_YEAR
from reports.recap.files import WRITE, Form
from reports.recap.year import recap_of


def year(text: str) -> int:
    if not (text.isascii() and text.isdigit() and FIRST_YEAR <= int(text) <= LAST_YEAR):
        raise ArgumentTypeError(f"expected a year from {FIRST_YEAR} to {LAST_YEAR}")
    return int(text)


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--year", type=year, required=True)
        parser.add_argument("--format", choices=Form.values, default=Form.CSV.value)
        parser.add_argument("--output", type=Path, metavar="FILE", help="instead of the output")

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override("id"):
            content = WRITE[Form(options["format"])](recap_of(options["year"]))
        if options["output"]:
            try:
                options["output"].write_bytes(content)
            except OSError as error:
                raise CommandError(f"{options['output']}: {error.strerror}") from error
        elif options["format"] in (Form.CSV, Form.JSON):
            self.stdout.write(content.decode(), ending="")
        else:
            sys.stdout.buffer.write(content)
