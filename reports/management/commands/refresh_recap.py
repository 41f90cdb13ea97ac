"""Count again the months of the recap in which something changed. Every few minutes; twice changes
nothing more.
"""

from typing import Any

from django.core.management.base import BaseCommand

from reports.recap.refreshing import refresh_months


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        count = refresh_months()
        if options["verbosity"]:
            self.stdout.write(f"{count} bulan rekap dihitung ulang.")
