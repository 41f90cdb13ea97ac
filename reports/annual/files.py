"""A report as a file: the PDF as it was published, and the tables for programs."""

import csv
from collections.abc import Iterator
from io import BytesIO, StringIO
from typing import Any

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from office.workbook import Column, write_list

from .tables import Cell, Table

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# One number a line, so that a program needs to know no table's shape.
Line = tuple[str, str, str, Cell]


def workbook_of(tables: list[Table], name: str) -> HttpResponseBase:
    file = BytesIO()
    write_list(file, _("Angka"), _columns(), lines(tables))
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX)


def csv_of(tables: list[Table], name: str) -> HttpResponse:
    text = StringIO()
    out = csv.writer(text)
    columns = _columns()
    out.writerow([heading for heading, _width, _value in columns])
    for line in lines(tables):
        out.writerow([_harmless(value(line)) for _heading, _width, value in columns])
    # The mark tells Excel that the file is UTF-8.
    return HttpResponse(
        "\ufeff" + text.getvalue(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )


def lines(tables: list[Table]) -> Iterator[Line]:
    for table in tables:
        for row in table.rows:
            for head, cell in zip(table.heads[1:], row.cells, strict=True):
                yield table.caption, row.label, head, cell


def _columns() -> list[Column]:
    return [
        (_("Tabel"), 46, lambda line: line[0]),
        (_("Rincian"), 46, lambda line: line[1]),
        (_("Ukuran"), 26, lambda line: line[2]),
        (_("Nilai"), 14, lambda line: _plain(line[3])),
    ]


def _plain(cell: Cell) -> Any:
    return _("disamarkan") if cell.is_hidden else cell.value


def _harmless(value: Any) -> Any:
    """Text that no program takes for a formula."""
    if isinstance(value, str) and value.lstrip()[:1] in ("=", "+", "-", "@"):
        return f"'{value}"
    return value
