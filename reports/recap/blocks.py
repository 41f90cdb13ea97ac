"""The tables beside the one of contacts: how cases were answered, by month and by what they are.
Each number knows the rows behind it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.http import urlencode

from cases.workflow import Kind, Outcome

from ..annual.charts import Chart, draw
from .corrections import grouped, signed
from .months import MonthFigures, Times
from .slices import NONE, Measure
from .year import Change, Line, Recap

DASH = "—"
NOT_COMPARED = "tidak ada data pembanding"
NOT_BEGUN = "belum dimulai"
# A chart is read at a glance; the table beside it has every row.
MOST_BARS = 12


@dataclass(frozen=True)
class Cell:
    """`link` leads to the rows; empty where a number counts none, such as a share. `spoken` says
    what a dash means to who does not see it.
    """

    head: str
    value: Decimal | int | None
    link: str = ""
    is_share: bool = False
    words: str = ""
    spoken: str = ""

    def __str__(self) -> str:
        if self.words:
            return self.words
        if self.value is None:
            return DASH
        places = None if self.value == int(self.value) and not self.is_share else 1
        words = number_format(self.value, decimal_pos=places or 0, force_grouping=True)
        return f"{words}%" if self.is_share else words


@dataclass(frozen=True)
class Row:
    """`link` leads to a page of its own; `mark` is what stands behind the label."""

    label: str
    cells: list[Cell]
    is_total: bool = False
    link: str = ""
    mark: str = ""


@dataclass(frozen=True)
class Block:
    key: str
    caption: str
    heads: list[str]
    rows: list[Row]
    note: str = ""

    @property
    def is_cut(self) -> bool:
        return len(self.rows) > MOST_BARS

    @property
    def chart(self) -> Chart | None:
        """The first number of each row, as bars."""
        bars = [row for row in self.rows if not row.is_total][:MOST_BARS]
        if len(bars) < 2:
            return None
        return draw(
            [(row.label, float(row.cells[0].value or 0), str(row.cells[0])) for row in bars]
        )


class Links:
    """Addresses of the rows behind a figure of one month, or of a year."""

    def __init__(self, year: int, month: date | None = None) -> None:
        self.when = {"bulan": f"{month:%Y-%m}"} if month else {"tahun": str(year)}

    def to(self, measure: Measure, **narrowed: str) -> str:
        return urlencode({**self.when, "angka": measure.value, **narrowed})


def contacts_of(recap: Recap) -> Block:
    """The study's Table 1: months by channels in its order, then whatever else was used."""
    rows = [
        Row(
            date_format(line.month, "F"),
            [
                *_begun(_channel_cells(recap, line.figures, Links(recap.year, line.month)), line),
                *_changes(line),
            ],
            link=f"{reverse('admin:recap_month')}?bulan={line.month:%Y-%m}",
            mark=_mark(line),
        )
        for line in recap.lines
    ]
    total = [
        *_channel_cells(recap, recap.total, Links(recap.year)),
        Cell("Dari bulan lalu", None, spoken="tidak dibandingkan"),
        _change_cell("Dari tahun lalu", recap.change),
    ]
    rows.append(Row("Jumlah", total, is_total=True))
    heads = ["Bulan", *(cell.head for cell in total)]
    return Block("kontak", "Kontak menurut bulan dan kanal", heads, rows, comparison_words(recap))


def comparison_words(recap: Recap) -> str:
    """Which months the sum of the year is compared by, and what the dashes mean."""
    said = []
    if not recap.compared:
        said.append(f"Tidak ada data pembanding dari tahun {recap.year - 1}.")
    elif len(recap.compared) < 12:
        said.append(
            f"Dari tahun lalu, baris Jumlah: hanya {recap.compared_words}, "
            f"yaitu bulan yang terhitung pada {recap.year - 1} dan {recap.year}."
        )
    if recap.running:
        said.append(f"{date_format(recap.running.month, 'F')} masih berjalan.")
    return " ".join([*said, f"Tanda {DASH} berarti {NOT_COMPARED}, atau bulannya {NOT_BEGUN}."])


