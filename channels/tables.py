"""Reading the office's table of contacts: a row a month, a column a channel."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from io import StringIO
from pathlib import Path

from django.utils import translation

from office.calendar import today

from .counts import read_count
from .models import MOST_A_MONTH
from .rows import BadRow, UnreadableFile
from .vocabulary import ContactChannel

# A table of a century is smaller.
LONGEST_FILE = 1_000_000
MONTH, TOTAL = {"bulan", "month", "periode"}, {"total", "jumlah"}
_BLANK = {"", "-", "–"}
_NAMES = (
    *("januari", "februari", "maret", "april", "mei", "juni"),
    *("juli", "agustus", "september", "oktober", "november", "desember"),
)


@dataclass(frozen=True)
class MonthRow:
    """The counts of one month by channel; a blank cell is not in it."""

    line: int
    month: date
    counts: dict[str, int]


@dataclass
class Table:
    rows: list[MonthRow] = field(default_factory=list)
    bad: list[BadRow] = field(default_factory=list)


def read_table(path: Path, today_: date | None = None) -> Table:
    """Every month of the file, and every row that cannot be taken, with the reason. Columns and
    rows of sums are checked, not taken. Raises UnreadableFile.
    """
    text = _text(path)
    first = next(iter(text.splitlines()), "")
    delimiter = max(";,\t", key=first.count)
    lines = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows = _lines(lines)
    header = next(rows, None)
    if header is None or isinstance(header, BadRow):
        raise UnreadableFile(f"Berkas {path} kosong, atau baris pertamanya bukan judul kolom.")
    return _Reader(_columns(header[1]), today_ or today()).read(rows)


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            raw = file.read(LONGEST_FILE + 1)
    except FileNotFoundError:
        raise UnreadableFile(f"Berkas {path} tidak ada.") from None
    except OSError as error:
        raise UnreadableFile(f"Berkas {path} tidak bisa dibaca: {error.strerror}.") from None
    if len(raw) > LONGEST_FILE:
        raise UnreadableFile(f"Berkas {path} terlalu besar untuk sebuah tabel bulanan.")
    utf16 = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = raw.decode("utf-16" if utf16 else "utf-8-sig")
    except UnicodeError:
        # What Excel writes on an older Windows; all that is read here is ASCII anyway.
        text = raw.decode("cp1252", errors="replace")
    if "\0" in text:
        raise UnreadableFile(f"Berkas {path} bukan teks CSV. Simpan tabelnya sebagai CSV.")
    return text


def _lines(reader: "Iterator[list[str]]") -> Iterator[tuple[int, list[str]] | BadRow]:
    while True:
        line = getattr(reader, "line_num", 0) + 1
        try:
            cells = [cell.strip() for cell in next(reader)]
        except StopIteration:
            return
        except csv.Error:
            yield BadRow(line, "bukan baris CSV yang sah (periksa tanda kutip)")
            continue
        if any(cells):
            yield line, cells


def _columns(header: list[str]) -> list[str]:
    """What each column is: "bulan", "total", or the code of a channel."""
    known = dict.fromkeys(MONTH, "bulan") | dict.fromkeys(TOTAL, "total")
    for channel in ContactChannel:
        known[channel.value] = channel.value
        for language in ("id", "en"):
            with translation.override(language):
                known.setdefault(_plain(str(channel.label)), channel.value)
    columns = [known.get(_plain(title), "") for title in header]
    if columns[0] != "bulan":
        raise UnreadableFile("Kolom pertama harus “bulan”.")
    with translation.override("id"):
        names = ", ".join(str(channel.label) for channel in ContactChannel)
    for title, column in zip(header, columns, strict=True):
        if not column:
            raise UnreadableFile(f"Kolom “{title[:60]}” bukan kanal. Yang dikenal: {names}.")
        if columns.count(column) > 1:
            raise UnreadableFile(f"Kolom “{title[:60]}” ganda.")
    return columns


def _plain(title: str) -> str:
    return " ".join(title.casefold().split())


class _Reader:
    def __init__(self, columns: list[str], today_: date) -> None:
        self.columns, self.today = columns, today_
        self.table = Table()
        self.lines: dict[date, int] = {}
        self.sums: dict[str, int] = {}

    def read(self, rows: Iterator[tuple[int, list[str]] | BadRow]) -> Table:
        for row in rows:
            if isinstance(row, BadRow):
                self.table.bad.append(row)
                continue
            line, cells = row
            if problem := self._take(line, cells):
                self.table.bad.append(BadRow(line, problem))
        return self.table

    def _take(self, line: int, cells: list[str]) -> str:
        """Keep the row; says what is wrong with it."""
        if len(cells) != len(self.columns):
            return f"ada {len(cells)} kolom, seharusnya {len(self.columns)}"
        counts: dict[str, int] = {}
        for column, cell in zip(self.columns[1:], cells[1:], strict=True):
            if cell in _BLANK:
                continue
            count = read_count(cell)
            if count is None:
                return f"{self._name(column)}: “{cell[:40]}” bukan bilangan bulat"
            counts[column] = count
        if _plain(cells[0]) in TOTAL:
            return self._check_sums(counts)
        total = counts.pop("total", None)
        month = _month(cells[0])
        if month is None:
            return f"bulan “{cells[0][:40]}” tidak terbaca; tulis seperti 2024-01"
        if month > self.today:
            return f"bulan {month:%Y-%m} belum tiba"
        if month in self.lines:
            return f"bulan {month:%Y-%m} sudah ada di baris {self.lines[month]}"
        for column, count in counts.items():
            if count > MOST_A_MONTH:
                return f"{self._name(column)}: {count} lebih dari {MOST_A_MONTH}"
        if total is not None and total != sum(counts.values()):
            return f"total {total} tidak sama dengan jumlah kolomnya, {sum(counts.values())}"
        self.lines[month] = line
        for column, count in counts.items():
            self.sums[column] = self.sums.get(column, 0) + count
        self.table.rows.append(MonthRow(line, month, counts))
        return ""

    def _check_sums(self, counts: dict[str, int]) -> str:
        if self.table.bad:
            # A row that was left out is missing from the sums, too.
            return ""
        expected = {**self.sums, "total": sum(self.sums.values())}
        for column, count in counts.items():
            if count != expected.get(column, 0):
                return (
                    f"{self._name(column)}: jumlah {count} tidak sama dengan jumlah barisnya, "
                    f"{expected.get(column, 0)}"
                )
        return ""

    @staticmethod
    def _name(column: str) -> str:
        with translation.override("id"):
            return "Total" if column == "total" else str(ContactChannel(column).label)


def _month(typed: str) -> date | None:
    """2024-01, 01/2024 or Januari 2024."""
    if found := re.fullmatch(r"([0-9]{4})[-/]([0-9]{1,2})", typed):
        year, number = int(found[1]), int(found[2])
    elif found := re.fullmatch(r"([0-9]{1,2})[-/]([0-9]{4})", typed):
        year, number = int(found[2]), int(found[1])
    elif (found := re.fullmatch(r"([A-Za-z]+) ([0-9]{4})", typed)) and found[1].lower() in _NAMES:
        year, number = int(found[2]), _NAMES.index(found[1].lower()) + 1
    else:
        return None
    return date(year, number, 1) if 2000 <= year <= 2100 and 1 <= number <= 12 else None
