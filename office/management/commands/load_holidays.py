"""Fill the holiday table of whole years from the `holidays` package: libur nasional and cuti
bersama.
"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from holidays import country_holidays

from office.calendar import days_changed
from office.models import Holiday

# `government` is the package's name for cuti bersama; leaving it out would silently make joint
# leave count.
CATEGORIES = {"public": Holiday.Category.NATIONAL, "government": Holiday.Category.JOINT_LEAVE}


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("years", nargs="+", type=int)

    @transaction.atomic
    def handle(self, *args: Any, years: list[int], **options: Any) -> None:
        for year in years:
            rows = [
                Holiday(
                    date=day, name=name[:150], category=category, is_estimate="perkiraan" in name
                )
                for key, category in CATEGORIES.items()
                for day, name in country_holidays(
                    "ID", years=year, categories=(key,), language="id"
                ).items()
            ]
            if not any(row.category == Holiday.Category.JOINT_LEAVE for row in rows):
                raise CommandError(
                    f"Cuti bersama {year} belum ditetapkan dalam paket holidays; isi lewat admin."
                )
            # Rows that staff entered or corrected stay as they are.
            Holiday.objects.bulk_create(rows, ignore_conflicts=True)
            self.stdout.write(f"{year}: {len(rows)} hari libur")
        for words in days_changed():
            self.stdout.write(words)
