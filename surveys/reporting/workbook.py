"""The results as an XLSX file of five sheets. What people answered is in it row by row, but in no
order that tells who came before whom, and their comments stand apart from their answers.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from tempfile import TemporaryFile
from typing import IO, Any

from django.utils import timezone
from django.utils.formats import date_format

from office.models import Office, User
from office.workbook import safe_book

from ..models import Response
from ..results import Scope, comments_of
from .shown import number, shown
from .words import PROFILE_QUESTIONS, answer_label, service_label, service_names

MOST = 50_000
CHUNK = 2000
# By what people said, never by when they said it.
SHUFFLED = ("month", "service", "occupation", "education", "age", "sex", "hours", "source")
Row = Sequence[str | int | float | None]


def write_results(scope: Scope, figures: dict[str, Any], *, user: User) -> IO[bytes]:
    """The file, rewound; it is gone when it is closed."""
    file = TemporaryFile()  # noqa: SIM115 - whoever takes it closes it
    try:
        _write(file, scope, figures, user)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


def _write(file: IO[bytes], scope: Scope, figures: dict[str, Any], user: User) -> None:
    told, book = shown(figures), safe_book(file)
    write = _Writer(book)
    write.sheet("Ringkasan", [34, 60], _summary(scope, told, user))
    write.sheet(
        "Unsur",
        [8, 44, 12, 12, 14, 12, 8],
        _elements(told),
        heads=["Kode", "Unsur", "Pengisi", "NRR", "NRR tertimbang", "Nilai", "Mutu"],
    )
    write.sheet(
        "Profil", [24, 32, 12, 10], _profile(told), heads=["Rincian", "Jawaban", "Orang", "Bagian"]
    )
    codes = [one["code"] for one in told["elements"]]
    heads = ["No", "Bulan", "Layanan", *(label for _name, label in PROFILE_QUESTIONS)]
    write.sheet(
        "Data mentah",
        [8, 12, 24, *[16] * len(PROFILE_QUESTIONS), *[6] * len(codes), 34],
        _raw(scope, codes, with_flagged=figures["with_flagged"]),
        heads=[*map(str, heads), *codes, "Ditandai"],
    )
    write.sheet(
        "Saran",
        [12, 24, 28, 80],
        _comments(scope, with_flagged=figures["with_flagged"]),
        heads=["Bulan", "Layanan", "Topik", "Saran"],
    )
    book.close()


class _Writer:
    def __init__(self, book: Any) -> None:
        self.book = book
        self.bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self.wrap = book.add_format({"text_wrap": True, "valign": "top"})

    def sheet(
        self, title: str, widths: Sequence[int], rows: Iterable[Row], heads: Sequence[str] = ()
    ) -> None:
        sheet = self.book.add_worksheet(title)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        for column, head in enumerate(heads):
            sheet.write_string(0, column, head, self.bold)
        first = 1 if heads else 0
        if heads:
            sheet.freeze_panes(1, 0)
        for place, row in enumerate(rows, start=first):
            for column, value in enumerate(row):
                is_label = not heads and column == 0
                if isinstance(value, int | float):
                    sheet.write_number(place, column, value)
                elif value:
                    sheet.write_string(
                        place, column, str(value), self.bold if is_label else self.wrap
                    )


def _summary(scope: Scope, told: dict[str, Any], user: User) -> Iterator[Row]:
    figures, sample = told["figures"], told["figures"]["sample"]
    count = _responses(scope, with_flagged=figures["with_flagged"]).count()
    names = service_names()
    yield "Kantor", Office.objects.current().name
    yield "Instrumen", f"{figures['title']}, versi {figures['version']} ({figures['law']})"
    yield "Masa", str(told["period"])
    service = figures["service"]
    yield "Layanan", service_label(names, service) if service else "Semua layanan"
    yield told["index_name"], f"{told['value']} dari {figures['index_max']}"
    yield "Mutu", f"{figures['grade']} {told['grade_words']}".strip()
    yield "Bobot setiap unsur", figures["weight"]
    otherwise = figures["otherwise"]
    yield f"Dengan bobot {otherwise['weight']}", number(otherwise["value"])
    yield "Pengisi", figures["n"]
    yield "Jawaban yang ditandai", figures["flagged"]
    label = "Tanpa" if figures["with_flagged"] else "Dengan"
    other = figures["other"]
    yield f"{label} yang ditandai", f"{number(other['value'])} ({other['n']} pengisi)"
    yield "Populasi", sample["population"]
    yield "Sampel yang diperlukan (Krejcie-Morgan)", sample["needed"]
    yield "Batas kesalahan yang tercapai", f"{told['margin']}%" if sample["margin"] else "–"
    for line in told["thresholds"]:
        yield f"{line['name']} (≥ {line['minimum']})", "tercapai" if line["is_met"] else "belum"
    yield "Unsur terendah", "; ".join(f"{one['code']} {one['label']}" for one in told["lowest"])
    yield "Data mentah", f"{min(count, MOST)} dari {count} isian"
    taken = date_format(timezone.localtime(), "j F Y H.i")
    yield "Diambil", f"{user}, {taken}"
    yield (
        "Catatan",
        "Tanpa identitas. Urutan baris data mentah bukan urutan mengisi; saran berdiri terpisah "
        "dari jawabannya.",
    )


def _elements(told: dict[str, Any]) -> Iterator[Row]:
    for one, plain in zip(told["elements"], told["figures"]["elements"], strict=True):
        numbers = (_number(plain[name]) for name in ("mean", "weighted", "value"))
        yield one["code"], one["label"], one["n"], *numbers, one["grade"]


def _profile(told: dict[str, Any]) -> Iterator[Row]:
    for title, lines in [*told["profile"], ("Layanan", told["services"])]:
        for line in lines:
            yield title, line.label, line.n, line.share


def _responses(scope: Scope, *, with_flagged: bool) -> Any:
    people = scope.responses()
    return people if with_flagged else people.counted()


def _raw(scope: Scope, codes: list[str], *, with_flagged: bool) -> Iterator[Row]:
    names = service_names()
    people = _responses(scope, with_flagged=with_flagged).order_by(*SHUFFLED, "pk")[:MOST]
    rows = people.prefetch_related("answers__element").iterator(chunk_size=CHUNK)
    for place, one in enumerate(rows, start=1):
        given = {answer.element.code: answer.value for answer in one.answers.all()}
        yield (
            place,
            f"{one.month:%Y-%m}",
            service_label(names, one.service),
            *(answer_label(name, getattr(one, name)) for name, _label in PROFILE_QUESTIONS),
            *(given.get(code) for code in codes),
            one.get_flag_reason_display() if one.is_flagged else "",
        )


def _comments(scope: Scope, *, with_flagged: bool) -> Iterator[Row]:
    names = service_names()
    comments: Iterable[Response] = comments_of(scope, with_flagged=with_flagged).order_by(
        "month", "comment_topic__name", "comment"
    )
    for one in islice(comments, MOST):
        topic = one.comment_topic.name if one.comment_topic else ""
        yield f"{one.month:%Y-%m}", service_label(names, one.service), topic, one.comment


def _number(text: str | None) -> float | None:
    return None if text is None else float(text)
