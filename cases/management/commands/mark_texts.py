"""Keep the marks by which similar cases are found, of all cases that have none; --all: all anew.
Needed once for a large archive, and after a change of how marks are made.
"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from cases import marks


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="take all marks away first")

    def handle(self, *args: Any, all: bool = False, **options: Any) -> None:
        if all:
            marks.forget_all()
        self.stdout.write(f"{marks.keep_new()} kasus ditandai")