def totals_of(recap: Recap) -> Block:
    """For the drawing: each month's sum, with the year before in words."""
    rows = [
        Row(
            date_format(line.month, "F"),
            [Cell("Jumlah", line.figures.contacts_total, words=_beside(recap, line))],
        )
        for line in recap.lines
    ]
    return Block("bulanan", "Kontak menurut bulan dan kanal", [], rows)


def _beside(recap: Recap, line: Line) -> str:
    if not line.has_begun:
        return f"{DASH} {NOT_BEGUN}"
    change = line.year_before
    if not change:
        return grouped(line.figures.contacts_total)
    return f"{grouped(change.now)} ({recap.year - 1}: {grouped(change.before)})"


def channels_of_year(recap: Recap) -> Block:
    """For the drawing."""
    cells = _channel_cells(recap, recap.total, Links(recap.year))
    rows = [Row(cell.head, [cell]) for cell in cells[:-1]]
    return Block("kanal", "Kontak menurut kanal", [], rows)


def channels_of_month(recap: Recap, line: Line) -> Block:
    """One month by channel, beside the same month a year before."""
    now, before = line.figures.contacts, line.same_month_before.contacts
    changes: list[Change | None] = [
        Change(now.get(one, 0), before.get(one, 0)) if line.year_before else None
        for one in recap.used_channels
    ]
    cells = _begun(_channel_cells(recap, line.figures, Links(recap.year, line.month)), line)
    rows = [
        Row(cell.head, [cell, _change_cell("Dari tahun lalu", change)])
        for cell, change in zip(cells, [*changes, line.year_before], strict=True)
    ]
    rows[-1] = replace(rows[-1], is_total=True)
    heads = ["Kanal", "Kontak", "Dari tahun lalu"]
    return Block("kanal", "Kontak menurut kanal", heads, rows)


def _channel_cells(recap: Recap, figures: MonthFigures, links: Links) -> list[Cell]:
    counts = [(channel, figures.contacts.get(channel, 0)) for channel in recap.used_channels]
    total = figures.contacts_total
    return [
        *(
            Cell(
                str(channel.label), n, links.to(Measure.CONTACTS, kanal=channel.value) if n else ""
            )
            for channel, n in counts
        ),
        Cell("Jumlah", total, links.to(Measure.CONTACTS) if total else ""),
    ]


def _begun(cells: list[Cell], line: Line) -> list[Cell]:
    """A month that has not begun has no zeros, but nothing yet."""
    if line.has_begun:
        return cells
    return [Cell(cell.head, None, spoken=NOT_BEGUN) for cell in cells]


def _changes(line: Line) -> list[Cell]:
    return [
        _change_cell("Dari bulan lalu", line.month_before),
        _change_cell("Dari tahun lalu", line.year_before),
    ]


def _change_cell(head: str, change: Change | None) -> Cell:
    if change is None:
        return Cell(head, None, spoken=NOT_COMPARED)
    share = "" if change.percent is None else f" ({signed(change.percent)}%)"
    return Cell(head, change.difference, words=f"{signed(change.difference)}{share}")


def _mark(line: Line) -> str:
    if line.corrections:
        return "beku, ada koreksi"
    if line.is_running:
        return "berjalan"
    return "beku" if line.frozen else ""


def times_cells(times: Times, links: Links, **narrowed: str) -> list[Cell]:
    def linked(head: str, value: int, measure: Measure) -> Cell:
        return Cell(head, value, links.to(measure, **narrowed) if value else "")

    return [
        linked("Diterima", times.received, Measure.RECEIVED),
        linked("Ditanggapi", times.answered, Measure.ANSWERED),
        linked("Tepat waktu", times.on_time, Measure.ON_TIME),
        linked("Terlambat", times.late, Measure.LATE),
        linked("Masih terbuka", times.open, Measure.OPEN),
        Cell("Tepat waktu (%)", times.on_time_share, is_share=True),
        Cell("Median (hari kerja)", times.median),
        Cell("Persentil 90 (hari kerja)", times.p90),
    ]


