"""What the columns of a file of comments may be called, in English and in Indonesian."""

from dataclasses import dataclass

from .rows import UnreadableFile

# A line of titles this long is no line of titles; it is not said back in full.
LONGEST_LIST = 200


@dataclass(frozen=True)
class Heading:
    """The first name is the one that wins where a file has several of them."""

    names: tuple[str, ...]
    meaning: str
    is_needed: bool = False

    @property
    def name(self) -> str:
        return self.names[0]

    @property
    def others(self) -> str:
        return ", ".join(self.names[1:])


HEADINGS = [
    Heading(("at", "waktu", "tanggal", "date", "time"), "kapan ditulis", is_needed=True),
    Heading(
        ("text", "isi", "ulasan", "komentar", "review", "comment"), "kata-katanya", is_needed=True
    ),
    Heading(("score", "nilai", "bintang", "skor", "rating"), "bintang, 1 sampai 5"),
    Heading(("reply", "balasan", "tanggapan", "jawaban", "response"), "balasan kantor"),
]
KNOWN = "; ".join(f"{heading.name} = {heading.others}" for heading in HEADINGS)


def columns_of(titles: list[str]) -> dict[str, str]:
    """The title in this file of each heading, "" where it has no such column. Letter case and
    spaces do not matter, and other columns are nobody's business. Raises UnreadableFile.
    """
    return {heading.name: _title(heading, titles) for heading in HEADINGS}


def _title(heading: Heading, titles: list[str]) -> str:
    found = [title for title in titles if plain(title) in heading.names]
    chosen = [title for title in found if plain(title) == heading.name] or found
    if len(chosen) > 1:
        pair = " dan ".join(f"“{title.strip()[:60]}”" for title in chosen[:2])
        raise UnreadableFile(f"Kolom “{heading.name}” ganda: {pair}. Hapus salah satu.")
    if chosen:
        return chosen[0]
    if heading.is_needed:
        there = ", ".join(title.strip() for title in titles)[:LONGEST_LIST]
        raise UnreadableFile(
            f"Kolom “{heading.name}” tidak ada. Yang ada: {there}. Nama yang dikenal: {KNOWN}."
        )
    return ""


def plain(title: str) -> str:
    return "".join(title.casefold().split())
