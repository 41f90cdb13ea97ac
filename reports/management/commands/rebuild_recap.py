"""Count every month of the recap from the rows, whatever was marked: after a restore, or to be
sure.
"""

from typing import Any

from django.core.management.base import BaseCommand

from reports.recap.refreshing import rebuild


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{rebuild()} bulan rekap dihitung ulang.")
