"""What nobody needs any more goes; the hourly command calls it."""

from datetime import datetime, timedelta

from django.utils import timezone

from office.uploads import month_folder, sweep_folder

from .media import FOLDER
from .models import Media

# A file waits for its row no longer than one request; a day is safe.
ORPHAN_AGE = timedelta(hours=24)


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
