"""What nobody needs any more goes; the hourly command calls it."""

from datetime import datetime, timedelta

from django.db.models import CharField
from django.db.models.functions import Cast
from django.utils import timezone

from office.calendar import today
from office.uploads import month_folder, sweep_folder

from .media import FOLDER
from .models import Media, SearchCount, Vote

# A file waits for its row no longer than one request; a day is safe.
ORPHAN_AGE = timedelta(hours=24)
# The team looks three months back; the meeting compares with the same month a year ago.
SEARCHES_KEPT = timedelta(days=400)


def orphan_files(at: datetime) -> int:
    """Content files that no row names, as the full size or as one of its smaller ones."""
    this_month = timezone.localtime(at).replace(day=1)
    months = [this_month, this_month - timedelta(days=1)]
    return sum(_sweep(f"{FOLDER}/{month_folder(month)}", at) for month in months)


def _sweep(folder: str, at: datetime) -> int:
    known = set()
    rows = Media.objects.filter(file__startswith=f"{folder}/").values_list("file", "renditions")
    for file, renditions in rows.iterator():
        known |= {file, *(rendition["file"] for rendition in renditions)}
    return sweep_folder(folder, known, at - ORPHAN_AGE)


def voters(at: datetime) -> int:
    """Digests of visitors whose day is over: they have kept out second votes, and whoever has the
    key could otherwise try addresses against them for ever.
    """
    nobody = Cast("pk", CharField())
    return Vote.objects.filter(day__lt=today(at)).exclude(voter=nobody).update(voter=nobody)


def searches(at: datetime) -> int:
    """What people typed longer ago than anybody asks."""
    return SearchCount.objects.filter(day__lt=today(at) - SEARCHES_KEPT).delete()[0]