def _month_cells(figures: MonthFigures, links: Links) -> list[Cell]:
    reopened, objections = figures.reopened, figures.objections
    share = Decimal(100 * reopened) / figures.received if figures.received else None
    return [
        *times_cells(figures, links),
        Cell("Dibuka kembali", reopened, links.to(Measure.REOPENED) if reopened else ""),
        Cell("Dibuka kembali (%)", share, is_share=True),
        Cell(
            "Keberatan",
            objections,
            links.to(Measure.RECEIVED, jenis=Kind.OBJECTION.value) if objections else "",
        ),
    ]


def per_month(recap: Recap) -> Block:
    rows = [
        Row(
            date_format(line.month, "F"),
            _begun(_month_cells(line.figures, Links(recap.year, line.month)), line),
            link=f"{reverse('admin:recap_month')}?bulan={line.month:%Y-%m}",
        )
        for line in recap.lines
    ]
    rows.append(Row("Jumlah", _month_cells(recap.total, Links(recap.year)), is_total=True))
    heads = ["Bulan", *(cell.head for cell in rows[0].cells)]
    return Block("bulan", "Penyelesaian kasus menurut bulan diterima", heads, rows)


def figures_of_month(recap: Recap, line: Line) -> list[Cell]:
    return _begun(main_figures(line.figures, Links(recap.year, line.month)), line)


def main_figures(figures: MonthFigures, links: Links) -> list[Cell]:
    """What stands at the top: the whole in a handful of numbers."""
    total = figures.contacts_total
    contacts = Cell("Kontak", total, links.to(Measure.CONTACTS) if total else "")
    return [contacts, *_month_cells(figures, links)]


def blocks_of(recap: Recap, figures: MonthFigures, month: date | None = None) -> list[Block]:
    links = Links(recap.year, month)
    return [
        _counted(
            "jenis", "Kasus menurut jenis", "Jenis", "Kasus",
            ((str(Kind(kind).label), n, links.to(Measure.RECEIVED, jenis=kind))
             for kind, n in figures.by_kind.items()),
        ),
        _counted(
            "hasil", "Kasus menurut hasil", "Hasil", "Kasus",
            ((outcome_words(outcome), n, links.to(Measure.RECEIVED, hasil=outcome or NONE))
             for outcome, n in figures.by_outcome.items()),
        ),
        _by_section(recap, figures, links),
        _by_topic(recap, figures, links),
    ]  # fmt: skip


def outcome_words(outcome: str) -> str:
    return str(Outcome(outcome).label) if outcome else "Belum ada hasil"


def _counted(
    key: str, caption: str, head: str, measured: str, counts: Iterable[tuple[str, int, str]]
) -> Block:
    rows = [
        Row(label, [Cell(measured, n, link)])
        for label, n, link in sorted(counts, key=lambda one: (-one[1], one[0]))
        if n
    ]
    return Block(key, caption, [head, measured], rows)


def _by_section(recap: Recap, figures: MonthFigures, links: Links) -> Block:
    names = recap.sections
    rows = [
        Row(
            names.get(key, str(key)),
            times_cells(section, links, seksi=NONE if key is None else str(key)),
        )
        for key, section in sorted(
            figures.sections.items(), key=lambda one: (-one[1].received, names.get(one[0], ""))
        )
    ]
    heads = ["Seksi", *(cell.head for cell in times_cells(Times(), links))]
    return Block("seksi", "Kasus menurut seksi", heads, rows)


def _by_topic(recap: Recap, figures: MonthFigures, links: Links) -> Block:
    names, contacts, cases = recap.topics, figures.topics_of_contacts, figures.topics_of_cases
    found = sorted(
        {key for counts in (contacts, cases) for key, n in counts.items() if n},
        key=lambda key: (-contacts.get(key, 0), -cases.get(key, 0), names.get(key, "")),
    )
    rows = []
    for key in found:
        narrowed = {"topik": NONE if key is None else str(key)}
        n, m = contacts.get(key, 0), cases.get(key, 0)
        rows.append(
            Row(
                names.get(key, str(key)),
                [
                    Cell("Kontak", n, links.to(Measure.CONTACTS, **narrowed) if n else ""),
                    Cell("Kasus", m, links.to(Measure.RECEIVED, **narrowed) if m else ""),
                ],
            )
        )
    return Block("topik", "Kontak dan kasus menurut topik", ["Topik", "Kontak", "Kasus"], rows)
