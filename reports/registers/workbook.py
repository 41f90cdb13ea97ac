"""A register as an XLSX file, written row by row while it is read."""

from collections.abc import Iterable
from tempfile import TemporaryFile
from typing import IO, Any

from office.workbook import safe_book

from .cells import TICK
from .columns import Column, Style, upper_headings

# 421 is Indonesian: the days and months have their names in any Excel.
_FORMATS = {
    Style.TEXT: {},
    Style.DAY: {"num_format": "[$-421]d mmmm yyyy", "align": "left"},
    Style.WEEKDAY: {"num_format": "[$-421]dddd, d mmmm yyyy", "align": "left"},
    Style.TICK: {"align": "center"},
    Style.MONEY: {"num_format": '"Rp"#,##0'},
}

A4 = 9


def write_register(
    title: str, notes: Iterable[str], columns: list[Column], entries: Iterable[Any]
) -> IO[bytes]:
    """The file, rewound; it is gone when it is closed. `notes` stand below the title."""
    file = TemporaryFile()  # noqa: SIM115 - whoever takes it closes it
    try:
        _write(file, title, notes, columns, entries)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


def _write(
    file: IO[bytes],
    title: str,
    notes: Iterable[str],
    columns: list[Column],
    entries: Iterable[Any],
) -> None:
    book = safe_book(file)
    sheet = book.add_worksheet("Register")
    bold = book.add_format({"bold": True})
    cell = {"valign": "top", "text_wrap": True}
    formats = {style: book.add_format({**cell, **look}) for style, look in _FORMATS.items()}
    for column, one in enumerate(columns):
        sheet.set_column(column, column, one.letters, formats[one.style])
    sheet.write_string(0, 0, title, bold)
    row = 1
    for row, note in enumerate(notes, start=1):
        sheet.write_string(row, 0, note)
    first = row + 2
    _headings(sheet, first, columns, book)
    sheet.freeze_panes(first + 2, 1)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(first, first + 1)
    sheet.set_footer("&L&8&A&R&8&P / &N")
    plan = [
        (n, one.value, _WRITE[one.style](sheet), formats[one.style])
        for n, one in enumerate(columns)
    ]
    for row, entry in enumerate(entries, start=first + 2):
        for number, value, write, look in plan:
            found = value(entry)
            # A blank cell is not written; no cost is a cost of nothing.
            if found or (found == 0 and found is not False):
                write(row, number, found, look)
    book.close()


def _headings(sheet: Any, first: int, columns: list[Column], book: Any) -> None:
    look = book.add_format(
        {"bold": True, "text_wrap": True, "valign": "vcenter", "align": "center", "border": 1}
    )
    place = 0
    for heading in upper_headings(columns):
        last = place + heading.columns - 1
        for column in range(place, last + 1):
            sheet.write_string(first, column, heading.title if column == place else "", look)
        # merge_range would go back to a row that is written by now; a heading needs no more than
        # to be told that its cells are one.
        sheet.merge.append([first, place, first + heading.is_alone, last])
        place = last + 1
    for number, one in enumerate(columns):
        sheet.write_string(first + 1, number, one.title if one.over else "", look)


def _texts(sheet: Any) -> Any:
    return sheet.write_string


def _ticks(sheet: Any) -> Any:
    return lambda row, column, _value, look: sheet.write_string(row, column, TICK, look)


_WRITE = {
    Style.TEXT: _texts,
    Style.DAY: lambda sheet: sheet.write_datetime,
    Style.WEEKDAY: lambda sheet: sheet.write_datetime,
    Style.TICK: _ticks,
    Style.MONEY: lambda sheet: sheet.write_number,
}
