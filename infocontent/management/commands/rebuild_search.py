"""Make the search index anew: after new synonyms, new prices in many texts, or a restored copy."""

from typing import Any

from django.core.management.base import BaseCommand

from infocontent import search


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Indeks pencarian disusun ulang: {search.rebuild()} dokumen.")
