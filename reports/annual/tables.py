"""The tables of chapters 3 and 4, from figures as they are kept in a report: exact ones for the
office, and those of the public edition, in which a withheld number is None.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from ..figures import DECIDED, UNDECIDED
from . import words
from .charts import Chart, draw

Node = dict[str, Any]


@dataclass(frozen=True)
class Cell:
    """A number of a table. None is one that does not exist, such as a time without a case."""

    value: float | None
    is_hidden: bool = False

    def __str__(self) -> str:
        if self.is_hidden:
            return _("disamarkan")
        if self.value is None:
            return "—"
        is_whole = self.value == int(self.value)
        return number_format(int(self.value) if is_whole else self.value, use_l10n=True)


@dataclass(frozen=True)
class Row:
    """`path` leads to the cases that are counted; empty where a row counts none."""

    label: str
    cells: list[Cell]
    depth: int = 0
    path: str = ""
    is_total: bool = False

    @property
    def is_hidden(self) -> bool:
        return all(cell.is_hidden for cell in self.cells)


@dataclass(frozen=True)
class Table:
    key: str
    chapter: int
    caption: str
    heads: list[str]
    rows: list[Row]
    note: str = ""
    chart: Chart | None = None
    chart_title: str = ""

    @property
    def is_hidden(self) -> bool:
        return all(row.is_hidden for row in self.rows)


@dataclass
class _Maker:
    """Makes rows of figures, remembering where they stand."""

    rows: list[Row] = field(default_factory=list)

    def add(
        self,
        node: Node,
        label: str,
        *,
        path: str,
        depth: int = 0,
        is_total: bool = False,
    ) -> None:
        self.rows.append(Row(label, [_cell(node["n"])], depth, path, is_total))

    def parts(
        self,
        node: Node,
        path: str,
        name: str,
        label: Callable[[Node], str | Promise],
        *,
        depth: int = 1,
    ) -> Iterator[tuple[Node, str]]:
        """A row for each part of a figure under a name; then what it is and where, so that its own
        parts can follow.
        """
        for part in _list(node, name):
            where = f"{path}/{name}:{part['key']}"
            self.add(part, str(label(part)), path=where, depth=depth)
            yield part, where

    def all_parts(
        self,
        node: Node,
        path: str,
        name: str,
        label: Callable[[Node], str | Promise],
        *,
        depth: int = 1,
    ) -> None:
        for _part in self.parts(node, path, name, label, depth=depth):
            pass


def tables_of(figures: dict[str, Any], *, is_public: bool) -> list[Table]:
    """Every table of a report, in the order of the chapters, in the active language."""
    counts = figures["counts"]
    requests, objections = counts["permohonan"], counts["keberatan"]
    made = [
        _received(requests) if _list(requests, "bulan") else None,
        _plain(requests, "pemohon", _("Permohonan menurut jenis pemohon"), _by(words.APPLICANTS)),
        _plain(requests, "kanal", _("Permohonan menurut kanal"), _by(words.CHANNELS)),
        _plain(
            requests,
            "topik",
            _("Permohonan menurut topik"),
            lambda part: words.own_name(part.get("name")),
        ),
        _fates(requests, "nasib", _("Apa yang terjadi dengan permohonan itu"), words.FATES),
        _reasons(requests),
        _timeliness(requests),
        _times(figures, "permohonan", 3, _("Waktu sampai keputusan"), words.ANSWERS),
        None if is_public else _carried(counts),
        _grounds(objections),
        _objection_fates(objections),
        _times(figures, "keberatan", 4, _("Waktu sampai tanggapan"), words.RULINGS),
        _disputes(counts["sengketa"]),
    ]
    return [table for table in made if table]


def totals_of(figures: dict[str, Any]) -> list[tuple[str, Cell, str]]:
    """The figures that stand first: label, number and path."""
    counts = figures["counts"]
    requests, objections = counts["permohonan"], counts["keberatan"]
    decided, undecided = _list(requests, "nasib")
    open_ = _list(undecided, "isi")[-1]
    return [
        (str(words.ROOTS["permohonan"]), _cell(requests["n"]), "permohonan"),
        (
            str(words.FATES[DECIDED]),
            _cell(decided["n"]),
            f"permohonan/nasib:{DECIDED}",
        ),
        (
            _("Masih dikerjakan"),
            _cell(open_["n"]),
            f"permohonan/nasib:{UNDECIDED}/isi:{open_['key']}",
        ),
        (str(words.ROOTS["keberatan"]), _cell(objections["n"]), "keberatan"),
        (_("Sengketa"), _cell(counts["sengketa"]["n"]), "sengketa"),
    ]


def has_hidden(tables: Iterable[Table]) -> bool:
    return any(cell.is_hidden for table in tables for row in table.rows for cell in row.cells)


def _received(requests: Node) -> Table:
    maker = _Maker()
    maker.all_parts(requests, "permohonan", "bulan", lambda part: words.MONTH_NAMES[part["key"]])
    maker.add(requests, str(words.ROOTS["permohonan"]), path="permohonan", is_total=True)
    return _table("bulan", 3, _("Permohonan diterima menurut bulan"), maker.rows, charted=12)


def _plain(
    requests: Node, name: str, caption: str, label: Callable[[Node], str | Promise]
) -> Table:
    maker = _Maker()
    maker.all_parts(requests, "permohonan", name, label)
    maker.add(requests, str(words.ROOTS["permohonan"]), path="permohonan", is_total=True)
    return _table(name, 3, caption, maker.rows)


def _fates(root: Node, key: str, caption: str, labels: words.Words) -> Table:
    maker = _Maker()
    path = root["key"]
    maker.add(root, str(words.ROOTS[path]), path=path, is_total=True)
    for fate in _list(root, "nasib"):
        where = f"{path}/nasib:{fate['key']}"
        maker.add(fate, str(labels[fate["key"]]), path=where, depth=1)
        for answer in _list(fate, "jawaban"):
            inside = f"{where}/jawaban:{answer['key']}"
            if _list(answer, "isi"):
                maker.all_parts(answer, inside, "isi", _by(words.ANSWERS), depth=2)
            else:
                maker.add(answer, str(words.ANSWERS[answer["key"]]), path=inside, depth=2)
        for part, inside in maker.parts(fate, where, "isi", _by(labels), depth=2):
            maker.all_parts(part, inside, "waktu", _by(words.STILL_OPEN), depth=3)
    return Table(
        key,
        3,
        caption,
        _heads(),
        maker.rows,
        chart=_chart([row for row in maker.rows if row.depth == 2]),
        chart_title=caption,
    )


def _reasons(requests: Node) -> Table:
    decided = _list(requests, "nasib")[0]
    kept_back = _list(decided, "jawaban")[1]
    path = f"permohonan/nasib:{DECIDED}/jawaban:{kept_back['key']}"
    maker = _Maker()
    maker.all_parts(
        kept_back, path, "alasan", lambda part: words.lettered(words.REASONS, part["key"])
    )
    maker.add(kept_back, _("Ditolak atau diberikan sebagian"), path=path, is_total=True)
    return _table(
        "alasan",
        3,
        _("Alasan penolakan (UU 14/2008 Pasal 17 huruf, atau undang-undang lain)"),
        maker.rows,
    )


def _timeliness(requests: Node) -> Table:
    decided = _list(requests, "nasib")[0]
    path = f"permohonan/nasib:{DECIDED}"
    maker = _Maker()
    maker.add(decided, str(words.FATES[DECIDED]), path=path, is_total=True)
    maker.all_parts(decided, path, "waktu", _by(words.ON_TIMES))
    maker.add(requests, str(words.ROOTS["permohonan"]), path="permohonan", is_total=True)
    maker.all_parts(requests, "permohonan", "perpanjangan", _by(words.EXTENSIONS))
    return _table("waktu", 3, _("Ketepatan waktu dan perpanjangan"), maker.rows)


def _times(
    figures: dict[str, Any], key: str, chapter: int, caption: str, labels: words.Words
) -> Table:
    rows = []
    for row in figures["times"][key]:
        is_hidden = row["n"] is None
        numbers = [row.get(name) for name in ("n", "middle", "long", "longest")]
        rows.append(
            Row(
                str(labels[row["key"]]),
                [Cell(number, is_hidden) for number in numbers],
                is_total=row["key"] == "semua",
            )
        )
    return Table(
        f"lama-{key}",
        chapter,
        caption,
        [
            _("Rincian"),
            _("Jumlah"),
            _("Nilai tengah (hari kerja)"),
            _("9 dari 10 paling lama"),
            _("Terlama"),
        ],
        rows,
        note=_(
            "Dihitung dalam hari kerja sesudah hari diterima sampai hari keputusan pertama "
            "ditandatangani."
        ),
        chart=_chart([Row(row.label, row.cells[1:2]) for row in rows]),
        chart_title=_("%(caption)s: nilai tengah dalam hari kerja") % {"caption": caption},
    )


def _carried(counts: dict[str, Node]) -> Table:
    """For the office alone: it is what another year's report counted as open."""
    table = _fates(counts["sisa"], "sisa", _("Sisa dari waktu sebelumnya"), words.FATES)
    again = counts["diputus_lagi"]
    table.rows.append(
        Row(
            str(words.ROOTS["diputus_lagi"]),
            [_cell(again["n"])],
            path="diputus_lagi",
            is_total=True,
        )
    )
    return Table(
        table.key,
        3,
        table.caption,
        table.heads,
        table.rows,
        note=_("Tidak diterbitkan; untuk mencocokkan dengan buku register."),
    )


