"""Reading a file of reviews or comments; what its columns may be called is in headings.py."""

import csv
from pathlib import Path
from zoneinfo import ZoneInfo

from .counts import dotted
from .headings import columns_of
from .models import BEST_SCORE
from .rows import BadRow, Row, Source, UnreadableFile

LONGEST_FILE = 20_000_000
# All are held at once and taken in one transaction.
MOST_ROWS = 50_000


def read_comments(path: Path, *, zone: str = "UTC") -> tuple[list[Row], list[BadRow]]:
    """What can be taken and what cannot, with the reason. Raises UnreadableFile."""
    try:
        zoned = ZoneInfo(zone)
    except (KeyError, ValueError, OSError):
        raise UnreadableFile(f"Zona waktu {zone} tidak dikenal.") from None
    encoding, header = _begin(path)
    delimiter = max(",;\t", key=header.count)
    columns = columns_of(next(csv.reader([header], delimiter=delimiter), []))
    source = Source(
        path,
        time=columns["at"],
        text=columns["text"],
        score=columns["score"],
        reply=columns["reply"],
        zone=zoned,
        delimiter=delimiter,
        encoding=encoding,
    )
    rows: list[Row] = []
    bad: list[BadRow] = []
    for row in source.rows():
        if len(rows) + len(bad) == MOST_ROWS:
            raise UnreadableFile(
                f"Berkas lebih dari {dotted(MOST_ROWS)} baris. Bagi menjadi beberapa berkas."
            )
        found = _with_stars(row)
        if isinstance(found, Row):
            rows.append(found)
        else:
            bad.append(found)
    return rows, bad


def _begin(path: Path) -> tuple[str, str]:
    """The encoding and the first line."""
    try:
        with path.open("rb") as file:
            raw = file.read(LONGEST_FILE + 1)
    except FileNotFoundError:
        raise UnreadableFile(f"Berkas {path} tidak ada.") from None
    except OSError as error:
        raise UnreadableFile(f"Berkas {path} tidak bisa dibaca: {error.strerror}.") from None
    if len(raw) > LONGEST_FILE:
        raise UnreadableFile("Berkas lebih dari 20 MB. Bagi menjadi beberapa berkas.")
    encoding = "utf-16" if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        lines = raw.decode(encoding).splitlines()
    except UnicodeError:
        raise UnreadableFile("Berkas bukan teks. Simpan tabelnya sebagai CSV UTF-8.") from None
    if not lines:
        raise UnreadableFile(f"Berkas {path} kosong.")
    return encoding, lines[0]


def _with_stars(row: Row | BadRow) -> Row | BadRow:
    """A score is a number of stars, whole and from 1 to 5."""
    if isinstance(row, BadRow) or row.score is None:
        return row
    if not (row.score.is_integer() and 1 <= row.score <= BEST_SCORE):
        return BadRow(row.line, f"nilai {row.score:g} bukan 1 sampai {BEST_SCORE}")
    return row
