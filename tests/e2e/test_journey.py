import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.pictures import picture

from .conftest import DESKTOP, PHONE

Visitor = Callable[..., Page]


def file_complaint(page: Page) -> tuple[str, str]:
    """Walk through the public form with a photo; the reference and the code from the receipt."""
    page.goto("/")
    page.get_by_role("link", name="Tulis pengaduan").click()
    page.get_by_role("link", name=re.compile("Mulai")).click()
    page.select_option("[name=topic]", "antrean")
    page.fill("[name=subject]", "Antre empat jam")
    page.fill("[name=narrative]", "Saya antre empat jam di loket tiga tanpa penjelasan.")
    page.fill("[name=happened_on]", "2026-01-15")
    page.fill("[name=place]", "Loket 3")
    page.get_by_role("button", name="Simpan dan lanjut").click()
    page.fill("[name=requested_remedy]", "Jadwal baru dan penjelasan.")
    page.get_by_role("button", name="Simpan dan lanjut").click()
    page.set_input_files(
        "[name=berkas]",
        {"name": "loket.jpg", "mimeType": "image/jpeg", "buffer": picture("JPEG", (60, 40))},
    )
    page.get_by_role("button", name="Simpan dan lanjut").click()
    page.get_by_label(re.compile("^Rahasia")).check()
    page.fill("[name=full_name]", "Siti Aminah")
    page.fill("[name=address]", "Jalan Asia Afrika 1")
    page.get_by_role("button", name="Simpan dan lanjut").click()
    expect(page.get_by_text("loket.jpg")).to_be_visible()
    page.get_by_role("button", name="Kirim sekarang").click()
    return page.inner_text("#nomor"), page.inner_text("#kode")


def open_case(page: Page, reference: str) -> None:
    page.goto(f"/admin/cases/case/?q={reference}")
    page.get_by_role("link", name=reference).first.click()
    expect(page.get_by_text(reference).first).to_be_visible()


def do(page: Page, verb: str, button: str | None = None) -> None:
    """Press a move's button (its own, or a named second one of its form)."""
    form = page.locator(f"#form-{verb}")
    target = (
        form.get_by_role("button", name=button)
        if button
        else form.locator("button[type=submit]").first
    )
    target.click()


def track(page: Page, reference: str, code: str) -> None:
    page.goto("/lacak/")
    page.fill("main [name=reference]", reference.lower())
    page.fill("main [name=code]", code.replace("-", " ").lower())
    page.get_by_role("button", name="Buka kasus").click()
    expect(page.locator("h1")).to_contain_text("Antre empat jam")


def answer(officer: Page, head: Page, reference: str, text: str) -> None:
    open_case(officer, reference)
    officer.fill("#form-konsep [name=body]", text)
    officer.select_option("#form-konsep [name=outcome]", "terbukti_diperbaiki")
    do(officer, "konsep", "Ajukan untuk persetujuan")
    expect(officer.get_by_text("Konsep diajukan untuk persetujuan.")).to_be_visible()
    open_case(head, reference)
    expect(head.get_by_text(text).first).to_be_visible()
    do(head, "setujui")
    expect(head.get_by_text("Jawaban disetujui dan dikirim kepada warga.")).to_be_visible()