def _grounds(objections: Node) -> Table:
    maker = _Maker()
    for part in objections["overlapping"]["alasan"]:
        label = words.lettered(words.GROUNDS, part["key"])
        maker.add(part, label, path=f"keberatan/alasan:{part['key']}", depth=1)
    maker.add(objections, str(words.ROOTS["keberatan"]), path="keberatan", is_total=True)
    return _table(
        "alasan-keberatan",
        4,
        _("Keberatan menurut alasan (UU 14/2008 Pasal 35 ayat (1))"),
        maker.rows,
        note=_("Satu keberatan dapat mempunyai beberapa alasan."),
    )


def _objection_fates(objections: Node) -> Table:
    maker = _Maker()
    maker.add(objections, str(words.ROOTS["keberatan"]), path="keberatan", is_total=True)
    answered, unanswered = _list(objections, "nasib")
    where = f"keberatan/nasib:{DECIDED}"
    maker.add(answered, str(words.OBJECTION_FATES[DECIDED]), path=where, depth=1)
    for ruling, inside in maker.parts(answered, where, "putusan", _by(words.RULINGS), depth=2):
        maker.all_parts(ruling, inside, "isi", _by(words.RULINGS), depth=3)
        maker.all_parts(ruling, inside, "pelaksanaan", _by(words.CARRIED_OUT), depth=3)
    maker.all_parts(answered, where, "waktu", _by(words.ON_TIMES), depth=2)
    where = f"keberatan/nasib:{UNDECIDED}"
    maker.add(unanswered, str(words.OBJECTION_FATES[UNDECIDED]), path=where, depth=1)
    for part, inside in maker.parts(unanswered, where, "isi", _by(words.FATES), depth=2):
        maker.all_parts(part, inside, "waktu", _by(words.STILL_OPEN), depth=3)
    return Table(
        "keberatan",
        4,
        _("Tanggapan Atasan PPID dan pelaksanaannya"),
        _heads(),
        maker.rows,
    )


