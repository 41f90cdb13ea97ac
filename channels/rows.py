"""Reading a delimited text file row by row: what can become a case, what cannot and why."""

import csv
import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import IO

from django.utils import timezone

LONGEST_TEXT = 10_000
# An earlier year is a slip, and the recap would count every month since then.
FIRST_YEAR = 2000
# One field this long is no complaint but an unclosed quotation mark; the row is reported and left.
_LONGEST_FIELD = 20_000_000

# A line of titles this long is no line of titles; it is not said back in full.
LONGEST_LIST = 300


class UnreadableFile(Exception):
    """The file as a whole cannot be read as asked; the message says what to change."""


@dataclass(frozen=True)
class Row:
    """One row that can become a case. `line` is where it begins, the header being line 1."""

    line: int
    at: datetime
    text: str
    score: float | None = None
    reply: str = ""


@dataclass(frozen=True)
class BadRow:
    line: int
    reason: str


@dataclass(frozen=True)
class Source:
    """Where the rows are and which columns mean what; `score` and `reply` may be in no column."""

    path: Path
    time: str = "at"
    text: str = "text"
    score: str = "score"
    reply: str = ""
    zone: tzinfo = UTC
    delimiter: str = ","
    encoding: str = "utf-8-sig"

    @property
    def _columns(self) -> list[str]:
        return [name for name in (self.time, self.text, self.score, self.reply) if name]

    def rows(self) -> Iterator[Row | BadRow]:
        """Every row that is not blank; raises UnreadableFile."""
        try:
            with self.path.open(encoding=self.encoding, newline="") as file:
                yield from self._rows(file)
        except FileNotFoundError:
            raise UnreadableFile(f"Berkas {self.path} tidak ada.") from None
        except OSError as error:
            raise UnreadableFile(
                f"Berkas {self.path} tidak bisa dibaca: {error.strerror}."
            ) from None
        except LookupError:
            raise UnreadableFile(f"Pengodean {self.encoding} tidak dikenal.") from None
        except UnicodeError:
            raise UnreadableFile(
                f"Berkas {self.path} bukan teks {self.encoding}. "
                "Coba --encoding, misalnya cp1252 atau utf-16."
            ) from None

    def _rows(self, file: IO[str]) -> Iterator[Row | BadRow]:
        csv.field_size_limit(_LONGEST_FIELD)
        reader = csv.reader(file, delimiter=self.delimiter, strict=True)
        header = self._header(reader)
        wanted = {name: header.index(name) for name in self._columns}
        while True:
            line = reader.line_num + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                yield BadRow(line, "bukan baris CSV yang sah (periksa tanda kutip)")
                continue
            if not any(cells):
                continue
            if len(cells) != len(header):
                yield BadRow(line, f"ada {len(cells)} kolom, seharusnya {len(header)}")
                continue
            yield self._row(line, {name: cells[column] for name, column in wanted.items()})

    def _header(self, reader: "Iterator[list[str]]") -> list[str]:
        try:
            header = next(reader)
        except StopIteration:
            raise UnreadableFile(f"Berkas {self.path} kosong.") from None
        except csv.Error:
            raise UnreadableFile(f"Baris pertama {self.path} bukan judul kolom CSV.") from None
        for name in self._columns:
            if header.count(name) != 1:
                raise UnreadableFile(
                    f"Kolom “{name}” {'ganda' if name in header else 'tidak ada'}. "
                    f"Yang ada: {', '.join(header)[:LONGEST_LIST]}."
                )
        return header

    def _row(self, line: int, cells: dict[str, str]) -> Row | BadRow:
        text, score = cells[self.text], None
        if not text.strip():
            return BadRow(line, "teks kosong")
        if "\0" in text:
            return BadRow(line, "teks memuat karakter NUL")
        if len(text) > LONGEST_TEXT:
            return BadRow(line, f"teks lebih dari {LONGEST_TEXT} karakter")
        if self.score:
            try:
                score = float(cells[self.score])
            except ValueError:
                score = math.nan
            if not math.isfinite(score):
                return BadRow(line, "nilai bukan angka")
        try:
            at = datetime.fromisoformat(cells[self.time].strip())
            at = (at if at.tzinfo else at.replace(tzinfo=self.zone)).astimezone(
                timezone.get_default_timezone()
            )
        except (ValueError, OverflowError):
            return BadRow(line, "waktu tidak ada atau tidak terbaca")
        if at.year < FIRST_YEAR:
            return BadRow(line, f"waktunya sebelum {FIRST_YEAR}")
        if at > timezone.now():
            return BadRow(line, "waktunya belum terjadi")
        reply = cells[self.reply].replace("\0", "") if self.reply else ""
        return Row(line, at, text, score, reply)
