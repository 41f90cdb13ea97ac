"""A request for information through the browser: filed, extended, granted in part, objected to,
upheld, answered.
"""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from .conftest import DESKTOP, PHONE
from .test_journey import do, open_case
from .test_objections import open_with, send, uphold

Visitor = Callable[..., Page]


def file_request(page: Page) -> tuple[str, str]:
    page.goto("/permohonan/")
    page.get_by_role("link", name=re.compile("Bukan, saya meminta")).click()
    page.fill("[name=subject]", "Jumlah paspor yang terbit tahun 2025")
    page.fill("[name=narrative]", "Per bulan dan per jenis paspor, dalam satu tabel.")
    page.fill("[name=purpose]", "Penelitian skripsi")
    page.check("[name=access][value=salinan]")
    page.check("[name=delivery][value=email]")
    page.get_by_role("button", name="Simpan dan lanjut").click()
    if page.get_by_role("link", name=re.compile("Lanjut")).count():
        page.get_by_role("link", name=re.compile("Lanjut")).first.click()
    page.check("[name=applicant_kind][value=perorangan]")
    page.check("[name=acting][value=sendiri]")
    page.get_by_role("button", name="Simpan dan lanjut").click()
    page.fill("[name=full_name]", "Siti Aminah")
    page.fill("[name=nik]", "3273014507900003")
    page.fill("[name=address]", "Jalan Asia Afrika 1")
    page.fill("[name=email]", "siti@example.org")
    page.get_by_role("button", name="Simpan dan lanjut").click()
    page.get_by_role("button", name="Simpan dan lanjut").click()
    page.get_by_role("button", name="Kirim sekarang").click()
    return page.inner_text("#nomor"), page.inner_text("#kode")


@pytest.mark.parametrize(
    ("js", "viewport"), [(True, DESKTOP), (False, PHONE)], ids=["desktop-js", "phone-nojs"]
)
def test_a_request_is_extended_granted_in_part_objected_to_and_upheld(
    visitor: Visitor, js, viewport
):
    citizen = visitor(viewport=viewport, js=js)
    reference, code = file_request(citizen)
    verifier, head, officer, ppid = (
        visitor(viewport=viewport, js=js, staff=who)
        for who in ("verifikator", "kepala", "petugas", "ppid")
    )
    open_case(verifier, reference)
    verifier.select_option(
        "#form-verifikasi [name=section]",
        label="Seksi Teknologi Informasi dan Komunikasi Keimigrasian",
    )
    do(verifier, "verifikasi")
    open_case(head, reference)
    head.select_option("#form-disposisi [name=to]", label="petugas")
    do(head, "disposisi")
    open_case(officer, reference)
    do(officer, "mulai")

    open_case(head, reference)
    head.locator("#langkah-perpanjang summary").click()
    head.fill("#form-perpanjang [name=reason]", "Data masih dikumpulkan dari tiga seksi.")
    do(head, "perpanjang")
    expect(head.get_by_text("Waktu diperpanjang").first).to_be_visible()
    assert head.locator("#form-perpanjang").count() == 0

    # What is missing is named, and what was typed stays.
    open_case(officer, reference)
    officer.select_option("#form-keputusan [name=outcome]", "diberikan_sebagian")
    officer.select_option("#form-keputusan [name=is_held]", "ya")
    officer.fill("#form-keputusan [name=material]", "Tabel jumlah paspor per bulan")
    do(officer, "keputusan", "Ajukan untuk diperiksa")
    expect(officer.get_by_text("Pilih catatan uji konsekuensinya").first).to_be_visible()
    assert officer.input_value("#form-keputusan [name=material]").startswith("Tabel jumlah")
    form = "#form-keputusan [name={}]"
    officer.select_option(form.format("ground"), "h")
    officer.select_option(form.format("exclusion"), index=1)
    officer.fill(form.format("redacted"), "Nama pemohon paspor")
    officer.fill(form.format("redaction_reason"), "Rahasia pribadi")
    officer.select_option(form.format("form"), "softcopy")
    officer.select_option(form.format("information"), index=1)
    do(officer, "keputusan", "Ajukan untuk diperiksa")
    expect(officer.get_by_text("Keputusan diajukan untuk diperiksa").first).to_be_visible()

    open_case(head, reference)
    expect(head.get_by_text("Surat seperti yang akan dikirim")).to_be_visible()
    do(head, "periksa-keputusan")
    open_case(ppid, reference)
    do(ppid, "tandatangani")
    expect(ppid.get_by_text("Keputusan ditandatangani dan dikirim").first).to_be_visible()

    open_with(citizen, reference, code)
    expect(citizen.get_by_text("Nama pemohon paspor").first).to_be_visible()
    letters = citizen.locator("a[href^='/berkas/']", has_text="pemberitahuan")
    response = citizen.request.get(letters.first.get_attribute("href"))
    assert response.status == 200
    assert response.body().startswith(b"%PDF")
    assert citizen.locator("a[href^='/berkas/']", has_text="perpanjangan").count() == 1

    citizen.get_by_role("button", name="Isikan keberatan saya").click()
    citizen.get_by_label(re.compile("^d. ")).check()
    objection, own_code = send(citizen)
    uphold(visitor, objection)
    open_with(citizen, objection, own_code)
    expect(citizen.get_by_text("Nama dapat dihitamkan, jumlahnya tidak.").first).to_be_visible()
    open_with(citizen, reference, code)
    expect(citizen.locator(".status-diproses").first).to_be_visible()
