"""A year of the recap as a file: for programs (CSV, JSON), for a sheet, and for paper."""

import csv
import json
from collections.abc import Callable, Iterator
from io import BytesIO, StringIO
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format

from office import pdf
from office.models import Office
from office.workbook import safe_book

from .blocks import DASH, blocks_of, comparison_words, contacts_of, per_month
from .months import MonthFigures
from .year import Change, Line, Recap

TOTAL = "Jumlah"
COMPARED = [
    *("bulan", "Kontak"),
    *("Bulan sebelumnya", "Selisih dari bulan sebelumnya", "Selisih (%)"),
    *("Bulan sama tahun lalu", "Selisih dari tahun lalu", "Selisih tahun (%)"),
]


class Form(models.TextChoices):
    CSV = "csv", "CSV"
    XLSX = "xlsx", "Excel (XLSX)"
    PDF = "pdf", "PDF"
    JSON = "json", "JSON"


def heads(recap: Recap) -> list[str]:
    return ["bulan", *(str(channel.label) for channel in recap.channels), TOTAL]


def rows(recap: Recap) -> Iterator[list[Any]]:
    """A row a month, then their sum."""
    for line in recap.lines:
        yield [f"{line.month:%Y-%m}", *_counts(recap, line.figures)]
    yield [TOTAL, *_counts(recap, recap.total)]


def _counts(recap: Recap, figures: MonthFigures) -> list[int]:
    counts = [figures.contacts.get(channel, 0) for channel in recap.channels]
    return [*counts, figures.contacts_total]


def as_csv(recap: Recap) -> bytes:
    text = StringIO()
    out = csv.writer(text, lineterminator="\n")
    out.writerow(heads(recap))
    out.writerows(rows(recap))
    return text.getvalue().encode()


def as_json(recap: Recap) -> bytes:
    content = {
        "year": recap.year,
        "made_at": timezone.localtime(recap.made_at).isoformat(timespec="seconds"),
        "channels": [
            {"code": channel.value, "name": str(channel.label)} for channel in recap.channels
        ],
        "months": [_month_json(recap, line) for line in recap.lines],
        "total": {
            **_figures_json(recap, recap.total),
            "from_year_before": _change_json(recap.change),
            "months_compared": [f"{line.month:%Y-%m}" for line in recap.compared],
        },
    }
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def _month_json(recap: Recap, line: Line) -> dict[str, Any]:
    found = {"month": f"{line.month:%Y-%m}", **_figures_json(recap, line.figures)}
    counted = line.figures.refreshed_at
    found["counted_at"] = counted and timezone.localtime(counted).isoformat(timespec="seconds")
    found["is_stale"] = line.figures.is_stale
    found["has_begun"] = line.has_begun
    found["from_month_before"] = _change_json(line.month_before)
    found["from_year_before"] = _change_json(line.year_before)
    found["frozen"] = line.frozen and {
        "at": timezone.localtime(line.frozen.frozen_at).isoformat(timespec="seconds"),
        "by": str(line.frozen.frozen_by),
        "corrections": [
            {"figure": one.label, "frozen": one.then, "now": one.now, "progress": one.is_progress}
            for one in line.corrections
        ],
    }
    return found


def _change_json(change: Change | None) -> dict[str, int | None] | None:
    """Null where there is nothing to compare with."""
    if change is None:
        return None
    return {
        "before": change.before,
        "difference": change.difference,
        "percent": change.percent,
    }


def _figures_json(recap: Recap, figures: MonthFigures) -> dict[str, Any]:
    share, median = figures.on_time_share, figures.median
    return {
        "contacts": {str(channel): figures.contacts.get(channel, 0) for channel in recap.channels},
        "contacts_total": figures.contacts_total,
        "received": figures.received,
        "answered": figures.answered,
        "on_time": figures.on_time,
        "late": figures.late,
        "open": figures.open,
        "on_time_percent": None if share is None else round(float(share), 1),
        "median_days": None if median is None else float(median),
        "p90_days": figures.p90,
        "reopened": figures.reopened,
        "objections": figures.objections,
        "kinds": figures.by_kind,
        "outcomes": {
            outcome or "belum_ada": number for outcome, number in figures.by_outcome.items()
        },
        "topics_of_cases": _named(recap.topics, figures.topics_of_cases),
        "topics_of_contacts": _named(recap.topics, figures.topics_of_contacts),
        "sections": [
            {
                "name": recap.sections.get(key, str(key)),
                "received": section.received,
                "answered": section.answered,
                "on_time": section.on_time,
                "late": section.late,
                "open": section.open,
            }
            for key, section in figures.sections.items()
        ],
    }


