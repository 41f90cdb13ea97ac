"""From a request that went wrong to an objection, and from there to the answer of the superior."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from .conftest import DESKTOP, PHONE
from .test_accessibility import violations
from .test_journey import do, open_case

Visitor = Callable[..., Page]
# As blackbox/prepare.py leaves them: received four weeks ago, after the request of that day.
REFUSED, UNANSWERED = (1, "FFFF GGGG HHHH JJJJ"), (2, "BBBB CCCC DDDD EEEE")


def reference_of(number: int) -> str:
    today = timezone.localdate()
    year = (today - timedelta(days=28)).year
    return f"PI-{year}-{number + (year == today.year):06d}"


def open_with(page: Page, reference: str, code: str) -> None:
    page.goto("/lacak/")
    page.fill("main [name=reference]", reference)
    page.fill("main [name=code]", code)
    page.get_by_role("button", name="Buka kasus").click()
    page.wait_for_url("**/lacak/kasus/")


def next_step(page: Page) -> None:
    page.get_by_role("button", name="Simpan dan lanjut").click()


def send(page: Page) -> tuple[str, str]:
    next_step(page)
    next_step(page)
    page.get_by_role("button", name="Kirim sekarang").click()
    return page.inner_text("#nomor"), page.inner_text("#kode")


@pytest.mark.parametrize(
    ("viewport", "js"), [(PHONE, False), (DESKTOP, True)], ids=["phone-nojs", "desktop-js"]
)
def test_a_lapse_leads_to_a_filled_in_objection_and_its_receipt(visitor: Visitor, viewport, js):
    citizen = visitor(viewport=viewport, js=js)
    number, code = UNANSWERED
    open_with(citizen, reference_of(number), code)
    citizen.get_by_role("button", name="Isikan keberatan saya").click()

    expect(citizen.get_by_label(re.compile("^c. "))).to_be_checked()
    expect(citizen.get_by_label(re.compile("^g. "))).to_be_checked()
    expect(citizen.get_by_label(re.compile("^a. "))).not_to_be_checked()
    assert reference_of(number) in citizen.input_value("[name=narrative]")
    assert citizen.input_value("[name=purpose]") == "Penelitian"
    reference, own_code = send(citizen)

    assert re.fullmatch(r"KB-\d{4}-\d{6}", reference)
    open_with(citizen, reference, own_code)
    expect(citizen.get_by_text("c. Permohonan tidak ditanggapi")).to_be_visible()
    # The way is open for the next reader of the same request.
    citizen.get_by_role("link", name="Cabut kiriman ini").click()
    citizen.locator("main form button").first.click()
    expect(citizen.locator(".status-dicabut").first).to_be_visible()


def uphold(visitor: Visitor, reference: str) -> None:
    """The desk hands the objection on, and the superior finds that it is right."""
    staff = {name: visitor(staff=name) for name in ("verifikator", "kepala", "petugas", "atasan")}

    def open_as(name: str) -> Page:
        open_case(staff[name], reference)
        return staff[name]

    page = open_as("verifikator")
    page.select_option(
        "#form-verifikasi [name=section]",
        label="Seksi Teknologi Informasi dan Komunikasi Keimigrasian",
    )
    do(page, "verifikasi")
    page = open_as("kepala")
    page.select_option("#form-disposisi [name=to]", label="petugas")
    do(page, "disposisi")
    page = open_as("petugas")
    do(page, "mulai")
    page.select_option("#form-tanggapan [name=outcome]", label="Keberatan diterima seluruhnya")
    page.fill("#form-tanggapan [name=answer]", "Nama dapat dihitamkan, jumlahnya tidak.")
    page.fill("#form-tanggapan [name=order]", "Berikan jumlahnya tanpa nama")
    until = timezone.localdate() + timedelta(days=7)
    page.fill("#form-tanggapan [name=order_until]", until.isoformat())
    do(page, "tanggapan", "Ajukan kepada Atasan PPID")
    page = open_as("atasan")
    expect(page.get_by_text("Surat seperti yang akan dikirim")).to_be_visible()
    assert violations(page) == []
    do(page, "putus")
    expect(page.get_by_text(re.compile("Keberatan diputus"))).to_be_visible()


def test_a_refusal_is_objected_to_upheld_and_answered(visitor: Visitor):
    citizen = visitor(viewport=PHONE)
    number, code = REFUSED
    citizen.goto("/keberatan/")
    citizen.get_by_role("link", name=re.compile("^Ya. Buka permohonan")).click()
    citizen.fill("main [name=reference]", reference_of(number))
    citizen.fill("main [name=code]", code)
    citizen.get_by_role("button", name="Buka kasus").click()
    assert violations(citizen) == []
    citizen.get_by_role("button", name="Mulai mengisi").click()
    expect(citizen.get_by_label(re.compile("^a. "))).to_be_checked()
    assert violations(citizen) == []
    citizen.get_by_label(re.compile("^a. ")).uncheck()
    next_step(citizen)
    expect(citizen).to_have_title(re.compile("^Galat: "))
    assert violations(citizen) == []
    citizen.get_by_label(re.compile("^a. ")).check()
    reference, own_code = send(citizen)

    uphold(visitor, reference)

    open_with(citizen, reference, own_code)
    expect(citizen.get_by_text("Nama dapat dihitamkan, jumlahnya tidak.").first).to_be_visible()
    expect(citizen.get_by_role("button", name="Saya menerima tanggapan ini")).to_be_visible()
    assert violations(citizen) == []
    letter = citizen.locator("a[href^='/berkas/']").first.get_attribute("href")
    assert citizen.request.get(letter).body().startswith(b"%PDF")
    open_with(citizen, reference_of(number), code)
    expect(citizen.get_by_text(re.compile("memerintahkan keputusan baru"))).to_be_visible()
    expect(citizen.locator(".status-diproses").first).to_be_visible()
    assert violations(citizen) == []
