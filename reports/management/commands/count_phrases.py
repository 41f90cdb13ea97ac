"""Count the words and phrases of cases, reviews and comments by month and topic: of this month and
the last one, of months never counted, and of those that got comments from a file. Every night;
twice does no harm.
"""

from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand

from reports.texts.counting import count_month, count_recent, months_with_texts, stale_months


def month(text: str) -> date:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError as error:
        raise ArgumentTypeError("tulis bulannya seperti 2026-11") from error


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--month", type=month, help="only this month (2026-11)")
        parser.add_argument("--all", action="store_true", help="every month anew")

    def handle(
        self, *args: Any, month: date | None = None, all: bool = False, **options: Any
    ) -> None:
        if month is not None:
            self.stdout.write(f"{month:%Y-%m}: {count_month(month)} kasus dibaca, termasuk ulasan")
            return
        read = 0 if all else count_recent()
        for one in months_with_texts() if all else stale_months():
            read += count_month(one)
        self.stdout.write(f"{read} kasus dibaca, termasuk ulasan")
