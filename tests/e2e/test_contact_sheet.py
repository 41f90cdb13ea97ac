"""Two colleagues count the day's contacts, one by keyboard alone, and neither loses a number."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from .conftest import PHONE

Visitor = Callable[..., Page]
SHEET = "/admin/channels/tallymonth/"


def test_the_sheet_of_a_day(visitor: Visitor):
    first, second = visitor(staff="humas"), visitor(staff="humas2", viewport=PHONE, js=False)
    first.goto(SHEET)
    second.goto(SHEET)

    first.focus("#n_whatsapp_0")
    first.keyboard.type("1.200")
    first.keyboard.press("ArrowDown")
    first.keyboard.type("34")
    first.keyboard.press("ArrowRight")
    first.keyboard.type("0")
    expect(first.locator("[data-kolom]").first).to_have_text("1.234")
    expect(first.locator("[data-semua]")).to_have_text("1.234")
    first.get_by_role("button", name="Simpan", exact=True).click()
    expect(first.get_by_role("status").first).to_contain_text("3 angka disimpan")
    expect(first.locator("#n_whatsapp_0")).to_have_value("1200")

    # Opened before that, without JavaScript, on a phone: one cell is contested, one is not.
    second.fill("#n_whatsapp_0", "1300")
    second.fill("#n_telepon_0", "7")
    second.get_by_role("button", name="Simpan", exact=True).click()
    expect(second.get_by_role("alert")).to_contain_text("yang tersimpan 1200")
    expect(second.locator("#n_whatsapp_0")).to_have_value("1300")
    second.get_by_role("button", name="Simpan", exact=True).click()
    expect(second.get_by_role("status").first).to_contain_text("2 angka disimpan")

    first.reload()
    expect(first.locator("[data-kolom]").first).to_have_text("1.334")
    expect(first.locator(".riwayat")).to_contain_text("1.200")