@pytest.mark.parametrize("js", [True, False], ids=["js", "nojs"])
@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_complaint_goes_from_the_citizen_through_the_desk_and_back(
    visitor: Visitor, viewport, js
):
    citizen = visitor(viewport=viewport, js=js)
    reference, code = file_complaint(citizen)
    assert re.fullmatch(r"PG-\d{4}-\d{6}", reference)
    assert re.fullmatch(r"([0-9A-Z]{4}-){3}[0-9A-Z]{4}", code)

    verifier = visitor(viewport=viewport, js=js, staff="verifikator")
    open_case(verifier, reference)
    verifier.select_option(
        "#form-verifikasi [name=section]",
        label="Seksi Teknologi Informasi dan Komunikasi Keimigrasian",
    )
    do(verifier, "verifikasi")
    expect(verifier.get_by_text("Kasus terverifikasi.")).to_be_visible()

    head = visitor(viewport=viewport, js=js, staff="kepala")
    open_case(head, reference)
    # The head reads the story and not who wrote it: the case is confidential.
    assert "Siti" not in head.content()
    head.select_option("#form-disposisi [name=to]", label="petugas")
    do(head, "disposisi")
    expect(head.get_by_text(re.compile("Kasus didisposisi ke"))).to_be_visible()

    officer = visitor(viewport=viewport, js=js, staff="petugas")
    open_case(officer, reference)
    do(officer, "mulai")
    expect(officer.get_by_text("Kasus ini sekarang Anda kerjakan.")).to_be_visible()
    answer(officer, head, reference, "Loket ditambah menjadi dua sejak Senin.")

    track(citizen, reference, code)
    expect(citizen.get_by_text("Loket ditambah menjadi dua sejak Senin.")).to_be_visible()
    citizen.locator("summary", has_text="Belum selesai").click()
    citizen.fill("#balas [name=text]", "Kemarin masih satu loket.")
    citizen.get_by_role("button", name="Kirim: belum selesai").click()
    expect(citizen.get_by_text("Kemarin masih satu loket.")).to_be_visible()

    answer(officer, head, reference, "Maaf, loket kedua dibuka mulai hari ini.")
    track(citizen, reference, code)
    expect(citizen.get_by_text("Maaf, loket kedua dibuka mulai hari ini.")).to_be_visible()
    citizen.get_by_role("button", name="Sudah selesai").click()
    expect(citizen.locator(".status-selesai").first).to_be_visible()


def test_the_citizen_gets_the_photo_back_and_a_stranger_does_not(visitor: Visitor):
    citizen = visitor()
    reference, code = file_complaint(citizen)
    track(citizen, reference, code)
    href = citizen.locator("a[href^='/berkas/']").first.get_attribute("href")

    own = citizen.request.get(href)
    stranger = visitor().request.get(href)

    assert own.status == 200
    assert own.headers["content-disposition"].startswith("attachment")
    assert stranger.status == 404


def test_back_and_resend_after_sending_show_the_same_receipt(visitor: Visitor):
    page = visitor()
    reference, code = file_complaint(page)
    page.go_back()
    page.goto("/pengaduan/periksa/")

    assert page.inner_text("#nomor") == reference
    assert page.inner_text("#kode") == code


def test_the_copy_button_copies_and_is_hidden_without_javascript(visitor: Visitor):
    page = visitor(js=False)
    file_complaint(page)
    expect(page.get_by_role("button", name="Salin nomor dan kode")).to_be_hidden()

    page = visitor()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    reference, code = file_complaint(page)
    page.get_by_role("button", name="Salin nomor dan kode").click()

    expect(page.get_by_role("button", name="Tersalin")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == f"{reference} {code}"


def test_an_error_takes_the_focus_and_keeps_what_was_typed(visitor: Visitor):
    page = visitor(viewport=PHONE)
    page.goto("/tanya/pertanyaan/")
    page.fill("[name=subject]", "Syarat paspor anak")
    page.get_by_role("button", name="Simpan dan lanjut").click()

    expect(page).to_have_title(re.compile("^Galat: "))
    expect(page.locator(".galat-ringkasan")).to_be_focused()
    expect(page.locator("[name=subject]")).to_have_value("Syarat paspor anak")
    page.locator(".galat-ringkasan a").first.click()
    expect(page.locator("[name=topic]")).to_be_focused()


def test_two_people_at_one_answer_and_nothing_is_lost(visitor: Visitor):
    officer, head = visitor(staff="petugas"), visitor(staff="kepala")
    for page in (officer, head):
        page.goto("/admin/cases/case/2/change/")
    officer.fill("#form-konsep [name=body]", "Versi petugas.")
    do(officer, "konsep", "Simpan konsep")
    expect(officer.get_by_text("Konsep jawaban disimpan.")).to_be_visible()

    head.fill("#form-konsep [name=body]", "Versi kepala.")
    do(head, "konsep", "Simpan konsep")

    expect(head.get_by_text(re.compile("Kasus ini diubah oleh"))).to_be_visible()
    assert "Versi kepala." in head.content()
    officer.reload()
    expect(officer.locator("#form-konsep [name=body]")).to_have_value("Versi petugas.")
