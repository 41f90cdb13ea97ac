"""Lists as XLSX files that are safe to open."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import IO, Any

import xlsxwriter
from django.utils import timezone

# Title, width in signs, and how the value is read from a row.
Column = tuple[str, int, Callable[[Any], Any]]


def safe_book(file: IO[bytes]) -> xlsxwriter.Workbook:
    """A workbook that is written row by row, and whose text stays text."""
    return xlsxwriter.Workbook(
        file,
        {
            # What somebody typed is never a formula or a link, whatever it begins with.
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "constant_memory": True,
        },
    )


def write_list(file: IO[bytes], title: str, columns: list[Column], rows: Iterable[Any]) -> int:
    """Write one sheet with a heading; says how many rows it has."""
    book = safe_book(file)
    sheet = book.add_worksheet(title)
    bold = book.add_format({"bold": True})
    formats = {
        datetime: book.add_format({"num_format": "dd-mm-yyyy hh:mm"}),
        date: book.add_format({"num_format": "dd-mm-yyyy"}),
    }
    for column, (heading, width, _value) in enumerate(columns):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, heading, bold)
    sheet.freeze_panes(1, 0)
    number = 0
    for number, row in enumerate(rows, start=1):
        for column, (_heading, _width, value) in enumerate(columns):
            _write_cell(sheet, number, column, value(row), formats)
    book.close()
    return number


def _write_cell(sheet: Any, row: int, column: int, value: Any, formats: dict[type, Any]) -> None:
    if isinstance(value, datetime):
        # Excel knows no zones: the office's own clock is what a reader expects.
        sheet.write_datetime(row, column, timezone.make_naive(value), formats[datetime])
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, formats[date])
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value)
    elif value:
        sheet.write_string(row, column, str(value))
