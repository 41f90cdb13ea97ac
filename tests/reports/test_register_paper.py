"""The register on paper, laid out for real: tagged, landscape, its headings on each page."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from reports.registers.books import BOOKS
from reports.registers.paper import print_register
from reports.registers.people import Person
from reports.registers.requests import CaseRow, RequestEntry
from reports.registers.traces import Event, Trace
from tests.factories import NOW
from tests.office.paper import accessibility_of, text_of

pytestmark = pytest.mark.django_db


def entry(number: int) -> RequestEntry:
    received = Event(number, 1, "diterima", NOW, {})
    answered = Event(number, 7, "ditanggapi", NOW, {"outcome": "diberikan_seluruhnya", "files": 1})
    return RequestEntry(
        CaseRow(number, f"PI-2026-{number:06d}", "Jumlah paspor <b>2025</b>", NOW, "terbuka"),
        Person("S••• M•••", "•••", "telp. •••", "•••"),
        Trace(received, received, answered),
        "Penelitian",
        "salinan",
        None,
    )


def test_it_is_a_tagged_landscape_document_with_its_headings_on_every_page():
    book = BOOKS["permohonan"]

    pdf = print_register(
        book.code,
        "Register Permohonan Informasi 2026",
        ["Identitas disamarkan."],
        book.columns,
        map(entry, range(1, 41)),
        at=NOW,
    )

    facts, pages = accessibility_of(pdf), PdfReader(BytesIO(pdf)).pages
    assert facts["is_tagged"]
    assert facts["claims_ua"]
    assert facts["language"] == "id"
    assert facts["title"] == "Register Permohonan Informasi 2026"
    assert len(pages) > 1
    for number, page in enumerate(pages, start=1):
        # A heading may be hyphenated.
        words = " ".join(page.extract_text().split()).replace("\u2010 ", "")
        assert page.mediabox.width > page.mediabox.height
        assert "Keputusan" in words
        assert "Softcopy" in words
        assert f"{number} / {len(pages)}" in words
    words = text_of(pdf)
    assert "Selasa, 24 November 2026" in words
    assert "<b>2025</b>" in words


def test_an_empty_register_is_a_page_that_says_so():
    book = BOOKS["keberatan"]

    pdf = print_register(book.code, "Register Keberatan 2026", [], book.columns, [], at=NOW)

    assert "Tidak ada yang terdaftar" in text_of(pdf)
