"""Close what was left open at the walk-in desk after hours. Doing it twice does no harm."""

from typing import Any

from django.core.management.base import BaseCommand

from yankomas.actions import close_left_open


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"loket dan nomor ditutup: {close_left_open()}")
