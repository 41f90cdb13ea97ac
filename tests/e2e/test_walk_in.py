"""A visitor's whole way: the kiosk, the board, the counter, a case and its receipt."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from .conftest import PHONE

Visitor = Callable[..., Page]
COUNTER = "Loket 9"
# Longer than the board's pause between two looks, on a busy machine too.
SEEN = 15_000


def call(officer: Page, number: str) -> None:
    """Call until this number comes; whoever else still waits is sent to the end of the line."""
    for _ in range(40):
        officer.get_by_role("button", name="Panggil berikutnya").click()
        called = officer.locator("[data-number]")
        expect(called).to_be_visible()
        if called.get_attribute("data-number") == number:
            return
        officer.get_by_role("button", name="Tidak datang").click()
    raise AssertionError(f"{number} never came")


@pytest.mark.parametrize("js", [True, False], ids=["js", "no-js"])
def test_from_the_kiosk_to_the_receipt(visitor: Visitor, js: bool):
    board = visitor()
    board.goto("/yankomas/layar/")
    kiosk = visitor(viewport=PHONE, js=js)
    kiosk.goto("/yankomas/ambil/")
    kiosk.locator("#ambil-pengaduan button").click()
    number = kiosk.inner_text("#nomor")
    kiosk.get_by_role("link", name="Lihat antrean saya").click()
    expect(kiosk.locator("#keadaan")).to_contain_text(number)

    officer = visitor(staff="yankomas", js=js)
    officer.goto("/yankomas/loket/buka/")
    officer.select_option("[name=counter]", label=COUNTER)
    officer.get_by_role("button", name="Buka loket").click()
    call(officer, number)
    expect(board.locator("#loket li", has_text=number)).to_contain_text(COUNTER, timeout=SEEN)
    kiosk.reload()
    expect(kiosk.locator("#keadaan")).to_contain_text("Silakan ke loket 9")

    officer.get_by_role("button", name=re.compile("mulai")).click()
    officer.select_option("[name=topic]", "antrean")
    officer.fill("[name=asked]", "Tiga jam menunggu foto.")
    officer.get_by_role("button", name="Pengaduan", exact=True).click()
    expect(officer.locator("[name=narrative]")).to_have_value("Tiga jam menunggu foto.")
    officer.fill("[name=place]", "Ruang foto")
    officer.fill("[name=loss]", "Setengah hari kerja")
    officer.fill("[name=requested_remedy]", "Antrean foto dipisah.")
    officer.check("[name=privacy][value=anonim]")
    officer.get_by_role("button", name="Buka kasus").click()

    expect(officer.locator("#nomor")).to_have_text(re.compile("^PG-[0-9]{4}-[0-9]{6}$"))
    expect(officer.locator("#kode")).to_have_text(re.compile("^([0-9A-Z]{4}-){3}[0-9A-Z]{4}$"))
    officer.get_by_role("link", name="Kembali ke loket").click()
    officer.get_by_role("button", name=re.compile("^Selesai")).click()
    expect(officer.get_by_text(f"{number} selesai.")).to_be_visible()
    officer.get_by_role("button", name="Tutup loket").click()
    expect(officer.get_by_text(f"{COUNTER} ditutup.")).to_be_visible()
    kiosk.reload()
    expect(kiosk.locator("#keadaan")).to_contain_text("Terima kasih sudah datang")