def _disputes(disputes: Node) -> Table:
    maker = _Maker()
    maker.add(disputes, str(words.ROOTS["sengketa"]), path="sengketa", is_total=True)
    maker.all_parts(disputes, "sengketa", "jalur", _by(words.ROUTES))
    maker.all_parts(disputes, "sengketa", "hasil", _by(words.RESULTS))
    maker.all_parts(disputes, "sengketa", "gugatan", _by(words.COURT))
    return _table("sengketa", 4, _("Sengketa informasi dan hasilnya"), maker.rows)


def _table(
    key: str, chapter: int, caption: str, rows: list[Row], *, note: str = "", charted: int = 0
) -> Table:
    chart = _chart(rows[:charted]) if charted else None
    return Table(key, chapter, caption, _heads(), rows, note, chart, caption)


def _chart(rows: list[Row]) -> Chart | None:
    """None where there is nothing to draw."""
    if not any(row.cells[0].value for row in rows):
        return None
    return draw([(row.label, row.cells[0].value, str(row.cells[0])) for row in rows])


def _by(labels: words.Words) -> Callable[[Node], str | Promise]:
    return lambda part: labels[part["key"]]


def _list(node: Node, name: str) -> list[Node]:
    return node.get("by", {}).get(name, [])


def _cell(number: int | None) -> Cell:
    return Cell(number, is_hidden=number is None)


def _heads() -> list[str]:
    return [_("Rincian"), _("Jumlah")]