def _named(names: dict[int | None, str], counts: dict[int | None, int]) -> list[dict[str, Any]]:
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], names.get(pair[0], "")))
    return [{"name": names.get(key, str(key)), "n": n} for key, n in ordered if n]


def as_workbook(recap: Recap) -> bytes:
    file = BytesIO()
    book = safe_book(file)
    bold, number = book.add_format({"bold": True}), book.add_format({"num_format": "#,##0"})
    _sheet(book, "Kontak", heads(recap), _shown_rows(recap), bold, number)
    _sheet(book, "Perbandingan", COMPARED, _comparisons(recap), bold, number)
    block = per_month(recap)
    _sheet(
        book, "Penyelesaian", block.heads,
        ([row.label, *(DASH if cell.spoken else cell.value for cell in row.cells)]
         for row in block.rows), bold, number,
    )  # fmt: skip
    details = (
        [one.caption, row.label, cell.head, cell.value]
        for one in blocks_of(recap, recap.total)
        for row in one.rows
        for cell in row.cells
    )
    _sheet(book, "Rincian setahun", ["Tabel", "Rincian", "Ukuran", "Nilai"], details, bold, number)
    corrections = (
        [f"{line.month:%Y-%m}", one.label, one.then, one.now, one.difference]
        for line in recap.corrected
        for one in line.corrections
    )
    _sheet(
        book, "Koreksi", ["bulan", "Angka", "Dibekukan", "Sekarang", "Selisih"], corrections,
        bold, number,
    )  # fmt: skip
    book.close()
    return file.getvalue()


def _shown_rows(recap: Recap) -> Iterator[list[Any]]:
    """For eyes: a month that has not begun has dashes, where the CSV has its zeros."""
    begun = [*(line.has_begun for line in recap.lines), True]
    for row, has_begun in zip(rows(recap), begun, strict=True):
        yield row if has_begun else [row[0], *(DASH for _count in row[1:])]


def _comparisons(recap: Recap) -> Iterator[list[Any]]:
    for line in recap.lines:
        yield [
            f"{line.month:%Y-%m}",
            line.figures.contacts_total if line.has_begun else DASH,
            *_change_row(line.month_before),
            *_change_row(line.year_before),
        ]
    total = recap.total.contacts_total
    yield [TOTAL, total, *_change_row(None), *_change_row(recap.change)]
    yield [comparison_words(recap)]


def _change_row(change: Change | None) -> list[Any]:
    if change is None:
        return [DASH, DASH, DASH]
    percent = DASH if change.percent is None else change.percent
    return [change.before, change.difference, percent]


def _sheet(book: Any, title: str, heads: list[str], rows: Any, bold: Any, number: Any) -> None:
    sheet = book.add_worksheet(title)
    sheet.set_column(0, 1, 24)
    sheet.set_column(2, len(heads), 16)
    for column, head in enumerate(heads):
        sheet.write_string(0, column, head, bold)
    sheet.freeze_panes(1, 1)
    for place, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(place, column, value)
            elif value is not None:
                sheet.write_number(
                    place, column, float(value), number if value == int(value) else None
                )


def as_paper(recap: Recap) -> bytes:
    return pdf.render(
        "reports/recap.pdf.html",
        {
            "recap": recap,
            "title": f"Rekap bulanan {recap.year}",
            "office": Office.objects.current(),
            "taken": date_format(timezone.localtime(recap.made_at), "j F Y H.i"),
            "contacts": contacts_of(recap),
            "months": per_month(recap),
            "blocks": blocks_of(recap, recap.total),
        },
        styles="recap",
    )


WRITE: dict[Form, Callable[[Recap], bytes]] = {
    Form.CSV: as_csv,
    Form.JSON: as_json,
    Form.XLSX: as_workbook,
    Form.PDF: as_paper,
}
CONTENT_TYPES = {
    Form.CSV: "text/csv; charset=utf-8",
    Form.JSON: "application/json",
    Form.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Form.PDF: "application/pdf",
}
